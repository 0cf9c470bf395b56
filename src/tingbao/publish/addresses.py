"""Names, addresses and types of a library's files: absolute, ASCII, and the same everywhere."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from tingbao.errors import OptionError
from tingbao.models import Manifest

LOCAL_BASE = "http://127.0.0.1:8765/"
"""What feeds are written for while no base URL is set: ``tingbao serve`` on this machine."""

EDITIONS_FEED = "feed.xml"
ARTICLES_FEED = "articles.xml"
OPML_FILE = "feeds.opml"
"""All feeds of the library in one file, for apps that take a list (OPML 2.0)."""
FEED_TYPE = "application/rss+xml"
CHAPTERS_FILE = "chapters.json"
CHAPTERS_TYPE = "application/json+chapters"
TRANSCRIPT_TYPES: Mapping[str, str] = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
}
"""By suffix, in the order in which feeds offer them: the best one first."""
TRANSCRIPT_SUFFIXES = (*TRANSCRIPT_TYPES, ".txt")
"""Of all forms that are made; plain text is for people."""

_TYPES: Mapping[str, str] = {
    **TRANSCRIPT_TYPES,
    ".mp3": "audio/mpeg",
    ".xml": FEED_TYPE,
    ".opml": "text/x-opml",
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".txt": "text/plain",
    ".md": "text/markdown",
}
_PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace that the podcast namespace's ``guid`` element prescribes."""

_HOST = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.?|\[[0-9a-f:.]+\]"
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """URLs below ``base``, which ends in a slash."""

    base: str

    def of(self, *path: str) -> str:
        """The URL of a file of the library, named by its path."""
        return self.base + "/".join(quote(part, safe="/") for part in path)


def checked_base(url: str) -> str:
    """``url`` as a base for files: ASCII, http or https, with one slash at its end.

    Raises:
        OptionError: it is something else; podcast apps take nothing else.
    """
    try:
        parts = urlsplit(url.strip())
        host = _ascii_host(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise _refused(url) from error
    extra = parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in ("http", "https") or extra or not _HOST.fullmatch(host):
        raise _refused(url)
    path = quote(parts.path.strip("/"), safe="/%~")
    return f"{parts.scheme}://{host}{port}/{path}/" if path else f"{parts.scheme}://{host}{port}/"


def rebased(data: bytes, rendered_for: str | None, base: str) -> bytes:
    """A rendered feed or chapters file as it would have been rendered for another base."""
    return (
        data.replace(rendered_for.encode("ascii"), base.encode("ascii")) if rendered_for else data
    )


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _refused(url: str) -> OptionError:
    return OptionError(
        f"--base-url {url!r} cannot be used: give an address such as https://example.org/paper/"
    )


def article_page(manifest: Manifest, file: str) -> str:
    """The path of an item's page in the library, beside its audio file."""
    return f"{manifest.id}/{file.rsplit('.', 1)[0]}.html"


def media_type(name: str) -> str:
    """The MIME type of a file, without a charset: apps refuse any but the exact one."""
    if name == CHAPTERS_FILE:
        return CHAPTERS_TYPE
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def guid_of(edition_id: str, paper: str, article: str | None) -> str:
    """The guid of an edition, or of one of its articles.

    It hangs on the identity alone, never on title, text, audio or host: an app shows an item
    again when its guid changes. It is made once and then kept in the manifest.
    """
    name = "\n".join(("tingbao", paper, edition_id, article or ""))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}"


def section_feed(section: str) -> str:
    """The name of the feed of one section of the paper, which may be of any letters."""
    return f"section-{hashlib.sha256(section.encode()).hexdigest()[:10]}.xml"


def podcast_guid_of(feed_url: str) -> str:
    """The ``podcast:guid`` of a feed: UUIDv5 of its first URL without scheme and end slash."""
    return str(uuid.uuid5(_PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))
