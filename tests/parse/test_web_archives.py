"""Web pages saved as one file (MHTML)."""

from __future__ import annotations

import base64
import datetime as dt
import quopri
from pathlib import Path

import pytest
from epapers import article_file, page_file

from tingbao.errors import InputError
from tingbao.models import Edition
from tingbao.parse import parse_pages

ADDRESS = "http://epaper.example.com/html/2026-03/14/content_1.htm"
ARTICLE = article_file("渡口今早开航", "<p>渡口今天早上六点开航。</p><p>票价两元。</p>")
FRAME = "<html><body><p>这里是一则广告，欢迎选购本店的各种商品。</p></body></html>"


def part(page: str, address: str, encoding: str, charset: str = "utf-8") -> str:
    data = page.encode(charset)
    coded = base64.encodebytes(data) if encoding == "base64" else quopri.encodestring(data)
    return (
        f"Content-Type: text/html\nContent-Transfer-Encoding: {encoding}\n"
        f"Content-Location: {address}\n\n{coded.decode('ascii')}\n"
    )


def archive(*parts: str, address: str = ADDRESS, end: str = "--=_B--\n") -> bytes:
    head = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {address}\n"
        "Date: Sat, 14 Mar 2026 08:00:00 +0800\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="=_B"\n\n\n'
    )
    return (head + "".join(f"--=_B\n{one}" for one in parts) + end).encode("ascii")


def read(path: Path, data: bytes) -> Edition:
    path.write_bytes(data)
    return parse_pages([path])


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "saved"])
def test_the_page_inside_is_read_like_a_saved_page(
    tmp_path: Path, name: str, charset: str, encoding: str, newline: bytes
) -> None:
    page = ARTICLE.replace("utf-8", charset)
    data = archive(part(page, ADDRESS, encoding, charset)).replace(b"\n", newline)
    (article,) = read(tmp_path / name, data).articles
    assert article.title == "渡口今早开航"
    assert [p.text for p in article.paragraphs] == ["渡口今天早上六点开航。", "票价两元。"]


def test_of_several_pages_the_one_that_was_saved_is_read(tmp_path: Path) -> None:
    frame = part(FRAME, "http://ads.example.com/frame.html", "base64")
    main = part(ARTICLE, ADDRESS, "quoted-printable")
    for parts in ((frame, main), (main, frame)):
        (article,) = read(tmp_path / "a.mhtml", archive(*parts)).articles
        assert article.title == "渡口今早开航"


def test_the_first_of_several_pages_is_read_where_no_address_says_which(tmp_path: Path) -> None:
    pages = part(ARTICLE, "a.html", "base64"), part(FRAME, "b.html", "base64")
    (article,) = read(tmp_path / "a.mhtml", archive(*pages, address="")).articles
    assert article.title == "渡口今早开航"


def test_the_address_that_it_was_saved_from_gives_the_date(tmp_path: Path) -> None:
    text = "<p>渡口今天早上六点开航，头班船坐满了人，票价两元。</p>"
    page = f"<html><body><h1>渡口今早开航</h1>{text}</body></html>"
    edition = read(tmp_path / "a.mhtml", archive(part(page, ADDRESS, "base64")))
    assert edition.date == dt.date(2026, 3, 14)


def test_a_page_file_finds_its_article_saved_in_the_same_way(tmp_path: Path) -> None:
    address = ADDRESS.replace("content_1.htm", "node_2.htm")
    page = page_file("02", "要闻", [("content_1.htm", "渡口今早开航")])
    (tmp_path / "b.mhtml").write_bytes(archive(part(ARTICLE, ADDRESS, "base64")))
    (tmp_path / "a.mhtml").write_bytes(archive(part(page, address, "base64"), address=address))
    edition = parse_pages([tmp_path])
    assert [article.title for article in edition.articles] == ["渡口今早开航"]
    assert edition.warnings == ()


WHOLE = archive(part(ARTICLE, ADDRESS, "quoted-printable"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WHOLE[: len(WHOLE) - 200], id="cut in the page"),
        pytest.param(archive(part("", ADDRESS, "base64")), id="empty page"),
        pytest.param(archive("Content-Type: image/png\n\nabc\n"), id="no page"),
        pytest.param(WHOLE.replace(b'boundary="=_B"', b'x="y"'), id="no boundary"),
        pytest.param(WHOLE.replace(b"--=_B", b"--=_C"), id="another boundary"),
    ],
)
def test_a_damaged_archive_is_refused_in_one_plain_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError, match="save the page again") as raised:
        read(tmp_path / "a.mhtml", data)
    assert "\n" not in str(raised.value)
    assert "a.mhtml" in str(raised.value)


def test_archives_within_archives_are_refused_or_read_but_never_break_off(tmp_path: Path) -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(2000)
    )
    with pytest.raises(InputError):
        read(tmp_path / "a.mhtml", b"MIME-Version: 1.0\n" + nested)
