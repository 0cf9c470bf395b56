"""The application: files with ranges and validators, feeds with the address the client used.

Names in a library are ASCII and come from ids, so the names that a path may hold are listed, not
those that it may not: no hidden file, no ``..``, no drive, no device, no NUL, however escaped.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tingbao import files
from tingbao.errors import LibraryError
from tingbao.publish import media_type, read_library, rebased
from tingbao.serve.file_response import FileResponse, OpenFile, opened, ranges_of

METHODS = "GET, HEAD, OPTIONS"

_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?"
)
_ORIGIN = re.compile(r"https?://[^/]*", re.IGNORECASE)
_SHARED = (".vtt", ".srt", ".txt", ".json", ".xml", ".opml", ".mp3", ".jpg", ".jpeg", ".png")
"""What web players fetch from pages of other origins: feeds, sound, covers, transcripts."""
_CROSS_ORIGIN = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "Range",
    "access-control-expose-headers": "Content-Range, Content-Length, ETag",
}
_EVERYWHERE = {
    # What lies at an address changes when an edition is corrected: ask, then 304 is cheap.
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
_PAGE = {
    "content-security-policy": "default-src 'none'; img-src 'self' data:; media-src 'self';"
    " style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
}


Report = Callable[[str], None]
"""Takes one line that whoever runs the server should know."""


def application(folder: Path, report: Report = lambda _line: None) -> ASGIApp:
    """An ASGI application that serves the library in ``folder``, and nothing else."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = await run_in_threadpool(_answered, folder, Request(scope), report)
        await response(scope, receive, send)

    return answer


def _answered(folder: Path, request: Request, report: Report) -> Response:
    """The answer; what the system does not let us read is reported to both sides."""
    if request.method not in METHODS.split(", "):
        return PlainTextResponse("only reading is allowed\n", 405, {"allow": METHODS})
    try:
        return _answer(folder, request)
    except OSError as error:
        report(f"cannot read {error.filename or folder}: {error.strerror or error}")
        return PlainTextResponse("the file cannot be read\n", 500)


def _answer(folder: Path, request: Request) -> Response:
    path = _path_of(request)
    found = locate(folder, path)
    if found is None:
        return PlainTextResponse("not found\n", 404)
    if files.is_folder(found):
        return RedirectResponse(f"{path}/", 308)
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"allow": METHODS, **_headers(found)})
    file = opened(found)
    if file is None:
        return PlainTextResponse("not found\n", 404)
    if found.suffix in {".xml", ".opml"} or found.name == "chapters.json":
        return _addressed(folder, found, file, request)
    return _as_it_is(found, file, request)


def _path_of(request: Request) -> str:
    """The path asked for; clients may write a whole address (RFC 9112, section 3.2.2)."""
    path: str = request.scope["path"]
    return _ORIGIN.sub("", path, count=1)


def _as_it_is(path: Path, file: OpenFile, request: Request) -> Response:
    headers = {**_headers(path), "etag": file.etag, "last-modified": file.last_modified}
    pieces = _pieces(file, request)
    response = FileResponse(file, pieces, media_type(path.name), headers)
    known = _not_modified(response, request.headers)
    if known is None:
        return response
    response.close()
    return known


def _pieces(file: OpenFile, request: Request) -> tuple[range, ...] | None:
    """What is wanted of the file; None for all of it. Only GET knows pieces (RFC 9110, 14.2)."""
    wanted = request.headers.get("range")
    if wanted is None or request.method != "GET":
        return None
    same = request.headers.get("if-range", file.etag)
    return ranges_of(wanted, file.size) if same in {file.etag, file.last_modified} else None


def _headers(path: Path) -> dict[str, str]:
    page = _PAGE if path.suffix == ".html" else {}
    shared = _CROSS_ORIGIN if path.suffix in _SHARED else {}
    return {**_EVERYWHERE, **page, **shared}


def _addressed(folder: Path, path: Path, file: OpenFile, request: Request) -> Response:
    """A file that holds absolute addresses, with the one under which the client sees us."""
    with file.stream:
        read = file.stream.read()
    base = _base(request)
    if base is None:
        return PlainTextResponse("the Host header is not an address\n", 400)
    body = rebased(read, _rendered_for(folder), base)
    headers = {
        **_headers(path),
        "etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "last-modified": file.last_modified,
        "vary": "Host",
    }
    response = Response(body, media_type=media_type(path.name), headers=headers)
    return _not_modified(response, request.headers) or response


def _rendered_for(folder: Path) -> str | None:
    try:
        info = read_library(folder)
    except LibraryError:  # the files are still good; only their address cannot be changed
        return None
    return info.addresses.base if info else None


def _base(request: Request) -> str | None:
    """The root address as the client wrote it; HTTP/1.0 clients may not write any."""
    host = request.headers.get("host")
    if host is None:
        name, port = request.scope["server"]
        host = f"{name}:{port}"
    return f"{request.scope['scheme']}://{host}/" if _HOST.fullmatch(host) else None


def _not_modified(response: Response, asked: Headers) -> Response | None:
    """304 when the client has it already (RFC 9110, section 13.2.2)."""
    if not _is_known(response.headers, asked):
        return None
    kept = ("etag", "last-modified", "vary", *_EVERYWHERE, *_CROSS_ORIGIN)
    headers = {name: response.headers[name] for name in kept if name in response.headers}
    return Response(status_code=304, headers=headers)


def _is_known(ours: Mapping[str, str], asked: Headers) -> bool:
    tags = asked.get("if-none-match")
    if tags is not None:
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in known or ours["etag"] in known
    since, changed = _moment(asked.get("if-modified-since", "")), _moment(ours["last-modified"])
    return since is not None and changed is not None and since >= changed


def _moment(date: str) -> float | None:
    """Seconds of a date as HTTP writes it; None for what is none, or no time of our calendar."""
    try:
        moment = email.utils.parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp()


INDEX = "index.html"

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,120}[A-Za-z0-9_-])?")
# On Windows these name devices, in any folder and with any suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def locate(root: Path, path: str) -> Path | None:
    """The file or folder below ``root`` that ``path`` (unescaped, with its slash) asks for.

    A path that ends in a slash asks for the index of its folder. None when there is no such
    file, or when it would lie outside of ``root``.
    """
    if not path.startswith("/"):
        return None
    *folders, name = path[1:].split("/")
    parts = [*folders, name or INDEX]
    if not all(_is_allowed(part) for part in parts):
        return None
    found = root.joinpath(*parts)
    try:
        real = found.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return None
    return real if real.is_relative_to(root.resolve()) else None


def _is_allowed(part: str) -> bool:
    return bool(_NAME.fullmatch(part)) and not _DEVICE.fullmatch(part)
