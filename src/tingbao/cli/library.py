"""The finished library: ``serve``, ``feed``, ``verify``, ``publish``, ``remove``, ``epub``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tingbao.cli.options import BaseUrl, Library
from tingbao.errors import OutputError
from tingbao.settings import load_settings

NO_BASE_URL = (
    "no base URL is set: the published feeds would lead to this machine; "
    "run `tingbao feed --base-url URL`"
)

LibraryOption = Annotated[
    Path | None, typer.Option("--output", help="The library's folder.", metavar="OUTPUT")
]


def serve(
    output: Library = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8765,
) -> None:
    """Serve a library to browsers and podcast apps until Ctrl-C."""
    from tingbao.serve import serve as run

    run(_folder(output), host, port, typer.echo)


def feed(output: Library = None, base_url: BaseUrl = None) -> None:
    """Make feeds, pages and transcripts again from the manifests."""
    from tingbao.edition import refresh

    refresh(_folder(output), base_url, typer.echo)


def verify(output: Library = None) -> None:
    """Check every file of a library; what is wrong is named, and the exit code is 1."""
    from tingbao import files
    from tingbao.publish import verify as check

    folder = _folder(output)
    problems = check(folder)
    holder = files.holder_of(folder) if problems else None
    if holder is not None:
        raise OutputError(f"{folder} is being changed by {holder}; verify it after that")
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{folder}: all is as it was published")


def publish(
    destination: Annotated[
        str,
        typer.Argument(
            metavar="DEST", help="A folder, sftp://user@host/path or s3://bucket/prefix."
        ),
    ],
    output: LibraryOption = None,
) -> None:
    """Copy a library to a folder or a server: sound first, feeds last."""
    from tingbao.publish import publish_library, required_library

    library = _folder(output)
    if required_library(library).base_url is None:
        typer.echo(f"{NO_BASE_URL}, then publish again", err=True)
    publish_library(library, destination, typer.echo)


def remove(
    edition: Annotated[str, typer.Argument(metavar="EDITION_ID", help="The edition's id.")],
    output: LibraryOption = None,
) -> None:
    """Take an edition out of the feeds, then off the disk."""
    from tingbao.publish import remove as take_away

    take_away(_folder(output), edition)
    typer.echo(f"{edition} is removed")


def epub(
    edition: Annotated[str, typer.Argument(metavar="EDITION_ID", help="The edition's id.")],
    file: Annotated[
        Path | None,
        typer.Option("--file", "-o", help="The book to write (EDITION_ID.epub).", metavar="FILE"),
    ] = None,
    output: LibraryOption = None,
) -> None:
    """Write an edition as an EPUB book whose text follows the voice."""
    from tingbao.publish import write_book

    target = file or Path(f"{edition}.epub")
    write_book(_folder(output), edition, target)
    typer.echo(target)


def _folder(output: Path | None) -> Path:
    return output or Path(load_settings().build.output)
