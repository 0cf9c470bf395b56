"""What is on this machine: ``voices``, ``cache``, ``doctor``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tingbao.cli.options import Json, Library
from tingbao.errors import UnusableError
from tingbao.settings import Settings, cache_folder, load_settings

voices = typer.Typer(
    help="List the voices, fetch one, or let one speak.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


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


MEGABYTE = 1_000_000


def cache(
    prune: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="MB",
            help="Remove parts, receipts and scans, then the oldest clips, down to so many MB.",
        ),
    ] = None,
) -> None:
    """Show the cache folder: weights, clips, encoded parts, receipts of builds, scans."""
    from tingbao.edition import cache_sizes, prune_cache

    folder = cache_folder()
    if prune is not None:
        freed = prune_cache(folder, prune * MEGABYTE)
        typer.echo(f"removed {freed / MEGABYTE:,.1f} MB")
    for name, size in cache_sizes(folder).items():
        typer.echo(f"{name:8} {size / MEGABYTE:10,.1f} MB  {folder / name}")


def doctor(
    output: Library = None,
    thorough: Annotated[
        bool,
        typer.Option("--thorough", help="Read every clip, and test with an installed voice."),
    ] = False,
    live: Annotated[
        bool,
        typer.Option("--live", help="Ask the online voice for a few sentences, and say how it is."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Examine the installation: one line for each thing, ok or what to do."""
    from tingbao.doctor import Environment, State, examine, usual_checks

    usual = _usual_settings().build
    folder = output or Path(usual.output)
    findings = []
    for finding in examine(
        usual_checks(Environment(cache_folder(), folder, usual.voice, thorough, live))
    ):
        findings.append(finding)
        if not as_json:
            typer.echo(finding)
    is_well = all(finding.state is not State.FAULT for finding in findings)
    if as_json:
        result = {"ok": is_well, "findings": [asdict(finding) for finding in findings]}
        typer.echo(json.dumps(result, ensure_ascii=False, indent=1))
    if not is_well:
        raise typer.Exit(1)


def _usual_settings() -> Settings:
    """The settings, or the defaults while those cannot be used, which is one of the findings."""
    try:
        return load_settings()
    except UnusableError:
        return Settings()
