"""Files and folders as people have them: encodings, names, order, and what cannot be used."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from epapers import article_file, flat_paper, put

from tingbao.errors import InputError
from tingbao.parse import date_of_name, follow_links, parse_pages, read_files
from tingbao.parse.sources.inputs import LARGEST_BYTES, label_of_name

PAGE = """# 通辽日报

2026年3月15日 星期日 第12345期

## 市政府召开常务会议

本报讯（记者 王晨）3月13日，市政府召开常务会议，研究春耕生产有关工作。会议强调，要不误农时。

## 首趟旅游专列抵达

本报讯（记者 李明）3月14日，今年首趟旅游专列抵达我市，六百名游客开始了草原之旅。
"""
TRADITIONAL = PAGE.translate(
    str.maketrans("辽报会议讯记务产关调误农时晨旅游专达", "遼報會議訊記務產關調誤農時晨旅遊專達")
)


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def message(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        parse_pages([path])
    text = str(raised.value)
    assert text.count("\n") <= 1
    assert str(path) in text or path.name in text
    return text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_a_page_reads_alike_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    edition = parse_pages([write(tmp_path, "a.md", PAGE.encode(encoding))])
    assert [article.title for article in edition.articles] == [
        "市政府召开常务会议",
        "首趟旅游专列抵达",
    ]


def test_big5_is_known_from_gb18030_and_comes_out_simplified(tmp_path: Path) -> None:
    edition = parse_pages([write(tmp_path, "a.txt", TRADITIONAL.encode("big5", "ignore"))])
    assert edition.articles[1].title == "首趟旅游专列抵达"
    assert edition.paper == "通辽日报"


def test_windows_line_ends_and_invisible_characters_leave_no_trace(tmp_path: Path) -> None:
    text = PAGE.replace("\n", "\r\n").replace("市政府", "市\u200b政府").replace("，", "，\u00a0")
    edition = parse_pages([write(tmp_path, "a.md", text)])
    assert edition.articles[0].title == "市政府召开常务会议"


def test_the_masthead_gives_paper_date_and_issue(tmp_path: Path) -> None:
    edition = parse_pages([write(tmp_path, "a.md", PAGE)])
    assert (edition.paper, edition.date, edition.issue) == (
        "通辽日报",
        dt.date(2026, 3, 15),
        "12345",
    )


def test_a_folder_is_read_in_natural_order_with_labels_from_names(tmp_path: Path) -> None:
    for name in ("10.md", "2.md", "1.md", "notes.csv", ".hidden.md"):
        write(tmp_path, name, PAGE)
    edition = parse_pages([tmp_path])
    assert [(page.source, page.label.printed) for page in edition.pages] == [
        ("1.md", "1"),
        ("2.md", "2"),
        ("10.md", "10"),
    ]


def test_files_keep_the_order_they_were_given_in(tmp_path: Path) -> None:
    paths = [write(tmp_path, name, PAGE) for name in ("b.md", "a.md")]
    assert [page.source for page in parse_pages(paths).pages] == ["b.md", "a.md"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "no such file" in message(tmp_path / "missing.md")


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_an_empty_file_is_named(tmp_path: Path, data: bytes) -> None:
    assert "empty" in message(write(tmp_path, "a.md", data))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n" + bytes(100), "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG picture"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_a_binary_file_is_called_what_it_is(tmp_path: Path, data: bytes, what: str) -> None:
    assert what in message(write(tmp_path, "a.md", data))


def test_broken_text_names_the_encoding_it_looks_like_and_the_line(tmp_path: Path) -> None:
    data = PAGE.encode() * 3
    broken = data[:400] + b"\xff" + data[400:]
    text = message(write(tmp_path, "a.md", broken))
    assert "looks like UTF-8" in text
    assert f"a.md:{broken[:400].count(10) + 1}:" in text


def test_broken_gb18030_says_so(tmp_path: Path) -> None:
    data = PAGE.encode("gb18030") + b"\x81"
    assert "looks like GB18030" in message(write(tmp_path, "a.txt", data))


def test_a_page_without_an_item_is_reported(tmp_path: Path) -> None:
    assert "no article found" in message(write(tmp_path, "a.md", "# 通辽日报\n\n2026年3月15日\n"))


def test_a_page_of_which_all_is_left_out_says_as_what(tmp_path: Path) -> None:
    page = "# 通辽日报\n\n2026年3月15日\n\n## 招商广告\n\n旺铺出租，联系电话13800000000。\n"
    reported = message(write(tmp_path, "a.md", page))
    assert re.search(
        r"a\.md: no article found; all .* left out as advert \(\d+\), masthead \(\d+\)", reported
    )


def test_a_page_in_another_language_is_reported(tmp_path: Path) -> None:
    page = "## Spring\n\nThe farmers were busy in the fields, and all went well.\n"
    assert "no article in Chinese found" in message(write(tmp_path, "a.md", page))


def test_a_folder_without_pages_is_reported(tmp_path: Path) -> None:
    assert "no page file" in message(tmp_path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_BYTES + 1)
    assert "more than a page can hold" in message(path)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2026-03-15.md", dt.date(2026, 3, 15)),
        ("20260315-A01.md", dt.date(2026, 3, 15)),
        ("2026年3月5日/01.md", dt.date(2026, 3, 5)),
        ("2026/03/15/01.md", dt.date(2026, 3, 15)),
        ("rmrb_2026_3_15_02.txt", dt.date(2026, 3, 15)),
        ("20261332.md", None),
        ("front-page.md", None),
    ],
)
def test_a_date_is_found_in_the_name_of_file_or_folder(name: str, date: dt.date | None) -> None:
    assert date_of_name(Path(name)) == date


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("A02.txt", "A02"),
        ("01.md", "01"),
        ("2026-03-15-03.md", "03"),
        ("page3.md", "3"),
        ("第02版.md", "02"),
        ("20260315.md", None),
        ("covid19.md", None),
    ],
)
def test_a_page_label_is_found_in_the_name(name: str, label: str | None) -> None:
    assert label_of_name(Path(name)) == label


def test_characters_that_an_earlier_program_lost_are_reported(tmp_path: Path) -> None:
    page = PAGE.replace("常务会议，", "常务会\ufffd\ufffd，")
    (warning,) = parse_pages([write(tmp_path, "a.md", page)]).warnings
    assert warning.message.startswith("2 unreadable characters")


def test_what_was_read_is_what_is_parsed_whatever_becomes_of_the_files(tmp_path: Path) -> None:
    (page,) = flat_paper(tmp_path)
    wanted = parse_pages([page])
    sources = follow_links(read_files([page]))
    for path in tmp_path.iterdir():
        path.write_text("改过的文字", "utf-8")
    assert [file.path.name for file in sources.linked] == ["content_11.html", "content_12.html"]
    assert parse_pages(sources) == wanted


def test_the_digest_covers_the_files_that_a_page_leads_to_and_not_their_order(
    tmp_path: Path,
) -> None:
    (page,) = flat_paper(tmp_path)
    alone = read_files([page])
    sources = follow_links(alone)
    files = sorted(tmp_path.iterdir())
    assert alone.digest != sources.digest
    assert read_files(files).digest == read_files(files[::-1]).digest == sources.digest
    put(tmp_path / "content_12.html", article_file("另一条新闻", "<p>天气变了。</p>"))
    assert follow_links(read_files([page])).digest != sources.digest
