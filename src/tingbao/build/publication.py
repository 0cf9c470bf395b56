"""The last steps of an edition: its file, its manifest, then pages and feeds, then the sweep.

In this order a listener never sees a feed that is ahead of its files, and a kill between two
steps leaves files that the next run replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from tingbao import files
from tingbao.audio import Mp3File, Part, chapter_times
from tingbao.build.cues import cues_of
from tingbao.build.identity import text_sha256
from tingbao.build.library import forget_voice
from tingbao.build.preparation import Work
from tingbao.build.press import Press
from tingbao.models import (
    Article,
    Chapter,
    Cue,
    Manifest,
    ManifestArticle,
    ManifestEdition,
    Segment,
)
from tingbao.publish import guid_of, render, write_library, write_manifest
from tingbao.script import script_as_text

__all__ = ["Made", "Stretch", "publish"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment and its sound."""

    segment: Segment
    part: Part


@dataclass(frozen=True, slots=True)
class Made:
    """The sound of one edition: its stretches in playing order, and each item's own file.

    The first ``lead_ms`` of such a file are its disclosure.
    """

    stretches: Sequence[Stretch]
    files: Mapping[str, Mp3File]
    lead_ms: int


def publish(work: Work, press: Press, made: Made) -> Manifest:
    """Join the edition and make it part of the library.

    Raises:
        MediaError, StoreError: the parts cannot be joined.
        OutputError: the library cannot be written.
    """
    parts = [one.part for one in made.stretches]
    segments = [one.segment for one in made.stretches]
    chapters = chapter_times(
        parts, [one.title for one in segments], [one.article for one in segments]
    )
    cover_name, cover = press.cover(len(made.files))
    whole = press.whole(parts, chapters, cover)
    manifest = _manifest(work, made, chapters, whole, cover_name)
    files.write(work.shelf.folder / "script.md", script_as_text(work.script))
    write_manifest(work.shelf.folder, manifest)
    _publish_library(work, cover_name, cover)
    _sweep(work, manifest)
    if all(article.complete for article in manifest.articles):
        forget_voice(work.shelf)
    return manifest


def _publish_library(work: Work, cover_name: str, cover: bytes) -> None:
    files.write(work.shelf.library / cover_name, cover)
    write_library(work.shelf.library, replace(work.shelf.info, cover=cover_name))
    render(work.shelf.library)
    for old in work.shelf.library.glob("cover-*.jpg"):
        if old.name != cover_name:
            old.unlink(missing_ok=True)


def _sweep(work: Work, manifest: Manifest) -> None:
    """Remove what the edition had before and has no more, after the feeds have forgotten it."""
    folder = work.shelf.folder
    kept = {folder / article.file for article in manifest.articles if article.complete}
    kept |= {folder / manifest.cover}
    for found in chain(folder.glob("articles/*.mp3"), folder.glob("cover-*.jpg")):
        if found not in kept:
            found.unlink(missing_ok=True)


def _cues(work: Work, made: Made, chapters: Sequence[Chapter]) -> tuple[Cue, ...]:
    short_ms = work.profile.sentence_pause
    return tuple(
        chain.from_iterable(
            cues_of(one.segment, one.part, chapter.start_ms, short_ms)
            for one, chapter in zip(made.stretches, chapters, strict=True)
        )
    )


def _manifest(
    work: Work, made: Made, chapters: tuple[Chapter, ...], whole: Mp3File, cover: str
) -> Manifest:
    edition, info = work.plan.edition, work.plan.info
    old = work.shelf.manifest
    return Manifest(
        id=info.id,
        date=info.date,
        paper=info.paper,
        voice=work.profile.name,
        engine=work.profile.engine,
        licence=work.profile.licence,
        selection=info.selection,
        pages=edition.pages,
        articles=_articles(work, made, chapters),
        edition=ManifestEdition(
            file=whole.path.name,
            guid=old.edition.guid if old else guid_of(info.id, info.paper, None),
            bytes=whole.bytes,
            duration_ms=whole.duration_ms,
            sha256=whole.sha256,
        ),
        chapters=chapters,
        cues=_cues(work, made, chapters),
        cover=cover,
        skipped=edition.skipped,
        warnings=edition.warnings,
        retired_ids=work.identities.retired,
    )


def _articles(work: Work, made: Made, chapters: Sequence[Chapter]) -> tuple[ManifestArticle, ...]:
    places = {chapter.article: chapter for chapter in chapters}
    orders, titles = work.orders, work.titles
    entries = []
    for article in work.plan.edition.articles:
        entry = _entry(work, article, orders[article.id], titles[article.id])
        if article.id in made.files:
            entry = _with_sound(entry, made.files[article.id], places[article.id], made.lead_ms)
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
        byline=article.byline,
        dateline=article.dateline,
        continued_to=article.continued_to,
        continued_from=article.continued_from,
    )


def _with_sound(
    entry: ManifestArticle, made: Mp3File, place: Chapter, lead_ms: int
) -> ManifestArticle:
    return replace(
        entry,
        complete=True,
        start_ms=place.start_ms,
        end_ms=place.end_ms,
        lead_ms=lead_ms,
        duration_ms=made.duration_ms,
        bytes=made.bytes,
        sha256=made.sha256,
    )
