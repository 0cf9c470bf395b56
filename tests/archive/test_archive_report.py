"""The report of an archive: a row an edition while it runs, figures and a page at its end."""

from __future__ import annotations

import csv
import re
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from archive_events import Clock, ended, found, spoke, task
from tingbao.archive.events import ArchiveEvent, TaskRepeated
from tingbao.archive.report import report_folder, reporting
from tingbao.archive.report.figures import OTHERS, Collector, Kinds
from tingbao.edition.events import Noticed
from tingbao.errors import OptionError, OutputError

pytestmark = pytest.mark.slow

POISONED = "03 标题: set aside after 3 workers died"


def report(folder: Path, events: Iterable[ArchiveEvent]) -> Path:
    clock = Clock()
    with reporting(folder, clock) as listener:
        for event in events:
            clock.now += 60
            listener(event)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_edition_is_a_row_with_what_was_done_for_it(tmp_path: Path) -> None:
    events = [
        found(3),
        task("plan", wall_seconds=2.0),
        spoke(wall=60.0, audio=100.0),
        TaskRepeated("speak", "2026-03-14", "03", "its worker died"),
        ended(
            "2026-03-14", "incomplete", warnings=("“一一” is odd", "“二二” is odd"), reason=POISONED
        ),
        ended("2026-03-15", "unchanged"),
    ]
    first, second = rows(report(tmp_path, events) / "editions.csv")
    assert first == {
        "edition": "2026-03-14",
        "outcome": "incomplete",
        "pages": "4",
        "items": "20",
        "audio_seconds": "3600.000",
        "spoken_seconds": "100.000",
        "task_seconds": "62.000",
        "cpu_seconds": "2700.000",
        "repeats": "1",
        "ended_after_seconds": "300.000",
        "warnings": "2",
        "warning_kinds": "2 × “…” is odd",
        "reason": POISONED,
    }
    assert (second["edition"], second["outcome"], second["reason"]) == (
        "2026-03-15",
        "unchanged",
        "",
    )


def test_a_row_is_on_the_disk_as_soon_as_its_edition_has_ended(tmp_path: Path) -> None:
    with reporting(tmp_path, Clock()) as listener:
        listener(found(2))
        listener(ended("2026-03-14"))
        assert [row["edition"] for row in rows(tmp_path / "editions.csv")] == ["2026-03-14"]
        assert not (tmp_path / "report.html").exists()


def test_the_table_opens_in_a_spreadsheet_as_chinese_and_runs_nothing(tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "a\n=1"]
    folder = report(tmp_path, [found(9), *(ended(name) for name in names), ended('二,“三”"四"')])
    raw = (folder / "editions.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfedition,")
    assert raw.count(b"\n") == 1 + len(names) + 1
    assert [row["edition"] for row in rows(folder / "editions.csv")] == [
        '\'=HYPERLINK("http://example.org")',
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "'＝1",
        "'=1",
        "a =1",
        '二,“三”"四"',
    ]


def test_the_figures_of_the_page_are_tables_for_programs_too(tmp_path: Path) -> None:
    events = [
        found(1),
        task("plan", wall_seconds=0.3),
        spoke("worker 1", wall=60.0, audio=100.0),
        spoke("worker 2", wall=90.0, audio=100.0),
        ended("2026-03-14", warnings=("“一一” is odd",)),
    ]
    folder = report(tmp_path, events)
    tasks = {row["task"]: row for row in rows(folder / "tasks.csv")}
    assert (tasks["speak"]["count"], tasks["speak"]["mean_s"]) == ("2", "75.000")
    assert (tasks["speak"]["longest_s"], tasks["speak"]["total_s"]) == ("90.000", "150.000")
    factors = [(row["worker"], row["real_time_factor"]) for row in rows(folder / "workers.csv")]
    assert factors == [("worker 1", "0.600"), ("worker 2", "0.900")]
    assert rows(folder / "warnings.csv") == [{"kind": "“…” is odd", "count": "1"}]
    assert sum(int(row["pages"]) for row in rows(folder / "pages.csv")) == 4
    assert sum(int(row["count"]) for row in rows(folder / "durations.csv")) == 3


def test_the_page_names_what_is_not_complete_and_why(tmp_path: Path) -> None:
    failed = ended("<b>2026-03-15</b>", "failed", reason="no item & no <title>")
    folder = report(
        tmp_path, [found(2), ended("2026-03-14", "incomplete", reason=POISONED), failed]
    )
    page = (folder / "report.html").read_text("utf-8")
    assert POISONED in page
    assert "&lt;b&gt;2026-03-15&lt;/b&gt;" in page
    assert "no item &amp; no &lt;title&gt;" in page
    assert "Nothing is left to do." in page


def test_the_page_asks_nothing_of_any_server(tmp_path: Path) -> None:
    page = (report(tmp_path, [found(1), spoke(), ended("2026-03-14")]) / "report.html").read_text()
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    linked = set(re.findall(r'(?:href|src)="([^"]*)"', page))
    assert linked <= {"data:,"} | {path.name for path in tmp_path.iterdir()}


def test_the_same_events_at_the_same_times_give_the_same_bytes(tmp_path: Path) -> None:
    events = [found(2), spoke(), ended("2026-03-14", warnings=("一", "二", "三")), ended("b")]
    first, second = (report(tmp_path / name, events) for name in ("first", "second"))
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_a_run_that_was_stopped_has_its_report_too_and_says_so(tmp_path: Path) -> None:
    def stopped() -> Iterable[ArchiveEvent]:
        yield from (found(3), ended("2026-03-14"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        report(tmp_path, stopped())
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Stopped before its end: 2 of 3 editions are left" in page


def test_a_run_that_begins_takes_away_the_page_of_the_one_before(tmp_path: Path) -> None:
    report(tmp_path, [found(1), ended("2026-03-14")])
    with reporting(tmp_path, Clock()) as listener:
        listener(found(1))
        assert not (tmp_path / "report.html").exists()
        assert rows(tmp_path / "editions.csv") == []


def test_a_run_that_found_nothing_leaves_the_report_before_it_alone(tmp_path: Path) -> None:
    report(tmp_path, [found(1), ended("2026-03-14")])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def refused() -> Iterable[ArchiveEvent]:
        yield Noticed("on the way")
        raise OptionError("no such executor")

    with pytest.raises(OptionError):
        report(tmp_path, refused())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_written_is_told_before_the_work_begins(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="cannot"),
        reporting(tmp_path / "file" / "report", Clock()) as listener,
    ):
        listener(found(1))


def test_a_report_lies_beside_its_library_unless_a_folder_is_named(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert report_folder(library) == tmp_path.resolve() / "library-report"
    assert report_folder(library, tmp_path / "elsewhere") == tmp_path / "elsewhere"


@pytest.mark.parametrize("inside", [".", "report", "2026-03-14/report"])
def test_a_report_never_lies_in_the_library(tmp_path: Path, inside: str) -> None:
    with pytest.raises(OptionError, match="name a folder outside"):
        report_folder(tmp_path / "library", tmp_path / "library" / inside)


def test_ten_thousand_editions_take_no_more_memory_than_a_thousand() -> None:
    def events(count: int) -> Iterable[ArchiveEvent]:
        yield found(count)
        for number in range(count):
            yield task("speak", edition=f"{number}", wall_seconds=number % 977 / 3)
            yield ended(
                f"{number}", "failed", warnings=(f"“{number}” is odd",) * 3, reason=POISONED
            )

    def held_after(count: int) -> int:
        collector = Collector(Clock())
        tracemalloc.start()
        for event in events(count):
            collector.take(event)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return held

    assert held_after(10_000) < held_after(1000) + 100_000


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("numbering goes from 3 to 15 at “三、标题”", "numbering goes from # to # at “…”"),
        (
            "01.md:12: “少少” may be printed once too often in “多”",
            "“…” may be printed once too often in “…”",
        ),
        (
            "no rule reads '㎡': it is spoken as printed",
            "no rule reads “…”: it is spoken as printed",
        ),
        (
            "3 unreadable characters (\ufffd) are left out",
            "# unreadable characters (…) are left out",
        ),
        (
            "an article that this page lists is not saved beside it: 标题 一 (content_12.htm)",
            "an article that this page lists is not saved beside it: … (content_#.htm)",
        ),
    ],
)
def test_warnings_are_of_a_kind_whatever_they_quote(message: str, kind: str) -> None:
    kinds = Kinds()
    kinds.add(message)
    assert kinds.counts == ((kind, 1),)


def test_kinds_without_end_are_counted_together() -> None:
    kinds = Kinds()
    for number in range(1000):
        kinds.add("x" * number)
    counts = dict(kinds.counts)
    assert len(counts) == 201
    assert counts[OTHERS] == 800


def test_every_column_of_every_table_is_described(tmp_path: Path) -> None:
    described = (Path(__file__).parents[2] / "docs" / "archive-report.md").read_text("utf-8")
    folder = report(tmp_path, [found(1), spoke(), ended("2026-03-14", warnings=("odd",))])
    for path in sorted(folder.iterdir()):
        assert f"`{path.name}`" in described
    for path in sorted(folder.glob("*.csv")):
        for column in rows(path)[0]:
            assert f"`{column}`" in described, (path.name, column)
