"""From one printed half of a joined item to the other: by mouse, by keyboard, by plain link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from axe import found_by_axe
from chromium import Chromium, Page
from libraries import DATE, ITEMS, Press, info
from servers import running
from tingbao.models import Cue, Manifest, ManifestPage, Role
from tingbao.publish import render, write_library, write_manifest

pytestmark = pytest.mark.browser

DAY = f"{DATE.isoformat()}/"
ITEM = f"{DAY}articles/02.html"
AUDIO = "document.querySelector('audio')"
NOW = f"{AUDIO}.currentTime"
MARK = ".turn"
WIDTHS = [320, 800]
FIRST_WORDS, SECOND_WORDS = (
    "连日来，各地春耕备耕工作有序推进，",
    "农资储备充足。农户已备好良种1400袋。",
)


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, parts: Path, browser: Chromium
) -> Iterator[str]:
    assert browser
    library = tmp_path_factory.mktemp("jumping") / "library"
    write_library(library, info())
    made = Press(parts).edition(library)
    write_manifest(library / made.id, joined(made))
    render(library)
    with running(library) as address:
        yield address


def joined(made: Manifest) -> Manifest:
    """The edition with its second item in two halves, the second one on the third page."""
    assert ITEMS[1][1] == FIRST_WORDS + SECOND_WORDS
    cues: list[Cue] = []
    for cue in made.cues:
        if cue.article != "02" or cue.role is not Role.BODY:
            cues.append(replace(cue, page=1) if cue.article == "02" else cue)
            continue
        middle = (cue.start_ms + cue.end_ms) // 2
        cues.append(replace(cue, text=FIRST_WORDS, end_ms=middle))
        second = replace(cue, text=SECOND_WORDS, start_ms=middle, opens_paragraph=False, page=2)
        cues.append(second)
    pages = (*made.pages, ManifestPage(2, "3", "专题", "03.md"))
    articles = tuple(replace(one, pages=(1, 2)) if one.id == "02" else one for one in made.articles)
    return replace(made, cues=tuple(cues), pages=pages, articles=articles)


@pytest.fixture(params=WIDTHS)
def page(browser: Chromium, request: pytest.FixtureRequest) -> Iterator[Page]:
    with browser.page(request.param, 640) as page:
        page.prefer(prefers_reduced_motion="reduce")
        yield page
        assert page.complaints() == []


def second_half_s(page: Page) -> float:
    return float(page.do(f"document.querySelector('{MARK}').dataset.at"))


def is_seen(page: Page, selector: str) -> bool:
    """Whether an element lies on the screen and not under the player."""
    return bool(
        page.do(
            f"(() => {{ const box = document.querySelector('{selector}').getBoundingClientRect();"
            "const top = document.querySelector('.player').getBoundingClientRect().top;"
            "return box.top >= 0 && box.bottom <= top; })()"
        )
    )


@pytest.mark.parametrize("path", [DAY, ITEM])
def test_a_click_jumps_to_the_first_words_of_the_second_half_and_back(
    page: Page, address: str, path: str
) -> None:
    page.open(address + path)
    page.until(f"{AUDIO}.readyState >= 1")
    assert page.do("document.querySelector('.part').textContent") == "跳到第3版部分"
    page.click(".part")
    page.until(f"!{AUDIO}.paused")
    assert page.do(NOW) >= second_half_s(page) - 0.01
    page.until(f"document.querySelector('.text .heard')?.textContent === '{SECOND_WORDS}'")
    page.until("document.querySelector('.turn').checkVisibility()")
    assert is_seen(page, MARK)
    assert page.do(f"document.querySelector('{MARK} span').textContent") == "以下转自第3版"
    page.do(f"{AUDIO}.pause()")
    page.click(f"{MARK} a")
    page.until(f"{NOW} < {second_half_s(page)} - 1")
    back = float(page.do(f"document.querySelector('{MARK} a').dataset.go"))
    assert page.do(NOW) >= back - 0.01


@pytest.mark.parametrize("path", [DAY, ITEM])
def test_the_keyboard_jumps_as_well(page: Page, address: str, path: str) -> None:
    page.open(address + path)
    page.until(f"{AUDIO}.readyState >= 1")
    page.do("document.querySelector('.part').focus()")
    page.press("Enter")
    page.until(f"!{AUDIO}.paused && {NOW} >= {second_half_s(page)} - 0.01")
    assert is_seen(page, MARK)


def test_a_link_to_a_half_is_ready_there_and_does_not_play(page: Page, address: str) -> None:
    page.open(address + ITEM + "#part-2")
    page.until(f"{NOW} > 0")
    assert page.do(NOW) == pytest.approx(second_half_s(page), abs=0.05)
    assert page.do(f"{AUDIO}.paused")


@pytest.mark.parametrize("path", [DAY, ITEM])
def test_without_javascript_the_links_lead_to_the_printed_halves(
    page: Page, address: str, path: str
) -> None:
    page.without_javascript()
    page.open(address + path)
    page.click(".part")
    page.until(f"document.querySelector('{MARK}').checkVisibility()")
    page.until(f"location.hash === '#' + document.querySelector('{MARK}').id")
    page.click(f"{MARK} a")
    page.until(f"location.hash === document.querySelector('{MARK} a').hash")
    assert page.do("document.querySelector(location.hash) !== null")


def test_the_sentence_goes_on_behind_the_mark_without_a_new_paragraph(
    page: Page, address: str
) -> None:
    page.open(address + ITEM)
    indents = page.do(
        "[...document.querySelectorAll('.text .body')]"
        ".map((one) => parseFloat(getComputedStyle(one).textIndent))"
    )
    assert indents[0] > 0
    assert indents[1] == 0


@pytest.mark.parametrize("path", [DAY, ITEM])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, address: str, path: str, scheme: str, axe: str) -> None:
    page.prefer(prefers_color_scheme=scheme)
    page.open(address + path)
    page.do("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert found_by_axe(page, axe) == []
    small = page.do(
        "[...document.querySelectorAll('.part, .turn a')]"
        ".map((one) => one.getBoundingClientRect())"
        ".filter((box) => box.width < 24 || box.height < 24 || box.right > innerWidth).length"
    )
    assert small == 0
