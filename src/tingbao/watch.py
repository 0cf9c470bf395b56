"""A watched folder: an edition is built and published by itself when its pages have come.

What was built is noted in the library's folder by the pages' names, lengths and times, so that a
restart builds only what has come or changed since, and leaves an edition whose script was corrected
by hand as it is.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tingbao import files
from tingbao.archive.discovery import Find, SetAside, discover
from tingbao.edition import BuildRequest, produce
from tingbao.edition.events import Listener
from tingbao.errors import InputError, OptionError, TingbaoError
from tingbao.publish import publish_library

STATE_FILE = ".tingbao-watch.json"

RETRY_SECONDS = 900.0
"""After this, what failed for a reason that may pass is tried again: no service, a full disk."""

LONGEST_WAIT_SECONDS = 60.0
"""Network folders report no change, so the folder is looked at this often without one too."""


@dataclass(frozen=True, slots=True)
class WatchRequest:
    """What to watch: ``build`` holds everything of a build but its inputs.

    Pages count as arrived when they have not changed for ``settle_seconds``. ``destination`` is
    where the library is copied after each edition, if anywhere.
    """

    folder: Path
    build: BuildRequest
    settle_seconds: float
    destination: str | None = None


@dataclass(frozen=True, slots=True)
class Watching:
    """The folder is watched from now on."""

    folder: Path


@dataclass(frozen=True, slots=True)
class PagesArrived:
    """The pages of an edition are whole; it is built now."""

    edition: str
    files: int


@dataclass(frozen=True, slots=True)
class EditionEnded:
    """An edition was built; ``incomplete`` are the numbers of the items that are not whole."""

    edition: str
    path: Path
    incomplete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """An edition was not built, or the library not published to ``what``; and why.

    ``retried``: by itself after a while; else when the edition's pages change.
    """

    what: str
    reason: str
    retried: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Pages that are not built, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Copied:
    """The library was published; ``files`` were written at the destination."""

    destination: str
    files: int


WatchEvent = Watching | PagesArrived | EditionEnded | Failed | LeftOut | Copied
Show = Callable[[WatchEvent], None]
OpenListener = Callable[[], AbstractContextManager[Listener]]


def watch(
    request: WatchRequest,
    show: Show,
    open_listener: OpenListener,
    stop: threading.Event | None = None,
) -> None:
    """Build and publish what comes into the folder, one edition at a time, until ``stop`` is set.

    ``open_listener`` gives the listener of one build.

    Raises:
        InputError: there is no such folder.
        OutputError: what was built cannot be noted in the library's folder.
    """
    if not files.is_folder(request.folder):
        raise InputError("this is no folder that can be watched", str(request.folder))
    watcher = _Watcher(request, show, open_listener, _read_built(request.build.output))
    show(Watching(request.folder))
    while stop is None or not stop.is_set():
        waited = watcher.look(time.monotonic())
        _wait(request.folder, waited, stop)


def _wait(folder: Path, seconds: float, stop: threading.Event | None) -> None:
    """Until something changes in the folder, at most ``seconds``."""
    import watchfiles  # noqa: PLC0415  - for this command only

    changes = watchfiles.watch(
        folder, rust_timeout=int(1000 * seconds), yield_on_timeout=True, stop_event=stop
    )
    next(changes, None)


@dataclass(slots=True)
class _Seen:
    """What an edition's pages looked like, and since when (seconds of a monotonic clock)."""

    stamp: str
    since: float


@dataclass(slots=True)
class _Watcher:
    request: WatchRequest
    show: Show
    open_listener: OpenListener
    built: dict[str, str]
    seen: dict[str, _Seen] = field(default_factory=dict)
    failed: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Stamp and the time of the next attempt (infinite: when the pages change)."""
    left_out: set[SetAside] = field(default_factory=set)
    copy_due: float | None = 0.0
    """When the library is to be published; None when it is as it was published."""

    def look(self, now: float) -> float:
        """Build what has come; returns the seconds after which to look again."""
        finds = self._finds()
        for find in finds:
            stamp = _stamp(find, self.request.folder)
            if self.seen.get(find.name, _Seen("", now)).stamp != stamp:
                self.seen[find.name] = _Seen(stamp, now)
        due = [find for find in finds if self._due_at(find) <= now]
        for find in due:
            self._build(find)
        self._copy(now)
        return self._next_look(finds, time.monotonic())

    def _finds(self) -> Sequence[Find]:
        """The editions in the folder, without those that the library would not keep."""
        output = self.request.build.output
        try:
            finds, aside = discover([self.request.folder], [output])
        except InputError:  # nothing has come yet
            return ()
        for one in aside:
            if one not in self.left_out:
                self.left_out.add(one)
                self.show(LeftOut(one.name, one.reason))
        keep = self.request.build.settings.library.keep
        return finds if keep is None else finds[-max(keep, 1) :]

    def _due_at(self, find: Find) -> float:
        """When it may be built: never while it is built already, or failed as it stands."""
        seen = self.seen[find.name]
        if self.built.get(find.name) == seen.stamp:
            return float("inf")
        stamp, again = self.failed.get(find.name, ("", 0.0))
        settled = seen.since + self.request.settle_seconds
        return max(settled, again) if stamp == seen.stamp else settled

    def _next_look(self, finds: Sequence[Find], now: float) -> float:
        times = [self._due_at(find) for find in finds]
        if self.copy_due is not None and self.request.destination is not None:
            times.append(self.copy_due)
        nearest = min(times, default=float("inf")) - now
        return min(max(nearest, 0.05), LONGEST_WAIT_SECONDS)

    def _build(self, find: Find) -> None:
        stamp, output = self.seen[find.name].stamp, self.request.build.output
        self.show(PagesArrived(find.name, sum(1 for _ in _page_files(find))))
        try:
            with self.open_listener() as listener:
                result = produce(replace(self.request.build, inputs=find.inputs), listener)
        except TingbaoError as error:
            passes = not isinstance(error, InputError | OptionError)
            self._failed(find, stamp, passes=passes)
            self.show(_failure(find.name, error, retried=passes))
            return
        incomplete = tuple(result.incomplete)
        self.show(EditionEnded(result.manifest.id, output / result.manifest.id, incomplete))
        self.copy_due = 0.0
        if incomplete:
            self._failed(find, stamp, passes=True)
            return
        self.failed.pop(find.name, None)
        self.built[find.name] = stamp
        _write_built(output, self.built)

    def _failed(self, find: Find, stamp: str, *, passes: bool) -> None:
        again = time.monotonic() + RETRY_SECONDS if passes else float("inf")
        self.failed[find.name] = (stamp, again)

    def _copy(self, now: float) -> None:
        """Publish the library where it is not yet published as it stands."""
        destination, output = self.request.destination, self.request.build.output
        if destination is None or self.copy_due is None or self.copy_due > now:
            return
        if not files.is_file(output / "library.json"):
            self.copy_due = None  # nothing was ever built
            return
        written: list[str] = []
        try:
            publish_library(output, destination, written.append)
        except TingbaoError as error:
            self.copy_due = now + RETRY_SECONDS
            self.show(_failure(destination, error, retried=True))
            return
        self.copy_due = None
        if written:
            self.show(Copied(destination, len(written)))


def _failure(what: str, error: TingbaoError, *, retried: bool) -> Failed:
    return Failed(what, " ".join(str(error).split()), retried)


def _page_files(find: Find) -> Iterator[Path]:
    """All files of an edition's inputs, those beside its pages too."""
    for given in find.inputs:
        below = sorted(given.rglob("*")) if files.is_folder(given) else [given]
        yield from filter(files.is_file, below)


def _stamp(find: Find, folder: Path) -> str:
    """Names, lengths and times of an edition's files as one number."""
    digest = hashlib.sha256()
    for path in _page_files(find):
        try:
            facts = path.stat()
        except OSError:  # it has just gone, which is a change
            continue
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _read_built(output: Path) -> dict[str, str]:
    """What was built before, by edition; a damaged note costs a look at each edition."""
    try:
        built = json.loads((output / STATE_FILE).read_bytes())
        return {str(name): str(stamp) for name, stamp in built["built"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_built(output: Path, built: dict[str, str]) -> None:
    files.write(output / STATE_FILE, json.dumps({"built": built}, indent=1, sort_keys=True) + "\n")
