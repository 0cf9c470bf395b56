"""WCAG 2.2 AA, by axe-core (fetched for the tests, pinned) and by checks of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from axe import found_by_axe
from chromium import Chromium
from libraries import DATE
from servers import running

pytestmark = pytest.mark.browser

PAGES = ["", f"{DATE.isoformat()}/", f"{DATE.isoformat()}/articles/01.html"]


@pytest.fixture(scope="module")
def address(two_day_library: Path, browser: Chromium) -> Iterator[str]:
    assert browser
    with running(two_day_library) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("screen", [(320, "light"), (1280, "dark"), (700, "light")])
def test_axe_finds_nothing(
    browser: Chromium, address: str, axe: str, path: str, screen: tuple[int, str]
) -> None:
    width, scheme = screen
    with browser.page(width, 900) as page:
        page.prefer(prefers_color_scheme=scheme)
        page.open(address + path)
        page.do("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        # What is marked while it is heard must be readable as well.
        page.do("document.querySelectorAll('[data-t]').forEach((o) => o.classList.add('heard'))")
        assert found_by_axe(page, axe) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_language_one_main_title_and_landmarks(
    browser: Chromium, address: str, path: str
) -> None:
    with browser.page() as page:
        page.open(address + path)
        assert page.do("document.documentElement.lang") == "zh-Hans"
        counts = page.do(
            "['h1', 'main', 'body > header', 'body > footer'].map("
            "(one) => document.querySelectorAll(one).length)"
        )
        assert counts == [1, 1, 1, 1]
        assert page.do("document.title.length") > 3


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_target_is_at_least_24_pixels_high_and_wide(
    browser: Chromium, address: str, path: str, width: int
) -> None:
    with browser.page(width, 900) as page:
        page.open(address + path)
        small = page.do(
            "[...document.querySelectorAll('a[href], button, input, select, summary')]"
            ".filter((one) => one.checkVisibility() && !one.matches('.skip, .cover'))"
            ".map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])"
            ".filter(([, box]) => box.width < 24 || box.height < 24)"
            ".map(([one, box]) => [one.outerHTML.slice(0, 90), box.width, box.height])"
        )
        assert small == []


def test_text_can_be_spaced_and_enlarged_without_loss(browser: Chromium, address: str) -> None:
    """WCAG 1.4.4 and 1.4.12: twice the size, and the spacing that the standard names."""
    with browser.page(640, 900) as page:
        page.open(address + PAGES[1])
        page.do(
            "document.head.insertAdjacentHTML('beforeend', `<style>html { font-size: 200% }"
            " * { line-height: 1.5 !important; letter-spacing: .12em !important;"
            " word-spacing: .16em !important } p { margin-bottom: 2em !important }</style>`)"
        )
        assert page.do("document.documentElement.scrollWidth") <= 640


def test_motion_is_calm_for_those_who_ask_for_it(browser: Chromium, address: str) -> None:
    with browser.page() as page:
        page.prefer(prefers_reduced_motion="reduce")
        page.open(address + PAGES[2])
        style = "getComputedStyle(document.querySelector('.text span')).transitionDuration"
        page.do("document.querySelector('.text span').classList.add('heard')")
        assert page.do(style) == "0s"
