"""What an edition is made from, in one digest: the same digest, the same files.

So an archive of years sees in no time which editions are still what its pages would give, and a
correction, another setting, another voice or a mended rule makes exactly its editions anew.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from tingbao.errors import InputError
from tingbao.models import EditionInfo
from tingbao.settings import BUILT_IN_CHIMES, Settings
from tingbao.synthesis.profiles import Profile

FORMAT = 1
"""Goes up when something else is counted."""

ROOMS = ("artwork", "audio", "edition", "models", "parse", "pronunciation", "script")
MODULES = ("media.py",)
"""Whose code decides what an edition is; pages and feeds are made again by other means."""

LIBRARIES = ("av", "opencc-python-reimplemented", "pillow", "pydub", "pylopdf-fonts-zh-cn")


def made_from(
    reads: str,
    edition: EditionInfo,
    settings: Settings,
    voice: tuple[Profile, str],
    base_url: str | None,
) -> str:
    """SHA-256 in hex over everything that the files of this edition follow from.

    ``reads`` is the digest of its page files, ``voice`` the profile and the identity of its
    engine. An edition whose pages are not known, or of which only a selection is made, has none.

    Raises:
        InputError: a file that the settings name cannot be read.
    """
    if not reads or edition.selection:
        return ""
    profile, identity = voice
    program = program_of((*ROOMS, *MODULES), LIBRARIES)
    facts = [FORMAT, reads, edition.id, edition.paper, base_url, identity, program]
    facts += [_plain(profile), *map(_plain, (settings.parse, settings.audio)), *_named(settings)]
    told = json.dumps(facts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: msgspec.Struct) -> object:
    plain: object = msgspec.to_builtins(value)
    if isinstance(plain, dict):
        plain.pop("chime", None)  # it may be a path, and is counted by its bytes
    return plain


def _named(settings: Settings) -> Iterator[str]:
    """What the files hold that the settings name; where they lie is no part of it."""
    chime = settings.audio.chime
    yield chime if chime in BUILT_IN_CHIMES else _sha256(Path(chime))
    for path in (
        settings.script.phrases_path,
        settings.script.lexicon_path,
        settings.library.cover_path,
    ):
        yield _sha256(path) if path else ""


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path) from error


@functools.cache
def program_of(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    """A digest of the code of ``rooms``, and the versions of ``libraries``."""
    root = resources.files("tingbao")
    digest = hashlib.sha256()
    for name, data in _code(root, rooms):
        digest.update(f"{name} {len(data)}\n".encode() + data)
    versions = " ".join(f"{name}={metadata.version(name)}" for name in libraries)
    return f"{digest.hexdigest()} {versions}"


def _code(folder: Traversable, names: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(names):
        entry = folder / name
        if entry.is_dir():
            inner = (one.name for one in entry.iterdir() if one.name != "__pycache__")
            yield from _code(entry, tuple(inner))
        else:
            yield name, entry.read_bytes()
