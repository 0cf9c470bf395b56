"""``tingbao build``: pages in, an edition out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tingbao.cli.options import Articles, BaseUrl, Date, Inputs, Paper
from tingbao.settings import cache_folder, load_settings

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build")(build)


def build(
    inputs: Inputs,
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
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes or requests.")] = None,
    progress: Annotated[
        str | None, typer.Option(help="auto, plain, json or none.", metavar="HOW")
    ] = None,
) -> None:
    """Turn newspaper pages into an audio edition with feeds and a listening page."""
    from tingbao.build import BuildRequest, folder_of, produce
    from tingbao.cli.progress import showing

    settings = load_settings(folder_of(tuple(inputs)))
    usual = settings.build
    request = BuildRequest(
        inputs=tuple(inputs),
        output=output or Path(usual.output),
        cache=cache_folder(),
        settings=settings,
        date=date or usual.date,
        paper=paper or usual.paper,
        voice=voice or usual.voice,
        fallback=fallback or usual.fallback,
        base_url=base_url or usual.base_url,
        articles=articles,
        jobs=jobs or usual.jobs,
    )
    with showing(progress or usual.progress) as listener:
        result = produce(request, listener)
    if result.incomplete:
        raise typer.Exit(1)
