"""Where an edition stands in its library, and with which voice it was begun."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tingbao import files
from tingbao.edition.request import BuildRequest
from tingbao.errors import OutputError
from tingbao.models import EditionInfo, Manifest
from tingbao.publish import (
    LibraryInfo,
    open_library,
    read_manifest,
    render,
    required_library,
    with_base_url,
    write_library,
)
from tingbao.synthesis.profiles import profile_names

BEGUN = ".tingbao-begun.json"
"""Stands in an edition's folder while not all of it is published; holds the voice."""


@dataclass(frozen=True, slots=True)
class EditionPaths:
    """The place of one edition; ``manifest`` is what was published there before."""

    library: Path
    info: LibraryInfo
    folder: Path
    manifest: Manifest | None


def open_edition(edition: EditionInfo, request: BuildRequest) -> EditionPaths:
    """Open the library, still unchanged, for this edition.

    Raises:
        OutputError: it holds another paper, or a full edition where a selection would go.
        LibraryError: a file of it is damaged.
        OptionError: ``--base-url`` cannot be used.
    """
    library = request.output
    info = open_library(library, edition.paper, request.settings.feed.given, request.base_url)
    folder = library / edition.id
    manifest = read_manifest(folder)
    if edition.selection and manifest is not None and not manifest.selection:
        raise OutputError(
            f"{folder} holds the full edition; a selection does not replace it: "
            "give another --output, or build without --articles"
        )
    return EditionPaths(library, info, folder, manifest)


def begun_with(paths: EditionPaths) -> str | None:
    """The voice of the edition as far as it exists; None for a new one.

    A profile of the user's own is known by its path, and only while the edition is unfinished.
    """
    try:
        begun = json.loads((paths.folder / BEGUN).read_bytes())
        return str(begun["voice"])
    except (OSError, ValueError, KeyError, TypeError):
        published = paths.manifest.voice if paths.manifest else None
        return published if published in profile_names() else None


def remember_voice(paths: EditionPaths, voice: str) -> None:
    """Note the voice, a name or a profile's path, should this run not come to its end."""
    named = str(Path(voice).absolute()) if voice.endswith(".toml") else voice
    files.write(paths.folder / BEGUN, json.dumps({"voice": named}) + "\n")


def forget_voice(folder: Path) -> None:
    """The edition in ``folder`` is whole: nothing is left to go on with."""
    files.remove(folder / BEGUN)


def is_begun(folder: Path) -> bool:
    """Whether a run was stopped, or could not speak all, before this edition was whole."""
    return (folder / BEGUN).exists()


def refresh(library: Path, base_url: str | None, notify: Callable[[Path], object]) -> None:
    """Make feeds, pages and transcripts again from the manifests; ``notify`` gets each file.

    Raises:
        OutputError: there is no library.
        LibraryError: a file of it is damaged.
        OptionError: ``base_url`` cannot be used.
    """
    found = required_library(library)
    with files.locked(library):
        if base_url is not None:
            write_library(library, with_base_url(found, base_url))
        render(library, notify=notify)
