"""Options that commands declare: their types, names and one line of help each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT…", help="Page files in order, or a folder of them.")
]
OptionalInputs = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[INPUT…]", help="Page files in order, or a folder of them."),
]
Library = Annotated[Path | None, typer.Argument(metavar="[OUTPUT]", help="The library's folder.")]

Articles = Annotated[str | None, typer.Option(help="Only these items, by number.", metavar="1,3-5")]
BaseUrl = Annotated[
    str | None, typer.Option(help="Where the library will be served from.", metavar="URL")
]
Date = Annotated[str | None, typer.Option(help="The edition's date.", metavar="YYYY-MM-DD")]
DigestOnly = Annotated[
    bool, typer.Option("--digest-only", help="Build the headlines alone, as digest.mp3.")
]
Fallback = Annotated[
    str | None, typer.Option(help="The voice to take when the named one cannot be had.")
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Worker processes or requests.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Output = Annotated[Path | None, typer.Option(help="The library's folder.")]
Paper = Annotated[str | None, typer.Option(help="The paper's name.", metavar="NAME")]
Progress = Annotated[str | None, typer.Option(help="auto, plain, json or none.", metavar="HOW")]
ScriptFile = Annotated[
    Path | None, typer.Option("--script", help="Speak this edited script.", metavar="FILE")
]
Voice = Annotated[str | None, typer.Option(help="A voice's name, a profile's path, or auto.")]
