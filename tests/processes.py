"""Processes as Linux's kernel tells of them (proc(5))."""

from __future__ import annotations

from pathlib import Path

__all__ = ["children", "is_alive"]


def children(parent: int) -> list[int]:
    """The processes that a process has begun, in whatever thread."""
    found = [path.read_text() for path in Path(f"/proc/{parent}/task").glob("*/children")]
    return [int(one) for one in " ".join(found).split()]


def is_alive(process: int) -> bool:
    """Whether a process is there and still runs; one that nobody waited for does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
