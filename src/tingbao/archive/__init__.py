"""The conductor of many editions: found, planned, spoken and joined by many workers."""

from tingbao.archive.events import (
    ArchiveEvent,
    EditionEnded,
    Found,
    LibraryUpdated,
    Listener,
    TaskEnded,
    TaskRepeated,
)
from tingbao.archive.request import ArchiveRequest, ArchiveResult
from tingbao.archive.run import run_archive

__all__ = [
    "ArchiveEvent",
    "ArchiveRequest",
    "ArchiveResult",
    "EditionEnded",
    "Found",
    "LibraryUpdated",
    "Listener",
    "TaskEnded",
    "TaskRepeated",
    "run_archive",
]
