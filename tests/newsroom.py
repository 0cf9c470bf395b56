"""A newsroom for tests: pages on disk, a voice that hums, and everything else as it really is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tingbao.edition import BuildRequest, BuildResult, produce
from tingbao.edition.events import Event, Listener, ignore
from tingbao.models import Clip
from tingbao.settings import Settings
from tingbao.synthesis import Runner, Speech
from tingbao.synthesis.fake import FakeEngine, hum
from tingbao.synthesis.profiles import Profile

PAGE = """# 试报 2026年3月14日 第01版

## 全市经济工作会议召开

本报讯(记者 张三)3月13日，全市经济工作会议召开。会议强调，要稳中求进。

会议还研究了其他事项。

## 春耕备耕有序推进

本报讯(记者 李四)连日来，各地春耕备耕工作有序推进，农资储备充足。

## 供水管网改造完成

本报讯(记者 王五)改造工程惠及居民1400户，昨日全部完工。
"""

PROFILE = """name = "hum"
title = "试音"
engine = "fake"
licence = "Apache-2.0"

[[readers]]
voice = "hum"
"""


QUICK = 4.0
"""Most of a short build is else the encoding of its sound."""


def quick_hum(speech: Speech) -> Clip:
    """A hum of 30 ms a character."""
    return hum(replace(speech, voice=replace(speech.voice, rate=QUICK)))


@dataclass
class Newsroom:
    """Builds editions below one folder, and keeps what was told and what was spoken."""

    folder: Path
    say: Callable[[Speech], Clip] = quick_hum
    events: list[Event] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    listener: Listener = ignore

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def page(self, text: str = PAGE, name: str = "01.md") -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def request(self, *pages: Path) -> BuildRequest:
        return BuildRequest(
            inputs=pages or (self.page(),),
            output=self.output,
            cache=self.folder / "cache",
            settings=Settings(),
            date="2026-03-14",
            paper="试报",
            voice=str(self._profile()),
        )

    def build(self, *pages: Path, **changes: object) -> BuildResult:
        request = replace(self.request(*pages), **changes)  # type: ignore[arg-type]
        return self.produce(request)

    def build_script(self, script: Path) -> BuildResult:
        request = replace(self.request(), inputs=(), script=script, date=None, paper=None)
        return self.produce(request)

    def produce(self, request: BuildRequest) -> BuildResult:
        """Build what a request asks for."""
        self.events.clear()
        self.spoken.clear()
        return produce(request, self._told, open_runner=self._runner)

    def forget_receipts(self) -> None:
        """Make the next build look at every clip and part, as if pages had changed."""
        shutil.rmtree(self.folder / "cache" / "receipts")

    def tree(self, *, without: Sequence[str] = ()) -> dict[str, bytes]:
        """Every file of the library by its path; locks are no part of it."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name not in {".tingbao-lock", *without}
        }

    def _profile(self) -> Path:
        path = self.folder / "hum.toml"
        path.write_text(PROFILE, "utf-8")
        return path

    def _runner(
        self, _profile: Profile, cache: Path, _jobs: int | None, notice: Callable[[str], None]
    ) -> Runner:
        return Runner.with_engine(lambda: FakeEngine(self._heard), cache, notice)

    def _told(self, event: Event) -> None:
        self.events.append(event)
        self.listener(event)

    def _heard(self, speech: Speech) -> Clip:
        self.spoken.append(speech.spoken)
        return self.say(speech)
