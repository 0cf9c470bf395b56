"""A script as JSON for programs, and as a file that a person corrects and that is read back.

A mistake in such a file is reported with its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tingbao.errors import InputError
from tingbao.models import (
    EditionInfo,
    PageBreak,
    Role,
    Script,
    Segment,
    SegmentKind,
    Unread,
    Utterance,
    page_turns,
)
from tingbao.script.aligned import Aligned
from tingbao.script.file_form import (
    FORM,
    FormError,
    read_plain,
    read_printed,
    read_spoken,
    write_plain,
    write_printed,
    write_spoken,
)
from tingbao.script.speaker import place_unread, read_aligned
from tingbao.script.wordings import caption_wording, credit_wording, headline_wording
from tingbao.text.credits import caption_credit, read_credit

_HELP = """\
# 听报播报稿：每行是要说的话，前面是角色和其后的停顿（毫秒）。改好后可直接合成语音。
# printed: 是报纸原文（与所说不同才写）。指定读音：长[chang2]，{重庆}[chong2 qing4]。
# 行首的 + 表示与上一行同属一段；\\page{3} 表示从这里起是第三版面。
# 以 # 开头的行是注释；“# not read” 注明其上一行中读不出的内容。Form: docs/script-file.md
"""
# Only these may stand around a value without being part of it.
_GAP = r"[ \t]*"
_HEADING = re.compile(rf"=={_GAP}([a-z]+)(?:[ \t]+([^\s:]+))?{_GAP}(?::{_GAP}(.*))?")
_UTTERANCE = re.compile(
    rf"(?P<goes_on>\+{_GAP})?(?P<role>[A-Za-z]+){_GAP}(?:@{_GAP}(?P<reader>[^\s:]*))?[ \t]+"
    rf"(?P<pause>[^\s:]+){_GAP}:{_GAP}(?P<words>.*)"
)
_FIELD = re.compile(rf"([a-z]+){_GAP}:{_GAP}(.*)")
# They become the names of folders and files.
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_FIELDS = ("form", "edition", "date", "paper", "selection")
_DISCLOSURE = "disclosure"
LONGEST_PAUSE_MS = 600_000
MOST_READERS = 99


def parse_script_text(text: str, shown: str) -> Script:
    """Read a script file; ``shown`` names it in messages.

    Raises:
        InputError: it does not follow the form; names the line and what is expected.
    """
    draft = _Draft()
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        try:
            draft.take(line.strip(" \t\r"), number)
        except FormError as error:
            raise InputError(str(error), shown, number) from error
    return draft.finished(shown)


@dataclass(slots=True)
class _Chapter:
    """A chapter on its way; without a kind it holds the disclosure."""

    line: int
    kind: SegmentKind | None
    title: str = ""
    article: str | None = None
    utterances: list[Utterance] = field(default_factory=list)

    @property
    def segment(self) -> Segment:
        assert self.kind is not None
        return Segment(self.kind, self.title, tuple(map(_traced, self.utterances)), self.article)


@dataclass(slots=True)
class _Draft:
    """What was read so far, a line at a time."""

    fields: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    chapters: list[_Chapter] = field(default_factory=list)
    said_last: bool = False

    def take(self, line: str, number: int) -> None:
        """Take one line without the space around it."""
        if not line or line.startswith("#"):
            return
        if line.startswith("=="):
            self.chapters.append(_chapter(line, number))
            self.said_last = False
        elif self.chapters:
            self._say(line)
        else:
            self._set(line)

    def _set(self, line: str) -> None:
        found = _FIELD.fullmatch(line)
        if found and found[1] == "unread":
            self.unread.append(read_plain(found[2]))
        elif found and found[1] in _FIELDS:
            if found[1] in self.fields:
                raise FormError(f"{found[1]}: stands twice")
            self.fields[found[1]] = _field(found[1], read_plain(found[2]))
        else:
            known = ", ".join((*_FIELDS, "unread"))
            raise FormError(f"expected one of {known}, or a heading that begins with ==")

    def _say(self, line: str) -> None:
        utterances = self.chapters[-1].utterances
        name, _, value = line.partition(":")
        if name.rstrip() != "printed":
            utterances.append(_utterance(line))
            self.said_last = True
        elif self.said_last:
            printed, pages = read_printed(value.strip(" \t"))
            utterances[-1] = replace(utterances[-1], text=printed, pages=pages)
            self.said_last = False
        else:
            raise FormError("printed: belongs directly under the line that is said")

    def finished(self, shown: str) -> Script:
        """The script, when all lines are taken."""
        for name in ("form", "edition", "date", "paper"):
            if name not in self.fields:
                raise InputError(f"the line “{name}: …” is missing at the top", shown)
        for chapter in self.chapters:
            if not chapter.utterances:
                raise InputError("nothing is said under this heading", shown, chapter.line)
        leads = [chapter for chapter in self.chapters if chapter.kind is None]
        others = [chapter for chapter in self.chapters if chapter.kind is not None]
        if not others:
            raise InputError("there is nothing to say: no heading but the disclosure", shown)
        _check_lead(leads, shown)
        _check_ids(others, shown)
        return Script(
            edition=self._info(),
            disclosure=leads[0].utterances[0],
            segments=tuple(chapter.segment for chapter in others),
            unread=tuple(self.unread),
        )

    def _info(self) -> EditionInfo:
        date = dt.date.fromisoformat(self.fields["date"])
        selection = self.fields.get("selection") == "yes"
        return EditionInfo(self.fields["edition"], date, self.fields["paper"], selection)


def _check_lead(leads: list[_Chapter], shown: str) -> None:
    """Every item's own file begins with one and the same sentence."""
    if not leads:
        raise InputError("the heading “== disclosure” is missing", shown)
    if len(leads) > 1 or len(leads[0].utterances) > 1:
        raise InputError("the disclosure is one line, once", shown, leads[-1].line)


def _check_ids(chapters: Iterable[_Chapter], shown: str) -> None:
    seen: set[str] = set()
    for chapter in chapters:
        if chapter.article in seen:
            raise InputError(f"item {chapter.article} stands twice", shown, chapter.line)
        if chapter.article is not None:
            seen.add(chapter.article)


def _chapter(line: str, number: int) -> _Chapter:
    found = _HEADING.fullmatch(line)
    if not found:
        raise FormError("expected a heading such as “== article 01: title”")
    kind, article, title = found[1], found[2], read_plain(found[3] or "")
    if kind == _DISCLOSURE:
        return _Chapter(number, None)
    if kind not in set(SegmentKind):
        known = ", ".join([*SegmentKind, _DISCLOSURE])
        raise FormError(f"unknown kind of heading {kind!r}; known: {known}")
    if (kind == SegmentKind.ARTICLE) is not (article is not None):
        raise FormError("an article's heading, and no other, has an id: “== article 01: title”")
    if article is not None and not _NAME.fullmatch(article):
        raise FormError(f"the id {article!r} must be of letters, digits, - and _")
    return _Chapter(number, SegmentKind(kind), title, article)


def _utterance(line: str) -> Utterance:
    found = _UTTERANCE.fullmatch(line)
    if not found:
        raise FormError("expected a line such as “body 450: words”: role, pause in ms, words")
    role, reader = found["role"], found["reader"]
    if role not in set(Role):
        raise FormError(f"unknown role {role!r}; known: {', '.join(Role)}")
    number = 1 if reader is None else _number("the reader", reader, 1, MOST_READERS)
    pause_ms = _number("the pause", found["pause"], 0, LONGEST_PAUSE_MS)
    spoken, readings = read_spoken(found["words"])
    if not spoken.strip():
        raise FormError("there are no words to say; delete the line to leave it out")
    starts = found["goes_on"] is None
    return Utterance(Role(role), spoken, spoken, number, readings, pause_ms, starts)


def _traced(utterance: Utterance) -> Utterance:
    """The utterance with the spans that its printed text has when it is read as it stands.

    Where a person changed what is said, the changed stretch stands for as much of the print, and
    what was not understood is understood, unless it is left to the voice as printed.
    """
    wordings: dict[Role, Callable[[str], Aligned]] = {
        Role.DIGEST: headline_wording,
        Role.HEADLINE: headline_wording,
        Role.HEADING: headline_wording,
        Role.BYLINE: lambda text: credit_wording(read_credit(text)),
        Role.CAPTION: lambda text: caption_wording(text, caption_credit(text)),
    }
    way, unread = read_aligned(wordings.get(utterance.role, Aligned.copy)(utterance.text))
    as_read = utterance.spoken.startswith(way.result)
    way = way.then(Aligned.edited(way.result, utterance.spoken))
    kept = (one for one in unread if as_read or one.text in utterance.spoken)
    placed = (place_unread(one, utterance.text, utterance.pages) for one in kept)
    return replace(utterance, spans=way.spans, unread=tuple(placed))


def _number(what: str, text: str, low: int, high: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
        raise FormError(f"{what} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _field(name: str, value: str) -> str:
    """Check one line of the top."""
    if name == "form" and value != str(FORM):
        raise FormError(f"this is form {value!r}; this version reads form {FORM}")
    if name == "edition" and not _NAME.fullmatch(value):
        raise FormError(f"the edition's id {value!r} must be of letters, digits, - and _")
    if name == "paper" and not value.strip():
        raise FormError("the paper needs a name")
    if name == "selection" and value not in {"yes", "no"}:
        raise FormError(f"selection is yes or no, not {value!r}")
    if name == "date":
        _check_date(value)
    return value


def _check_date(value: str) -> None:
    try:
        dt.datetime.strptime(value, "%Y-%m-%d")  # noqa: DTZ007  - a date has no zone
    except ValueError as error:
        raise FormError(f"the date must be a real one as YYYY-MM-DD, not {value!r}") from error


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
    made: dict[str, Any] = {
        "role": utterance.role.value,
        "reader": utterance.reader,
        "text": utterance.text,
        "spoken": utterance.spoken,
        "readings": [[one.start, one.end, one.pinyin] for one in utterance.readings],
        "pause_ms": utterance.pause_ms,
    }
    return {**made, "unread": _unread_as_json(utterance)} if utterance.unread else made


def _unread_as_json(utterance: Utterance) -> list[dict[str, Any]]:
    return [
        {
            "text": one.text,
            "kind": one.kind.value,
            "done": one.done.value,
            "start": one.start,
            "end": one.end,
        }
        for one in utterance.unread
    ]


def script_as_text(script: Script, notes: Sequence[str] = ()) -> str:
    """Return the script file; :func:`parse_script_text` gives exactly this script back.

    ``notes`` are what a person should compare with the pages; they stand above it as comments.
    """
    comments = "".join(f"# {' '.join(note.split())}\n" for note in notes)
    return _HELP + comments + "\n".join(_lines(script)) + "\n"


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
    yield from ("", "== disclosure", *_written(script.disclosure))
    for segment in script.segments:
        yield from ("", _heading(segment))
        for utterance, pages in zip(segment.utterances, page_turns(segment), strict=True):
            yield from _written(utterance, pages)


def _heading(segment: Segment) -> str:
    article = f" {segment.article}" if segment.article is not None else ""
    return f"== {segment.kind}{article}: {write_plain(segment.title)}"


def _written(utterance: Utterance, pages: Sequence[PageBreak] = ()) -> Iterator[str]:
    mark = "" if utterance.starts_paragraph else "+"
    reader = f"@{utterance.reader}" if utterance.reader != 1 else ""
    spoken = write_spoken(utterance.spoken, utterance.readings)
    yield f"{mark}{utterance.role}{reader} {utterance.pause_ms}: {spoken}"
    if utterance.text != utterance.spoken or pages:
        yield f"  printed: {write_printed(utterance.text, pages)}"
    for one in utterance.unread:
        yield f"  # not read: {write_plain(one.text)} ({one.kind}, {one.done}{_where(one)})"


def _where(one: Unread) -> str:
    page = "" if one.page is None else f"; page {one.page}"
    return page if one.line is None else f"{page}, line {one.line}"
