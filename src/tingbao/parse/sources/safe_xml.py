"""XML from strangers, parsed without entities, network or external files, and looked at by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tingbao.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes, path: Path) -> _Element:
    """The root of an XML document; libxml2's own limits of depth and size hold.

    Raises:
        InputError: it is broken, nested too deeply, or declares entities, which no page needs.
    """
    from lxml import etree  # noqa: PLC0415 - a parser, loaded when a page is read

    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise InputError("this XML declares entities, which are not read", path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(f"broken XML: {_reason(error)}", path, line) from error


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:160]


def children(element: _Element) -> list[_Element]:
    """The elements directly in this one."""
    return [child for child in element if isinstance(child.tag, str)]


def name_of(element: _Element) -> str:
    """The name of an element without its namespace: versions of a format differ in it alone."""
    return _bare(str(element.tag))


def attribute(element: _Element, name: str) -> str:
    """The value of an attribute, with or without a namespace; empty where there is none."""
    value = element.get(name)
    if value is None:
        value = next((v for k, v in element.items() if _bare(str(k)) == name), "")
    return str(value)


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
