"""What is asked of an archive's run, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tingbao.settings import Settings

OFFLINE = "kokoro"


@dataclass(frozen=True, slots=True)
class ArchiveRequest:
    """What the user asked for; None means that settings or pages decide.

    ``executor`` and ``workers``: as :func:`open_executor`. Folders in ``leave_out`` hold no pages,
    though they may lie below a root.
    """

    roots: tuple[Path, ...]
    output: Path
    cache: Path
    settings: Settings
    executor: str = "local"
    workers: int | None = None
    voice: str = "auto"
    paper: str | None = None
    base_url: str | None = None
    leave_out: tuple[Path, ...] = ()

    @property
    def voice_name(self) -> str:
        """The voice: an online service is not asked for an archive."""
        return OFFLINE if self.voice == "auto" else self.voice


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """How many editions were made or found unchanged, and which are not whole, with the reason."""

    made: int
    unchanged: int
    incomplete: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
