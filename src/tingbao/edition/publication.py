"""The last steps of an edition's own folder: its pictures, its file, its manifest.

The manifest comes last: from then on the edition is there, and everything it names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tingbao import files
from tingbao.artwork import picture_px
from tingbao.audio import Mp3File, boundaries_ms, chapter_times
from tingbao.edition.assembly import AudioAssembler, Track
from tingbao.edition.cues import cues_of
from tingbao.edition.identity import text_sha256
from tingbao.edition.pictures import CARD_PX, cards, cover
from tingbao.edition.plan import Work
from tingbao.models import (
    Article,
    Chapter,
    Cue,
    Manifest,
    ManifestArticle,
    ManifestEdition,
    ManifestPage,
)
from tingbao.publish import guid_of, write_manifest
from tingbao.script import script_as_text


@dataclass(frozen=True, slots=True)
class FinishedAudio:
    """The sound of one edition: its tracks in playing order, and each item's own file.

    The first ``lead_ms`` of such a file are its disclosure.
    """

    tracks: Sequence[Track]
    files: Mapping[str, Mp3File]
    lead_ms: int


@dataclass(frozen=True, slots=True)
class Pictures:
    """Names of the edition's cover and of each item's card, relative to the edition's folder."""

    cover: str
    cards: Mapping[str, str]


def publish(
    work: Work,
    assembler: AudioAssembler,
    audio: FinishedAudio,
    own_cover: Path | None,
    fingerprint: str,
) -> Manifest:
    """Join the edition; ``fingerprint`` is the digest of what it was made from.

    Nothing of the library beyond the edition's folder is touched.

    Raises:
        MediaError, StoreError: the parts cannot be joined.
        InputError: the user's cover cannot be used.
        OutputError: the library cannot be written.
    """
    folder, edition = work.paths.folder, work.plan.info
    chapters = _chapters(audio.tracks)
    cover_name, picture = cover(folder, edition, len(audio.files), own_cover)
    shown = cards(folder, edition, {item: work.titles[item] for item in audio.files})
    whole = assembler.whole([one.part for one in audio.tracks], chapters, picture)
    manifest = _manifest(work, audio, chapters, whole, Pictures(cover_name, shown))
    manifest = replace(manifest, made_from=fingerprint, cover_px=picture_px(picture))
    files.write(folder / "script.md", script_as_text(work.script))
    write_manifest(folder, manifest)
    return manifest


def _chapters(tracks: Sequence[Track]) -> tuple[Chapter, ...]:
    segments = [one.segment for one in tracks]
    return chapter_times(
        [one.part for one in tracks],
        [one.title if one else None for one in segments],
        [one.article if one else None for one in segments],
    )


def _starts(tracks: Sequence[Track]) -> Sequence[int]:
    """Where each track begins; a chapter may begin earlier, with a chime."""
    return boundaries_ms([one.part for one in tracks])


def _cues(audio: FinishedAudio) -> Iterator[Cue]:
    for one, start_ms in zip(audio.tracks, _starts(audio.tracks), strict=False):
        if one.segment is not None:
            yield from cues_of(one.segment, one.part, start_ms)


def _manifest(
    work: Work,
    audio: FinishedAudio,
    chapters: tuple[Chapter, ...],
    whole: Mp3File,
    pictures: Pictures,
) -> Manifest:
    edition, info = work.plan.edition, work.plan.info
    old = work.paths.manifest
    return Manifest(
        id=info.id,
        date=info.date,
        paper=info.paper,
        voice=work.profile.name,
        engine=work.profile.engine,
        licence=work.profile.licence,
        selection=info.selection,
        pages=tuple(
            ManifestPage(one.number, one.label.printed, one.section, one.source)
            for one in edition.pages
        ),
        articles=_articles(work, audio, pictures.cards),
        edition=ManifestEdition(
            file=whole.path.name,
            guid=old.edition.guid if old else guid_of(info.id, info.paper, None),
            bytes=whole.bytes,
            duration_ms=whole.duration_ms,
            sha256=whole.sha256,
        ),
        chapters=chapters,
        cues=tuple(_cues(audio)),
        cover=pictures.cover,
        card_px=CARD_PX,
        skipped=edition.skipped,
        warnings=edition.warnings,
        retired_ids=work.identities.retired,
        disclosure=work.script.disclosure.text,
    )


def _articles(
    work: Work, audio: FinishedAudio, shown: Mapping[str, str]
) -> tuple[ManifestArticle, ...]:
    places = {
        one.segment.article: span
        for one, span in zip(audio.tracks, itertools.pairwise(_starts(audio.tracks)), strict=True)
        if one.segment is not None
    }
    orders, titles, unread = work.orders, work.titles, work.unread
    entries = []
    for article in work.plan.edition.articles:
        entry = _entry(work, article, orders[article.id], titles[article.id])
        entry = replace(entry, unread=unread.get(article.id, ()))
        if article.id in audio.files:
            entry = replace(entry, cover=shown[article.id])
            entry = _with_sound(entry, audio.files[article.id], places[article.id], audio.lead_ms)
        entries.append(entry)
    return tuple(entries)


def _entry(work: Work, article: Article, order: int, title: str) -> ManifestArticle:
    """An item as far as it is known without its sound."""
    info = work.plan.info
    known = work.identities.known.get(article.id)
    # A script file is another wording of the same page: what the page said stays on record.
    digest = known.text_sha256 if known and work.plan.script else text_sha256(article)
    return ManifestArticle(
        id=article.id,
        order=order,
        title=title,
        kind=article.kind,
        pages=article.pages,
        file=f"articles/{article.id}.mp3",
        guid=known.guid if known else guid_of(info.id, info.paper, article.id),
        text_sha256=digest,
        complete=False,
        kicker=article.kicker,
        subtitle=article.subtitle,
        byline=article.byline.text if article.byline else None,
        dateline=article.dateline,
        continued_to=article.continued_to.text if article.continued_to else None,
        continued_from=article.continued_from.text if article.continued_from else None,
    )


def _with_sound(
    entry: ManifestArticle, audio: Mp3File, span: tuple[int, int], lead_ms: int
) -> ManifestArticle:
    return replace(
        entry,
        complete=True,
        start_ms=span[0],
        end_ms=span[1],
        lead_ms=lead_ms,
        duration_ms=audio.duration_ms,
        bytes=audio.bytes,
        sha256=audio.sha256,
    )
