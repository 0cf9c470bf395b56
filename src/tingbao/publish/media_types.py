"""The exact MIME types of a library's files: apps refuse a feed or a transcript under others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from tingbao.publish.chapters import CHAPTERS_FILE, CHAPTERS_TYPE
from tingbao.publish.feeds import FEED_TYPE
from tingbao.publish.transcripts import TRANSCRIPT_TYPES

_TYPES: Mapping[str, str] = {
    **TRANSCRIPT_TYPES,
    ".mp3": "audio/mpeg",
    ".xml": FEED_TYPE,
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".txt": "text/plain",
    ".md": "text/markdown",
}


def media_type(name: str) -> str:
    """The MIME type of a file of this name, without a charset."""
    if name == CHAPTERS_FILE:
        return CHAPTERS_TYPE
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
