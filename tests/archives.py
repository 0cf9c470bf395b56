"""Archives for tests: small editions on disk, a voice that hums, and workers of several kinds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsroom import PROFILE
from tingbao.archive import ArchiveRequest, ArchiveResult, run_archive
from tingbao.archive.events import ArchiveEvent, Listener, ignore
from tingbao.archive.tasks import Call, Done, Task, Workers
from tingbao.archive.work import work_on
from tingbao.edition import BuildRequest, produce
from tingbao.settings import Settings
from tingbao.workers import FailureKind

__all__ = ["Archive", "Here", "day", "page_of", "tree_of"]

RATE = "rate = 2.0\n"


def day(number: int) -> str:
    """The date of a day of March 2026."""
    return f"2026-03-{number:02}"


def page_of(number: int, items: int = 2) -> str:
    """A page of a few short items that no other day has."""
    head = f"# 试报 2026年3月{number}日 第01版\n\n"
    return head + "\n".join(
        f"## 第{number}日要闻之{item}\n\n本报讯(记者 张三)第{number}日第{item}项工作全部完成。\n"
        for item in range(1, items + 1)
    )


class Here:
    """One worker: the caller's own thread."""

    size = 1

    def __init__(
        self, failure: Callable[[BaseException], FailureKind | None] = lambda _: None
    ) -> None:
        self._failure = failure
        self.tasks: list[Task] = []
        self.is_closed = False

    def submit(self, call: Call, task: Task) -> Future[Done]:
        future: Future[Done] = Future()
        self.tasks.append(task)
        try:
            future.set_result(call(task))
        except Exception as error:  # noqa: BLE001  - as the executors of the library do
            future.set_exception(error)
        return future

    def failure_of(self, error: BaseException) -> FailureKind | None:
        return self._failure(error)

    def is_lost(self) -> bool:
        return False

    def reconnect(self) -> None:
        """There is nothing to find again."""

    def close(self) -> None:
        self.is_closed = True


@dataclass
class Archive:
    """An input folder, a library and a cache below ``folder``."""

    folder: Path
    events: list[ArchiveEvent] = field(default_factory=list)
    listener: Listener = ignore

    def __post_init__(self) -> None:
        self.pages.mkdir(parents=True, exist_ok=True)
        self.voice.write_text(PROFILE + RATE, "utf-8")

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def voice(self) -> Path:
        return self.folder / "hum.toml"

    def put(self, name: str, text: str) -> Path:
        path = self.pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def days(self, *numbers: int, items: int = 2) -> None:
        for number in numbers:
            self.put(f"{day(number)}/01.md", page_of(number, items))

    @property
    def request(self) -> ArchiveRequest:
        return ArchiveRequest(
            roots=(self.pages,),
            output=self.output,
            cache=self.folder / "cache",
            settings=Settings(),
            voice=str(self.voice),
        )

    def run(
        self, executor: Workers | None = None, call: Call = work_on, **changes: object
    ) -> ArchiveResult:
        """Make the archive, in this thread unless other workers are given."""
        self.events.clear()
        workers = executor or Here()
        request = replace(self.request, **changes)  # type: ignore[arg-type]
        return run_archive(request, self._listen, executor=lambda *_: workers, call=call)

    def build(self, number: int) -> None:
        """What ``tingbao build`` makes of one day, into the same library."""
        request = BuildRequest(
            inputs=(self.pages / day(number),),
            output=self.output,
            cache=self.folder / "cache",
            settings=Settings(),
            voice=str(self.voice),
            jobs=1,
        )
        produce(request)

    def events_of(self, kind: type) -> list[ArchiveEvent]:
        return [event for event in self.events if isinstance(event, kind)]

    def _listen(self, event: ArchiveEvent) -> None:
        self.events.append(event)
        self.listener(event)


def tree_of(library: Path) -> Mapping[str, str]:
    """A digest of every file that is seen of a library, by its path."""
    return {
        path.relative_to(library).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(library.rglob("*"))
        if path.is_file() and not path.name.startswith(".tingbao-")
    }
