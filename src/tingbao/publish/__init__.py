"""Library, manifests, feeds, transcripts and pages.

A library is ``library.json`` and one folder an edition with its ``manifest.json`` and audio;
:func:`render` makes everything else from these.
"""

from tingbao.publish.identity import guid_of
from tingbao.publish.library import (
    LibraryInfo,
    moved,
    open_library,
    read_library,
    write_library,
)
from tingbao.publish.manifests import read_manifest, read_manifests, write_manifest
from tingbao.publish.rendering import render

__all__ = [
    "LibraryInfo",
    "guid_of",
    "moved",
    "open_library",
    "read_library",
    "read_manifest",
    "read_manifests",
    "render",
    "write_library",
    "write_manifest",
]
