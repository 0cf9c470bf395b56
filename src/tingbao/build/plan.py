"""Before anything is spoken: which edition this is, and what is to be made of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path

from tingbao.errors import InputError, OptionError
from tingbao.models import Article, Edition, EditionInfo, Page, ParseWarning, Script, Skip
from tingbao.parse import date_of_name, parse_pages
from tingbao.script import build_script, load_phrases
from tingbao.settings import Settings
from tingbao.synthesis.profiles import Profile

__all__ = ["BuildRequest", "Plan", "folder_of", "plan_edition", "script_of", "select"]

DEFAULT_PAPER = "听报"


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What the user asked for; None means that settings, pages or names decide."""

    inputs: tuple[Path, ...]
    output: Path
    cache: Path
    settings: Settings
    date: str | None = None
    paper: str | None = None
    voice: str = "auto"
    fallback: str | None = None
    base_url: str | None = None
    articles: str | None = None
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The parsed edition and what it is called."""

    edition: Edition
    info: EditionInfo

    def with_edition(self, edition: Edition) -> Plan:
        """The same plan for a changed edition."""
        return replace(self, edition=edition)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person may want to look at, each with its place."""
        pages = self.edition.pages
        return tuple(_note(warning, pages) for warning in self.edition.warnings)


def _note(warning: ParseWarning, pages: tuple[Page, ...]) -> str:
    source = pages[warning.page - 1].source
    place = source if warning.line is None else f"{source}:{warning.line}"
    return f"warning: {place}: {warning.message}"


def folder_of(inputs: tuple[Path, ...]) -> Path | None:
    """The folder beside the input, where its settings are looked for."""
    if not inputs:
        return None
    return inputs[0] if inputs[0].is_dir() else inputs[0].parent


def plan_edition(request: BuildRequest) -> Plan:
    """Parse the pages and settle date, paper and selection.

    Raises:
        InputError: a page cannot be used, or no date is to be found.
        OptionError: ``--date`` or ``--articles`` cannot be used.
    """
    edition = parse_pages(request.inputs, protect=request.settings.parse.protect)
    date = _date(request, edition)
    paper = request.paper or edition.paper or DEFAULT_PAPER
    if request.articles:
        edition = select(edition, request.articles)
    info = EditionInfo(date.isoformat(), date, paper, selection=bool(request.articles))
    return Plan(edition, info)


def select(edition: Edition, wanted: str) -> Edition:
    """Keep only the items numbered in ``wanted`` (``1,3-5``); ids stay as printed.

    Raises:
        OptionError: it is not of that form, or names an item that is not there.
    """
    numbers = _numbers(wanted)
    count = len(edition.articles)
    if not numbers or min(numbers) < 1 or max(numbers) > count:
        raise OptionError(f"--articles {wanted}: this edition has items 1 to {count}")
    kept = tuple(a for order, a in enumerate(edition.articles, start=1) if order in numbers)
    return replace(edition, articles=kept, skipped=_skips_of(edition, kept))


def _skips_of(edition: Edition, kept: tuple[Article, ...]) -> tuple[Skip, ...]:
    ids = {article.id for article in kept} | {None}
    return tuple(skip for skip in edition.skipped if skip.article in ids)


def _numbers(wanted: str) -> set[int]:
    numbers: set[int] = set()
    for piece in wanted.replace(" ", "").split(","):
        found = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", piece)
        if not found:
            raise OptionError(f"--articles {wanted}: give numbers and ranges such as 1,3-5")
        first = int(found.group(1))
        numbers.update(range(first, int(found.group(2) or first) + 1))
    return numbers


def _date(request: BuildRequest, edition: Edition) -> dt.date:
    if request.date:
        return _iso_date(request.date)
    named = (date_of_name(path) for path in request.inputs)
    date = edition.date or next((date for date in named if date), None)
    if date is None:
        raise InputError("no date found; give --date YYYY-MM-DD", request.inputs[0])
    return date


def _iso_date(text: str) -> dt.date:
    try:
        # fromisoformat would also take 20260314 and week dates; the contract has one form.
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  - a date has no zone
    except ValueError as error:
        raise OptionError(f"--date must be a real date as YYYY-MM-DD, not {text!r}") from error


def script_of(plan: Plan, profile: Profile, settings: Settings) -> Script:
    """The programme for this edition, with the pauses and lengths of ``profile``.

    Raises:
        InputError: the user's file of phrases cannot be used.
    """
    return build_script(
        plan.edition,
        plan.info,
        pauses=profile.pause_plan,
        max_characters=profile.max_characters,
        phrases=load_phrases(settings.script.phrases_path),
        readers=len(profile.readers),
    )
