from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

from tingbao.audio.id3 import ChapterExtra, Tags, _syncsafe, aigc_label, id3_tag
from tingbao.errors import MediaError
from tingbao.models import Chapter

TAGS = Tags(
    title="通辽日报 2026年3月2日",
    album="通辽日报",
    artist="听报",
    date=dt.date(2026, 3, 2),
    comment="由机器合成语音播读。\n第二行",
    track=7,
    cover=b"\xff\xd8\xff\xe0picture",
    aigc=aigc_label("Tingbao", "2026-03-02/01"),
)


def chapters(count: int) -> list[Chapter]:
    return [Chapter(1000 * n, 1000 * (n + 1), f"第{n}条") for n in range(count)]


def read(tag: bytes) -> Any:
    """The tag as mutagen reads it, without translating it to v2.4."""
    reader: Any = ID3  # mutagen ships no types
    return reader(io.BytesIO(tag + bytes(4096)), translate=False)


def text(tag: Any, frame: str) -> str:
    return str(tag[frame].text[0])


def frame_names(tag: bytes) -> list[str]:
    """The frames in the order of the file."""
    names, position = [], 10
    while position < len(tag):
        names.append(tag[position : position + 4].decode("ascii"))
        position += 10 + int.from_bytes(tag[position + 4 : position + 8])
    assert position == len(tag)
    return names


def test_every_text_reads_back_as_written() -> None:
    tag = read(id3_tag(TAGS))
    assert tag.version == (2, 3, 0)
    read_back = {name: text(tag, name) for name in ("TIT2", "TALB", "TPE1", "TCON", "TLAN", "TRCK")}
    assert read_back == {
        "TIT2": "通辽日报 2026年3月2日",
        "TALB": "通辽日报",
        "TPE1": "听报",
        "TCON": "Speech",
        "TLAN": "zho",
        "TRCK": "7",
    }
    assert (text(tag, "TYER"), text(tag, "TDAT")) == ("2026", "0203")
    assert text(tag, "COMM::zho") == "由机器合成语音播读。\n第二行"


def test_texts_are_utf16_with_a_byte_order_mark() -> None:
    tag = read(id3_tag(TAGS))
    assert all(tag[name].encoding == 1 for name in ("TIT2", "TYER", "COMM::zho", "TXXX:AIGC"))
    assert b"TIT2\x00\x00\x00\x0d\x00\x00\x01\xff\xfe" in id3_tag(
        Tags("一二三四五", "", "", dt.date(2026, 3, 2))
    )


def test_the_synthetic_label_is_json_with_the_keys_of_the_standard() -> None:
    label = json.loads(text(read(id3_tag(TAGS)), "TXXX:AIGC"))["AIGC"]
    assert label["Label"] == "1"
    assert label["ContentProducer"] == "Tingbao"
    assert label["ProduceID"] == "2026-03-02/01"
    assert set(label) >= {"ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2"}


def test_the_cover_is_the_front_cover() -> None:
    picture = read(id3_tag(TAGS))["APIC:"]
    assert (picture.mime, picture.type, picture.data) == ("image/jpeg", 3, TAGS.cover)


def test_chapters_read_back_with_their_times_and_titles() -> None:
    tag = read(id3_tag(TAGS, chapters(3)))
    read_back = [
        (each.element_id, each.start_time, each.end_time, text(each.sub_frames, "TIT2"))
        for each in tag.getall("CHAP")
    ]
    assert sorted(read_back) == [
        ("chp1", 0, 1000, "第0条"),
        ("chp2", 1000, 2000, "第1条"),
        ("chp3", 2000, 3000, "第2条"),
    ]
    assert {each.start_offset for each in tag.getall("CHAP")} == {0xFFFFFFFF}


def test_one_ordered_top_level_table_lists_the_chapters() -> None:
    (table,) = read(id3_tag(TAGS, chapters(3))).getall("CTOC")
    assert table.flags == 0b11
    assert table.child_element_ids == ["chp1", "chp2", "chp3"]
    assert text(table.sub_frames, "TIT2") == "通辽日报"


def test_chapters_stand_in_the_file_in_time_order() -> None:
    tag = id3_tag(TAGS, [Chapter(0, 5, "长" * 200), Chapter(5, 9, "短"), Chapter(9, 12, "中" * 50)])
    starts = [tag.index(b"chp%d\x00" % number, tag.index(b"CHAP")) for number in (1, 2, 3)]
    assert starts == sorted(starts)
    assert frame_names(tag)[-5:] == ["CTOC", "CHAP", "CHAP", "CHAP", "APIC"]


@pytest.mark.parametrize(
    ("count", "tables"), [(1, [1]), (255, [255]), (256, [255, 2]), (600, [255, 255, 92])]
)
def test_more_chapters_than_a_table_holds_go_on_in_a_table_below_it(
    count: int, tables: list[int]
) -> None:
    tag = read(id3_tag(TAGS, chapters(count)))
    by_id = {each.element_id: each for each in tag.getall("CTOC")}
    assert [len(by_id[f"toc{n + 1}"].child_element_ids) for n in range(len(tables))] == tables
    assert [by_id[f"toc{n + 1}"].flags for n in range(len(tables))] == [3] + [1] * (len(tables) - 1)
    assert reached(by_id, "toc1") == [f"chp{n + 1}" for n in range(count)]


def reached(tables: dict[str, Any], start: str) -> list[str]:
    """The chapters of a table in the order in which a reader meets them."""
    found: list[str] = []
    for child in tables[start].child_element_ids:
        found += reached(tables, child) if child in tables else [child]
    return found


def test_a_tag_without_chapters_has_no_table() -> None:
    assert not {"CTOC", "CHAP"} & set(frame_names(id3_tag(TAGS)))


@pytest.mark.parametrize(
    "bad",
    [
        [Chapter(0, 0, "空")],
        [Chapter(-1, 5, "负")],
        [Chapter(0, 10, "一"), Chapter(9, 20, "二")],
        [Chapter(0, 1 << 32, "长")],
    ],
    ids=["no length", "negative", "overlap", "49 days"],
)
def test_chapters_that_no_player_could_show_are_refused(bad: list[Chapter]) -> None:
    with pytest.raises(MediaError, match="the chapter"):
        id3_tag(TAGS, bad)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", b"\xff\xd8"])
def test_a_cover_that_is_neither_jpeg_nor_png_is_refused(data: bytes) -> None:
    with pytest.raises(MediaError, match="the cover is neither"):
        id3_tag(Tags("t", "a", "b", dt.date(2026, 3, 2), cover=data))


def test_a_png_cover_is_reported() -> None:
    png = b"\x89PNG\r\n\x1a\n and so on"
    tag = read(id3_tag(Tags("t", "a", "b", dt.date(2026, 3, 2), cover=png)))
    assert (tag["APIC:"].mime, tag["APIC:"].data) == ("image/png", png)


ITEM = Chapter(0, 5, "第一条", "01")
PICTURE = b"\xff\xd8\xff\xe0a small picture" + bytes(3000)
EXTRA = ChapterExtra("https://example.org/2026-03-02/#01", PICTURE)


def test_a_chapter_shows_link_and_picture_of_its_item() -> None:
    tag = read(id3_tag(TAGS, [ITEM, Chapter(5, 9, "结束")], {"01": EXTRA}))
    shown = tag["CHAP:chp1"].sub_frames
    assert text(shown, "TIT2") == "第一条"
    assert shown["WXXX:chapter url"].url == EXTRA.link
    assert (shown["APIC:"].mime, shown["APIC:"].data) == ("image/jpeg", PICTURE)
    assert list(tag["CHAP:chp2"].sub_frames) == ["TIT2"]


def test_the_title_stands_first_in_a_chapter() -> None:
    tag = id3_tag(TAGS, [ITEM], {"01": EXTRA})
    chapter = tag[tag.index(b"CHAP") :]
    assert chapter.index(b"TIT2") < chapter.index(b"WXXX") < chapter.index(b"APIC")


@pytest.mark.parametrize(
    "link",
    ["https://example.org/第一条", "https://example.org/a b", "https://example.org/\n", "\0"],
)
def test_a_link_that_half_of_the_readers_would_break_on_is_refused(link: str) -> None:
    with pytest.raises(MediaError, match="is not a percent-encoded address"):
        id3_tag(TAGS, [ITEM], {"01": ChapterExtra(link)})


def test_a_chapter_picture_that_is_none_is_refused() -> None:
    with pytest.raises(MediaError, match="the chapter's picture is neither"):
        id3_tag(TAGS, [ITEM], {"01": ChapterExtra(picture=b"GIF89a")})


def test_a_tag_too_long_for_its_length_field_is_refused() -> None:
    assert _syncsafe((1 << 28) - 1) == b"\x7f\x7f\x7f\x7f"
    with pytest.raises(MediaError, match="256 MB"):
        _syncsafe(1 << 28)


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_gives_a_tag_that_reads_back_as_one_line(title: str, comment: str) -> None:
    tag = id3_tag(Tags(title, "a", "b", dt.date(2026, 3, 2), comment), [Chapter(0, 1, title)])
    frame_names(tag)
    read_back = read(tag)
    shown = text(read_back, "TIT2")
    assert len(shown) <= 255
    assert not set(shown) & set("\0\r\n")
    assert shown == text(read_back["CHAP:chp1"].sub_frames, "TIT2")


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert text(read(id3_tag(Tags("报\ud800纸", "a", "b", dt.date(2026, 3, 2)))), "TIT2") == "报?纸"
