"""Small libraries for tests: manifests from plain words, and editions with real MP3 files."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tingbao.artwork import edition_cover
from tingbao.audio import (
    Mastering,
    Part,
    PartClip,
    Tags,
    boundaries_ms,
    chapter_times,
    make_part,
    write_mp3,
)
from tingbao.models import (
    ArticleKind,
    Chapter,
    Clip,
    Cue,
    Manifest,
    ManifestArticle,
    ManifestEdition,
    ManifestPage,
    Role,
)
from tingbao.publish import LibraryInfo, guid_of, render, write_library, write_manifest
from tingbao.publish.index import EditionEntry, LibraryScan, _entry_of
from tingbao.synthesis import Speech, VoiceSettings
from tingbao.synthesis.fake import hum

DATE = dt.date(2026, 3, 14)
PAPER = "试报"
DISCLOSURE = "本条由合成语音播读。"
SHA256 = hashlib.sha256(b"").hexdigest()

ITEMS = (
    ("全市经济工作会议召开", "会议强调，要稳中求进。会议还研究了其他事项，并听取了工作汇报。"),
    ("春耕备耕有序推进", "连日来，各地春耕备耕工作有序推进，农资储备充足。农户已备好良种1400袋。"),
    ("供水管网改造完成", "改造工程惠及居民1400户，昨日全部完工。居民说，水压比过去稳定多了。"),
)


def info(**changes: object) -> LibraryInfo:
    usual = LibraryInfo(PAPER, f"{PAPER}·听报", "试报的有声版，由人工智能语音合成。", PAPER)
    return replace(usual, **changes)  # type: ignore[arg-type]


def manifest(
    date: dt.date = DATE, items: Sequence[tuple[str, str]] = ITEMS, **changes: object
) -> Manifest:
    """An edition of so many items, ten seconds each; its files are not there."""
    chapters = [Chapter(0, 4000, "开场"), Chapter(4000, 9000, "内容提要")]
    cues = [Cue(0, 4000, f"欢迎收听{PAPER}。", Role.OPENER), Cue(4000, 9000, "提要。", Role.DIGEST)]
    articles = []
    for order, (title, text) in enumerate(items, start=1):
        start, name = 10_000 * order, f"{order:02}"
        chapters.append(Chapter(start, start + 10_000, title, name))
        cues.append(Cue(start, start + 2000, title, Role.HEADLINE, name))
        cues.append(Cue(start + 2000, start + 9000, text, Role.BODY, name, opens_paragraph=True))
        articles.append(_article(date, order, title, start))
    chapters[1] = replace(chapters[1], end_ms=10_000)
    end = 10_000 * (len(items) + 1)
    chapters.append(Chapter(end, end + 3000, "结束"))
    cues.append(Cue(end, end + 3000, "本期播送完毕。", Role.CLOSER))
    whole = Manifest(
        id=date.isoformat(),
        date=date,
        paper=PAPER,
        voice="kokoro",
        engine="kokoro",
        licence="Apache-2.0",
        selection=False,
        pages=(ManifestPage(1, "1", "要闻", "01.md"),),
        articles=tuple(articles),
        edition=ManifestEdition(
            "edition.mp3",
            guid_of(date.isoformat(), PAPER, None),
            8 * (end + 3000),
            end + 3000,
            SHA256,
        ),
        chapters=tuple(chapters),
        cues=tuple(cues),
        cover="cover-0123456789.jpg",
        disclosure=DISCLOSURE,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def _article(date: dt.date, order: int, title: str, start_ms: int) -> ManifestArticle:
    name = f"{order:02}"
    return ManifestArticle(
        id=name,
        order=order,
        title=title,
        kind=ArticleKind.ARTICLE,
        pages=(1,),
        file=f"articles/{name}.mp3",
        guid=guid_of(date.isoformat(), PAPER, name),
        text_sha256=SHA256,
        complete=True,
        start_ms=start_ms,
        end_ms=start_ms + 10_000,
        lead_ms=2000,
        duration_ms=12_000,
        bytes=96_000,
        sha256=SHA256,
    )


def scan_of(manifests: Iterable[Manifest]) -> LibraryScan:
    """What a scan would find of editions that are in memory."""
    known = {manifest.id: manifest for manifest in manifests}

    def read(entry: EditionEntry) -> Manifest:
        return known[entry.id]

    entries = sorted(map(_entry_of, known.values()), key=lambda entry: (entry.date, entry.id))
    return LibraryScan(tuple(entries), read, read)


def shelve(library: Path, *manifests: Manifest, about: LibraryInfo | None = None) -> Path:
    """Write a library of these editions, without audio."""
    write_library(library, about or info())
    for each in manifests:
        write_manifest(library / each.id, each)
    return library


@dataclass(frozen=True)
class Press:
    """Makes editions with real sound; parts that were made before are used again."""

    parts: Path

    def edition(
        self, library: Path, date: dt.date = DATE, items: Sequence[tuple[str, str]] = ITEMS
    ) -> Manifest:
        """Put an edition of these items into the library, and render nothing."""
        folder, planned = library / date.isoformat(), manifest(date, items)
        spoken = [
            self._part(c.title, [q for q in planned.cues if _in(q, c)]) for c in planned.chapters
        ]
        chapters = chapter_times(
            spoken, [c.title for c in planned.chapters], [c.article for c in planned.chapters]
        )
        cover = edition_cover(PAPER, date, len(items))
        name = f"cover-{hashlib.sha256(cover).hexdigest()[:10]}.jpg"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(cover)
        whole = write_mp3(folder / "edition.mp3", spoken, _tags(date.isoformat()), chapters)
        made = replace(
            planned,
            cover=name,
            chapters=chapters,
            articles=self._articles(folder, planned, spoken, chapters),
            cues=tuple(_retimed(planned, spoken, chapters)),
            edition=replace(
                planned.edition,
                bytes=whole.bytes,
                duration_ms=whole.duration_ms,
                sha256=whole.sha256,
            ),
        )
        write_manifest(folder, made)
        return made

    def _part(self, title: str, cues: Sequence[Cue]) -> Part:
        clips = [PartClip(f"{title}{c.text}", partial(_sound, c.text), 200) for c in cues]
        return make_part(clips, Mastering(), self.parts)

    def _articles(
        self,
        folder: Path,
        planned: Manifest,
        spoken: Sequence[Part],
        chapters: Sequence[Chapter],
    ) -> tuple[ManifestArticle, ...]:
        lead = self._part("lead", [Cue(0, 1, DISCLOSURE, Role.NOTICE)])
        places = {c.article: (c, part) for c, part in zip(chapters, spoken, strict=True)}
        made = []
        for article in planned.articles:
            chapter, part = places[article.id]
            file = write_mp3(folder / article.file, [lead, part], _tags(article.title))
            made.append(
                replace(
                    article,
                    start_ms=chapter.start_ms,
                    end_ms=chapter.end_ms,
                    lead_ms=boundaries_ms([lead])[1],
                    duration_ms=file.duration_ms,
                    bytes=file.bytes,
                    sha256=file.sha256,
                )
            )
        return tuple(made)


def _in(cue: Cue, chapter: Chapter) -> bool:
    return chapter.start_ms <= cue.start_ms < chapter.end_ms


def _sound(text: str) -> Clip:
    return hum(Speech(text, VoiceSettings("hum")))


def _tags(title: str) -> Tags:
    return Tags(title=title, album=PAPER, artist=PAPER, date=DATE)


def _retimed(planned: Manifest, spoken: Sequence[Part], chapters: Sequence[Chapter]) -> list[Cue]:
    cues = []
    for was, now, part in zip(planned.chapters, chapters, spoken, strict=True):
        own = [cue for cue in planned.cues if _in(cue, was)]
        for cue, start, end in zip(own, part.starts_ms, part.ends_ms, strict=True):
            cues.append(replace(cue, start_ms=now.start_ms + start, end_ms=now.start_ms + end))
    return cues


def real_library(
    folder: Path, parts: Path, days: int = 1, about: LibraryInfo | None = None
) -> Path:
    """A rendered library of so many editions with real sound."""
    write_library(folder, about or info())
    for day in range(days):
        Press(parts).edition(folder, DATE + dt.timedelta(days=day))
    render(folder)
    return folder


def tree(library: Path) -> dict[str, bytes]:
    """Every file of a library by its path."""
    return {
        path.relative_to(library).as_posix(): path.read_bytes()
        for path in sorted(library.rglob("*"))
        if path.is_file() and not path.name.startswith(".tingbao")
    }
