"""Names that last: guids of items and feeds, made once and then kept in the library."""

from __future__ import annotations

import uuid

PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace that the podcast namespace's ``guid`` element prescribes."""


def guid_of(edition_id: str, paper: str, article: str | None) -> str:
    """The guid of an edition, or of one of its articles.

    It hangs on the identity alone, never on title, text, audio or host: an app shows an item
    again when its guid changes. It is made once and then kept in the manifest.
    """
    name = "\n".join(("tingbao", paper, edition_id, article or ""))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}"


def podcast_guid_of(feed_url: str) -> str:
    """The ``podcast:guid`` of a feed: UUIDv5 of its first URL without scheme and end slash."""
    return str(uuid.uuid5(PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))
