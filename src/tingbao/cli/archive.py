"""``tingbao archive``: many editions, by many workers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tingbao.cli.options import BaseUrl, Paper
from tingbao.settings import cache_folder, load_settings

if TYPE_CHECKING:
    from tingbao.archive import ArchiveEvent, Listener

Roots = Annotated[
    list[Path],
    typer.Argument(metavar="INPUT_ROOT…", help="Folders or page files, of any number of editions."),
]


def archive(
    roots: Roots,
    output: Annotated[Path, typer.Option(help="The library's folder.")],
    executor: Annotated[
        str, typer.Option(help="local, dask or dask://HOST:PORT.", metavar="WHERE")
    ] = "local",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; without it one a core.")
    ] = None,
    voice: Annotated[
        str | None, typer.Option(help="An embedded voice's name, or a profile's path.")
    ] = None,
    paper: Paper = None,
    base_url: BaseUrl = None,
    report: Annotated[
        Path | None, typer.Option(help="Where the report goes.", metavar="FOLDER")
    ] = None,
    progress: Annotated[
        str | None, typer.Option(help="auto, plain, json or none.", metavar="HOW")
    ] = None,
) -> None:
    """Turn many editions' pages into one library, on one machine or on a cluster."""
    from tingbao.archive import ArchiveRequest, run_archive
    from tingbao.archive.report import report_folder, reporting
    from tingbao.cli.archive_progress import showing_archive
    from tingbao.edition import folder_of
    from tingbao.edition.events import Noticed

    folder = report_folder(output, report)
    settings = load_settings(folder_of(tuple(roots)))
    usual = settings.build
    request = ArchiveRequest(
        roots=tuple(roots),
        output=output,
        cache=cache_folder(),
        settings=settings,
        executor=executor,
        workers=workers,
        voice=voice or usual.voice,
        paper=paper or usual.paper,
        base_url=base_url or usual.base_url,
        leave_out=(folder,),
    )
    with showing_archive(progress or usual.progress) as show:
        with reporting(folder) as note:
            result = run_archive(request, _both(show, note))
        show(Noticed(f"report: {folder / 'report.html'}"))
    if result.incomplete or result.failed:
        raise typer.Exit(1)


def _both(show: Listener, note: Listener) -> Listener:
    def listener(event: ArchiveEvent) -> None:
        note(event)
        show(event)

    return listener
