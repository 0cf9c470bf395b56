"""Where in what is said of a joined item its next printed half begins.

The halves of an item are one text by the time it is spoken. The script cuts that text into
utterances, drops bullets and may say a table differently, so the first words of a half are looked
for among the printed words of the utterances, nearest to where they should stand.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tingbao.models import Article, Cue, Role, Segment

KEY_CHARACTERS = 16
"""So many letters and Han characters tell a place in an item from all others, or nearly."""

_PRINTED = frozenset({Role.BODY, Role.HEADING, Role.CAPTION, Role.TABLE})


@dataclass(slots=True)
class Half:
    """A stretch of an item on one page, in the pieces that it is printed in."""

    page: int
    pieces: list[str] = field(default_factory=list)

    @property
    def length(self) -> int:
        """In letters, digits and Han characters."""
        return sum(len(_solid(piece)) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Turn:
    """From ``offset`` of the printed text of utterance ``place`` on, an item is on ``page``."""

    place: int
    offset: int
    page: int


def halves_of(article: Article) -> tuple[Half, ...]:
    """The halves of an item as parsed, in reading order; one where it stands on one page."""
    halves: list[Half] = []
    for paragraph in article.paragraphs:
        at, page = 0, paragraph.page
        for one in paragraph.breaks:
            _add(halves, page, paragraph.text[at : one.offset])
            at, page = one.offset, one.page
        _add(halves, page, paragraph.text[at:])
    return tuple(halves)


def published_halves(cues: Sequence[Cue]) -> tuple[Half, ...]:
    """The halves of an item as it was published before, from its cues in order."""
    halves: list[Half] = []
    for cue in cues:
        if cue.page is not None:
            _add(halves, cue.page)
        if halves and cue.role in _PRINTED:
            halves[-1].pieces.append(cue.text)
    return tuple(halves)


def turns_of(halves: Sequence[Half], segment: Segment) -> tuple[Turn, ...]:
    """Where each half begins in what is said: the first with the item, each further one if found.

    An item of one page has no turns.
    """
    if len(halves) < 2:
        return ()
    return (Turn(0, 0, halves[0].page), *_further(halves, segment))


def _further(halves: Sequence[Half], segment: Segment) -> Iterator[Turn]:
    places = [
        (place, offset)
        for place, utterance in enumerate(segment.utterances)
        if utterance.role in _PRINTED
        for offset, sign in enumerate(utterance.text)
        if sign.isalnum()
    ]
    said = "".join(segment.utterances[place].text[offset] for place, offset in places)
    expected, found = 0, -1
    for before, half in itertools.pairwise(halves):
        expected += before.length
        for piece in half.pieces:
            at = _nearest(said, _solid(piece)[:KEY_CHARACTERS], expected, found + 1)
            if at is not None:
                place, offset = places[at]
                text = segment.utterances[place].text
                yield Turn(place, _with_openers(text, offset, piece), half.page)
                found = at
                break


def _add(halves: list[Half], page: int, *pieces: str) -> None:
    if not halves or halves[-1].page != page:
        halves.append(Half(page))
    halves[-1].pieces += pieces


def _solid(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _nearest(text: str, key: str, near: int, least: int) -> int | None:
    """The place of ``key`` in ``text``, not before ``least``, that is the nearest to ``near``."""
    if not key:
        return None
    places = text.rfind(key, least, max(near, least) + len(key)), text.find(key, max(near, least))
    there = [place for place in places if place >= 0]
    return min(there, key=lambda place: abs(place - near), default=None)


def _with_openers(text: str, offset: int, piece: str) -> int:
    """``offset`` before the quotation marks and brackets with which the half's text begins."""
    lead = piece[: len(piece) - len(piece.lstrip("“‘《〈（(【「『〔"))]
    return offset - len(lead) if lead and text[:offset].endswith(lead) else offset
