"""Publishing a library to a server: over SFTP, or to storage that speaks S3, through fsspec.

What was put there is noted beside it with its SHA-256 (``tingbao-published.json``), so that only
what changed travels, and only what Tingbao put there is ever removed. Credentials come from where
``sshfs`` and ``s3fs`` look for them: the ssh agent, keys and configuration; the AWS variables and
files. None of them passes through here.
"""

from __future__ import annotations

import contextlib
import json
import posixpath
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tingbao import files
from tingbao.errors import LibraryError, OptionError, OutputError
from tingbao.publish.addresses import media_type
from tingbao.publish.distribution import check_all_there, check_paper, publish_to
from tingbao.publish.inventory import files_of
from tingbao.publish.library import FILE_NAME as LIBRARY_FILE
from tingbao.publish.library import read_library, required_library

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

RECORD_FILE = "tingbao-published.json"

CONNECT_SECONDS = 30.0

_SCHEMES = ("sftp", "s3")

_NOTED_EVERY = 16
"""A killed run puts at most so many files a second time."""

_SECONDS_KEPT = {".mp3": 86_400, ".jpg": 86_400, ".png": 86_400}
_SECONDS_KEPT_ELSE = 300
"""For how long caches may keep a file: sound changes seldom, feeds and pages must be seen soon."""


def publish_library(library: Path, destination: str, notify: Callable[[str], object]) -> None:
    """Copy a library to a folder or to a server, sound first and feeds last.

    ``destination`` is a path, ``sftp://user@host/path`` or ``s3://bucket/prefix``; ``notify`` is
    called with the place of each file that is written there.

    Raises:
        LibraryError, OptionError, OutputError: a file of the library is missing or damaged; the
            destination cannot be understood; it cannot be used, or holds another paper.
    """
    scheme, separator, _ = destination.partition("://")
    if not separator:
        publish_to(library, Path(destination), lambda path: notify(str(path)))
    elif scheme in _SCHEMES:
        _publish_to_server(library, destination, notify)
    else:
        raise OptionError(
            f"cannot publish over {scheme}://; give a folder, sftp://user@host/path "
            "or s3://bucket/prefix"
        )


def _publish_to_server(library: Path, address: str, notify: Callable[[str], object]) -> None:
    """Copy a library to ``sftp://user@host/path`` or ``s3://bucket/prefix``, feeds last.

    ``notify`` is called with the address of each file that is put there. A file appears whole:
    over SFTP it has another name first, and S3 shows no half object. What left the library goes
    once the feeds no longer lead to it; whatever else lies there stays. Holds the library.

    Raises:
        LibraryError: a file of the library is missing or damaged.
        OptionError: the address cannot be used, or what it needs is not installed.
        OutputError: there is no library, the server cannot be used, or it holds another paper.
    """
    info = required_library(library)
    with files.locked(library), _our_errors(address):
        check_all_there(library, info)
        server = _opened(address)
        _check_paper(server, info.paper)
        copy = _Copy(library, server, _read_record(server), notify)
        names = list(files_of(library, info))
        copy.put(names)
        copy.remove_all_but(names)


class _Server(ABC):
    """A folder on a server. Names are paths below it."""

    def __init__(self, system: AbstractFileSystem, root: str, address: str) -> None:
        self._system, self._root = system, root
        self.address = address.rstrip("/")

    def read(self, name: str) -> bytes | None:
        """A file's content, or None where there is none."""
        try:
            content = self._system.cat_file(self._path(name))
        except FileNotFoundError:
            return None
        return bytes(content)

    def sizes(self) -> dict[str, int]:
        """All files with their lengths in bytes."""
        try:
            found = self._system.find(self._root, detail=True)
        except FileNotFoundError:
            return {}
        return {posixpath.relpath(path, self._root): facts["size"] for path, facts in found.items()}

    @abstractmethod
    def put(self, source: Path, name: str) -> None:
        """Put a file there, whole or not at all."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return posixpath.join(self._root, name)


class _SftpServer(_Server):
    def put(self, source: Path, name: str) -> None:
        target = self._path(name)
        # Named by the file: what a killed run left is replaced by the next.
        temporary = posixpath.join(posixpath.dirname(target), f".tingbao-tmp-{source.name}")
        self._system.put_file(str(source), temporary)
        self._system.mv(temporary, target)

    def remove(self, name: str) -> None:
        super().remove(name)
        with contextlib.suppress(Exception):  # a folder that still holds something stays
            self._system.rm(posixpath.dirname(self._path(name)))


class _S3Server(_Server):
    def put(self, source: Path, name: str) -> None:
        seconds = _SECONDS_KEPT.get(Path(name).suffix, _SECONDS_KEPT_ELSE)
        self._system.put_file(
            str(source),
            self._path(name),
            ContentType=media_type(Path(name).name),
            CacheControl=f"public, max-age={seconds}",
        )


def _opened(address: str) -> _Server:
    parts = urlsplit(address)
    if parts.password is not None:
        raise OptionError("a password does not belong in an address; use a key or the ssh agent")
    if not parts.hostname:
        raise OptionError(f"{address} names no {'bucket' if parts.scheme == 's3' else 'host'}")
    path = unquote(parts.path)
    if parts.scheme == "s3":
        system = _file_system("s3", use_listings_cache=False)
        return _S3Server(system, f"{parts.netloc}/{path.strip('/')}".rstrip("/"), address)
    # "sftp://host/~/listen" is below the home folder, as scp and curl have it.
    root = f"./{path[3:]}" if path == "/~" or path.startswith("/~/") else path or "/"
    root = posixpath.normpath(root)
    login = {"username": parts.username, "port": parts.port}
    system = _file_system(
        "sftp",
        host=parts.hostname,
        known_hosts=(),  # those of the user; sshfs would trust any
        connect_timeout=CONNECT_SECONDS,
        **{key: value for key, value in login.items() if value is not None},
    )
    return _SftpServer(system, root, address)


def _file_system(scheme: str, **options: Any) -> AbstractFileSystem:  # noqa: ANN401  - passed on
    try:
        if scheme == "s3":
            from s3fs import S3FileSystem as System  # noqa: PLC0415  - heavy, and of an extra
        else:
            from sshfs import SSHFileSystem as System  # noqa: PLC0415
    except ImportError as error:
        raise OptionError(
            f"publishing to {scheme}:// needs an extra; install it with: "
            "pip install 'tingbao[publish]'"
        ) from error
    system: AbstractFileSystem = System(skip_instance_cache=True, **options)
    return system


@dataclass(slots=True)
class _Copy:
    library: Path
    server: _Server
    record: dict[str, str]
    notify: Callable[[str], object]
    unnoted: int = 0

    def put(self, names: list[str]) -> None:
        """Put what is new or changed, in this order."""
        sizes = self.server.sizes()
        for name in names:
            source = self.library / name
            digest = files.sha256(source)
            if self.record.get(name) == digest and sizes.get(name) == source.stat().st_size:
                continue
            self.server.put(source, name)
            self.record[name] = digest
            self.notify(f"{self.server.address}/{name}")
            self.unnoted += 1
            if self.unnoted == _NOTED_EVERY:
                self._write_record()
        if self.unnoted:
            self._write_record()

    def remove_all_but(self, names: list[str]) -> None:
        """Remove what was put there before and is in the library no more."""
        gone = self.record.keys() - set(names)
        for name in sorted(gone):
            self.server.remove(name)
            del self.record[name]
        if gone:
            self._write_record()

    def _write_record(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / RECORD_FILE
            path.write_text(json.dumps(self.record, indent=0, sort_keys=True), "utf-8")
            self.server.put(path, RECORD_FILE)
        self.unnoted = 0


def _read_record(server: _Server) -> dict[str, str]:
    """What was put there before; a damaged note costs putting all of it again."""
    raw = server.read(RECORD_FILE)
    try:
        return {str(name): str(digest) for name, digest in json.loads(raw or b"{}").items()}
    except (ValueError, AttributeError):
        return {}


def _check_paper(server: _Server, paper: str) -> None:
    raw = server.read(LIBRARY_FILE)
    if raw is None:
        return
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(LibraryError):
        (Path(folder) / LIBRARY_FILE).write_bytes(raw)
        check_paper(server.address, read_library(Path(folder)), paper)


@contextlib.contextmanager
def _our_errors(address: str) -> Iterator[None]:
    """Turn what the libraries raise into one line; their errors share no base."""
    try:
        yield
    except (LibraryError, OptionError, OutputError):
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise OutputError(f"cannot publish to {address}: {reason}") from error
