"""Which editions lie below the given roots: page files grouped by date, or by folder.

A date in a file's own name parts the files of a folder; else the nearest folder with a date in
its name gathers all that lies below it, be it pages or a folder for each page. Without any date a
folder is an edition, and what is printed decides. Names are read, files are not opened.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from tingbao.errors import InputError
from tingbao.files import is_file
from tingbao.parse import (
    PAGE_SUFFIXES,
    date_of_name,
    in_natural_order,
    may_hold_pages,
    page_paths,
    without_byproducts,
)

_MADE = ("library.json", "editions.csv")
"""A folder with one of these is a library or the report of a run, and holds no page."""

_WEB = (".htm", ".html", ".shtml", ".xhtml", ".mhtml", ".mht")


@dataclass(frozen=True, slots=True)
class Find:
    """An edition to be made: ``inputs`` as ``tingbao build`` takes them.

    ``date`` is what names of files or folders say; what is printed in the pages goes before it.
    """

    name: str
    date: dt.date | None
    inputs: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was found and is not made, and why."""

    name: str
    reason: str


def discover(
    roots: Sequence[Path], leave_out: Sequence[Path] = ()
) -> tuple[tuple[Find, ...], tuple[SetAside, ...]]:
    """The editions below ``roots`` in order of date, and what is set aside.

    Libraries and reports of Tingbao and the folders in ``leave_out`` are not entered.

    Raises:
        InputError: a root is missing or a folder cannot be read; or no page file was found.
    """
    survey = _Survey()
    for folder, paths in _folders(roots, [path.absolute() for path in leave_out]):
        for date, anchor, path in _placed(folder, paths, roots):
            survey.add(date, anchor, path)
    for root in filter(is_file, roots):
        survey.part(root.parent)
    if not survey.groups:
        shown = ", ".join(map(str, roots))
        raise InputError(f"no page file was found ({', '.join(PAGE_SUFFIXES)})", shown)
    return _by_day(survey)


_Key = tuple[dt.date | None, Path]


@dataclass(frozen=True, slots=True)
class _Group:
    """The page files of one edition, by their folders; ``anchor`` holds them all."""

    date: dt.date | None
    anchor: Path
    folders: dict[Path, dict[Path, None]] = field(default_factory=dict)

    @property
    def key(self) -> _Key:
        return self.date, self.anchor

    @property
    def is_web(self) -> bool:
        return all(
            path.name.lower().endswith(_WEB) for paths in self.folders.values() for path in paths
        )


@dataclass(frozen=True, slots=True)
class _Survey:
    """All groups, and of which groups there are pages in each folder and below it."""

    groups: dict[_Key, _Group] = field(default_factory=dict)
    here: dict[Path, set[_Key | None]] = field(default_factory=dict)
    below: dict[Path, set[_Key | None]] = field(default_factory=dict)

    def add(self, date: dt.date | None, anchor: Path, path: Path) -> None:
        group = self.groups.setdefault((date, anchor), _Group(date, anchor))
        if path.parent not in group.folders:
            self._mark(path.parent, group.key)
        group.folders.setdefault(path.parent, {})[path] = None

    def part(self, folder: Path) -> None:
        """Only some files of this folder were asked for."""
        self._mark(folder, None)

    def inputs(self, group: _Group) -> Iterator[Path]:
        """A folder where that means the same, for a folder's own rules leave copies out."""
        if group.anchor not in group.folders and self.below[group.anchor] == {group.key}:
            yield group.anchor
            return
        for folder, paths in group.folders.items():
            yield from (folder,) if self.here[folder] == {group.key} else paths

    def _mark(self, folder: Path, key: _Key | None) -> None:
        self.here.setdefault(folder, set()).add(key)
        for one in (folder, *folder.parents):
            self.below.setdefault(one, set()).add(key)


def _by_day(survey: _Survey) -> tuple[tuple[Find, ...], tuple[SetAside, ...]]:
    days: dict[dt.date | None, list[_Group]] = {}
    for group in survey.groups.values():
        days.setdefault(group.date, []).append(group)
    finds, aside = [_find(survey, one) for one in days.pop(None, ())], []
    for date in sorted(filter(None, days)):
        taken, left = _one_a_day(days[date])
        finds.append(_find(survey, *taken))
        aside += left
    return tuple(finds), tuple(aside)


def _find(survey: _Survey, *groups: _Group) -> Find:
    """The edition of a group, or of the groups over which an e-paper was saved."""
    first = groups[0]
    name = first.date.isoformat() if first.date else str(first.anchor)
    return Find(name, first.date, tuple(chain.from_iterable(map(survey.inputs, groups))))


def _one_a_day(groups: Sequence[_Group]) -> tuple[Sequence[_Group], list[SetAside]]:
    """The edition of a day: the first group, or all of them if they are one saved e-paper."""
    if all(group.is_web for group in groups):
        return groups, []
    first, *others = groups
    reason = (
        f"{first.anchor} has an edition of {first.date} too, which is taken; "
        "to take this one, leave the other out"
    )
    return [first], [SetAside(f"{one.date} in {one.anchor}", reason) for one in others]


def _folders(
    roots: Sequence[Path], leave_out: Sequence[Path]
) -> Iterator[tuple[Path, Sequence[Path]]]:
    """Each folder with its page files; files that are roots themselves stand for theirs."""
    named = [root for root in roots if is_file(root)]
    for folder in dict.fromkeys(path.parent for path in named):
        yield folder, [path for path in named if path.parent == folder]
    for root in roots:
        if root not in named:
            yield from _folders_of(root, leave_out)


def _folders_of(
    folder: Path, leave_out: Sequence[Path] = ()
) -> Iterator[tuple[Path, Sequence[Path]]]:
    yield folder, page_paths(folder, PAGE_SUFFIXES, without_byproducts)
    for path in in_natural_order(folder):
        if may_hold_pages(path) and not _is_made(path) and path.absolute() not in leave_out:
            yield from _folders_of(path, leave_out)


def _is_made(folder: Path) -> bool:
    return any(is_file(folder / made) for made in _MADE)


def _placed(
    folder: Path, paths: Sequence[Path], roots: Sequence[Path]
) -> Iterator[tuple[dt.date | None, Path, Path]]:
    """Each page file of a folder with its date, and with the folder that gathers this date."""
    date, anchor = _dated(folder, frozenset(roots))
    own = {path: date_of_name(Path(path.name)) for path in paths}
    dates = set(filter(None, own.values()))
    if date is None and len(dates) == 1:
        (date,) = dates  # one file's name dates its neighbours, as for a folder that is built
    for path, named in own.items():
        if named is None or named == date:
            yield date, anchor, path
        else:
            yield named, folder, path


@functools.lru_cache(maxsize=64)
def _dated(folder: Path, roots: frozenset[Path]) -> tuple[dt.date | None, Path]:
    """The date of a folder, its own or of one around it, and the outermost folder of that date."""
    around = [folder, *folder.parents]
    dates = [_date_of(one) for one in around]
    first = next((at for at, date in enumerate(dates) if date is not None), None)
    if first is None:
        return None, folder
    last = first
    while around[last] not in roots and dates[last + 1 : last + 2] == [dates[first]]:
        last += 1
    reach = next((at for at, one in enumerate(around) if one in roots), last)
    return dates[first], around[min(last, reach)]


def _date_of(folder: Path) -> dt.date | None:
    """The date in a folder's name, or in its name together with those of the two around it."""
    return date_of_name(Path(*folder.parts[-3:], "page"))
