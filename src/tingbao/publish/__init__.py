"""Library, manifests, feeds, transcripts and pages.

A library is ``library.json`` and one folder an edition with its ``manifest.json`` and audio;
:func:`render` makes everything else from these.
"""

from tingbao.publish.addresses import (
    ARTICLES_FEED,
    EDITIONS_FEED,
    guid_of,
    media_type,
    rebased,
)
from tingbao.publish.distribution import keep_newest, publish_to, remove
from tingbao.publish.epub import write_book
from tingbao.publish.inventory import DIGEST_FILE
from tingbao.publish.library import (
    LibraryInfo,
    open_library,
    read_library,
    required_library,
    with_base_url,
    write_library,
)
from tingbao.publish.manifests import edition_folders, read_manifest, write_manifest
from tingbao.publish.remote import publish_library
from tingbao.publish.rendering import render, render_edition, update
from tingbao.publish.verification import Problem, verify

__all__ = [
    "ARTICLES_FEED",
    "DIGEST_FILE",
    "EDITIONS_FEED",
    "LibraryInfo",
    "Problem",
    "edition_folders",
    "guid_of",
    "keep_newest",
    "media_type",
    "open_library",
    "publish_library",
    "publish_to",
    "read_library",
    "read_manifest",
    "rebased",
    "remove",
    "render",
    "render_edition",
    "required_library",
    "update",
    "verify",
    "with_base_url",
    "write_book",
    "write_library",
    "write_manifest",
]
