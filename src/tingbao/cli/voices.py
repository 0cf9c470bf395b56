"""``tingbao voices``: list, fetch, and hear one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tingbao.settings import cache_folder

voices = typer.Typer(
    help="List the voices, fetch one, or let one speak.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(voices, name="voices")


@voices.callback()
def list_voices(context: typer.Context) -> None:
    """List the voices: name, engine, licence, installed or not."""
    if context.invoked_subcommand is not None:
        return
    from tingbao.cli.tables import print_voices
    from tingbao.synthesis.profiles import load_profile, profile_names

    print_voices([load_profile(name) for name in profile_names()], cache_folder())


@voices.command("fetch")
def fetch_voice(name: Annotated[str, typer.Argument(help="The voice's name.")]) -> None:
    """Fetch a voice's weights into the cache folder."""
    from tingbao.cli.progress import showing
    from tingbao.edition import fetch_weights
    from tingbao.synthesis.profiles import load_profile

    profile = load_profile(name)
    with showing("auto") as listener:
        fetch_weights(profile, cache_folder(), listener)
    typer.echo(f"{profile.name} is installed" if profile.assets else f"{profile.name} needs none")


@voices.command("say")
def say(
    name: Annotated[str, typer.Argument(help="The voice's name.")],
    text: Annotated[str, typer.Argument(help="What it says.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The MP3 file to write.", metavar="FILE")
    ],
) -> None:
    """Let a voice say a text into an MP3 file."""
    from tingbao.cli.progress import showing
    from tingbao.edition import say_text

    with showing("auto") as listener:
        say_text(text, name, output, cache_folder(), listener)
