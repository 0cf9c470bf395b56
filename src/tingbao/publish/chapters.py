"""``chapters.json``: the chapters of the edition, for players that do not read them in the file."""

from __future__ import annotations

import json

from tingbao.models import Manifest
from tingbao.publish.addresses import Addresses
from tingbao.publish.wording import clean, edition_title

CHAPTERS_FILE = "chapters.json"
CHAPTERS_TYPE = "application/json+chapters"


def chapters_json(manifest: Manifest, addresses: Addresses) -> str:
    """JSON Chapters 1.2.0 (podcast namespace): the same chapters as in the MP3 file."""
    articles = {one.id: one for one in manifest.articles}
    chapters = []
    for chapter in manifest.chapters:
        entry: dict[str, object] = {
            "startTime": chapter.start_ms / 1000,
            "endTime": chapter.end_ms / 1000,
            "title": clean(chapter.title),
        }
        article = articles.get(chapter.article or "")
        if article:
            entry["url"] = addresses.of(article_page(manifest, article.file))
        # Players that read this file show the pictures named here, not those in the MP3.
        if article and article.cover:
            entry["img"] = addresses.of(manifest.id, article.cover)
        chapters.append(entry)
    whole = {
        "version": "1.2.0",
        "title": clean(f"{manifest.paper} {edition_title(manifest)}"),
        "podcastName": clean(manifest.paper),
        "fileName": manifest.edition.file,
        "chapters": chapters,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def article_page(manifest: Manifest, file: str) -> str:
    """The path of an item's page in the library, beside its audio file."""
    return f"{manifest.id}/{file.rsplit('.', 1)[0]}.html"
