"""Pages whose lines say what they are: 标题：…, 【正文】, front matter, as programs write them.

A program that keeps articles names each part before it. The name is no text of the paper, and
what follows it is that part whatever it looks like; the next title begins the next article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from tingbao.parse.blocks import PLAIN_RANK, Block, BlockKind, BlockRole
from tingbao.parse.credits import is_byline
from tingbao.parse.labels import is_certain_label
from tingbao.parse.text_cues import ends_sentence
from tingbao.parse.words import any_of, words
from tingbao.text.han import squash


class _Part(Enum):
    KICKER = auto()
    TITLE = auto()
    SUBTITLE = auto()
    WRITER = auto()
    BODY = auto()
    FACT = auto()
    """What only the archive says: the date, the page, the address."""
    PICTURES = auto()
    """A list of addresses under its name."""


_ROLES = {
    _Part.KICKER: BlockRole.KICKER,
    _Part.TITLE: BlockRole.TITLE,
    _Part.SUBTITLE: BlockRole.SUBTITLE,
    _Part.WRITER: BlockRole.BYLINE,
}
_WORDS = {
    _Part.KICKER: words("parts.kicker"),
    _Part.TITLE: words("parts.title"),
    _Part.SUBTITLE: words("parts.subtitle"),
    _Part.WRITER: words("parts.writer"),
    _Part.BODY: words("parts.body"),
    _Part.FACT: words("parts.fact"),
    _Part.PICTURES: words("parts.pictures"),
}
_NAMES = {part: re.compile(any_of(names), re.IGNORECASE) for part, names in _WORDS.items()}
_ANY_NAME = any_of(*_WORDS.values())
_NAMED = re.compile(
    rf"(?P<open>[【〖\[〔]?)\s*(?P<name>{_ANY_NAME})\s*(?P<shut>[】〗\]〕]?)"
    r"\s*(?P<colon>[:：]?)\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FACT_OF_MATTER = re.compile(r"(?P<name>[A-Za-z_][\w-]*)\s*:\s*(?P<value>.*)", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LONGEST_SUBTITLE = 60
_FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a part at the start of a block, and what stands behind it there."""

    part: _Part
    label: str
    value: str


def with_named_parts(blocks: Sequence[Block], page: int) -> tuple[Block, ...]:
    """The blocks of a page, those that are named with their roles; as they are where none is."""
    matter = _front_matter(blocks)
    rest = blocks[matter:]
    names = [_name_of(block) for block in rest]
    parts = {name.part for name in names if name is not None}
    sure = len(parts) >= _FEWEST_NAMES and any(map(_is_sure, names))
    named = sure or _lists_facts(rest, names)
    if not matter and not named:
        return tuple(blocks)
    facts = [replace(block, role=BlockRole.FURNITURE) for block in blocks[:matter]]
    deepest = min(_ranks(rest, names), default=PLAIN_RANK)
    if deepest == PLAIN_RANK and _lists_facts(rest, names):
        deepest = rest[0].level + 1
    reader = _Reader(f"{page}:", deepest)
    head = list(reader.take_matter(blocks[:matter], rest)) if matter else []
    if not named and not head:
        return (*facts, *rest)
    kept = [block for block in facts if block.line not in {one.line for one in head}]
    read = [block for pair in zip(rest, names, strict=True) for block in reader.read(*pair)]
    return (*kept, *head, *read)


def _is_sure(name: _Name | None) -> bool:
    """Whether a name can be nothing but a program's: a title, or the text's name alone."""
    return name is not None and (
        name.part is _Part.TITLE or (name.part is _Part.BODY and not name.value)
    )


def _lists_facts(blocks: Sequence[Block], names: Sequence[_Name | None]) -> bool:
    """Whether facts stand in a list right under the heading that a file begins with."""
    below = blocks[1 : 1 + _FEWEST_NAMES]
    return (
        len(below) == _FEWEST_NAMES
        and blocks[0].kind is BlockKind.HEADING
        and all(block.kind is BlockKind.LIST for block in below)
        and all(names[1 : 1 + _FEWEST_NAMES])
    )


def _ranks(blocks: Sequence[Block], names: Sequence[_Name | None]) -> Iterator[int]:
    """The levels of the headings that only name a part: those above them are titles."""
    for block, name in zip(blocks, names, strict=True):
        if name is not None and block.kind is BlockKind.HEADING:
            yield block.level


def _name_of(block: Block) -> _Name | None:
    if block.kind not in {BlockKind.TEXT, BlockKind.LIST, BlockKind.HEADING}:
        return None
    found = _NAMED.fullmatch(block.text)
    if found is None:
        return None
    part = next(one for one, name in _NAMES.items() if name.fullmatch(found["name"]))
    bracketed = bool(found["open"] and found["shut"])
    alone = not found["value"] and (block.kind is BlockKind.HEADING or part is _Part.BODY)
    if not (bracketed or found["colon"] or alone):
        return None
    return _Name(part, block.text[: found.start("value")].strip(), found["value"])


def _front_matter(blocks: Sequence[Block]) -> int:
    """How many blocks are front matter: facts between two drawn lines at the top of a file."""
    if len(blocks) < 3 or blocks[0].kind is not BlockKind.RULE:
        return 0
    for at, block in enumerate(blocks[1:], 1):
        if block.kind is BlockKind.RULE:
            facts = blocks[1:at]
            named = [one for one in facts if _FACT_OF_MATTER.match(one.text)]
            return at + 1 if len(named) * 2 >= len(facts) > 0 else 0
        if not (_FACT_OF_MATTER.match(block.text) or block.kind is BlockKind.LIST):
            return 0
    return 0


@dataclass(slots=True)
class _Reader:
    """Goes through the blocks of a page once; ``deepest`` is the level of headings of parts."""

    prefix: str
    deepest: int
    item: int = 0
    open: _Part | None = None
    """The part that was named last and may go on in the next block."""
    has: set[_Part] = field(default_factory=set)
    """The parts that the article has by now."""
    headed: bool = False
    """Whether a heading without a name was the title, and stands directly above."""

    def take_matter(self, matter: Sequence[Block], rest: Sequence[Block]) -> Iterator[Block]:
        """Title, subtitle and writer of the front matter where the text does not print them."""
        titled = bool(rest) and rest[0].kind is BlockKind.HEADING and rest[0].level == 1
        printed = {squash(block.text) for block in rest}
        for block in matter:
            found = _FACT_OF_MATTER.fullmatch(block.text)
            if found is None:
                continue
            value = found["value"].strip().strip("\"'")
            part = next((p for p in _ROLES if _NAMES[p].fullmatch(found["name"])), None)
            if part is None or not value or squash(value) in printed:
                continue
            if not titled or part is not _Part.TITLE:
                yield from self._emit(block, _Name(part, found["name"] + ":", value))
        if _Part.TITLE in self.has:
            self.open = _Part.BODY

    def read(self, block: Block, name: _Name | None) -> Iterator[Block]:
        """The block with its role; a name and what it names are two."""
        if name is not None and self._accepts(name):
            yield from self._emit(block, name)
            return
        if block.kind is BlockKind.RULE:
            yield block
        elif self._is_title(block):
            self._begin(_Part.TITLE)
            self.open, self.headed = None, True
            yield replace(block, role=BlockRole.TITLE, item=self._key)
        elif self.open is _Part.PICTURES or _ADDRESS.fullmatch(block.text):
            yield replace(block, role=BlockRole.FURNITURE)
        else:
            yield self._continued(block)

    @property
    def _key(self) -> str:
        return f"{self.prefix}{self.item}"

    def _accepts(self, name: _Name) -> bool:
        """Whether the name counts here: inside a text only one that begins something else does."""
        if _Part.BODY not in self.has:
            return True
        bare = not name.value
        return name.part in {_Part.KICKER, _Part.TITLE} or (
            name.part is _Part.PICTURES or (name.part is _Part.FACT and bare)
        )

    def _emit(self, block: Block, name: _Name) -> Iterator[Block]:
        self._begin(name.part)
        plain = replace(block, kind=BlockKind.TEXT, level=0, lead=0)
        if name.part in {_Part.FACT, _Part.PICTURES}:
            yield replace(plain, role=BlockRole.FURNITURE)
            return
        yield replace(plain, text=name.label, role=BlockRole.FURNITURE)
        if name.value:
            role = _ROLES.get(name.part)
            yield replace(plain, text=name.value, role=role, item=self._key)
            self.open = None if role else name.part

    def _begin(self, part: _Part) -> None:
        again = part in {_Part.KICKER, _Part.TITLE} and (part in self.has or _Part.BODY in self.has)
        if again:
            self.item += 1
            self.has = set()
        self.has.add(part)
        self.open = part

    def _is_title(self, block: Block) -> bool:
        if block.kind is not BlockKind.HEADING or not block.level < self.deepest < PLAIN_RANK:
            return False
        if is_certain_label(block.text):
            return False
        return _Part.TITLE not in self.has or _Part.BODY in self.has

    def _continued(self, block: Block) -> Block:
        """A block without a name: the value of the name above it, a subtitle, or text."""
        if not self.has:
            return block
        role = _ROLES.get(self.open) if self.open else None
        self.open = None
        is_line = len(block.text) <= _LONGEST_SUBTITLE and not ends_sentence(block.text)
        if role is None and self.headed and is_line and _Part.BODY not in self.has:
            role = BlockRole.BYLINE if is_byline(block.text) else BlockRole.SUBTITLE
        self.headed = False
        if role is None and (not is_line or _Part.BODY in self.has):
            self.has.add(_Part.BODY)
        return replace(block, role=role, item=self._key)
