"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Articles",
    "BaseUrl",
    "Date",
    "Inputs",
    "Library",
    "OptionalInputs",
    "Paper",
]

Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT…", help="Page files in order, or a folder of them.")
]
OptionalInputs = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[INPUT…]", help="Page files in order, or a folder of them."),
]
Date = Annotated[str | None, typer.Option(help="The edition's date.", metavar="YYYY-MM-DD")]
Paper = Annotated[str | None, typer.Option(help="The paper's name.", metavar="NAME")]
Articles = Annotated[str | None, typer.Option(help="Only these items, by number.", metavar="1,3-5")]
BaseUrl = Annotated[
    str | None, typer.Option(help="Where the library will be served from.", metavar="URL")
]
Library = Annotated[Path | None, typer.Argument(metavar="[OUTPUT]", help="The library's folder.")]
