"""``tingbao watch``: what comes into a folder is built and published by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tingbao.cli.options import BaseUrl, Fallback, Jobs, Output, Paper, Progress, Voice
from tingbao.settings import cache_folder, load_settings

if TYPE_CHECKING:
    from tingbao.watch import WatchEvent


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the pages arrive.")],
    output: Output = None,
    publish: Annotated[
        str | None, typer.Option(help="Copy the library there.", metavar="DEST")
    ] = None,
    settle: Annotated[
        float, typer.Option(min=0, help="Seconds without a change after which pages are whole.")
    ] = 10,
    paper: Paper = None,
    voice: Voice = None,
    fallback: Fallback = None,
    base_url: BaseUrl = None,
    jobs: Jobs = None,
    progress: Progress = None,
) -> None:
    """Build and publish each edition when its pages have come, until Ctrl-C."""
    from tingbao.cli.progress import showing, way_of_showing
    from tingbao.edition import BuildRequest
    from tingbao.watch import WatchRequest
    from tingbao.watch import watch as run

    settings = load_settings(folder)
    usual = settings.build
    how = way_of_showing(progress or usual.progress, sys.stderr)
    build = BuildRequest(
        inputs=(),
        output=output or Path(usual.output),
        cache=cache_folder(),
        settings=settings,
        paper=paper or usual.paper,
        voice=voice or usual.voice,
        fallback=fallback or usual.fallback,
        base_url=base_url or usual.base_url,
        jobs=jobs or usual.jobs,
    )
    run(WatchRequest(folder, build, settle, publish), _shown(how), lambda: showing(how))


def _shown(how: str) -> Callable[[WatchEvent], None]:
    from tingbao.cli.progress import print_json

    def show(event: WatchEvent) -> None:
        if how == "json":
            print_json({"event": type(event).__name__, **asdict(event)}, sys.stderr)
        elif how != "none":
            typer.echo(_sentence(event), err=True)

    return show


def _sentence(event: WatchEvent) -> str:
    """What an event is in one line."""
    from tingbao import watch

    match event:
        case watch.Watching(folder):
            return f"watching {folder}; Ctrl-C ends it"
        case watch.PagesArrived(edition, count):
            return f"{edition}: {count} files have arrived"
        case watch.EditionEnded(edition, path, incomplete):
            missing = f"; incomplete: {', '.join(incomplete)}" if incomplete else ""
            return f"{edition}: built, {path}{missing}"
        case watch.Failed(what, reason, retried):
            again = "tried again later" if retried else "tried again when its pages change"
            return f"{what}: failed: {reason} ({again})"
        case watch.LeftOut(name, reason):
            return f"{name}: left out: {reason}"
        case watch.Copied(destination, count):
            return f"published: {count} files to {destination}"
