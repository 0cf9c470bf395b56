"""The page of an archive's report in a real browser."""

from __future__ import annotations

import pytest

from archive_events import Clock, ended, found, spoke, task
from axe import found_by_axe
from chromium import Chromium
from tingbao.archive.events import TaskRepeated
from tingbao.archive.report import reporting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of a run in which a bit of everything happened."""
    folder, clock = tmp_path_factory.mktemp("report"), Clock()
    with reporting(folder, clock) as listener:
        listener(found(40))
        for number in range(30):
            name = f"2026-03-{number + 1:02}"
            clock.now += 400
            listener(task("plan", edition=name, wall_seconds=0.01 * number))
            listener(spoke(f"worker {number % 3}", wall=20.0 + number**2, audio=300.0))
            listener(task("join", edition=name, wall_seconds=5.0))
            listener(ended(name, warnings=(f"“{number}” is odd",) * (number % 3)))
        listener(TaskRepeated("speak", "2026-04-01", "03", "its worker died"))
        listener(ended("2026-04-01", "incomplete", reason="03 标题：" + "很长的理由" * 30))
        listener(ended("archive/" + "a" * 200, "failed", reason="no item was found"))
    return (folder / "report.html").as_uri()


@pytest.mark.parametrize("screen", [(320, "light"), (1280, "dark"), (1280, "light"), (700, "dark")])
def test_axe_finds_nothing_in_the_report(
    browser: Chromium, address: str, axe: str, screen: tuple[int, str]
) -> None:
    width, scheme = screen
    with browser.page(width, 900) as page:
        page.prefer(prefers_color_scheme=scheme)
        page.open(address)
        page.do("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert found_by_axe(page, axe) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_report_fits_its_screen_and_complains_of_nothing(
    browser: Chromium, address: str, width: int
) -> None:
    with browser.page(width, 900) as page:
        page.open(address)
        assert page.do("document.documentElement.scrollWidth") <= width
        assert page.complaints() == []
        assert page.requested() <= {address, "data:,"}


def test_every_plot_is_drawn_named_and_described(browser: Chromium, address: str) -> None:
    with browser.page() as page:
        page.open(address)
        plots = page.do(
            "[...document.querySelectorAll('svg[role=img]')].map((one) => ["
            "one.querySelectorAll('rect').length > 0,"
            "one.getBoundingClientRect().height > 80,"
            "one.getAttribute('aria-labelledby').split(' ')"
            ".every((id) => document.getElementById(id).textContent.length > 9)])"
        )
        assert plots == [[True, True, True]] * 4


def test_labels_of_an_axis_do_not_run_into_each_other(browser: Chromium, address: str) -> None:
    with browser.page() as page:
        page.open(address)
        met = page.do(
            "[...document.querySelectorAll('svg.plot')].flatMap((plot) => {"
            "const boxes = [...plot.querySelectorAll('text')].map((o) =>"
            " o.getBoundingClientRect());"
            "return boxes.filter((a, at) => boxes.slice(at + 1).some((b) => a.left < b.right &&"
            " b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length; })"
        )
        assert met == [0, 0, 0, 0]
