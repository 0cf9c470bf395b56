"""Builds in processes of their own, many of them cheaply: each is a fork of one that is warm.

A build reads dictionaries and fonts for seconds before it does anything; a fork finds them read.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pytest
from boundary import Boundary

from newsroom import Newsroom
from tingbao.errors import TingbaoError
from tingbao.models import Clip
from tingbao.settings import AudioSettings, Settings
from tingbao.synthesis import ClipStore, Speech
from tingbao.synthesis.fake import hum

__all__ = [
    "CORRECTED",
    "KILLED",
    "PAGE",
    "Told",
    "apart",
    "brief",
    "built",
    "forked",
    "side_by_side",
    "temporaries",
    "visible",
    "warm",
]

_T = TypeVar("_T")

PAGE = """# 试报 2026年3月14日 第01版

## 春耕备耕有序推进

本报讯(记者 李四)各地春耕工作有序推进。

## 供水管网改造完成

本报讯(记者 王五)工程昨日全部完工。
"""
CORRECTED = PAGE.replace("全部完工", "如期全部完工")

KILLED = -1
"""In place of an exit code."""

RATE = 12.0
SOUND = AudioSettings(sample_rate_hz=32000, bitrate_kbps=32)
"""Hardly a hum: most of a short build would else be the encoding of its sound."""


@dataclass(frozen=True)
class Told:
    """How a build ended: its exit code, what it said, the call that met its fate, all calls.

    ``spoken`` are the keys of the clips that were asked of the voice.
    """

    code: int
    said: str = ""
    met: str | None = None
    calls: int = 0
    spoken: tuple[str, ...] = ()


def brief(speech: Speech) -> Clip:
    """A hum of ten milliseconds a character."""
    return hum(replace(speech, voice=replace(speech.voice, rate=RATE)))


def apart(function: Callable[..., _T], *arguments: object) -> _T:
    """Run a function in a process that is warm and has no threads, so that it may fork."""
    return _bench().submit(function, *arguments).result()


def side_by_side(function: Callable[..., _T], rows: Iterable[Sequence[object]]) -> list[_T]:
    """Run a function with each row of arguments as :func:`apart` does, on two processors."""
    running = [_bench().submit(function, *row) for row in rows]
    return [one.result() for one in running]


@functools.cache
def _bench() -> ProcessPoolExecutor:
    bench = ProcessPoolExecutor(2, get_context("spawn"), warm)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPENBLAS_NUM_THREADS", "1")
        for started in [bench.submit(os.getpid) for _ in range(2)]:
            started.result()
    return bench


def warm() -> None:
    """Read everything that a build reads only once."""
    with tempfile.TemporaryDirectory() as folder:
        Newsroom(Path(folder)).build()


def built(
    folder: Path, text: str, boundary: Boundary | None = None, cpu_seconds: float = 0.0
) -> Told:
    """Build a page below ``folder`` in a fork of this process, behind ``boundary``.

    With ``cpu_seconds`` the system ends the process when it has worked for so long.
    """
    page = Newsroom(folder).page(text)
    log = folder.with_name(f"{folder.name}.spoken")
    log.write_bytes(b"")
    told = forked(lambda: _build(folder, page, boundary or Boundary(folder), log), cpu_seconds)
    facts = told or {"code": KILLED}
    return Told(**{**facts, "spoken": tuple(log.read_text().split())})


def forked(function: Callable[[], Told], cpu_seconds: float = 0.0) -> dict[str, Any] | None:
    """What a function told in a fork of this process; None when the fork was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)  # its end is that of a kill: SIGPROF
        os.write(writer, json.dumps(asdict(function())).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def visible(folder: Path) -> Mapping[str, bytes]:
    """What a listener can see of the library: all files but the hidden ones."""
    files = Newsroom(folder).tree()
    return {name: data for name, data in files.items() if "/." not in f"/{name}"}


def temporaries(folder: Path) -> list[str]:
    """Unfinished files anywhere below the folder."""
    return sorted(path.name for path in folder.rglob(".tingbao-tmp-*"))


def _build(folder: Path, page: Path, border: Boundary, log: Path) -> Told:
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND)

    def say(speech: Speech) -> Clip:
        os.write(descriptor, f"{ClipStore.key_of(speech, 'fake 1')}\n".encode())
        return brief(speech)

    code, said = 0, ""
    newsroom = Newsroom(folder, say)
    request = replace(newsroom.request(page), settings=Settings(audio=SOUND))
    border.put_up()
    try:
        code = 1 if newsroom.produce(request).incomplete else 0
    except TingbaoError as error:
        code, said = error.exit_code, str(error)
    except BaseException as error:  # noqa: BLE001  - that none escapes is what is tested
        code, said = 3, f"{type(error).__name__}: {error}"
    border.take_down()
    return Told(code, said, border.met, len(border.calls))
