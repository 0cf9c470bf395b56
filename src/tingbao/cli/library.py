"""The finished library: ``serve`` and ``feed``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tingbao.cli.options import BaseUrl, Library
from tingbao.settings import load_settings

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve")(serve)
    app.command("feed")(feed)


def serve(
    output: Library = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8765,
) -> None:
    """Serve a library to browsers and podcast apps until Ctrl-C."""
    from tingbao.serve import serve as run

    run(_folder(output), host, port, lambda address: typer.echo(f"listening page: {address}"))


def feed(output: Library = None, base_url: BaseUrl = None) -> None:
    """Make feeds, pages and transcripts again from the manifests."""
    from tingbao.build import refresh

    for path in refresh(_folder(output), base_url):
        typer.echo(path)


def _folder(output: Path | None) -> Path:
    return output or Path(load_settings().build.output)
