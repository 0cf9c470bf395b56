"""A script written down: as JSON for programs, and as a file that a person reads and corrects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tingbao.models import PageBreak, Script, Segment, Utterance, page_turns
from tingbao.script.file_form import FORM, write_plain, write_printed, write_spoken

_HELP = """\
# 听报播报稿：每行是要说的话，前面是角色和其后的停顿（毫秒）。改好后可直接合成语音。
# printed: 是报纸原文（与所说不同才写）。指定读音：长[chang2]，{重庆}[chong2 qing4]。
# 行首的 + 表示与上一行同属一段；\\page{3} 表示从这里起是第三版面。
# 以 # 开头的行是注释。Form: docs/script-file.md
"""


def script_as_json(script: Script) -> dict[str, Any]:
    """Return the script as plain values, as ``script --json`` prints it."""
    info = script.edition
    return {
        "edition": {
            "id": info.id,
            "date": info.date.isoformat(),
            "paper": info.paper,
            "selection": info.selection,
        },
        "disclosure": _utterance_as_json(script.disclosure),
        "segments": [_segment_as_json(segment) for segment in script.segments],
        "unread": list(script.unread),
    }


def _segment_as_json(segment: Segment) -> dict[str, Any]:
    return {
        "kind": segment.kind.value,
        "title": segment.title,
        "article": segment.article,
        "utterances": [_utterance_as_json(utterance) for utterance in segment.utterances],
    }


def _utterance_as_json(utterance: Utterance) -> dict[str, Any]:
    return {
        "role": utterance.role.value,
        "reader": utterance.reader,
        "text": utterance.text,
        "spoken": utterance.spoken,
        "readings": [[one.start, one.end, one.pinyin] for one in utterance.readings],
        "pause_ms": utterance.pause_ms,
    }


def script_as_text(script: Script) -> str:
    """Return the script file; :func:`parse_script_text` gives exactly this script back."""
    return _HELP + "\n".join(_lines(script)) + "\n"


def _lines(script: Script) -> Iterator[str]:
    info = script.edition
    yield f"form: {FORM}"
    yield f"edition: {write_plain(info.id)}"
    yield f"date: {info.date.isoformat()}"
    yield f"paper: {write_plain(info.paper)}"
    if info.selection:
        yield "selection: yes"
    for token in script.unread:
        yield f"unread: {write_plain(token)}"
    yield from ("", "== disclosure", *_utterance(script.disclosure))
    for segment in script.segments:
        yield from ("", _heading(segment))
        for utterance, pages in zip(segment.utterances, page_turns(segment), strict=True):
            yield from _utterance(utterance, pages)


def _heading(segment: Segment) -> str:
    article = f" {segment.article}" if segment.article is not None else ""
    return f"== {segment.kind}{article}: {write_plain(segment.title)}"


def _utterance(utterance: Utterance, pages: Sequence[PageBreak] = ()) -> Iterator[str]:
    mark = "" if utterance.starts_paragraph else "+"
    reader = f"@{utterance.reader}" if utterance.reader != 1 else ""
    spoken = write_spoken(utterance.spoken, utterance.readings)
    yield f"{mark}{utterance.role}{reader} {utterance.pause_ms}: {spoken}"
    if utterance.text != utterance.spoken or pages:
        yield f"  printed: {write_printed(utterance.text, pages)}"
