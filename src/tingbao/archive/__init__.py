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

__all__ = [
    "ArchiveEvent",
    "EditionEnded",
    "Found",
    "LibraryUpdated",
    "Listener",
    "TaskEnded",
    "TaskRepeated",
]
