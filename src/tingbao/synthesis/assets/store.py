"""Where the weights lie, and the one door through which a file gets there."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import BinaryIO

from tingbao import files
from tingbao.errors import InputError
from tingbao.synthesis.profiles import Asset, Profile

BLOCK_BYTES = 1 << 20
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


class WrongFileError(Exception):
    """The bytes on offer are not the pinned file; nothing was kept."""


def assets_folder(cache: Path, profile: Profile) -> Path:
    """The folder of a voice's weights; voices of one engine share it, and so its model.

    Raises:
        InputError: the profile's engine or one of its files has no plain name.
    """
    for name in (profile.engine, *(asset.file for asset in profile.assets)):
        if not _PLAIN_NAME.fullmatch(name):
            raise InputError(f"{name!r} is not a plain name", f"voice profile {profile.name}")
    return cache / "voices" / profile.engine


def installed(profile: Profile, cache: Path) -> bool:
    """Whether all files are there with the right size: a quick look, not a proof."""
    folder = assets_folder(cache, profile)
    return all(_size_of(folder / asset.file) == asset.bytes for asset in profile.assets)


def verify_assets(profile: Profile, cache: Path) -> tuple[Asset, ...]:
    """Read every file of the voice; returns those that are missing or not what was pinned."""
    folder = assets_folder(cache, profile)
    return tuple(asset for asset in profile.assets if not _is_pinned(folder / asset.file, asset))


def adopt(stream: BinaryIO, asset: Asset, folder: Path) -> None:
    """Copy ``stream`` to the asset's place; it appears there only if it is the pinned file.

    Raises:
        WrongFileError: another size or another SHA-256; at most one block too much is read.
        OutputError: the file cannot be written.
    """
    digest = hashlib.sha256()
    count = 0
    with files.writing(folder / asset.file) as sink:
        while count <= asset.bytes and (block := stream.read(BLOCK_BYTES)):
            digest.update(block)
            count += len(block)
            sink.write(block)
        _check(asset, count, digest.hexdigest())


def _check(asset: Asset, count: int, sha256: str) -> None:
    if count > asset.bytes:
        raise WrongFileError(f"{asset.file} is longer than {asset.bytes} bytes")
    if count < asset.bytes:
        raise WrongFileError(f"{asset.file} has {count} of {asset.bytes} bytes")
    if sha256 != asset.sha256:
        raise WrongFileError(f"{asset.file} has the wrong SHA-256 {sha256[:12]}…")


def _is_pinned(path: Path, asset: Asset) -> bool:
    if _size_of(path) != asset.bytes:
        return False
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == asset.sha256
    except OSError:
        return False


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
