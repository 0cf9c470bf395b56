"""What was not understood of an edition: what its voice makes of it, and how it is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tingbao.models import (
    Handling,
    Page,
    Role,
    Script,
    Segment,
    SpokenSpan,
    Unread,
    UnreadKind,
    Utterance,
)
from tingbao.script.speaker import place_unread
from tingbao.text.han import has_han

_STRANGE = re.compile("[^\u0000-\u024f\u2000-\u206f\u2e80-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""Signs that may have no Chinese name: most scripts hold none, and need no dictionary for it."""

_NOUNS = {
    UnreadKind.FIGURES: "figures that no rule reads",
    UnreadKind.SIGN: "signs that no rule reads",
    UnreadKind.EMOJI: "emoji",
    UnreadKind.LETTERS: "words in foreign letters",
    UnreadKind.CHARACTER: "rare characters",
    UnreadKind.MISSING: "characters missing in print",
    UnreadKind.PRIVATE: "characters without a number of their own",
    UnreadKind.FORMULA: "commands of formulas",
}
_SHOWN = 3
"""Examples of one kind in its one line."""


@dataclass(frozen=True, slots=True)
class UnreadPlace:
    """What was not understood, with the item (None: a frame of the programme) and its print."""

    unread: Unread
    article: str | None
    printed: str


def with_handling(script: Script, *, online: bool) -> Script:
    """The script with what becomes of signs that it leaves to the voice as printed.

    An embedded voice spells them, says a stand-in or nothing; what an ``online`` one does with
    them is not known. Han characters that the dictionary does not know are then added.
    """
    return replace(
        script,
        segments=tuple(
            replace(
                segment,
                utterances=tuple(_handled(one, online=online) for one in segment.utterances),
            )
            if any(one.unread or _STRANGE.search(one.spoken) for one in segment.utterances)
            else segment
            for segment in script.segments
        ),
    )


def _handled(utterance: Utterance, *, online: bool) -> Utterance:
    found = [one if online else replace(one, done=handling(one)) for one in utterance.unread]
    taken = {at for one in found for at in range(one.start, one.end)}
    added = (one for one in _rare(utterance, online=online) if one.start not in taken)
    return replace(utterance, unread=tuple(sorted((*found, *added), key=lambda one: one.start)))


def handling(unread: Unread) -> Handling:
    """What an embedded voice does with it."""
    from tingbao.pronunciation import pronounce, unreadable  # noqa: PLC0415  - 80 MB, half a second

    if unread.done is not Handling.KEPT:
        return unread.done
    if unreadable(unread.text):
        return Handling.STAND_IN
    heard = any(word.syllables for word in pronounce(unread.text))
    return Handling.SPELLED if heard else Handling.LEFT_OUT


def _rare(utterance: Utterance, *, online: bool) -> Iterator[Unread]:
    if not _STRANGE.search(utterance.spoken):
        return
    from tingbao.pronunciation import unreadable  # noqa: PLC0415  - 80 MB, half a second

    signs = set(unreadable(utterance.spoken))
    forced = {at for one in utterance.readings for at in range(one.start, one.end)}
    done = Handling.KEPT if online else Handling.STAND_IN
    for at, sign in enumerate(utterance.spoken):
        if sign in signs and at not in forced:
            start = _printed_at(utterance.spans, at)
            kind = UnreadKind.CHARACTER if has_han(sign) else UnreadKind.LETTERS
            found = Unread(sign, kind, done, start, start + 1)
            yield place_unread(found, utterance.text, utterance.pages)


def _printed_at(spans: Sequence[SpokenSpan], at: int) -> int:
    """Where in print the spoken character at ``at`` stands, or what it belongs to begins."""
    place = next((one for one in spans if one.spoken.start <= at < one.spoken.end), None)
    if place is None:
        return at
    printed, spoken = place.printed, place.spoken
    copied = printed.end - printed.start == spoken.end - spoken.start
    return printed.start + (at - spoken.start if copied else 0)


def unread_of(segments: Iterable[Segment]) -> Iterator[UnreadPlace]:
    """What was not understood, in playing order; headlines count once, not in the digest too."""
    for segment in segments:
        for utterance in segment.utterances:
            if utterance.role is not Role.DIGEST:
                for one in utterance.unread:
                    yield UnreadPlace(one, segment.article, utterance.text)


def place_of(unread: Unread, pages: Sequence[Page]) -> str:
    """File and line of it, as far as they are known."""
    if unread.page is None or unread.page > len(pages):
        return ""
    source = pages[unread.page - 1].source
    return source if unread.line is None else f"{source}:{unread.line}"


def unread_as_json(places: Iterable[UnreadPlace]) -> list[dict[str, Any]]:
    """As ``inspect --json`` prints it; ``start`` and ``end`` count in ``printed``."""
    return [
        {
            "text": one.unread.text,
            "kind": one.unread.kind.value,
            "done": one.unread.done.value,
            "article": one.article,
            "page": one.unread.page,
            "line": one.unread.line,
            "printed": one.printed,
            "start": one.unread.start,
            "end": one.unread.end,
        }
        for one in places
    ]


def warnings_of(script: Script, pages: Sequence[Page]) -> Iterator[str]:
    """One line for each kind of what was not understood: how many, which, and where to look."""
    kinds: dict[UnreadKind, list[Unread]] = {}
    for one in unread_of(script.segments):
        kinds.setdefault(one.unread.kind, []).append(one.unread)
    for kind, found in kinds.items():
        texts = list(dict.fromkeys(one.text for one in found))
        shown = "".join(f" “{text}”" for text in texts[:_SHOWN])
        more = " …" if len(texts) > _SHOWN else ""
        place = place_of(found[0], pages)
        first = f", the first in {place}" if place else ""
        yield (
            f"{len(found)} × {_NOUNS[kind]}:{shown}{more} ({found[0].done}){first}; "
            "correct it in the script, where “not read” stands beside each"
        )
