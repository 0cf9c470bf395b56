"""The pictures of a library: its own cover, each edition's, and a card for each item."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tingbao import files
from tingbao.artwork import (
    article_card,
    edition_cover,
    library_cover,
    picture_mime,
    picture_px,
    user_cover,
)
from tingbao.artwork.covers import MAX_COVER_PX
from tingbao.models import EditionInfo

CARD_PX = 1400
"""The least that podcast directories accept for an episode's picture."""

CHAPTER_CARD_PX = 300
"""Every player gets all chapter pictures with the head of the file, so they are small."""

DESIGN = 1
"""Goes up when the cards look different: a new picture needs a new name."""


def cover(folder: Path, edition: EditionInfo, items: int, own: Path | None) -> tuple[str, bytes]:
    """Write the cover, drawn or the user's own, under a name made of its bytes.

    Raises:
        InputError: the user's picture is not one that podcast directories accept.
        OutputError: it cannot be written.
    """
    picture = user_cover(own) if own else edition_cover(edition.paper, edition.date, items)
    name = _name_of(picture)
    files.write(folder / name, picture)
    return name, picture


@dataclass(frozen=True, slots=True)
class LibraryCover:
    """The library's picture by ``name`` and width, and its bytes unless they lie there already."""

    name: str
    px: int
    picture: bytes | None = None

    def put(self, library: Path) -> None:
        """Write it where it is missing.

        Raises:
            OutputError: it cannot be written.
        """
        if self.picture is not None:
            files.write(library / self.name, self.picture)


def cover_of_library(library: Path, paper: str, own: Path | None) -> LibraryCover:
    """The cover that a library is to have, drawn or the user's own; nothing is written.

    It shows no date, so that subscribers keep one picture from edition to edition. Drawing it
    takes 50 MB: ask for it while little else is in memory.

    Raises:
        InputError: the user's picture is not one that podcast directories accept.
    """
    if own:
        picture = user_cover(own)
        return LibraryCover(_name_of(picture), picture_px(picture), picture)
    name = f"cover-{_digest(paper)}.jpg"
    is_there = (library / name).exists()
    return LibraryCover(name, MAX_COVER_PX, None if is_there else library_cover(paper))


def _name_of(picture: bytes) -> str:
    suffix = "png" if picture_mime(picture) == "image/png" else "jpg"
    return f"cover-{hashlib.sha256(picture).hexdigest()[:10]}.{suffix}"


def cards(folder: Path, edition: EditionInfo, titles: Mapping[str, str]) -> Mapping[str, str]:
    """Write each item's card; returns their names, relative to the edition's folder, by item.

    A card is named by what it shows, so that one that is there already is not drawn again.

    Raises:
        OutputError: one cannot be written.
    """
    names = {}
    for item, title in titles.items():
        names[item] = (
            f"articles/{item}-{_digest(title, edition.paper, edition.date.isoformat())}.jpg"
        )
        if not (folder / names[item]).exists():
            picture = article_card(title, edition.paper, edition.date, CARD_PX)
            files.write(folder / names[item], picture)
    return names


def chapter_card(title: str, edition: EditionInfo) -> bytes:
    """The small picture that players show during a chapter, or with an item's own file."""
    return article_card(title, edition.paper, edition.date, CHAPTER_CARD_PX)


def _digest(*shown: str) -> str:
    return hashlib.sha256("\n".join((str(DESIGN), *shown)).encode()).hexdigest()[:10]
