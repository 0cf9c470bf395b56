"""Taking named files out of a downloaded package.

Nothing is ever written under a name that an archive chose: the caller names the members, and
they land under numbers. Sizes are counted while reading, whatever the archive claims.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

BLOCK_BYTES = 1 << 20

MAX_UNPACKED_BYTES = 1 << 30
"""No package of weights is larger; a decompression bomb stops here."""


class ArchiveError(Exception):
    """The archive cannot be read, lacks a file, or holds more than it should."""


def take_out(
    archive: Path,
    wanted: Mapping[str, int],
    folder: Path,
    *,
    most_bytes: int = MAX_UNPACKED_BYTES,
) -> dict[str, Path]:
    """Take the ``wanted`` members (name to its largest size in bytes) out of a package.

    A zip (wheel) or a gzipped tar (npm package). Members that are absent are absent from the
    result; one that is not a regular file counts as absent.

    Raises:
        ArchiveError: not a readable archive, a member longer than it may be, or more than
            ``most_bytes`` to unpack before the members are found.
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[str, Path] = {}
    with _readable(archive):
        zipped = zipfile.is_zipfile(archive)
        members = (
            _zip_members(archive, wanted) if zipped else _tar_members(archive, wanted, most_bytes)
        )
        for name, stream in members:
            place = folder / str(len(taken))
            with place.open("wb") as sink:
                _copy(stream, sink, name, wanted[name])
            taken[name] = place
    return taken


@contextmanager
def _readable(archive: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ArchiveError(f"{archive.name} is not a readable archive ({error})") from error
    except (NotImplementedError, RuntimeError) as error:  # zipfile: encrypted, unknown method
        raise ArchiveError(f"{archive.name} cannot be unpacked ({error})") from error


def _zip_members(archive: Path, wanted: Mapping[str, int]) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(archive) as package:
        for name in sorted(wanted.keys() & set(package.namelist())):
            with package.open(name) as stream:
                yield name, stream


def _tar_members(
    archive: Path, wanted: Mapping[str, int], most_bytes: int
) -> Iterator[tuple[str, IO[bytes]]]:
    seen: set[str] = set()
    with ExitStack() as stack:
        raw = stack.enter_context(archive.open("rb"))
        unzipped = io.BufferedReader(_BoundedGunzip(raw, most_bytes), BLOCK_BYTES)
        package = stack.enter_context(tarfile.open(fileobj=unzipped, mode="r|"))
        for member in package:
            if member.name in wanted and member.name not in seen and member.isreg():
                seen.add(member.name)
                stream = package.extractfile(member)
                assert stream is not None, "a regular file has a stream"
                yield member.name, stream


def _copy(stream: IO[bytes], sink: IO[bytes], name: str, limit: int) -> None:
    count = 0
    while block := stream.read(BLOCK_BYTES):
        count += len(block)
        if count > limit:
            raise ArchiveError(f"{name} is longer than {limit} bytes")
        sink.write(block)


class _BoundedGunzip(io.RawIOBase):
    """A gzip stream that refuses to unpack without end."""

    def __init__(self, raw: IO[bytes], most_bytes: int) -> None:
        self._raw = raw
        self._most_bytes = most_bytes
        self._inflate = zlib.decompressobj(wbits=31)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type] # typeshed's Buffer
        block = b""
        while not block and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._raw.read(BLOCK_BYTES)
            if not packed:
                raise EOFError("it ends too early")
            block = self._inflate.decompress(packed, len(view))
        self._count += len(block)
        if self._count > self._most_bytes:
            raise ArchiveError(f"it unpacks to more than {self._most_bytes} bytes")
        view[: len(block)] = block
        return len(block)
