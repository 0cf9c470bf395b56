"""What turns printed text into utterances: read, cut, ended, with the pauses of its role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tingbao.models import PageBreak, Pauses, Reading, Role, Unread, Utterance, is_speakable
from tingbao.script.aligned import Aligned
from tingbao.script.reading import Spoken, read
from tingbao.text.cut import cut_for_speech

_ENDED = re.compile(r"[。！？；：…，、][”’》]*$")
_UNFINISHED = re.compile(r"[，、；,;]\s*$")

Shape = Callable[[str], Aligned] | None

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Lexicon:
    """Words and how they are said; where words overlap, the longest at the first place counts.

    ``spoken`` maps a printed word to the words that are read in its place, ``pinyin`` a spoken
    word to its tone-numbered pinyin.
    """

    def __init__(
        self, spoken: Mapping[str, str] = _NOTHING, pinyin: Mapping[str, str] = _NOTHING
    ) -> None:
        self._spoken = spoken
        self._pinyin = pinyin
        self._printed_word = _any_of(spoken)
        self._spoken_word = _any_of(pinyin)

    def respell(self, text: str) -> Aligned:
        """Return printed ``text`` with each word's spoken form in its place."""
        return Aligned.substituted(
            self._printed_word, lambda found: self._spoken[found.group()], text
        )

    def force(self, said: Spoken) -> Spoken:
        """Return what is said with each word's pinyin forced; a reading's own force goes first."""
        forced = tuple(self._forced(said))
        if not forced:
            return said
        readings = sorted((*said.readings, *forced), key=lambda one: one.start)
        return replace(said, readings=tuple(readings))

    def _forced(self, said: Spoken) -> Iterator[Reading]:
        taken = {at for one in said.readings for at in range(one.start, one.end)}
        for found in self._spoken_word.finditer(said.spoken):
            if taken.isdisjoint(range(*found.span())):
                yield Reading(*found.span(), self._pinyin[found.group()])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """What matches any of the words, the longest first; nothing at all when there is none."""
    longest_first = sorted(filter(None, words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) if longest_first else r"(?!)")


@dataclass(frozen=True, slots=True)
class _Words:
    """A piece of text as it is said, and the way from one to the other."""

    said: Spoken
    way: Aligned


@dataclass(frozen=True, slots=True)
class Speaker:
    """Makes the utterances of one reader; what no reading rule knew gathers in ``unread``.

    What alone says nothing waits in ``silent`` for the utterance that it stands beside.
    """

    pauses: Pauses
    max_characters: int
    lexicon: Lexicon = field(default_factory=Lexicon)
    reader: int = 1
    unread: dict[str, None] = field(default_factory=dict)
    silent: list[Unread] = field(default_factory=list)

    def as_reader(self, number: int) -> Speaker:
        """Return the same speaker with the voice of reader ``number``."""
        return replace(self, reader=number)

    def say(
        self,
        role: Role,
        text: str,
        wording: Aligned | None = None,
        *,
        shape: Shape = None,
        pages: Sequence[PageBreak] = (),
    ) -> tuple[Utterance, ...]:
        """Say printed ``text``; ``wording`` is how it is put for the ear, before it is read.

        ``shape`` is the last touch on the spoken words, ``pages`` where the text is printed. A
        text that is too long for one utterance is cut; where it is put differently for the ear,
        the first piece carries all that is printed. Nothing to say makes no utterance.
        """
        said = wording.result if wording else text

        known: dict[str, _Words] = {}  # cutting asks for the very pieces that are said in the end

        def words(piece: str) -> _Words:
            if piece not in known:
                known[piece] = self._words(piece, shape)
            return known[piece]

        pieces = cut_for_speech(said, lambda piece: words(piece).said.spoken, self.max_characters)
        worded = wording if wording and said != text else Aligned.copy(text)
        made: list[Utterance] = []
        at = 0
        for way, piece in zip(_parts(worded, pieces, text), pieces, strict=True):
            one = self._utterance(role, way, words(piece), pages_from(pages, at))
            self.unread.update(dict.fromkeys(unread.text for unread in one.unread))
            if is_speakable(one.spoken):
                waiting = tuple(self._waiting(0))
                made.append(replace(one, unread=(*waiting, *one.unread)) if waiting else one)
            else:
                self.silent.extend(one.unread)
            at += len(way.source)
        return self.paused(role, made)

    def closing(self, utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
        """Return what is said together; what still waits for an utterance stands behind it."""
        *others, last = utterances
        return (*others, replace(last, unread=(*last.unread, *self._waiting(len(last.text)))))

    def _waiting(self, at: int) -> Iterator[Unread]:
        while self.silent:
            yield replace(self.silent.pop(0), start=at, end=at)

    def paused(self, role: Role, said: Sequence[Utterance]) -> tuple[Utterance, ...]:
        """Return what belongs together, as one paragraph.

        There is a short pause after each, the role's own after the last.
        """
        pauses = [self._between(utterance.spoken) for utterance in said[:-1]]
        pauses.append(self.pauses.by_role[role])
        pairs = zip(said, pauses, strict=False)
        return tuple(
            replace(utterance, pause_ms=pause, starts_paragraph=not place)
            for place, (utterance, pause) in enumerate(pairs)
        )

    def _between(self, spoken: str) -> int:
        """The pause of a sentence; half of it where a sentence had to be cut."""
        return self.pauses.sentence // (2 if _UNFINISHED.search(spoken) else 1)

    def _utterance(
        self, role: Role, way: Aligned, words: _Words, pages: Sequence[PageBreak]
    ) -> Utterance:
        lead = len(way.source) - len(way.source.lstrip())
        unread = [_moved(one, way) for one in words.said.unread]
        way = way.then(words.way).stripped()
        said, text = words.said, way.source
        pages = pages_from(pages, lead, len(text))
        return Utterance(
            role,
            text,
            said.spoken,
            self.reader,
            said.readings,
            spans=way.spans,
            pages=pages,
            unread=tuple(place_unread(one, text, pages, lead) for one in unread),
        )

    def _words(self, piece: str, shape: Shape) -> _Words:
        respelled = self.lexicon.respell(piece)
        printed = respelled.result
        said = read(printed)
        way = respelled.then(Aligned.of_spans(printed, said.spoken, said.spans))
        # A forced reading is found by its place, so these words stay as they are.
        if shape is not None and not said.readings:
            way = way.then(shape(said.spoken))
        spoken = way.result
        ending = _ending(spoken, piece)
        if ending:
            way, spoken = way.between("", ending), spoken + ending
        if spoken != said.spoken or said.unread:
            unread = tuple(_moved(one, respelled) for one in said.unread)
            said = replace(said, spoken=spoken, unread=unread)
        return _Words(self.lexicon.force(said), way)


_NEAR = 8
"""Characters of print that are shown on either side of what was not understood."""


def place_unread(one: Unread, text: str, pages: Sequence[PageBreak], lead: int = 0) -> Unread:
    """Return what was not understood with the words around it and its page.

    ``text`` is the printed one without ``lead`` characters in front that its place counts.
    """
    start, end = max(one.start - lead, 0), max(one.end - lead, 0)
    near = text[max(start - _NEAR, 0) : end + _NEAR]
    placed = replace(one, start=start, end=end, near=near)
    before = [place for place in pages if place.offset <= start]
    return replace(placed, page=before[-1].page, line=before[-1].line) if before else placed


def pages_from(
    pages: Sequence[PageBreak], start: int, length: int | None = None
) -> tuple[PageBreak, ...]:
    """Return the pages of ``text[start:]``, or of ``length`` characters of it, as its own."""
    if length == 0 or not pages:
        return ()
    before = [one for one in pages if one.offset <= start]
    inside = (one for one in pages if one.offset > start)
    kept = (one for one in inside if length is None or one.offset < start + length)
    further = tuple(_shifted(one, one.offset - start) for one in kept)
    return (_shifted(before[-1], 0), *further) if before else further


def _shifted(one: PageBreak, offset: int) -> PageBreak:
    return one if one.offset == offset else replace(one, offset=offset)


def read_aligned(wording: Aligned) -> tuple[Aligned, tuple[Unread, ...]]:
    """Return the way from print to the words as read, and what no rule knew at its printed places.

    ``wording`` is how the text is put for the ear.
    """
    said = read(wording.result)
    way = wording.then(Aligned.of_spans(wording.result, said.spoken, said.spans))
    return way, tuple(_moved(one, wording) for one in said.unread)


def _moved(one: Unread, way: Aligned) -> Unread:
    """What stands somewhere in the result of ``way``, at its place in the source."""
    place = way.source_of(one.start, one.end)
    return replace(one, start=place.start, end=place.end)


def _parts(worded: Aligned, pieces: Sequence[str], text: str) -> Iterator[Aligned]:
    """The way from print to each piece; where the two differ, all print is in the first."""
    parts = worded.parted(map(len, pieces))
    if worded.result == text:
        yield from parts
        return
    first = next(parts)
    yield Aligned((*first.pairs, (text[len(first.source) :], "")))
    for part in parts:
        yield Aligned((("", part.result),))


def _ending(spoken: str, piece: str) -> str:
    """A mark for the voice to end on: a headline has none, and a cut at a comma lost its own."""
    if _ENDED.search(spoken):
        return ""
    return "，" if _UNFINISHED.search(piece) else "。"
