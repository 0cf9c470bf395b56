"""The cache folder: what may go when it grows too large."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Mapping
from pathlib import Path

from tingbao import files
from tingbao.synthesis import ClipStore

STORES = ("voices", "clips", "parts", "receipts", "scans")
"""Weights of voices, spoken clips, encoded parts, receipts of whole builds, recognised pages."""

MADE_AGAIN = ("receipts", "parts", "scans")
"""What is made again from clips and pages, without anything being spoken."""


def cache_sizes(cache: Path) -> Mapping[str, int]:
    """The bytes that each store takes."""
    return {name: _size(cache / name) for name in STORES}


def prune_cache(cache: Path, keep_bytes: int) -> int:
    """Make clips, parts and receipts take at most ``keep_bytes``; returns the bytes removed.

    Parts, receipts and recognised pages go first, for they are made again without speaking; then
    the clips that were used longest ago. Weights stay.

    Raises:
        OutputError: something cannot be removed.
    """
    clips = ClipStore(cache / "clips")
    others = sum(_size(cache / name) for name in MADE_AGAIN)
    if clips.size() + others <= keep_bytes:
        return 0
    for name in MADE_AGAIN:
        files.remove_tree(cache / name)
    return others + clips.prune(keep_bytes)


def sweep_stores(cache: Path) -> None:
    """Remove what killed runs left unfinished in the stores."""
    for store in STORES:
        files.sweep(cache / store)


def _size(folder: Path) -> int:
    return sum(_bytes_of(path) for path in folder.rglob("*"))


def _bytes_of(path: Path) -> int:
    # Another process may write or prune at the same time.
    with contextlib.suppress(OSError):
        facts = path.stat()
        return facts.st_size if stat.S_ISREG(facts.st_mode) else 0
    return 0
