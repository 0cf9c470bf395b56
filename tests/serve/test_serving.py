"""The server, asked over real sockets."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import random
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from libraries import info, manifest, shelve
from servers import running
from tingbao import files
from tingbao.publish import render, with_base_url

pytestmark = pytest.mark.slow

SOUND = random.Random(3).randbytes(300_000)
DAY = "2026-03-14"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shelve(tmp_path_factory.mktemp("served"), manifest())
    render(folder)
    (folder / DAY / "edition.mp3").write_bytes(SOUND)
    (folder / "empty.mp3").write_bytes(b"")
    (folder / ".hidden").write_text("hidden")
    (folder.parent / "secret.txt").write_text("outside")
    return folder


@pytest.fixture(scope="module")
def address(library: Path) -> Iterator[str]:
    with running(library) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False, timeout=300) as client:
        yield client


def test_head_tells_what_get_would_send_without_a_body(client: httpx.Client) -> None:
    for path in (f"/{DAY}/edition.mp3", "/feed.xml", "/"):
        got, told = client.get(path), client.head(path)
        assert told.status_code == 200
        assert told.content == b""
        assert told.headers["content-length"] == str(len(got.content))
        for name in ("content-type", "etag", "last-modified"):
            assert told.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("wanted", "start", "part"),
    [
        ("bytes=0-99", 0, SOUND[:100]),
        ("bytes=299990-", 299_990, SOUND[-10:]),
        ("bytes=-7", 299_993, SOUND[-7:]),
        ("bytes=299999-999999", 299_999, SOUND[-1:]),
        ("bytes=0-9,900000-", 0, SOUND[:10]),
    ],
)
def test_a_range_is_answered_with_exactly_its_bytes(
    client: httpx.Client, wanted: str, start: int, part: bytes
) -> None:
    got = client.get(f"/{DAY}/edition.mp3", headers={"Range": wanted})
    assert got.status_code == 206
    assert got.content == part
    assert got.headers["content-length"] == str(len(part))
    assert got.headers["content-range"] == f"bytes {start}-{start + len(part) - 1}/{len(SOUND)}"


def test_several_ranges_come_in_several_parts(client: httpx.Client) -> None:
    got = client.get(f"/{DAY}/edition.mp3", headers={"Range": "bytes=0-9,100-109"})
    assert got.status_code == 206
    assert got.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert len(got.content) == int(got.headers["content-length"])
    assert SOUND[:10] in got.content
    assert SOUND[100:110] in got.content


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        (f"{DAY}/edition.mp3", "bytes=300000-"),
        (f"{DAY}/edition.mp3", "bytes=-0"),
        ("empty.mp3", "bytes=0-"),
    ],
)
def test_a_range_beyond_the_end_cannot_be_had(client: httpx.Client, file: str, wanted: str) -> None:
    got = client.get(f"/{file}", headers={"Range": wanted})
    assert got.status_code == 416
    assert got.headers["content-range"].startswith("bytes */")


@pytest.mark.parametrize("wanted", ["bytes=9-3", "bytes=x", "lines=1-2", "bytes"])
def test_a_range_that_makes_no_sense_is_ignored(client: httpx.Client, wanted: str) -> None:
    got = client.get(f"/{DAY}/edition.mp3", headers={"Range": wanted})
    assert (got.status_code, len(got.content)) == (200, len(SOUND))


def test_head_knows_no_ranges(client: httpx.Client) -> None:
    assert client.head(f"/{DAY}/edition.mp3", headers={"Range": "bytes=0-9"}).status_code == 200


def test_if_range_gives_a_part_of_the_same_file_and_the_whole_of_another(
    client: httpx.Client,
) -> None:
    path, wanted = f"/{DAY}/edition.mp3", {"Range": "bytes=5-9"}
    told = client.head(path).headers
    for validator in (told["etag"], told["last-modified"]):
        assert client.get(path, headers={**wanted, "If-Range": validator}).status_code == 206
    for other in ('"other"', f"W/{told['etag']}", "Mon, 01 Jan 2001 00:00:00 GMT"):
        assert client.get(path, headers={**wanted, "If-Range": other}).status_code == 200


@pytest.mark.parametrize("path", [f"/{DAY}/edition.mp3", "/feed.xml", "/", f"/{DAY}/chapters.json"])
def test_what_a_client_has_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    told = client.get(path).headers
    for name, value in (
        ("If-None-Match", told["etag"]),
        ("If-None-Match", f'"x", W/{told["etag"]}'),
        ("If-None-Match", "*"),
        ("If-Modified-Since", told["last-modified"]),
        ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"),
    ):
        got = client.get(path, headers={name: value})
        assert (got.status_code, got.content) == (304, b"")
        assert got.headers["etag"] == told["etag"]
    for name, value in (
        ("If-None-Match", '"other"'),
        ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"),
        ("If-Modified-Since", "yesterday"),
    ):
        assert client.get(path, headers={name: value}).status_code == 200


def test_a_changed_file_has_another_validator(tmp_path: Path) -> None:
    folder = shelve(tmp_path / "library", manifest())
    render(folder)
    sound = folder / DAY / "edition.mp3"
    sound.write_bytes(b"one")
    with (
        running(folder) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=300) as client,
    ):
        tag = client.head(f"/{DAY}/edition.mp3").headers["etag"]
        sound.write_bytes(b"two")
        os.utime(sound, ns=(0, 0))
        got = client.get(f"/{DAY}/edition.mp3", headers={"If-None-Match": tag})
    assert (got.status_code, got.content) == (200, b"two")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/rss+xml"),
        ("/articles.xml", "application/rss+xml"),
        (f"/{DAY}/edition.mp3", "audio/mpeg"),
        (f"/{DAY}/transcript.vtt", "text/vtt; charset=utf-8"),
        (f"/{DAY}/transcript.srt", "application/x-subrip"),
        (f"/{DAY}/transcript.json", "application/json"),
        (f"/{DAY}/transcript.txt", "text/plain; charset=utf-8"),
        (f"/{DAY}/chapters.json", "application/json+chapters"),
        (f"/{DAY}/articles/01.vtt", "text/vtt; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        (f"/{DAY}/", "text/html; charset=utf-8"),
        ("/assets/listen.js", "text/javascript; charset=utf-8"),
        ("/assets/listen.css", "text/css; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ],
)
def test_every_file_has_its_exact_type(client: httpx.Client, path: str, kind: str) -> None:
    got = client.get(path)
    assert (got.status_code, got.headers["content-type"]) == (200, kind)
    assert got.headers["x-content-type-options"] == "nosniff"


def test_what_players_fetch_may_be_read_from_other_origins_and_pages_may_not(
    client: httpx.Client,
) -> None:
    of_an_edition = ("transcript.vtt", "chapters.json", "articles/01.srt", "edition.mp3")
    for path in ("/feed.xml", "/articles.xml", *(f"/{DAY}/{name}" for name in of_an_edition)):
        assert client.get(path).headers["access-control-allow-origin"] == "*"
        asked = client.options(path, headers={"Access-Control-Request-Headers": "range"})
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-headers"] == "Range"
    for path in ("/", f"/{DAY}/", "/assets/listen.css"):
        assert "access-control-allow-origin" not in client.get(path).headers


def test_pages_may_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    assert "default-src 'none'" in client.get("/").headers["content-security-policy"]


def test_feeds_and_chapters_have_the_address_that_the_client_used(
    client: httpx.Client, address: str
) -> None:
    there = client.get("/feed.xml", headers={"Host": "radio.local:9000"})
    assert f'url="http://radio.local:9000/{DAY}/edition.mp3"' in there.text
    assert "127.0.0.1" not in there.text
    assert f'url="{address}{DAY}/edition.mp3"' in client.get("/feed.xml").text
    chapters = client.get(f"/{DAY}/chapters.json", headers={"Host": "[fe80::1]:9000"}).json()
    assert chapters["chapters"][2]["url"] == f"http://[fe80::1]:9000/{DAY}/articles/01.html"
    assert there.headers["etag"] != client.get("/feed.xml").headers["etag"]
    feeds = client.get("/feeds.opml", headers={"Host": "radio.local:9000"})
    assert 'xmlUrl="http://radio.local:9000/feed.xml"' in feeds.text
    assert feeds.headers["content-type"].startswith("text/x-opml")
    assert feeds.headers["access-control-allow-origin"] == "*"


def test_a_published_library_is_readable_from_its_own_server_too(tmp_path: Path) -> None:
    public = with_base_url(info(), "https://example.org/paper/")
    folder = shelve(tmp_path, manifest(), about=public)
    render(folder)
    with running(folder) as address:
        feed = httpx.get(f"{address}feed.xml", trust_env=False, timeout=300).text
    assert f"{address}{DAY}/edition.mp3" in feed
    assert "https://example.org" not in feed
    assert str(public.podcast_guid) in feed, "its identity stays"


@pytest.mark.parametrize("host", ["", "a b", "<script>", "a/b", "x@y", "[::1", "a:port", 'a"'])
def test_a_host_that_is_no_address_is_refused(address: str, host: str) -> None:
    status, body = ask(address, "GET", "/feed.xml", {"Host": host})
    assert status == 400
    assert b"edition.mp3" not in body


def test_a_client_that_names_no_host_gets_the_servers_own_address(address: str) -> None:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port or 0, timeout=300)
    connection._http_vsn = 10  # type: ignore[attr-defined]  # noqa: SLF001  - HTTP/1.0 has no Host
    connection._http_vsn_str = "HTTP/1.0"  # type: ignore[attr-defined]  # noqa: SLF001
    connection.putrequest("GET", "/feed.xml", skip_host=True)
    connection.endheaders()
    got = connection.getresponse()
    assert f"{address}{DAY}/edition.mp3".encode() in got.read()
    connection.close()


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/%00",
        "/feed.xml%00",
        "/.hidden",
        "/%2ehidden",
        "/C:%5csecret.txt",
        "//etc/passwd",
        "/%ff%fe",
        "/con",
        "/none",
    ],
)
def test_the_root_cannot_be_left(address: str, path: str) -> None:
    status, body = ask(address, "GET", path, {})
    assert status == 404
    assert b"outside" not in body
    assert b"hidden" not in body


def test_a_folder_leads_to_its_page(client: httpx.Client) -> None:
    got = client.get(f"/{DAY}")
    assert (got.status_code, got.headers["location"]) == (308, f"/{DAY}/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(client: httpx.Client, method: str) -> None:
    got = client.request(method, "/feed.xml")
    assert got.status_code == 405
    assert "GET" in got.headers["allow"]


def test_a_damaged_library_file_does_not_stop_listeners(tmp_path: Path) -> None:
    folder = shelve(tmp_path, manifest())
    render(folder)
    with running(folder) as address:
        (folder / "library.json").write_text("{")
        got = httpx.get(f"{address}feed.xml", trust_env=False, timeout=300)
    assert got.status_code == 200
    assert "<item>" in got.text


def test_a_file_that_cannot_be_read_is_told_to_both_sides(tmp_path: Path) -> None:
    folder = shelve(tmp_path, manifest())
    os.mknod(folder / "odd.mp3", stat.S_IFSOCK | 0o600)  # no user may open one, not even root
    lines: list[str] = []
    with running(folder, lines.append) as address:
        got = httpx.get(f"{address}odd.mp3", trust_env=False, timeout=300)
    assert (got.status_code, got.text) == (500, "the file cannot be read\n")
    assert lines == [f"cannot read {folder / 'odd.mp3'}: No such device or address"]


def test_a_download_goes_on_with_the_file_that_it_began_with(tmp_path: Path) -> None:
    folder = shelve(tmp_path, manifest())
    old, new = bytes(30_000_000), b"another one"
    files.write(folder / "edition.mp3", old)
    with (
        running(folder) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=300) as client,
    ):
        with client.stream("GET", "/edition.mp3") as download:
            blocks = download.iter_bytes(1000)
            begun = next(blocks)
            files.write(folder / "edition.mp3", new)
            assert begun + b"".join(blocks) == old
        tag = {"Range": "bytes=5-", "If-Range": download.headers["etag"]}
        assert client.get("/edition.mp3", headers=tag).content == new


def test_two_hundred_readers_at_once_each_get_their_bytes(address: str) -> None:
    async def read(client: httpx.AsyncClient, number: int) -> bool:
        start = number * 1000
        headers = {"Range": f"bytes={start}-{start + 99_999}"}
        got = await client.get(f"{address}{DAY}/edition.mp3", headers=headers)
        return got.status_code == 206 and got.content == SOUND[start : start + 100_000]

    async def read_all() -> list[bool]:
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=300) as client:
            return await asyncio.gather(*(read(client, number) for number in range(200)))

    assert asyncio.run(read_all()) == [True] * 200


def test_chapters_are_json_under_every_address(client: httpx.Client) -> None:
    assert json.loads(client.get(f"/{DAY}/chapters.json").content)["version"] == "1.2.0"


def ask(address: str, method: str, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Ask with exactly this path: clients such as httpx would tidy it."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port or 0, timeout=300)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    got = connection.getresponse()
    answer = got.status, got.read()
    connection.close()
    return answer
