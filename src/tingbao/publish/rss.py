"""The elements that podcast apps need and feedgen does not write, as an extension of it.

feedgen's own podcast extension says yes and no where Apple asks for true and false, and knows
neither the podcast namespace nor RFC 5005. This one writes whatever elements it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
"""The namespace of RFC 5005, by which a document says that it is part of an archive."""

NAME = "listening"


@dataclass(frozen=True, slots=True)
class Element:
    """One XML element to be written as it is."""

    namespace: str
    name: str
    text: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Element, ...] = ()

    def write_to(self, parent: Any) -> None:  # noqa: ANN401  - lxml ships no types
        """Append this element to an lxml element."""
        node = xml_elem(f"{{{self.namespace}}}{self.name}", parent)
        for key, value in self.attributes.items():
            node.set(key, value)
        node.text = self.text
        for child in self.children:
            child.write_to(node)


class _Elements:
    """What both extension classes share; feedgen makes their instances itself."""

    def __init__(self) -> None:
        self.elements: tuple[Element, ...] = ()

    def _write_to(self, parent: Any) -> Any:  # noqa: ANN401  - lxml ships no types
        for element in self.elements:
            element.write_to(parent)
        return parent


class _ChannelElements(_Elements, BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    def extend_ns(self) -> dict[str, str]:
        named = {"itunes": ITUNES, "podcast": PODCAST}
        archived = any(element.namespace == HISTORY for element in self.elements)
        return {**named, "fh": HISTORY} if archived else named

    def extend_rss(self, feed: Any) -> Any:  # noqa: ANN401  - lxml ships no types
        self._write_to(feed[0])
        return feed


class _ItemElements(_Elements, BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    def extend_rss(self, entry: Any) -> Any:  # noqa: ANN401  - lxml ships no types
        return self._write_to(entry)


def new_feed() -> Any:  # noqa: ANN401  - feedgen ships no types
    """A feedgen feed; ``feed.listening.elements`` and ``entry.listening.elements`` are ours."""
    feed = FeedGenerator()
    feed.register_extension(NAME, _ChannelElements, _ItemElements, atom=False)
    return feed
