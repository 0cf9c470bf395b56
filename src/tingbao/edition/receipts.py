"""What a whole build wrote, and from what: by this an unchanged edition is known at once.

A receipt lies in the cache under a digest of what was asked for, names the edition that came of
it, and holds the SHA-256 of each of its files. It is only ever a reason to do less: without one,
or where a byte differs, the edition is made as if it had never been.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tingbao import files
from tingbao.edition.provenance import program_of
from tingbao.edition.request import BuildRequest
from tingbao.models import EditionInfo, Manifest
from tingbao.publish.inventory import edition_orphans, own_files

FORMAT = 1
"""Goes up when a receipt says something else."""

FOLDER = "receipts"


class Receipt(msgspec.Struct, frozen=True):
    """``info`` is the edition that was made, ``origin`` the digest of what it was made from.

    ``told`` are the lines that a person was told of its pages and words, ``files`` the SHA-256 of
    each of its files by path in the library.
    """

    info: EditionInfo
    origin: str
    told: tuple[str, ...]
    files: Mapping[str, str]


def receipt_key(request: BuildRequest, reads: str) -> str:
    """A digest of what was asked for; ``reads`` is that of the page files.

    The names of the inputs are part of it, for they may tell the date and the order of pages; so
    is what makes the edition's pages, which ``origin`` leaves out.
    """
    named = [str(path) for path in request.inputs]
    pages = program_of(("models", "publish"), ("jinja2",))
    facts = [FORMAT, reads, named, request.date, request.paper, pages]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def read_receipt(cache: Path, key: str) -> Receipt | None:
    """The receipt of an earlier build, if there is one that can be read."""
    try:
        return msgspec.json.decode(_place(cache, key).read_bytes(), type=Receipt)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def keep_receipt(cache: Path, key: str, receipt: Receipt) -> None:
    """Keep the receipt of a build that has come to its end.

    Raises:
        OutputError: the cache cannot be written.
    """
    files.write(_place(cache, key), msgspec.json.encode(receipt))


def as_it_stands(library: Path, manifest: Manifest) -> Mapping[str, str]:
    """The SHA-256 of each file of an edition; one that is missing, or too many, has none."""
    strangers = edition_orphans(library, manifest)
    return {name: _sha256(library / name) for name in own_files(manifest)} | dict.fromkeys(
        strangers, ""
    )


def _place(cache: Path, key: str) -> Path:
    return cache / FOLDER / f"{key}.json"


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
