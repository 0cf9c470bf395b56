"""The listening pages in a real browser, over a real server, with real sound."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chromium import Chromium, Page
from libraries import DATE, ITEMS
from servers import running

pytestmark = pytest.mark.browser

DAY = f"{DATE.isoformat()}/"
AUDIO = "document.querySelector('audio')"
NOW = f"{AUDIO}.currentTime"
PLAYING = f"!{AUDIO}.paused && {NOW} > 0"


@pytest.fixture(scope="module")
def library(two_day_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(two_day_library, tmp_path_factory.mktemp("listening") / "library"))


@pytest.fixture(scope="module")
def address(library: Path, browser: Chromium) -> Iterator[str]:
    assert browser
    with running(library) as address:
        yield address


@pytest.fixture
def page(browser: Chromium) -> Iterator[Page]:
    with browser.page() as page:
        yield page
        assert page.complaints() == []


@pytest.fixture
def edition(page: Page, address: str) -> Page:
    page.open(address + DAY)
    page.until(f"{AUDIO}.readyState >= 1")
    return page


def seek(page: Page, seconds: float) -> None:
    page.do(f"{NOW} = {seconds}")
    page.until(f"!{AUDIO}.seeking")


def heard(page: Page) -> str:
    return str(page.do("document.querySelector('.heard')?.textContent ?? ''"))


def current(page: Page) -> str:
    return str(page.do("document.querySelector('[aria-current]')?.id ?? ''"))


def start_of(page: Page, item: str) -> float:
    return float(page.do(f"document.getElementById('{item}').dataset.start"))


def test_nothing_plays_or_is_marked_before_the_listener_asks(edition: Page) -> None:
    assert edition.do(f"{AUDIO}.paused && !{AUDIO}.autoplay && {NOW} === 0")
    assert (heard(edition), current(edition)) == ("", "")


def test_the_button_plays_and_pauses_and_says_which(edition: Page) -> None:
    label = "document.querySelector('.toggle').getAttribute('aria-label')"
    assert edition.do(label) == "播放"
    edition.click(".toggle")
    edition.until(PLAYING)
    edition.until(f"{label} === '暂停'")
    edition.click(".toggle")
    edition.until(f"{label} === '播放'")
    assert edition.do(f"{AUDIO}.paused")


def test_the_whole_length_is_known_and_its_last_second_can_be_reached(edition: Page) -> None:
    told = float(edition.do("document.querySelector('[data-player]').dataset.duration"))
    length = float(edition.do(f"{AUDIO}.duration"))
    assert abs(length - told) < 0.06
    seek(edition, length - 0.5)
    edition.do(f"{AUDIO}.play()")
    edition.until(f"{AUDIO}.ended")
    assert current(edition).startswith("at-"), "the closer is heard last"


def test_a_click_on_an_item_plays_from_its_first_word(edition: Page) -> None:
    edition.click("#item-02 .go")
    edition.until(PLAYING)
    start = start_of(edition, "item-02")
    assert edition.do(NOW) >= start - 0.01
    edition.until("document.querySelector('[aria-current]')?.id === 'item-02'")
    assert edition.do("document.querySelector('[data-now]').textContent") == ITEMS[1][0]


def test_the_text_opens_with_the_voice_and_follows_it(edition: Page) -> None:
    edition.click("#item-02 .go")
    edition.until("document.querySelector('#item-02 details').open")
    edition.until("document.querySelector('.heard')?.closest('.text') !== null")
    assert heard(edition) in ITEMS[1][1]
    edition.click("#item-03 .go")
    edition.until("document.querySelector('#item-03 details').open")
    assert not edition.do("document.querySelector('#item-02 details').open")


def test_what_is_heard_is_brought_into_view_above_the_player(
    browser: Chromium, address: str
) -> None:
    with browser.page(320, 480) as page:
        page.prefer(prefers_reduced_motion="reduce")
        page.open(address + DAY)
        page.until(f"{AUDIO}.readyState >= 1")
        seek(page, start_of(page, "item-03") + 0.5)
        page.press(" ")
        page.until(PLAYING)
        page.until(
            "(() => { const box = document.querySelector('.heard').getBoundingClientRect();"
            "const top = document.querySelector('.player').getBoundingClientRect().top;"
            "return box.top >= 0 && box.bottom <= top; })()"
        )


def test_a_text_that_the_reader_opened_stays_open(edition: Page) -> None:
    edition.click("#item-01 summary")
    edition.click("#item-01 .go")
    edition.until(PLAYING)
    edition.click("#item-03 .go")
    edition.until("document.querySelector('#item-03 details').open")
    assert edition.do("document.querySelector('#item-01 details').open")


def test_text_follows_only_while_the_reader_wants_it(edition: Page) -> None:
    edition.click("[data-follow]")
    edition.click("#item-02 .go")
    edition.until("document.querySelector('.heard') !== null")
    assert not edition.do("document.querySelector('#item-02 details').open")


def test_a_click_on_a_phrase_goes_there(edition: Page) -> None:
    edition.click("#item-03 summary")
    edition.click("#item-03 .text p span")
    edition.until(PLAYING)
    start = float(edition.do("document.querySelector('#item-03 .text p span').dataset.t"))
    assert edition.do(NOW) >= start - 0.01
    edition.until("document.querySelector('#item-03 .text .heard') !== null")


def test_next_and_previous_go_from_item_to_item(edition: Page) -> None:
    edition.click("[data-act=next]")
    edition.until("document.querySelector('[aria-current]')?.id.startsWith('at-')")
    edition.click("[data-act=next]")
    edition.until("document.querySelector('[aria-current]')?.id === 'item-01'")
    edition.click("[data-act=next]")
    edition.until("document.querySelector('[aria-current]')?.id === 'item-02'")
    edition.click("[data-act=previous]")
    edition.until("document.querySelector('[aria-current]')?.id === 'item-01'")
    seek(edition, start_of(edition, "item-01") + 4)
    edition.click("[data-act=previous]")
    assert edition.do(NOW) == pytest.approx(start_of(edition, "item-01"), abs=0.05)


def test_everything_can_be_done_with_the_keyboard_alone(edition: Page) -> None:
    edition.press(" ")
    edition.until(PLAYING)
    edition.press(" ")
    edition.until(f"{AUDIO}.paused")
    seek(edition, 0)
    edition.press("ArrowRight", shift=True)
    edition.press("ArrowRight", shift=True)
    edition.until("document.querySelector('[aria-current]')?.id === 'item-01'")
    edition.press("ArrowDown", shift=True)
    edition.until("document.querySelector('#item-01 .text .heard') !== null")
    edition.press("ArrowUp", shift=True)
    edition.until("document.querySelector('#item-01 .go').classList.contains('heard')")
    edition.press("ArrowLeft")
    assert edition.do(NOW) == 0
    edition.press("ArrowRight")
    assert edition.do(NOW) > 15


def test_the_focus_reaches_every_control_is_seen_and_never_lies_under_the_player(
    browser: Chromium, address: str
) -> None:
    with browser.page(320, 640) as page:
        page.open(address + DAY)
        wanted = page.do(
            "[...document.querySelectorAll('a[href], button, input, select, summary')]"
            ".filter((one) => one.checkVisibility() && one.tabIndex >= 0).length"
        )
        seen = set()
        for _ in range(int(wanted)):
            page.press("Tab")
            place = page.do(
                "(() => { const one = document.activeElement;"
                "const box = one.getBoundingClientRect();"
                "const top = document.querySelector('.player').getBoundingClientRect().top;"
                "const style = getComputedStyle(one);"
                "return [[...document.querySelectorAll('*')].indexOf(one),"
                " one.closest('.player') !== null || box.bottom <= top + 1,"
                " style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]; })()"
            )
            seen.add(place[0])
            assert place[1:] == [True, True], place
        assert len(seen) == wanted


def test_arrow_keys_in_the_slider_move_the_slider(edition: Page) -> None:
    edition.do("document.querySelector('[data-seek]').focus()")
    edition.press("ArrowRight")
    edition.press("ArrowRight")
    edition.until(f"{NOW} === 2")
    assert edition.do("document.querySelector('[data-seek]').getAttribute('aria-valuetext')") == (
        "0分2秒，共0分17秒"
    )


def test_the_page_goes_on_where_the_listener_left_and_can_begin_again(
    edition: Page, address: str
) -> None:
    seek(edition, 9)
    edition.click(".toggle")
    edition.until(f"{NOW} > 9.1")
    edition.click(".toggle")
    edition.until(f"{AUDIO}.paused")
    edition.open(address)
    edition.open(address + DAY)
    edition.until(f"{NOW} > 9")
    assert edition.do(f"{AUDIO}.paused")
    assert edition.do("document.querySelector('[data-resumed]').textContent").split()[0] == (
        "已回到上次听到的"
    )
    edition.click("[data-act=restart]")
    assert edition.do(NOW) == 0


def test_each_edition_and_item_remembers_a_place_of_its_own(edition: Page, address: str) -> None:
    seek(edition, 9)
    edition.do(f"{AUDIO}.play()")
    edition.until(PLAYING)
    edition.open(address + "2026-03-15/")
    assert edition.do(NOW) == 0
    edition.open(address + DAY + "articles/01.html")
    assert edition.do(NOW) == 0


def test_the_speed_is_kept_from_page_to_page(edition: Page, address: str) -> None:
    edition.do(
        "(() => { const speed = document.querySelector('[data-speed]'); speed.value = '1.5';"
        "speed.dispatchEvent(new Event('change')); })()"
    )
    assert edition.do(f"{AUDIO}.playbackRate") == 1.5
    edition.open(address + DAY + "articles/01.html")
    assert edition.do(f"{AUDIO}.playbackRate") == 1.5
    assert edition.do("document.querySelector('[data-speed]').value") == "1.5"


def test_a_link_to_an_item_is_ready_there(page: Page, address: str) -> None:
    page.open(address + DAY + "#item-03")
    page.until(f"{NOW} > 0")
    assert page.do(NOW) == pytest.approx(start_of(page, "item-03"), abs=0.05)
    assert page.do(f"{AUDIO}.paused")


def test_the_lock_screen_is_told_what_is_heard(edition: Page) -> None:
    edition.click("#item-01 .go")
    edition.until("navigator.mediaSession.playbackState === 'playing'")
    told = edition.do(
        "(({title, artist, album, artwork}) => ({title, artist, album, cover: artwork[0].src}))"
        "(navigator.mediaSession.metadata)"
    )
    assert told["title"] == ITEMS[0][0]
    assert told["artist"] == "试报"
    assert "2026年3月14日" in told["album"]
    assert told["cover"].endswith(".jpg")


def test_an_items_page_plays_and_follows_its_own_file(page: Page, address: str) -> None:
    page.open(address + DAY + "articles/02.html")
    page.until(f"{AUDIO}.readyState >= 1")
    page.click(".toggle")
    page.until("document.querySelector('h1').classList.contains('heard')")
    page.click(".text .body span")
    page.until("document.querySelector('.text .body .heard') !== null")


def test_an_audio_file_that_is_not_there_is_reported_in_words(
    browser: Chromium, library: Path, address: str
) -> None:
    sound = library / DAY / "articles" / "03.mp3"
    kept = sound.read_bytes()
    sound.unlink()
    try:
        with browser.page() as page:
            page.open(address + DAY + "articles/03.html")
            page.until("!document.querySelector('[data-error]').hidden")
            assert "无法播放" in page.do("document.querySelector('[role=alert]').textContent")
    finally:
        sound.write_bytes(kept)


@pytest.mark.parametrize("path", ["", DAY, DAY + "articles/01.html"])
def test_no_page_asks_any_other_server_for_anything(page: Page, address: str, path: str) -> None:
    page.open(address + path)
    hosts = {urlsplit(url).netloc for url in page.requested() if url.startswith("http")}
    assert hosts == {urlsplit(address).netloc}


@pytest.mark.parametrize("path", ["", DAY, DAY + "articles/01.html"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_ever_wider_than_the_screen(
    browser: Chromium, address: str, path: str, width: int
) -> None:
    with browser.page(width, 700) as page:
        page.open(address + path)
        assert page.do("document.documentElement.scrollWidth") <= width
        outside = page.do(
            "[...document.querySelectorAll('a, button, input, select, summary, .now')]"
            ".filter((one) => one.checkVisibility() && !one.matches('.skip'))"
            ".map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().right])"
            f".filter(([, right]) => right > {width})"
        )
        assert outside == []


def test_podcast_links_have_the_address_under_which_the_page_is_seen(
    page: Page, address: str
) -> None:
    page.open(address + DAY)
    links = page.do("[...document.querySelectorAll('[data-feed]')].map((link) => link.href)")
    host = urlsplit(address).netloc
    assert links[:2] == [f"podcast://{host}/feed.xml", f"feed://{host}/feed.xml"]
    assert links[2:] == [f"podcast://{host}/articles.xml", f"feed://{host}/articles.xml"]


def test_without_javascript_everything_is_there_as_plain_links(
    browser: Chromium, address: str
) -> None:
    with browser.page(390, 800) as page:
        page.without_javascript()
        page.open(address + DAY)
        assert page.do(f"{AUDIO}.controls && {AUDIO}.checkVisibility()")
        assert not page.do("document.querySelector('.controls').checkVisibility()")
        link = page.do("document.querySelector('#item-02 .go').getAttribute('href')")
        assert link == f"edition.mp3#t={start_of(page, 'item-02')}"
        page.click("#item-02 summary")
        assert page.do("document.querySelector('#item-02 .text p').checkVisibility()")
        feed = page.do("document.querySelector('[data-feed]').href")
        assert feed == f"{address}feed.xml"


def test_the_pages_work_from_a_disk_without_any_server(page: Page, library: Path) -> None:
    page.open((library / DAY / "index.html").as_uri())
    page.until(f"{AUDIO}.readyState >= 1")
    page.click("#item-01 .go")
    page.until(PLAYING)


def test_dark_and_light_are_what_the_system_prefers(page: Page, address: str) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page.prefer(prefers_color_scheme=scheme)
        page.open(address)
        shades.append(page.do("getComputedStyle(document.documentElement).backgroundColor"))
    assert shades == ["rgb(250, 246, 236)", "rgb(23, 20, 17)"]


def test_pictures_of_all_pages_can_be_kept_for_people(
    page: Page, address: str, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("TINGBAO_PICTURES") or tmp_path)
    for name, path in (("library", ""), ("edition", DAY), ("item", f"{DAY}articles/01.html")):
        page.open(address + path)
        page.picture(folder / f"{name}.png")
        assert (folder / f"{name}.png").stat().st_size > 10_000
