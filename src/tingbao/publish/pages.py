"""The listening pages: a static site that works from any server, from a disk, without JavaScript.

Links are relative, so that the same bytes are right wherever the library lies; only the
addresses that podcast apps take are absolute.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import resources

import jinja2

from tingbao.models import Manifest
from tingbao.publish.addresses import ARTICLES_FEED, EDITIONS_FEED
from tingbao.publish.chapters import article_page
from tingbao.publish.library import LibraryInfo
from tingbao.publish.views import article_text, rows_of, title_start_s
from tingbao.publish.wording import (
    clean,
    clock,
    edition_title,
    pages_of,
    size,
    spoken_length,
)

ASSETS = ("icon.svg", "listen.css", "listen.js")


def asset_files() -> dict[str, bytes]:
    """Style, script and icon of all pages, by path in the library."""
    return {f"assets/{name}": asset(name) for name in ASSETS}


def edition_pages(info: LibraryInfo, manifest: Manifest) -> dict[str, bytes]:
    """The edition's page and one for each complete article, by path in the library."""
    made = dict(_article_pages(info, manifest))
    path = f"{manifest.id}/index.html"
    made[path] = page("edition.html", path, info, manifest=manifest, rows=rows_of(manifest))
    return made


def _article_pages(info: LibraryInfo, manifest: Manifest) -> list[tuple[str, bytes]]:
    complete = [article for article in manifest.articles if article.complete]
    paths = [article_page(manifest, article.file) for article in complete]
    names = [path.rsplit("/", 1)[-1] for path in paths]
    return [
        (
            path,
            page(
                "article.html",
                path,
                info,
                manifest=manifest,
                article=article,
                pages=pages_of(article, manifest),
                passages=article_text(manifest, article),
                headline_s=title_start_s(manifest, article),
                before=names[place - 1] if place else None,
                after=names[place + 1] if place + 1 < len(names) else None,
            ),
        )
        for place, (path, article) in enumerate(zip(paths, complete, strict=True))
    ]


def page(template: str, path: str, info: LibraryInfo, **shown: object) -> bytes:
    """A page made from a template; ``path`` is its place in the library."""
    made = templates().get_template(template)
    return made.render(info=info, root="../" * path.count("/"), **shown).encode()


@functools.cache
def templates() -> jinja2.Environment:
    """The templates of pages and books, with what they share; all values are escaped."""
    templates = environment("tingbao.publish")
    for shown_as in (clean, clock, edition_title, size, spoken_length):
        templates.filters[shown_as.__name__] = shown_as
    versions = {name: hashlib.sha256(asset(name)).hexdigest()[:8] for name in ASSETS}
    templates.globals.update(
        versions=versions, editions_feed=EDITIONS_FEED, articles_feed=ARTICLES_FEED
    )
    return templates


def environment(package: str) -> jinja2.Environment:
    """The templates of a package: all values are escaped, and one that is missing is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@functools.cache
def asset(name: str) -> bytes:
    """A file that comes with the program."""
    return (resources.files("tingbao.publish") / "assets" / name).read_bytes()
