"""``tingbao build``: pages in, an edition out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tingbao.cli.options import Articles, BaseUrl, Date, OptionalInputs, Paper
from tingbao.settings import cache_folder, load_settings

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build")(build)


def build(
    inputs: OptionalInputs = None,
    output: Annotated[Path | None, typer.Option(help="The library's folder.")] = None,
    date: Date = None,
    paper: Paper = None,
    voice: Annotated[
        str | None, typer.Option(help="A voice's name, a profile's path, or auto.")
    ] = None,
    fallback: Annotated[
        str | None, typer.Option(help="The voice to take when the named one cannot be had.")
    ] = None,
    base_url: BaseUrl = None,
    articles: Articles = None,
    script: Annotated[
        Path | None, typer.Option(help="Speak this edited script.", metavar="FILE")
    ] = None,
    digest_only: Annotated[
        bool, typer.Option("--digest-only", help="Build the headlines alone, as digest.mp3.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes or requests.")] = None,
    progress: Annotated[
        str | None, typer.Option(help="auto, plain, json or none.", metavar="HOW")
    ] = None,
) -> None:
    """Turn newspaper pages into an audio edition with feeds and a listening page."""
    from tingbao.build import BuildRequest, folder_of, produce, produce_digest
    from tingbao.cli.progress import showing

    named = tuple(inputs or ())
    settings = load_settings(folder_of((script,) if script else named))
    usual = settings.build
    request = BuildRequest(
        inputs=named,
        output=output or Path(usual.output),
        cache=cache_folder(),
        settings=settings,
        # A script file says its own date and paper: only what is given beside it is a conflict.
        date=date or (None if script else usual.date),
        paper=paper or (None if script else usual.paper),
        voice=voice or usual.voice,
        fallback=fallback or usual.fallback,
        base_url=base_url or usual.base_url,
        articles=articles,
        jobs=jobs or usual.jobs,
        script=script,
    )
    with showing(progress or usual.progress) as listener:
        if digest_only:
            produce_digest(request, listener)
            return
        result = produce(request, listener)
    if result.incomplete:
        raise typer.Exit(1)
