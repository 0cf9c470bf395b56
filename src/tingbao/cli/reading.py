"""What Tingbao reads in the pages: ``inspect``, ``script``, ``normalize``, ``pinyin``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tingbao.cli.options import Articles, Date, Inputs, Json, Paper
from tingbao.errors import InputError, OptionError
from tingbao.settings import Settings, cache_folder, load_settings

if TYPE_CHECKING:
    from tingbao.models import Edition
    from tingbao.parse import SourceFiles

_USUAL_VOICE = "kokoro"


def inspect(
    inputs: Inputs,
    as_json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Print the signs behind each boundary of an item.")
    ] = False,
    page_picture: Annotated[
        Path | None,
        typer.Option(help="Also draw each page with its items into this folder.", metavar="DIR"),
    ] = None,
) -> None:
    """Show how the pages fall into items: titles, joins, jumps, skips, what cannot be read."""
    from tingbao.cli.progress import reporting_recognition
    from tingbao.parse import (
        boundaries_as_text,
        boundaries_of,
        edition_as_json,
        edition_as_markdown,
        follow_links,
        parse_pages,
        read_files,
    )

    if as_json + markdown + why > 1:
        raise OptionError("--json, --markdown and --why are forms of one answer: give one of them")
    settings = _settings(inputs)
    protect = settings.parse.protect
    with reporting_recognition(_note):
        sources = follow_links(read_files(inputs))
        if page_picture is not None:
            _draw_pages(parse_pages(sources, protect=protect), sources, page_picture)
        if why:
            typer.echo(boundaries_as_text(boundaries_of(inputs, protect=protect)))
            return
        edition = parse_pages(sources, protect=protect)
    if markdown:
        typer.echo(edition_as_markdown(edition))
        return
    from tingbao.edition.plan import unread_in
    from tingbao.edition.unread import unread_as_json
    from tingbao.synthesis.profiles import load_profile

    unread = unread_in(edition, load_profile(_USUAL_VOICE), settings)
    if as_json:
        _print_json({**edition_as_json(edition), "unread": unread_as_json(unread)})
    else:
        from tingbao.cli.tables import print_edition

        print_edition(edition, unread)


def _draw_pages(edition: Edition, sources: SourceFiles, folder: Path) -> None:
    """A picture of each page whose text has boxes; the others are named."""
    from tingbao import files
    from tingbao.artwork import draw_page
    from tingbao.parse import pictures_of

    for page, look in zip(edition.pages, pictures_of(sources), strict=True):
        seen = look() if look else None
        drawn = draw_page(
            edition, page.number, seen.image if seen else None, seen.scale if seen else 1.0
        )
        path = folder / f"page-{page.number:02}.png"
        if drawn is None:
            _note(f"{page.source}: nothing says where its text stands: no {path}")
        else:
            files.write(path, drawn)


def script(
    inputs: Inputs,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.", metavar="FILE")
    ] = None,
    as_json: Json = False,
    date: Date = None,
    paper: Paper = None,
    voice: Annotated[
        str, typer.Option(help="The voice whose pauses and lengths are taken.")
    ] = _USUAL_VOICE,
    articles: Articles = None,
) -> None:
    """Write what will be said, before anything is spoken."""
    from tingbao import files
    from tingbao.cli.progress import reporting_recognition
    from tingbao.edition import BuildRequest, plan_edition, script_of
    from tingbao.script import script_as_json, script_as_text
    from tingbao.synthesis.profiles import load_profile

    profile, settings = load_profile(voice), _settings(inputs)
    request = BuildRequest(
        inputs=tuple(inputs),
        output=Path(settings.build.output),
        cache=cache_folder(),
        settings=settings,
        date=date or settings.build.date,
        paper=paper or settings.build.paper,
        articles=articles,
    )
    with reporting_recognition(_note):
        plan = plan_edition(request)
    made = script_of(plan, profile, settings)
    text = _as_json(script_as_json(made)) if as_json else script_as_text(made, plan.notes)
    if output is None:
        typer.echo(text.removesuffix("\n"))
    else:
        files.write(output, text)


def normalize() -> None:
    """Print each line of standard input as it will be spoken."""
    from tingbao.parse import simplify
    from tingbao.script import normalize as spoken_form

    _each_line(lambda line: spoken_form(simplify(line)).spoken)


def explain(text: Annotated[str, typer.Argument(help="What is printed.")]) -> None:
    """Print piece by piece how a text is read, its pinyin, and which rule or lexicon decided."""
    from tingbao.cli.tables import print_explanation
    from tingbao.edition.explain import explain as pieces_of
    from tingbao.parse import simplify
    from tingbao.pronunciation import load_lexicon
    from tingbao.settings import load_settings

    lexicon = load_lexicon(load_settings().script.lexicon_path)
    print_explanation(pieces_of(simplify(text), lexicon))


def pinyin(
    spoken: Annotated[
        bool, typer.Option("--spoken", help="Print it after reading of numbers and sandhi.")
    ] = False,
) -> None:
    """Print the pinyin of each line of standard input, one syllable for each Han character."""
    from tingbao.parse import simplify
    from tingbao.pronunciation import pinyin_line, spoken_pinyin_line
    from tingbao.script import normalize as spoken_form

    if spoken:
        _each_line(lambda line: spoken_pinyin_line(spoken_form(simplify(line)).spoken))
    else:
        _each_line(lambda line: pinyin_line(simplify(line)))


def _settings(inputs: list[Path]) -> Settings:
    from tingbao.edition import folder_of

    return load_settings(folder_of(tuple(inputs)))


def _note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _each_line(change: Callable[[str], str]) -> None:
    for line in _lines():
        typer.echo(change(line) if line.strip() else "")


def _lines() -> Iterator[str]:
    """The lines of standard input, separated by line feeds alone."""
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError("not UTF-8", "standard input", number) from error


def _as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(_as_json(value), nl=False)
