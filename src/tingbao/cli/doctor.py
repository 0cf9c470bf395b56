"""``tingbao doctor``: what is well here, what is not, and what to do about it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tingbao.cli.options import Json, Library
from tingbao.errors import UnusableError
from tingbao.settings import Settings, cache_folder, load_settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(
    output: Library = None,
    thorough: Annotated[
        bool,
        typer.Option("--thorough", help="Read every clip, and test with an installed voice."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Examine the installation: one line for each thing, ok or what to do."""
    from tingbao.doctor import Environment, State, examine, usual_checks

    usual = _usual_settings().build
    folder = output or Path(usual.output)
    findings = []
    for finding in examine(
        usual_checks(Environment(cache_folder(), folder, usual.voice, thorough))
    ):
        findings.append(finding)
        if not as_json:
            typer.echo(finding)
    is_well = all(finding.state is not State.FAULT for finding in findings)
    if as_json:
        told = {"ok": is_well, "findings": [asdict(finding) for finding in findings]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    if not is_well:
        raise typer.Exit(1)


def _usual_settings() -> Settings:
    """The settings, or the defaults while those cannot be used, which is one of the findings."""
    try:
        return load_settings()
    except UnusableError:
        return Settings()
