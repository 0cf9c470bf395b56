"""Who is who when an edition is built again: items keep their id, their file and their guid.

A podcast app shows an episode again when its guid changes, so an item that was published once
is the same item after a correction, and an id that was ever used is never given to another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tingbao.models import Article, Edition, Manifest, ManifestArticle
from tingbao.text.han import fold_text


@dataclass(frozen=True, slots=True)
class Identities:
    """``ids`` maps an item's id as parsed to its lasting one; ``retired`` are ids of the past."""

    ids: Mapping[str, str]
    known: Mapping[str, ManifestArticle]
    retired: tuple[str, ...] = ()


def text_sha256(article: Article) -> str:
    """The SHA-256 of an item's text without white space.

    Its headline is left out, so that an item with a corrected headline is known again; where
    it has nothing else, the headline is its text.
    """
    body = "".join(one.text for one in article.paragraphs)
    headline = "".join(filter(None, [article.kicker, article.title, article.subtitle]))
    return hashlib.sha256("".join((body or headline).split()).encode()).hexdigest()


def identify(articles: Sequence[Article], old: Manifest | None) -> Identities:
    """Match items to those published before: by title, then by text; the rest are new."""
    if old is None:
        return Identities({article.id: article.id for article in articles}, {})
    matched = dict(_matches(articles, old.articles))
    used = [*(one.id for one in old.articles), *old.retired_ids]
    ids = {new: one.id for new, one in matched.items()}
    for article in articles:
        if article.id not in ids:
            ids[article.id] = _free_id(article.id, {*used, *ids.values()})
    kept = set(ids.values())
    retired = tuple(sorted(name for name in {*used} if name not in kept))
    return Identities(ids, {one.id: one for one in matched.values()}, retired)


def as_published(articles: Sequence[Article], old: Manifest | None) -> Identities:
    """Items of a script file carry their lasting ids: they are those published under them."""
    ids = {article.id: article.id for article in articles}
    if old is None:
        return Identities(ids, {})
    known = {one.id: one for one in old.articles if one.id in ids}
    used = {*(one.id for one in old.articles), *old.retired_ids}
    return Identities(ids, known, tuple(sorted(used - set(ids))))


def with_ids(edition: Edition, ids: Mapping[str, str]) -> Edition:
    """The edition with its items under their lasting ids."""
    articles = tuple(replace(one, id=ids[one.id]) for one in edition.articles)
    skipped = tuple(
        replace(skip, article=ids.get(skip.article)) if skip.article else skip
        for skip in edition.skipped
    )
    return replace(edition, articles=articles, skipped=skipped)


def _matches(
    articles: Sequence[Article], old: Iterable[ManifestArticle]
) -> Iterator[tuple[str, ManifestArticle]]:
    """Each old item is taken once; items of the same title are taken in print order."""
    left_new, left_old = list(articles), list(old)
    rules: Sequence[tuple[Callable[[Article], str], Callable[[ManifestArticle], str]]] = (
        (lambda new: fold_text(new.title or ""), lambda one: fold_text(one.title or "")),
        (text_sha256, lambda one: one.text_sha256),
    )
    for new_key, old_key in rules:
        for new in tuple(left_new):
            wanted = new_key(new)
            found = next((one for one in left_old if wanted and old_key(one) == wanted), None)
            if found is not None:
                left_new.remove(new)
                left_old.remove(found)
                yield new.id, found


def _free_id(printed: str, used: Iterable[str]) -> str:
    taken = set(used)
    if printed not in taken:
        return printed
    highest = max(int(name) for name in taken if name.isdecimal())
    return f"{highest + 1:02}"
