"""The whole way, from the sample page to its library: first, again, and after a correction."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, measured

COPIES = (1, 5)
"""How many times the sample is in one edition."""
WHOLE, START = 1_000_000, 1_500
"""Characters of each page: all, or those of its first items."""


def write_pages(folder: str, copies: int, characters: int, correction: str) -> None:
    """Write the pages of an edition: the sample so many times, no two of them alike."""
    from benchmarks.sample import PAGE

    text = PAGE.read_text("utf-8")[:characters]
    for number, other in enumerate("通甲乙丙丁"[:copies], start=1):
        page = text.replace("通辽", f"{other}辽").replace("会议", correction or "会议", 1)
        Path(folder, f"{number:02}.md").write_text(page, "utf-8")


def build(folder: str, copies: int, voice: str) -> None:
    """Build the edition with all that ``tingbao build`` does."""
    from benchmarks.sample import DATE, PAPER
    from tingbao.edition import BuildRequest, produce
    from tingbao.settings import Settings

    pages = tuple(Path(folder, f"{number + 1:02}.md") for number in range(copies))
    request = BuildRequest(
        inputs=pages,
        output=Path(folder, "output"),
        cache=Path(folder, "cache"),
        settings=Settings(),
        date=DATE,
        paper=PAPER,
        voice=voice,
        jobs=1,
    )
    result = produce(request)
    seconds = result.manifest.edition.duration_ms / 1000
    Path(folder, "seconds").write_text(str(seconds))


def rows(*, small: bool) -> Iterator[Row]:
    """With the voice that hums: all that is not synthesis."""
    from benchmarks.sample import hum_profile

    for copies in COPIES[:1] if small else COPIES:
        with tempfile.TemporaryDirectory() as folder:
            voice = hum_profile(folder)
            for what, correction in (("first", ""), ("again", ""), ("one word corrected", "大会")):
                write_pages(folder, copies, START if small else WHOLE, correction)
                cost = measured("benchmarks.edition:build", folder, copies, voice)
                seconds = float(Path(folder, "seconds").read_text())
                ratio = f"{1000 * cost.cpu_seconds / seconds:.1f} CPU-ms a second of sound"
                yield Row(f"edition, {what}", f"{copies} x sample, {seconds:.0f} s", cost, ratio)
