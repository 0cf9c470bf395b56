"""The texts beside a sound: transcripts in four forms from one list of cues, and chapters.

Measures of captions: Netflix, "Simplified Chinese Timed Text Style Guide" (two lines); Podcast
namespace, ``transcript`` (lines of at most 65 letters, which a width of 20 stays under).
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tingbao.models import Cue, Manifest, ManifestArticle, Role
from tingbao.publish.addresses import Addresses, article_page
from tingbao.publish.wording import clean, edition_title, printable
from tingbao.text.cut import cut_evenly, width_of

_HEADLINES = frozenset({Role.HEADLINE, Role.HEADING, Role.SECTION})


def transcripts(cues: Sequence[Cue], title: str, speaker: str) -> dict[str, str]:
    """All forms of a transcript by suffix; ``speaker`` is the name of the voice."""
    captions = tuple(_captions_of(cues))
    return {
        ".vtt": _as_vtt(captions, title),
        ".srt": _as_srt(captions),
        ".json": _as_json(captions, speaker),
        ".txt": _as_text(cues, title),
    }


def _as_vtt(captions: Sequence[Caption], title: str) -> str:
    """WebVTT (W3C); headlines carry the class ``headline``."""
    blocks = [
        "WEBVTT",
        f"NOTE {clean(title).replace('-->', '—')}",
        "STYLE\n::cue(.headline) {\n  font-weight: bold;\n}",
    ]
    for number, caption in enumerate(captions, start=1):
        text = _escaped("\n".join(caption.lines))
        marked = f"<c.headline>{text}</c>" if caption.role in _HEADLINES else text
        blocks.append(f"{number}\n{_span(caption, '.')}\n{marked}")
    return "\n\n".join(blocks) + "\n"


def _as_srt(captions: Sequence[Caption]) -> str:
    """SubRip; headlines stand in 【】, the mark that survives players which know no tags."""
    blocks = []
    for number, caption in enumerate(captions, start=1):
        text = "\n".join(caption.lines)
        marked = f"【{text}】" if caption.role in _HEADLINES else text
        blocks.append(f"{number}\n{_span(caption, ',')}\n{marked}\n")
    return "\n".join(blocks)


def _as_json(captions: Sequence[Caption], speaker: str) -> str:
    """The JSON form of the podcast namespace, with each segment's role besides."""
    segments = [
        {
            "speaker": clean(speaker),
            "startTime": caption.start_ms / 1000,
            "endTime": caption.end_ms / 1000,
            "body": caption.text,
            "role": caption.role.value,
        }
        for caption in captions
    ]
    whole = {"version": "1.0.0", "segments": segments}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _as_text(cues: Sequence[Cue], title: str) -> str:
    """Plain text in paragraphs, for reading and for search; a text of one item has its headline."""
    blocks = ["".join(printable(cue.text) for cue in block) for block in paragraphs(cues)]
    is_titled = len({cue.article for cue in cues}) == 1 and Role.HEADLINE in {c.role for c in cues}
    return "\n\n".join(map(clean, blocks if is_titled else [title, *blocks])) + "\n"


def paragraphs(cues: Iterable[Cue]) -> Iterator[tuple[Cue, ...]]:
    """The cues in printed paragraphs: one ends where item, role or paragraph changes."""
    held: list[Cue] = []
    for cue in cues:
        if held and _starts_paragraph(held[-1], cue):
            yield tuple(held)
            held = []
        held.append(cue)
    if held:
        yield tuple(held)


def _starts_paragraph(before: Cue, cue: Cue) -> bool:
    return cue.opens_paragraph or (cue.role, cue.article) != (before.role, before.article)


def _span(caption: Caption, point: str) -> str:
    return f"{_time(caption.start_ms, point)} --> {_time(caption.end_ms, point)}"


def _time(milliseconds: int, point: str) -> str:
    seconds, left = divmod(milliseconds, 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours:02}:{minutes:02}:{seconds % 60:02}{point}{left:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- Captions: what is on the screen at once. At most two lines of about twenty Han characters.

_LINE_WIDTH = 20
"""In Han characters; a Latin letter is half as wide."""
_LINES = 2


@dataclass(frozen=True, slots=True)
class Caption:
    """One screen: its lines, from when to when, and what they are in the programme."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    role: Role

    @property
    def text(self) -> str:
        """The words in one line."""
        gap = " " if _is_word_break(self.lines[0][-1:], self.lines[-1][:1]) else ""
        return gap.join(self.lines)


def _captions_of(cues: Sequence[Cue]) -> Iterator[Caption]:
    """The captions of a transcript, in order and never overlapping; no character is lost."""
    for cue, following in itertools.zip_longest(cues, cues[1:]):
        latest = cue.end_ms if following is None else min(cue.end_ms, following.start_ms)
        yield from _captions(cue, max(latest, cue.start_ms + 1))


def cues_of_article(manifest: Manifest, article: ManifestArticle) -> tuple[Cue, ...]:
    """The cues of one item, in milliseconds of its own file; its disclosure comes first."""
    shift = article.lead_ms - article.start_ms
    own = (cue for cue in manifest.cues if cue.article == article.id)
    moved = tuple(_moved(cue, shift, article.duration_ms) for cue in own)
    if not manifest.disclosure or not article.lead_ms:
        return moved
    return (Cue(0, article.lead_ms, manifest.disclosure, Role.NOTICE, article.id), *moved)


def _moved(cue: Cue, shift_ms: int, longest_ms: int) -> Cue:
    start, end = (min(max(at + shift_ms, 0), longest_ms) for at in (cue.start_ms, cue.end_ms))
    return replace(cue, start_ms=start, end_ms=end)


def _captions(cue: Cue, end_ms: int) -> Iterator[Caption]:
    pieces = cut_evenly(clean(cue.text), _LINE_WIDTH * _LINES)
    shares = list(itertools.accumulate(map(width_of, pieces), initial=0.0))
    length = end_ms - cue.start_ms
    times = [cue.start_ms + round(length * share / (shares[-1] or 1)) for share in shares]
    for piece, (start, end) in zip(pieces, itertools.pairwise(times), strict=True):
        yield Caption(start, max(end, start + 1), tuple(cut_evenly(piece, _LINE_WIDTH)), cue.role)


def _is_word_break(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and (before + after).strip(" ") == before + after


# --- chapters, for players that do not read them in the MP3 file ---------------------------------


def chapters_json(manifest: Manifest, addresses: Addresses) -> str:
    """JSON Chapters 1.2.0 (podcast namespace): the same chapters as in the MP3 file."""
    articles = {one.id: one for one in manifest.articles}
    chapters = []
    for chapter in manifest.chapters:
        entry: dict[str, object] = {
            "startTime": chapter.start_ms / 1000,
            "endTime": chapter.end_ms / 1000,
            "title": clean(chapter.title),
        }
        article = articles.get(chapter.article or "")
        if article:
            entry["url"] = addresses.of(article_page(manifest, article.file))
        # Players that read this file show the pictures named here, not those in the MP3.
        if article and article.cover:
            entry["img"] = addresses.of(manifest.id, article.cover)
        chapters.append(entry)
    whole = {
        "version": "1.2.0",
        "title": clean(f"{manifest.paper} {edition_title(manifest)}"),
        "podcastName": clean(manifest.paper),
        "fileName": manifest.edition.file,
        "chapters": chapters,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
