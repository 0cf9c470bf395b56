"""The library as a whole while editions come in: its pages and feeds, made again now and then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tingbao import __version__
from tingbao.archive.events import EditionEnded, LibraryUpdated, Listener
from tingbao.archive.tasks import Job, Planned
from tingbao.edition.build import add_to_library, remove_leftovers
from tingbao.edition.pictures import cover_of_library
from tingbao.publish import (
    LibraryInfo,
    edition_folders,
    open_library,
    read_library,
    read_manifest,
    write_library,
)

FEWEST_NEW = 8
NEW_SHARE = 10
"""Feeds are made again for every tenth of what there is: all of them together cost the same."""


@dataclass(slots=True)
class LibraryUpdater:
    """The library's own pages and feeds, made again when enough has come in."""

    job: Job
    listener: Listener
    known: int = 0
    new: list[str] = field(default_factory=list)
    info: LibraryInfo | None = None
    is_changed: bool = False

    def begin(self) -> None:
        """Open the library; a new one is written at once, so that it can be served meanwhile."""
        job = self.job
        self.info = open_library(job.output, job.paper, job.settings.feed.given, job.base_url)
        old = read_library(job.output)
        if old is None:
            write_library(job.output, replace(self.info, rendered_by=__version__))
        else:
            same = replace(self.info, rendered_by=__version__)
            self.is_changed = replace(old, cover=same.cover) != same
        self.known = len(edition_folders(job.output))

    def take(self, ended: EditionEnded, planned: Planned) -> None:
        """An edition has ended; those that the library does not know all of yet are taken in."""
        if ended.outcome == "failed" or (ended.outcome == "unchanged" and not planned.is_begun):
            return
        self.new.append(planned.edition)
        # With other settings all editions are made again, which is done once, at the end.
        if not self.is_changed and len(self.new) >= max(FEWEST_NEW, self.known // NEW_SHARE):
            self._update(repair=False)

    def finish(self) -> None:
        """All that was made, and what an earlier run left half done."""
        if edition_folders(self.job.output) and (self.new or self.is_changed or self._is_bare):
            self._update(repair=True)

    @property
    def _is_bare(self) -> bool:
        return not (self.job.output / "feed.xml").exists()

    def _update(self, *, repair: bool) -> None:
        assert self.info is not None
        library = self.job.output
        own_cover = self.job.settings.library.cover_path
        cover = cover_of_library(library, self.info.paper, own_cover)
        add_to_library(library, self.info, (), cover, repair=repair)
        for name in self.new:
            manifest = read_manifest(library / name)
            if manifest is not None:
                remove_leftovers(library / name, manifest)
        self.new.clear()
        self.known = len(edition_folders(library))
        self.listener(LibraryUpdated(self.known))
