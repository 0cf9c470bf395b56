"""The ``tingbao`` command: its commands, and how every error ends.

Whatever goes wrong reaches the user as one or two plain lines on standard error, with the exit
code of the contract: 1 incomplete, 2 unusable input or options, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from tingbao import __version__
from tingbao.cli import library, machine, reading
from tingbao.cli.archive import archive
from tingbao.cli.build import build, demo
from tingbao.cli.watch import watch
from tingbao.errors import TingbaoError

app = typer.Typer(
    help="Newspaper pages in, an audio edition out.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
for _command in (
    build,
    demo,
    watch,
    archive,
    reading.inspect,
    reading.script,
    reading.normalize,
    reading.pinyin,
    reading.explain,
    library.serve,
    library.feed,
    library.verify,
    library.publish,
    library.remove,
    library.epub,
):
    app.command()(_command)
app.add_typer(machine.voices, name="voices")
app.command()(machine.cache)
app.command()(machine.doctor)

INTERRUPTED = 130
_NO_ROOM = ("failed to map segment", "annot allocate memory")
"""How the loader says that a library found no room in memory."""


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
    _write_utf8()
    try:
        code = _run(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        _close_output()  # its reader has gone, as `| head` does: that is no error
        return 0
    except (TingbaoError, TyperException, MemoryError, OSError, ImportError) as error:
        return _fail(*_explained(error))
    if code == INTERRUPTED:
        return _fail("stopped; run the same command again to go on", INTERRUPTED)
    return code


def _write_utf8() -> None:
    """What goes to a file or a pipe is UTF-8 on every system; a terminal shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _run(arguments: Sequence[str] | None) -> int:
    code = typer.main.get_command(app).main(
        list(arguments) if arguments is not None else None,
        prog_name="tingbao",
        standalone_mode=False,
    )
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _explained(error: Exception) -> tuple[str, int]:
    """The lines that a user sees of an error, and the exit code."""
    match error:
        case TingbaoError():
            return str(error), error.exit_code
        case TyperException():
            return f"{error.format_message()}\nsee: {_command_of(error)} --help", 2
        case ImportError() if not any(sign in str(error) for sign in _NO_ROOM):
            raise error
        case MemoryError() | ImportError():
            return "there is not enough memory; give fewer pages at once, or --jobs 1", 1
        case OSError(filename=str(name)):
            return f"cannot use {name}: {error.strerror}", 1
        case OSError():
            # What has no name is our own output.
            _close_output()
            return f"cannot write to standard output: {error.strerror or error}", 1
        case _:
            raise error


def _command_of(error: TyperException) -> str:
    """The command whose options were given wrongly, as it is typed."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else "tingbao"


def _close_output() -> None:
    """Let nothing be flushed at exit, of which Python would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int) -> int:
    print(f"tingbao: {message}", file=sys.stderr)
    return code
