"""The application: files with ranges and validators, feeds with the address the client used."""

from __future__ import annotations

import email.utils
import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tingbao.errors import LibraryError
from tingbao.publish import media_type, read_library, rebased
from tingbao.serve.paths import locate
from tingbao.serve.ranges import usable_range

__all__ = ["application"]

METHODS = "GET, HEAD, OPTIONS"

_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?"
)
_SHARED = (".vtt", ".srt", ".txt", ".json")
"""What web players fetch from pages of other origins: transcripts and chapters."""
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


def application(folder: Path) -> Starlette:
    """An ASGI application that serves the library in ``folder``, and nothing else."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, folder, request)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD", "OPTIONS"])])


def _answer(folder: Path, request: Request) -> Response:
    found = locate(folder, request.scope["path"])
    if found is None:
        return PlainTextResponse("not found\n", 404)
    facts = found.stat()
    if stat.S_ISDIR(facts.st_mode):
        return RedirectResponse(f"{request.scope['path']}/", 308)
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"allow": METHODS, **_headers(found)})
    if found.suffix == ".xml" or found.name == "chapters.json":
        return _addressed(folder, found, facts, request)
    response = FileResponse(
        found, media_type=media_type(found.name), headers=_headers(found), stat_result=facts
    )
    _settle_range(request, facts.st_size)
    return _not_modified(response, request.headers) or response


def _headers(path: Path) -> dict[str, str]:
    page = _PAGE if path.suffix == ".html" else {}
    shared = _CROSS_ORIGIN if path.suffix in _SHARED else {}
    return {**_EVERYWHERE, **page, **shared}


def _addressed(folder: Path, path: Path, facts: os.stat_result, request: Request) -> Response:
    """A file that holds absolute addresses, with the one under which the client sees us."""
    base = _base(request)
    if base is None:
        return PlainTextResponse("the Host header is not an address\n", 400)
    body = rebased(path.read_bytes(), _rendered_for(folder), base)
    headers = {
        **_headers(path),
        "etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "last-modified": email.utils.formatdate(facts.st_mtime, usegmt=True),
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


def _settle_range(request: Request, size: int) -> None:
    """Leave only a Range header that asks for something; other methods than GET have none."""
    headers = MutableHeaders(scope=request.scope)
    wanted = headers.get("range")
    if wanted is None:
        return
    usable = usable_range(wanted, size) if request.method == "GET" else None
    if usable is None:
        del headers["range"]
    else:
        headers["range"] = usable


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
    since = email.utils.parsedate_tz(asked.get("if-modified-since", ""))
    changed = email.utils.parsedate_tz(ours["last-modified"])
    if since is None or changed is None:
        return False
    return email.utils.mktime_tz(since) >= email.utils.mktime_tz(changed)
