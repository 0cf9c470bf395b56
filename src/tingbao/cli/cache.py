"""``tingbao cache``: what the cache folder holds, and how to make it smaller."""

from __future__ import annotations

from typing import Annotated

import typer

from tingbao.settings import cache_folder

MEGABYTE = 1_000_000


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("cache")(cache)


def cache(
    prune: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="MB",
            help="Remove parts and receipts, then the oldest clips, down to so many MB.",
        ),
    ] = None,
) -> None:
    """Show the cache folder: weights, spoken clips, encoded parts, receipts of builds."""
    from tingbao.edition import cache_sizes, prune_cache

    folder = cache_folder()
    if prune is not None:
        freed = prune_cache(folder, prune * MEGABYTE)
        typer.echo(f"removed {freed / MEGABYTE:,.1f} MB")
    for name, size in cache_sizes(folder).items():
        typer.echo(f"{name:8} {size / MEGABYTE:10,.1f} MB  {folder / name}")
