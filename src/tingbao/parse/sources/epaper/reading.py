"""The pages of saved e-papers.

A page file lists its articles and holds none of their text, so each is looked for among the
files given, then where the link leads within the saved tree, then beside the page. What is
listed and not there is noted, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tingbao.errors import InputError
from tingbao.parse.blocks import Block, BlockRole, SourceFile, SourcePage
from tingbao.parse.sources.epaper.article import (
    SavedArticle,
    content_of,
    is_running,
    read_article,
    unlisted,
)
from tingbao.parse.sources.epaper.content import Line
from tingbao.parse.sources.epaper.document import (
    Document,
    Place,
    frame_paths,
    open_document,
)
from tingbao.parse.sources.epaper.page import (
    ArticleIndex,
    Link,
    SavedPage,
    is_page_name,
    linked_paths,
    missing_links,
    read_page,
)
from tingbao.parse.sources.epaper.webpage import holds_story, read_webpage, site_block
from tingbao.parse.sources.inputs import read_file
from tingbao.text.labels import read_label


def linked_files(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files that the pages among ``files`` lead to, where they lie in the saved tree.

    Raises:
        InputError: a file cannot be used.
    """
    given = {file.path.resolve() for file in files}
    found: dict[Path, SourceFile] = {}
    for file in files:
        document = open_document(file)
        paths = [*frame_paths(document)]
        if is_page_name(document) or content_of(document) is None:
            page = read_page(document)
            paths += linked_paths(page) if page is not None else ()
        for path in paths:
            place = path.resolve()
            if place not in given and place not in found:
                found[place] = read_file(path)
    return list(found.values())


def read_saved(files: Sequence[SourceFile], linked: Sequence[SourceFile] = ()) -> list[SourcePage]:
    """The pages of saved web pages: page files first, then articles that none of them lists.

    Raises:
        InputError: a file cannot be used, or no article that a page lists is there.
    """
    index = ArticleIndex(linked)
    pages: list[SavedPage] = []
    others: list[Document] = []
    beside = {file.path.resolve(): file.data for file in linked}
    for file in files:
        document = open_document(file, beside)
        if not (_is_page(document, pages) or _is_article(document, index)):
            others.append(document)
    sources = _with_strays([_listed_page(page, index, pages) for page in pages], index)
    if sources and not any(_has_article(source) for source in sources):
        first = next((note for source in sources for note in source.notes), "no article text found")
        raise InputError(f"{first}; save the articles too", files[0].path)
    return _with_others(sources, others)


def _is_page(document: Document, pages: list[SavedPage]) -> bool:
    """Keep the document if it is an e-paper's page: it is called so, or lists articles."""
    if not is_page_name(document) and content_of(document) is not None:
        return False
    page = read_page(document)
    if page is None or (not is_page_name(document) and holds_story(document)):
        return False
    pages.append(page)
    return True


def _is_article(document: Document, index: ArticleIndex) -> bool:
    """Put the document into the index if it is an e-paper's article."""
    content = content_of(document)
    if content is not None:
        index.put(read_article(document, content))
    return content is not None


def _with_others(sources: list[SourcePage], others: Sequence[Document]) -> list[SourcePage]:
    """The pages and those of other kinds; one without text among them is noted.

    Raises:
        InputError: none of them holds text.
    """
    pages = [*sources]
    empty: list[InputError] = []
    for document in others:
        try:
            pages.append(read_webpage(document))
        except InputError as error:
            empty.append(error)
    if empty and not pages:
        raise empty[0]
    if empty:
        pages[0] = replace(pages[0], notes=(*pages[0].notes, *map(str, empty)))
    return pages


def _listed_page(page: SavedPage, index: ArticleIndex, pages: Sequence[SavedPage]) -> SourcePage:
    """A page with the articles that it lists; those of another page given are left to it."""
    found = [(link, index.find(link, page.document.path)) for link in page.links]
    articles = [article for _, article in found if article is not None]
    label = page.place.label or _common_label(articles)
    elsewhere = {_folded(other.place.label) for other in pages if other is not page} - {None}
    ours = [a for a in articles if _folded(a.place.label) == _folded(label)
            or _folded(a.place.label) not in elsewhere]  # fmt: skip
    place = replace(page.place, label=label)
    source = _page(page.document.path.name, index.take(ours), place, page.around)
    missing = missing_links(page, [link for link, article in found if article is not None])
    return replace(source, notes=(*_notes(missing, found=bool(articles)), *source.notes))


def _page(
    source: str, articles: Sequence[SavedArticle], place: Place, around: Sequence[Line] = ()
) -> SourcePage:
    """A page of these articles; ``around`` are the lines that it shows itself.

    Its label and section are its own if it has them, paper and date those of the articles, which
    are more exact.
    """
    places = [article.place for article in articles]
    return SourcePage(
        source,
        tuple(_blocks(articles, around)),
        label=next((p.label for p in (place, *places) if p.label), None),
        section=next((p.section for p in (place, *places) if p.section), None),
        paper=next((p.paper for p in (*places, place) if p.paper), None),
        date=next((p.date for p in (*places, place) if p.date), None),
        whole=True,
        notes=_damages(articles),
    )


def _blocks(
    articles: Sequence[SavedArticle], around: Sequence[Line], known: Sequence[Block] = ()
) -> Iterator[Block]:
    """The articles of a page, then all else that its files show, each line once.

    ``known`` are blocks of the page that are there already.
    """
    blocks = [block for article in articles for block in article.blocks]
    yield from blocks
    others = [Line(text) for article in articles for text in article.around]
    for line in unlisted([*around, *others], [*known, *blocks]):
        if line in around and is_running(line):
            yield Block(line.text, role=BlockRole.BODY, item=line.text)
        else:
            yield site_block(line)


def _has_article(page: SourcePage) -> bool:
    return any(block.role is not BlockRole.SITE for block in page.blocks)


def _damages(articles: Sequence[SavedArticle]) -> tuple[str, ...]:
    names = (article.document.path.name for article in articles if article.damaged)
    return tuple(f"characters of this article's file cannot be read: {name}" for name in names)


def _notes(missing: Sequence[Link], *, found: bool) -> tuple[str, ...]:
    if missing and not found:
        return (f"none of the {len(missing)} articles that this page lists is saved beside it",)
    return tuple(
        f"an article that this page lists is not saved beside it: {link.title} ({link.name})"
        for link in missing
    )


def _with_strays(sources: list[SourcePage], index: ArticleIndex) -> list[SourcePage]:
    """The articles that no page lists, each on the page that it names, the rest on one more."""
    groups: dict[str | None, list[SavedArticle]] = {}
    for article in index.left():
        groups.setdefault(_folded(article.place.label), []).append(article)
    labels = [_folded(source.label) for source in sources]
    for label, articles in groups.items():
        if label is not None and label in labels:
            at = labels.index(label)
            sources[at] = replace(
                sources[at],
                blocks=(*sources[at].blocks, *_blocks(articles, (), sources[at].blocks)),
                notes=(*sources[at].notes, *_damages(articles)),
            )
        else:
            sources.append(_page(articles[0].document.path.name, articles, Place()))
    return sources


def _common_label(articles: Sequence[SavedArticle]) -> str | None:
    labels = [article.place.label for article in articles if article.place.label]
    return max(labels, key=labels.count, default=None)


def _folded(label: str | None) -> str | None:
    return read_label(label).text if label else None
