"""The ``tingbao`` command: its commands, and how every error ends.

Whatever goes wrong reaches the user as one or two plain lines on standard error, with the exit
code of the contract: 1 incomplete, 2 unusable input or options, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from tingbao import __version__
from tingbao.cli import build, cache, library, reading, voices
from tingbao.errors import TingbaoError

__all__ = ["main"]

app = typer.Typer(
    help="Newspaper pages in, an audio edition out.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)
build.add_to(app)
reading.add_to(app)
library.add_to(app)
voices.add_to(app)
cache.add_to(app)

INTERRUPTED = 130


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tingbao {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Newspaper pages in, an audio edition out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. An error of ours never ends in a traceback."""
    command = typer.main.get_command(app)
    try:
        code = command.main(
            list(arguments) if arguments is not None else None,
            prog_name="tingbao",
            standalone_mode=False,
        )
    except TingbaoError as error:
        return _fail(str(error), error.exit_code)
    except TyperException as error:
        return _fail(f"{error.format_message()}\nsee: tingbao --help", 2)
    except KeyboardInterrupt:
        return _fail("stopped; run the same command again to go on", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (as `| head` does): that is no error, but Python
        # would complain at exit when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if code == INTERRUPTED:
        return _fail("stopped; run the same command again to go on", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    print(f"tingbao: {message}", file=sys.stderr)
    return code
