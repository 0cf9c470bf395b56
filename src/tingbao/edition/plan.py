"""Before anything is spoken: which edition this is, its items, place, voice and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tingbao.edition.events import Listener
from tingbao.edition.identity import Identities, as_published, identify, with_ids
from tingbao.edition.library import EditionPaths, begun_with, open_edition
from tingbao.edition.request import BuildRequest, check_request, iso_date, item_numbers
from tingbao.edition.unread import UnreadPlace, unread_of, with_handling
from tingbao.edition.voice import ChosenVoice, VoiceChoice, choose_voice
from tingbao.errors import InputError, OptionError
from tingbao.models import (
    Article,
    ArticleKind,
    Edition,
    EditionInfo,
    Manifest,
    ManifestArticle,
    Origin,
    Page,
    PageLabel,
    Paragraph,
    ParagraphKind,
    ParseWarning,
    Script,
    Segment,
    Skip,
    Unread,
)
from tingbao.parse import SourceFiles, date_of_name, follow_links, parse_pages, read_files
from tingbao.pronunciation import load_lexicon
from tingbao.script import build_script, load_phrases, parse_script_text
from tingbao.settings import Settings
from tingbao.synthesis.profiles import Profile
from tingbao.text.credits import read_credit
from tingbao.text.labels import read_label

DEFAULT_PAPER = "听报"

ONLINE = "edge"
"""The engine that decides by itself what it does with signs that it is sent."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parsed edition and what it is called; ``script`` is set where it was given as a file.

    ``reads`` is the digest of the page files as they were read; empty for a script.
    """

    edition: Edition
    info: EditionInfo
    script: Script | None = None
    reads: str = ""

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


def plan_edition(request: BuildRequest) -> Plan:
    """Parse the pages, or read the script, and settle date, paper and selection.

    Raises:
        UnusableError: as :func:`check_request`, which comes before any reading.
        InputError: a page or the script cannot be used, or no date is to be found.
        OptionError: ``--articles`` names what is not there, or there is nothing to build.
    """
    check_request(request)
    return plan_checked(request)


def plan_checked(request: BuildRequest, files: SourceFiles | None = None) -> Plan:
    """As :func:`plan_edition`, for a request that :func:`check_request` has let through.

    ``files`` are its page files where they were read before.

    Raises:
        InputError, OptionError: as there.
    """
    if request.script is not None:
        return _plan_of_script(request, request.script)
    if not request.inputs:
        raise OptionError("give page files or a folder of them, or --script FILE")
    files = follow_links(files or read_files(request.inputs))
    edition = parse_pages(files, protect=request.settings.parse.protect)
    date = _date(request, edition, files)
    paper = request.paper or edition.paper or DEFAULT_PAPER
    if request.articles is not None:
        edition = select(edition, request.articles)
    info = EditionInfo(date.isoformat(), date, paper, selection=request.articles is not None)
    return Plan(edition, info, reads=files.digest)


def select(edition: Edition, wanted: str) -> Edition:
    """Keep only the items numbered in ``wanted`` (``1,3-5``); ids stay as printed.

    Raises:
        OptionError: it is not of that form, or names an item that is not there.
    """
    numbers = item_numbers(wanted)
    count = len(edition.articles)
    if not numbers or min(numbers) < 1 or max(numbers) > count:
        raise OptionError(f"--articles {wanted}: this edition has items 1 to {count}")
    kept = tuple(a for order, a in enumerate(edition.articles, start=1) if order in numbers)
    return replace(edition, articles=kept, skipped=_skips_of(edition, kept))


def _skips_of(edition: Edition, kept: tuple[Article, ...]) -> tuple[Skip, ...]:
    ids = {article.id for article in kept} | {None}
    return tuple(skip for skip in edition.skipped if skip.article in ids)


def _date(request: BuildRequest, edition: Edition, files: SourceFiles) -> dt.date:
    if request.date:
        return iso_date(request.date)
    named = (date_of_name(path) for path in request.inputs)
    date = edition.date or next((date for date in named if date), None) or _date_of_all(files)
    if date is None:
        raise InputError("no date found; give --date YYYY-MM-DD", request.inputs[0])
    return date


def _date_of_all(files: SourceFiles) -> dt.date | None:
    """The date in the names of all page files, where it is one and the same."""
    dates = {date_of_name(Path(file.path.name)) for file in files.files}
    return dates.pop() if len(dates) == 1 else None


def _plan_of_script(request: BuildRequest, path: Path) -> Plan:
    given = {
        "page files": bool(request.inputs),
        "--articles": request.articles is not None,
        "--date": bool(request.date),
        "--paper": bool(request.paper),
    }
    for option, is_given in given.items():
        if is_given:
            raise OptionError(f"--script says all that is spoken: leave {option} out")
    script = parse_script_text(_text_of(path), str(path))
    articles = tuple(_item_of(segment) for segment in script.segments if segment.article)
    return Plan(Edition((), articles), script.edition, script)


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read the script: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        raise InputError("the script is not UTF-8; save it as UTF-8", path) from error


def _item_of(segment: Segment) -> Article:
    text = tuple(
        Paragraph(ParagraphKind.TEXT, one.text, (Origin(1, None),))
        for one in segment.utterances
        if one.text
    )
    return Article(str(segment.article), ArticleKind.ARTICLE, segment.title, (), text)


def _plan_script(plan: Plan, old: Manifest | None) -> Plan:
    """A script file's plan with what only the pages say, as it was published before."""
    if old is None:
        return plan
    known = {one.id: one for one in old.articles}
    articles = tuple(
        _as_printed(one, known[one.id]) if one.id in known else one for one in plan.edition.articles
    )
    pages = (Page(one.number, read_label(one.label), one.section, one.source) for one in old.pages)
    return plan.with_edition(Edition(tuple(pages), articles, old.skipped, old.warnings))


def _as_printed(article: Article, known: ManifestArticle) -> Article:
    return replace(
        article,
        kind=known.kind,
        pages=known.pages,
        kicker=known.kicker,
        subtitle=known.subtitle,
        byline=None if known.byline is None else read_credit(known.byline),
        dateline=known.dateline,
        continued_to=_label(known.continued_to),
        continued_from=_label(known.continued_from),
    )


def _label(printed: str | None) -> PageLabel | None:
    return None if printed is None else read_label(printed)


def script_of(plan: Plan, profile: Profile, settings: Settings) -> Script:
    """The programme for this edition, with the pauses and lengths of ``profile``.

    Raises:
        InputError: the user's file of phrases or lexicon cannot be used.
    """
    online = profile.engine == ONLINE
    if plan.script is not None:
        return with_handling(plan.script, online=online)
    lexicon = load_lexicon(settings.script.lexicon_path)
    script = build_script(
        plan.edition,
        plan.info,
        pauses=profile.pause_plan,
        max_characters=profile.max_characters,
        phrases=load_phrases(settings.script.phrases_path),
        readers=len(profile.readers),
        respell=lexicon.spoken,
        force=lexicon.pinyin,
    )
    return with_handling(script, online=online)


@dataclass(frozen=True, slots=True)
class Work:
    """What is being made: the items, who they are, where they go, who speaks, what is said."""

    plan: Plan
    identities: Identities
    paths: EditionPaths
    voice: ChosenVoice
    script: Script

    @property
    def profile(self) -> Profile:
        """The profile of the voice."""
        return self.voice.profile

    @property
    def orders(self) -> Mapping[str, int]:
        """The place of each item in print order, from 1."""
        return {one.id: order for order, one in enumerate(self.plan.edition.articles, start=1)}

    @property
    def unread(self) -> Mapping[str, tuple[Unread, ...]]:
        """What was not understood of each item."""
        found: dict[str, tuple[Unread, ...]] = {}
        for one in unread_of(self.script.segments):
            if one.article is not None:
                found[one.article] = (*found.get(one.article, ()), one.unread)
        return found

    @property
    def titles(self) -> Mapping[str, str]:
        """What each item is called; a headless one has a name in the script only."""
        return {one.article: one.title for one in self.script.segments if one.article is not None}


def prepare(
    plan: Plan, request: BuildRequest, listener: Listener, voice: ChosenVoice | None = None
) -> Work:
    """Settle everything that an edition is made of; nothing in the library is touched.

    The voice is chosen here, unless it was chosen before.

    Raises:
        UnusableError: options, library or voice cannot be used.
    """
    paths = open_edition(plan.info, request)
    if plan.script is None:
        identities = identify(plan.edition.articles, paths.manifest)
        plan = plan.with_edition(with_ids(plan.edition, identities.ids))
    else:
        identities = as_published(plan.edition.articles, paths.manifest)
        plan = _plan_script(plan, paths.manifest)
    if voice is None:
        choice = VoiceChoice(request.voice, request.fallback, begun_with(paths))
        voice = choose_voice(choice, request.cache, listener)
    script = script_of(plan, voice.profile, request.settings)
    return Work(plan, identities, paths, voice, script)


def unread_in(edition: Edition, profile: Profile, settings: Settings) -> tuple[UnreadPlace, ...]:
    """What ``profile`` would not understand of these pages, in the order in which it is said.

    Raises:
        InputError: as :func:`script_of`.
    """
    info = EditionInfo("", dt.date.min, edition.paper or DEFAULT_PAPER)
    return tuple(unread_of(script_of(Plan(edition, info), profile, settings).segments))
