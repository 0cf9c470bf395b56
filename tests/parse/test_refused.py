"""Files that hold no page are refused in one line that names the file and says what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.errors import InputError
from tingbao.parse import parse_pages

PAGE = "# 江边的桥\n\n桥在江边，已经有一百年了。\n"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.csv", "标题,正文\n江水退了,清江的水退了三尺。\n".encode(), "a table of data"),
        ("a.tsv", "标题\t正文\n".encode("gb18030"), "a table of data"),
        ("links.txt", b"http://a.example/1.htm\nhttps://a.example/2.htm\n", "a list of links"),
        (
            "links.md",
            "- [江水退了](http://a.example/1)\n- 渡船开了 http://a.example/2\n".encode(),
            "a list of links",
        ),
        ("a.url", b"[InternetShortcut]\nURL=http://a.example/1\n", "a link"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .docx"),
        ("a.rtf", b"{\\rtf1 {\\b a}}", "save it as .docx"),
    ],
)
def test_what_holds_no_page_is_refused_with_what_is_read(
    tmp_path: Path, name: str, data: bytes, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        parse_pages([path])
    message = str(raised.value)
    assert name in message
    assert what in message
    assert "Markdown, plain text, saved web pages" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "text",
    [
        PAGE + "\n更多消息见 http://a.example/1\n",
        "# 江边的桥 http://a.example/1\n\n"
        + "桥在江边，已经有一百年了，人人都走过。" * 4
        + "http://a.example/2\n",
    ],
)
def test_text_with_links_in_it_is_a_page(tmp_path: Path, text: str) -> None:
    path = tmp_path / "01.md"
    path.write_text(text, "utf-8")
    assert parse_pages([path]).articles


def test_in_a_folder_they_are_no_pages(tmp_path: Path) -> None:
    (tmp_path / "01.md").write_text(PAGE, "utf-8")
    (tmp_path / "urls.txt").write_text("http://a.example/1\nhttp://a.example/2\n", "utf-8")
    (tmp_path / "a.csv").write_text("a,b\n", "utf-8")
    assert [page.source for page in parse_pages([tmp_path]).pages] == ["01.md"]
