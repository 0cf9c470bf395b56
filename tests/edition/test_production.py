"""One edition from pages to library, with a voice that hums."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from mutagen.id3 import ID3
from PIL import Image

from newsroom import PAGE, Newsroom, quick_hum
from tingbao.audio import walk_frames
from tingbao.edition.events import ArticleFinished, Event, Noticed, Planned, Published
from tingbao.errors import InputError, OutputError, SynthesisError, TransientSynthesisError
from tingbao.models import Clip
from tingbao.settings import AudioSettings, LibrarySettings, ScriptSettings, Settings
from tingbao.synthesis import Speech

pytestmark = pytest.mark.slow


def failing(word: str) -> Callable[[Speech], Clip]:
    def say(speech: Speech) -> Clip:
        if word in speech.spoken:
            raise TransientSynthesisError("the voice lost its breath")
        return quick_hum(speech)

    return say


def test_every_item_becomes_a_file_and_a_chapter_of_the_edition(newsroom: Newsroom) -> None:
    manifest = newsroom.build().manifest
    assert [one.id for one in manifest.articles] == ["01", "02", "03"]
    for article in manifest.articles:
        path = newsroom.output / "2026-03-14" / article.file
        assert article.complete
        assert path.stat().st_size == article.bytes
    chapters = {one.article: one for one in manifest.chapters}
    assert all(chapters[one.id].title == one.title for one in manifest.articles)
    assert manifest.chapters[0].start_ms == 0
    assert manifest.chapters[-1].end_ms == manifest.edition.duration_ms


def test_the_edition_holds_the_frames_of_the_items_without_their_disclosure(
    newsroom: Newsroom,
) -> None:
    manifest = newsroom.build().manifest
    folder = newsroom.output / "2026-03-14"
    edition = (folder / manifest.edition.file).read_bytes()
    for article in manifest.articles:
        with (folder / article.file).open("rb") as stream:
            frames = [frame.data for frame in walk_frames(stream)][1:]
        share = round(len(frames) * article.lead_ms / article.duration_ms)
        assert b"".join(frames[share + 1 :]) in edition
        own_ms = article.duration_ms - article.lead_ms
        assert abs(own_ms - (article.end_ms - article.start_ms)) <= 1  # each is rounded once


def test_an_unchanged_edition_is_built_again_without_speaking_and_byte_by_byte_the_same(
    newsroom: Newsroom,
) -> None:
    newsroom.build()
    before = newsroom.tree()
    newsroom.forget_receipts()
    newsroom.build()
    assert newsroom.spoken == []
    assert newsroom.tree() == before


def test_a_corrected_paragraph_is_the_only_thing_spoken_again(newsroom: Newsroom) -> None:
    first = newsroom.build().manifest
    page = newsroom.page(PAGE.replace("农资储备充足", "农资储备十分充足"))
    second = newsroom.build(page).manifest
    assert len(newsroom.spoken) == 1
    assert "十分充足" in newsroom.spoken[0]
    assert [one.guid for one in second.articles] == [one.guid for one in first.articles]
    assert second.edition.guid == first.edition.guid


def test_an_item_put_in_front_changes_no_guid_of_the_others(newsroom: Newsroom) -> None:
    first = newsroom.build().manifest
    added = "## 全民阅读活动启动\n\n本报讯(记者 赵六)全民阅读活动昨日启动。\n\n## 全市经济"
    second = newsroom.build(newsroom.page(PAGE.replace("## 全市经济", added))).manifest
    assert [one.id for one in second.articles] == ["04", "01", "02", "03"]
    assert [one.guid for one in second.articles[1:]] == [one.guid for one in first.articles]


def test_an_item_that_is_taken_away_leaves_no_file_behind(newsroom: Newsroom) -> None:
    newsroom.build()
    page = newsroom.page(PAGE[: PAGE.index("## 供水")])
    newsroom.build(page)
    assert not [name for name in newsroom.tree() if "articles/03" in name]


def test_an_item_that_cannot_be_spoken_is_named_and_the_rest_is_published(
    newsroom: Newsroom,
) -> None:
    newsroom.say = failing("农资储备")
    result = newsroom.build()
    assert result.incomplete == ("02",)
    assert [one.complete for one in result.manifest.articles] == [True, False, True]
    assert not (newsroom.output / "2026-03-14" / "articles" / "02.mp3").exists()
    assert any("春耕备耕" in cue.text for cue in result.manifest.cues if cue.role == "notice")
    assert any(isinstance(one, Noticed) and "item 02" in one.message for one in newsroom.events)


def test_what_was_missing_is_made_by_the_next_run_alone(newsroom: Newsroom) -> None:
    newsroom.say = failing("农资储备")
    newsroom.build()
    newsroom.say = quick_hum
    result = newsroom.build()
    assert result.incomplete == ()
    assert all("农资储备" in text for text in newsroom.spoken)


def test_an_unfinished_edition_goes_on_with_its_voice_though_none_is_named(
    newsroom: Newsroom,
) -> None:
    newsroom.say = failing("农资储备")
    newsroom.build()
    newsroom.say = quick_hum
    result = newsroom.build(voice="auto")
    assert result.incomplete == ()
    assert result.manifest.voice == "hum"


def test_when_no_item_can_be_spoken_nothing_is_published(newsroom: Newsroom) -> None:
    newsroom.say = failing("")
    with pytest.raises(SynthesisError, match="no item could be spoken whole"):
        newsroom.build()
    assert not any(name.endswith((".mp3", ".xml", "manifest.json")) for name in newsroom.tree())


def test_a_selection_keeps_the_printed_ids_and_never_replaces_a_full_edition(
    newsroom: Newsroom,
) -> None:
    chosen = newsroom.build(articles="2-3").manifest
    assert chosen.selection
    assert [one.id for one in chosen.articles] == ["02", "03"]
    full = newsroom.build().manifest
    assert [one.id for one in full.articles] == ["01", "02", "03"]
    assert full.articles[1].guid == chosen.articles[0].guid
    with pytest.raises(OutputError, match="holds the full edition"):
        newsroom.build(articles="1")


def test_a_library_of_another_paper_is_refused_and_left_as_it_was(newsroom: Newsroom) -> None:
    newsroom.build()
    before = newsroom.tree()
    with pytest.raises(OutputError, match="试报"):
        newsroom.build(paper="另报")
    assert newsroom.tree() == before


def test_without_a_date_anywhere_nothing_is_built(newsroom: Newsroom) -> None:
    page = newsroom.page(PAGE.replace("2026年3月14日", ""), "page.md")
    request = replace(newsroom.request(page), date=None)
    with pytest.raises(InputError, match="no date found; give --date"):
        newsroom.build(page, date=request.date)


def test_listeners_hear_the_plan_then_each_item_then_the_end(newsroom: Newsroom) -> None:
    newsroom.build()
    told = [type(one) for one in newsroom.events]
    assert told.index(Planned) < told.index(ArticleFinished) < told.index(Published)
    assert told.count(ArticleFinished) == 3


def test_each_finished_item_lies_ready_when_it_is_told(newsroom: Newsroom) -> None:
    ready: list[bool] = []

    def listen(event: Event) -> None:
        if isinstance(event, ArticleFinished):
            ready.append(event.path.stat().st_size > 0)

    newsroom.listener = listen
    newsroom.build()
    assert ready == [True, True, True]


def test_chapters_show_the_item_and_every_item_has_a_picture_of_its_own(
    newsroom: Newsroom,
) -> None:
    manifest = newsroom.build(base_url="https://example.org/listen/").manifest
    folder = newsroom.output / "2026-03-14"
    tags: Any = ID3(folder / "edition.mp3")  # type: ignore[no-untyped-call]
    shown = [frame for frame in tags.getall("CHAP") if "APIC:" in str(frame.sub_frames.keys())]
    assert len(shown) == 3
    links = [one.url for frame in shown for one in frame.sub_frames.getall("WXXX")]
    assert links == [
        f"https://example.org/listen/2026-03-14/articles/{one.id}.html" for one in manifest.articles
    ]
    assert all((folder / one.cover).stat().st_size for one in manifest.articles)


def test_a_chime_rings_between_items_and_moves_no_word_of_the_transcript(
    newsroom: Newsroom,
) -> None:
    plain = newsroom.build().manifest
    rung = newsroom.build(settings=Settings(audio=AudioSettings(chime="bell"))).manifest
    assert newsroom.spoken == []
    assert rung.edition.duration_ms > plain.edition.duration_ms
    assert len(rung.chapters) == len(plain.chapters)
    for before, after in zip(plain.articles, rung.articles, strict=True):
        first = [next(c for c in one.cues if c.article == before.id) for one in (plain, rung)]
        away = [first[0].start_ms - before.start_ms, first[1].start_ms - after.start_ms]
        assert abs(away[0] - away[1]) <= 1


def test_a_cover_of_ones_own_stands_on_edition_and_library(newsroom: Newsroom) -> None:
    picture = newsroom.folder / "own.png"
    Image.new("RGB", (1400, 1400), "navy").save(picture)
    settings = Settings(library=LibrarySettings(cover=str(picture)))
    manifest = newsroom.build(settings=settings).manifest
    for folder in (newsroom.output, newsroom.output / "2026-03-14"):
        assert (folder / manifest.cover).read_bytes() == picture.read_bytes()


def test_the_librarys_cover_shows_no_date_and_is_the_same_for_every_edition(
    newsroom: Newsroom,
) -> None:
    def of_library() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in newsroom.output.glob("cover-*")}

    newsroom.build()
    first = of_library()
    second = newsroom.build(date="2026-03-15").manifest
    assert of_library() == first
    assert len(first) == 1
    assert second.cover not in first
    assert next(iter(first)) in (newsroom.output / "feed.xml").read_text("utf-8")


def test_a_library_whose_own_cover_is_taken_away_wears_the_drawn_one_again(
    newsroom: Newsroom,
) -> None:
    newsroom.build()
    drawn = [path.name for path in newsroom.output.glob("cover-*")]
    picture = newsroom.folder / "own.png"
    Image.new("RGB", (1400, 1400), "navy").save(picture)
    newsroom.build(settings=Settings(library=LibrarySettings(cover=str(picture))))
    assert [path.suffix for path in newsroom.output.glob("cover-*")] == [".png"]
    newsroom.build()
    assert [path.name for path in newsroom.output.glob("cover-*")] == drawn


def test_a_lexicon_of_ones_own_says_and_forces_its_words(newsroom: Newsroom) -> None:
    path = newsroom.folder / "lexicon.toml"
    path.write_text('[spoken]\n"管网" = "管道网络"\n\n[pinyin]\n"张三" = "zhang1 san1"\n', "utf-8")
    settings = Settings(script=ScriptSettings(lexicon=str(path)))
    newsroom.build(settings=settings)
    assert any("供水管道网络改造完成" in text for text in newsroom.spoken)
    script = (newsroom.output / "2026-03-14" / "script.md").read_text("utf-8")
    assert "{张三}[zhang1 san1]" in script


def test_a_lexicon_with_an_impossible_syllable_is_refused_with_its_line(
    newsroom: Newsroom,
) -> None:
    path = newsroom.folder / "lexicon.toml"
    path.write_text('[pinyin]\n"张三" = "zhang1 sxn1"\n', "utf-8")
    with pytest.raises(InputError, match=r"lexicon\.toml:2"):
        newsroom.build(settings=Settings(script=ScriptSettings(lexicon=str(path))))


def test_each_kind_of_what_is_not_understood_has_one_line_with_its_count_and_place(
    newsroom: Newsroom,
) -> None:
    unknown = "各地24/6备货，안녕和안녕，又是24/5备货，农资储备充足"
    page = newsroom.page(PAGE.replace("农资储备充足", unknown))
    newsroom.build(page)
    told = [one.message for one in newsroom.events if isinstance(one, Noticed)]
    (figures,) = [line for line in told if "24/6" in line]
    (letters,) = [line for line in told if "안녕" in line]
    assert figures.startswith("2 × figures that no rule reads: “24/6” “24/5” (")
    assert letters.startswith("2 × words in foreign letters: “안녕” (")
    assert f"the first in {page.name}:" in letters


def test_the_manifest_and_the_script_say_of_each_item_what_was_not_understood(
    newsroom: Newsroom,
) -> None:
    page = newsroom.page(PAGE.replace("农资储备充足", "安徽안녕，农资储备充足"))
    newsroom.build(page)
    edition = newsroom.output / "2026-03-14"
    items = json.loads((edition / "manifest.json").read_bytes())["articles"]
    (unread,) = [one for item in items for one in item["unread"]]
    assert (unread["text"], unread["kind"]) == ("안녕", "foreign letters")
    assert (unread["done"], unread["page"]) == ("a stand-in is said", 1)
    assert page.read_text("utf-8").splitlines()[unread["line"] - 1].count("안녕")
    assert "안녕" in unread["near"]
    script = (edition / "script.md").read_text("utf-8").splitlines()
    (place,) = [at for at, line in enumerate(script) if line.startswith("  # not read: 안녕 (")]
    assert "안녕" in script[place - 1]


def test_the_manifest_says_what_the_contract_asks_for(newsroom: Newsroom) -> None:
    newsroom.build()
    manifest = json.loads((newsroom.output / "2026-03-14" / "manifest.json").read_bytes())
    assert {"id", "date", "paper", "voice", "engine", "selection", "articles", "skipped"} <= set(
        manifest
    )
    assert {"file", "bytes", "duration_ms", "sha256", "guid"} <= set(manifest["edition"])
    assert {
        "id", "title", "kind", "pages", "order", "start_ms", "end_ms", "duration_ms", "file",
        "bytes", "sha256", "guid", "complete",
    } <= set(manifest["articles"][0])  # fmt: skip
