"""What the user asked for, and what of it can be refused before a page is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tingbao import files
from tingbao.artwork import user_cover
from tingbao.audio import user_chime
from tingbao.errors import OptionError, OutputError
from tingbao.models import Manifest
from tingbao.publish.addresses import checked_base
from tingbao.publish.library import category_of
from tingbao.settings import BUILT_IN_CHIMES, Settings
from tingbao.synthesis.profiles import load_profile

T = TypeVar("T")

CHOSEN_LATER = "auto"


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What the user asked for; None means that settings, pages or names decide."""

    inputs: tuple[Path, ...]
    output: Path
    cache: Path
    settings: Settings
    date: str | None = None
    paper: str | None = None
    voice: str = CHOSEN_LATER
    fallback: str | None = None
    base_url: str | None = None
    articles: str | None = None
    jobs: int | None = None
    script: Path | None = None


def folder_of(inputs: tuple[Path, ...]) -> Path | None:
    """The folder beside the input, where its settings are looked for."""
    if not inputs:
        return None
    return inputs[0] if files.is_folder(inputs[0]) else inputs[0].parent


def check_request(request: BuildRequest) -> None:
    """Refuse what cannot be used, whatever the pages hold; reading them may take minutes.

    Raises:
        OptionError: an option or a setting has a value that cannot be used.
        InputError: a profile, or a picture or sound that the settings name, cannot be used.
        OutputError: a file stands where the library's folder would be.
    """
    _if_given(request.date or None, iso_date)
    _if_given(request.articles, item_numbers)
    if request.voice != CHOSEN_LATER:
        load_profile(request.voice)
    _if_given(request.fallback, load_profile)
    _if_given(request.base_url, checked_base)
    check_settings(request.settings)
    _check_folder(request.output)


def check_settings(settings: Settings) -> None:
    """Refuse settings that would stop a build at its end, when all is spoken.

    Raises:
        OptionError: the feed's category is none.
        InputError: the user's own cover or chime cannot be used.
    """
    category_of(settings.feed.category)
    _if_given(settings.library.cover_path, user_cover)
    if settings.audio.chime not in BUILT_IN_CHIMES:
        user_chime(Path(settings.audio.chime))


def iso_date(text: str) -> dt.date:
    """The date that ``--date`` gives.

    Raises:
        OptionError: it is no real date in the contract's one form.
    """
    try:
        # fromisoformat would also take 20260314 and week dates; the contract has one form.
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  - a date has no zone
    except ValueError as error:
        raise OptionError(f"--date must be a real date as YYYY-MM-DD, not {text!r}") from error


def item_numbers(wanted: str) -> frozenset[int]:
    """The items that ``--articles`` names: ``1,3-5``.

    Raises:
        OptionError: it is not of that form.
    """
    numbers: set[int] = set()
    for piece in wanted.replace(" ", "").split(","):
        found = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", piece)
        if not found:
            raise OptionError(f"--articles {wanted!r}: give numbers and ranges such as 1,3-5")
        first = int(found.group(1))
        numbers.update(range(first, int(found.group(2) or first) + 1))
    return frozenset(numbers)


def _if_given(value: T | None, check: Callable[[T], object]) -> None:
    if value is not None:
        check(value)


def _check_folder(output: Path) -> None:
    for place in (output, *output.parents):
        if place.exists():
            if not place.is_dir():
                raise OutputError(f"{place} is a file; give a folder with --output")
            return


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was published; ``incomplete`` names what could not be spoken whole.

    ``reasons`` says for each of these what it is called and why.
    """

    manifest: Manifest
    incomplete: tuple[str, ...]
    reasons: tuple[str, ...] = ()
