"""``library.json``: what is set once for all editions of a paper."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from tingbao.errors import LibraryError, OptionError, OutputError
from tingbao.publish.addresses import (
    ARTICLES_FEED,
    EDITIONS_FEED,
    LOCAL_BASE,
    Addresses,
    checked_base,
    podcast_guid_of,
)
from tingbao.publish.manifests import SCHEMA, damaged, read_json, write_json
from tingbao.tables import read_table

FILE_NAME = "library.json"
_CURE = "build an edition again with its settings, or restore the file"
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}|")


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    """What the feeds say of the library as a whole.

    ``base_url`` ends in a slash; None while the library is only served from this machine.
    ``podcast_guid`` (feed.xml) and ``articles_guid`` (articles.xml) are made from the first base
    URL, ``first_url``, and kept on a move. ``sections``: each section of the paper has a feed.
    ``time`` (HH:MM) and ``time_zone`` (+HH:MM) date all items. ``cover`` is the name of a picture
    in the library's folder, or empty, ``cover_px`` its width (0: not known). ``rendered_by`` is the
    version that made the pages of all editions, as far as that is known.
    """

    paper: str
    title: str
    description: str
    author: str
    base_url: str | None = None
    podcast_guid: str | None = None
    articles_guid: str | None = None
    first_url: str | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    copyright: str | None = None
    category: str = "News > Daily News"
    time: str = "06:00"
    time_zone: str = "+08:00"
    public: bool = False
    sections: bool = False
    cover: str = ""
    cover_px: int = 0
    rendered_by: str = ""
    schema: int = SCHEMA

    def guid_of(self, feed: str) -> str | None:
        """The ``podcast:guid`` of a feed; None without a base URL."""
        first = self.first_url or self.base_url
        made = first and podcast_guid_of(Addresses(first).of(feed))
        kept = {EDITIONS_FEED: self.podcast_guid, ARTICLES_FEED: self.articles_guid}
        return (kept.get(feed) or made) if self.base_url else None

    @property
    def addresses(self) -> Addresses:
        """The URLs of the library's files."""
        return Addresses(self.base_url or LOCAL_BASE)

    def published(self, date: dt.date) -> dt.datetime:
        """When an edition of this date comes out; no clock of this machine has a say."""
        moment = dt.time.fromisoformat(self.time)
        sign = -1 if self.time_zone.startswith("-") else 1
        away = dt.timedelta(hours=int(self.time_zone[1:3]), minutes=int(self.time_zone[4:]))
        return dt.datetime.combine(date, moment, dt.timezone(sign * away))


def read_library(folder: Path) -> LibraryInfo | None:
    """The library in ``folder``, or None when there is none.

    Raises:
        LibraryError: its ``library.json`` is damaged or from a newer Tingbao.
    """
    path = folder / FILE_NAME
    info = read_json(path, LibraryInfo, _CURE)
    if info is not None:
        _check(info, path)
    return info


def required_library(library: Path) -> LibraryInfo:
    """The library in a folder.

    Raises:
        OutputError: there is none.
        LibraryError: its file is damaged.
    """
    info = read_library(library)
    if info is None:
        raise OutputError(f"there is no library in {library}; build an edition first")
    return info


def write_library(folder: Path, info: LibraryInfo) -> None:
    """Write ``library.json``.

    Raises:
        OutputError: it cannot be written.
    """
    write_json(folder / FILE_NAME, info)


def open_library(
    folder: Path, paper: str, given: Mapping[str, Any], base_url: str | None
) -> LibraryInfo:
    """The library for an edition of ``paper``, with what is set for this run; writes nothing.

    ``given`` holds fields of :class:`LibraryInfo` by name; what is None or empty stays as it is.
    ``time`` and ``time_zone`` stay as they were first: they date what is already published.

    Raises:
        OutputError: the folder holds another paper.
        LibraryError: ``library.json`` is damaged.
        OptionError: the base URL or the category cannot be used.
    """
    category_of(given["category"])
    found = read_library(folder)
    if found is not None and found.paper != paper:
        raise OutputError(
            f"{folder} holds {found.paper}, not {paper}; give another folder with --output"
        )
    kept = ("time", "time_zone") if found else ()
    changes = {
        name: value
        for name, value in given.items()
        if value is not None and value != "" and name not in kept
    }
    info = replace(found or _new(paper), **changes)
    return with_base_url(info, base_url) if base_url is not None else info


def with_base_url(info: LibraryInfo, base_url: str) -> LibraryInfo:
    """The library at another address; the identities of its feeds stay.

    Raises:
        OptionError: the address cannot be used.
    """
    base = checked_base(base_url)
    at = Addresses(base)
    return replace(
        info,
        base_url=base,
        first_url=info.first_url or info.base_url or base,
        podcast_guid=info.podcast_guid or podcast_guid_of(at.of(EDITIONS_FEED)),
        articles_guid=info.articles_guid or podcast_guid_of(at.of(ARTICLES_FEED)),
    )


def _new(paper: str) -> LibraryInfo:
    return LibraryInfo(
        paper=paper,
        title=paper if "听报" in paper else f"{paper}·听报",
        description=f"《{paper}》的有声版：按版面顺序逐条播读，由人工智能语音合成。",
        author=paper,
    )


def _check(info: LibraryInfo, path: Path) -> None:
    """What types cannot say of a file that anyone may have edited."""
    if not info.paper.strip() or not info.title.strip() or not info.description.strip():
        raise damaged(path, "paper, title and description must not be empty", _CURE)
    if not _SAFE_NAME.fullmatch(info.cover):
        raise damaged(path, f"cover {info.cover!r} is not a plain file name", _CURE)
    try:
        info.published(dt.date(2000, 1, 1))
        category_of(info.category)
        address_ok = info.base_url is None or checked_base(info.base_url) == info.base_url
    except (ValueError, OptionError) as error:
        raise damaged(path, str(error), _CURE) from error
    if not address_ok:
        raise LibraryError(
            f"{path}: base_url {info.base_url!r} has the wrong form; "
            f"write {checked_base(info.base_url or '')!r}"
        )


@functools.cache
def _categories() -> dict[str, tuple[str, ...]]:
    """Each category of podcast directories with those below it."""
    path = resources.files("tingbao.publish") / "categories.toml"
    return read_table(path, dict[str, tuple[str, ...]], "list of categories")


def category_of(text: str) -> tuple[str, str | None]:
    """``News > Daily News`` as category and subcategory (None where only one is named).

    Raises:
        OptionError: there is no such category.
    """
    name, _, narrower = (part.strip() for part in text.partition(">"))
    known = _categories().get(name)
    if known is None:
        raise OptionError(f"[feed] category {text!r} is none of: {', '.join(_categories())}")
    if narrower and narrower not in known:
        allowed = ", ".join(known) or "nothing"
        raise OptionError(f"[feed] category {text!r}: below {name} there is {allowed}")
    return name, narrower or None
