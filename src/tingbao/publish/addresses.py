"""Where the library and its files are found: absolute, ASCII, and the same everywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tingbao.errors import OptionError

LOCAL_BASE = "http://127.0.0.1:8765/"
"""What feeds are written for while no base URL is set: ``tingbao serve`` on this machine."""

EDITIONS_FEED = "feed.xml"
ARTICLES_FEED = "articles.xml"

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
