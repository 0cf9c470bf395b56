"""Transcripts: WebVTT, SubRip, JSON and plain text from one list of cues."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tingbao.models import Cue, Role
from tingbao.publish.captions import Caption, captions_of
from tingbao.publish.wording import clean, printable

TRANSCRIPT_TYPES: Mapping[str, str] = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
}
"""By suffix, in the order in which feeds offer them: the best one first."""
TRANSCRIPT_SUFFIXES = (*TRANSCRIPT_TYPES, ".txt")
"""Of all forms that are made; plain text is for people."""

HEADLINES = frozenset({Role.HEADLINE, Role.HEADING, Role.SECTION})


def transcripts(cues: Sequence[Cue], title: str, speaker: str) -> dict[str, str]:
    """All forms of a transcript by suffix; ``speaker`` is the name of the voice."""
    captions = tuple(captions_of(cues))
    return {
        ".vtt": as_vtt(captions, title),
        ".srt": as_srt(captions),
        ".json": as_json(captions, speaker),
        ".txt": as_text(cues, title),
    }


def as_vtt(captions: Sequence[Caption], title: str) -> str:
    """WebVTT (W3C); headlines carry the class ``headline``."""
    blocks = [
        "WEBVTT",
        f"NOTE {clean(title).replace('-->', '—')}",
        "STYLE\n::cue(.headline) {\n  font-weight: bold;\n}",
    ]
    for number, caption in enumerate(captions, start=1):
        text = _escaped("\n".join(caption.lines))
        marked = f"<c.headline>{text}</c>" if caption.role in HEADLINES else text
        blocks.append(f"{number}\n{_span(caption, '.')}\n{marked}")
    return "\n\n".join(blocks) + "\n"


def as_srt(captions: Sequence[Caption]) -> str:
    """SubRip; headlines stand in 【】, the mark that survives players which know no tags."""
    blocks = []
    for number, caption in enumerate(captions, start=1):
        text = "\n".join(caption.lines)
        marked = f"【{text}】" if caption.role in HEADLINES else text
        blocks.append(f"{number}\n{_span(caption, ',')}\n{marked}\n")
    return "\n".join(blocks)


def as_json(captions: Sequence[Caption], speaker: str) -> str:
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


def as_text(cues: Sequence[Cue], title: str) -> str:
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
