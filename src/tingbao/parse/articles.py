"""Drafts into articles, skips and warnings: kinds, bylines, numbers, places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tingbao.models import (
    Article,
    ArticleKind,
    Paragraph,
    ParagraphKind,
    ParseWarning,
    Skip,
    SkipReason,
)
from tingbao.parse.blocks import BlockKind, Draft, Piece
from tingbao.parse.candidates import opens_with_credit, signature_of
from tingbao.parse.credits import is_caption, names_nobody, split_lead
from tingbao.parse.furniture import is_advert_title, is_commercial
from tingbao.parse.geometry.page import around
from tingbao.parse.headlines import is_document_title, is_notice_title
from tingbao.parse.layout import Layout
from tingbao.parse.reflow import Body, reflow
from tingbao.parse.text_cues import outline_mark
from tingbao.text.credits import read_credit
from tingbao.text.han import HAN, squash

_LEAST_COPY = 40
"""Shorter texts may be printed twice: a notice, a wish."""

_SPACES = re.compile(r"[ \t\u3000]+")
_EXCERPT = re.compile(r"本报|新华社|记者|通讯员|中新社")
_ISSUING = re.compile(
    r"(?!关于)[^关（(《]{2,16}(?<!信息)(?<!新闻)(?<!政策)(?<!预警)"
    r"(?:公布|发布|出台|印发|下发|颁布|签署|发表)\S{3,}"
)
"""News about a document, which says who issued it: 国乒公布亚锦赛名单."""


def finish(
    drafts: Sequence[Draft], layouts: Mapping[int, Layout]
) -> tuple[list[Article], list[Skip]]:
    """Articles with ids in print order, and all skips by page and line.

    ``layouts`` gives the layout of each page by its number.
    """
    articles: list[Article] = []
    skips: list[Skip] = []
    for draft in _without_copies(drafts):
        if _is_advert(draft):
            skips.extend(_advert(draft))
        elif _holds_text(draft):
            article, own = _article(draft, f"{len(articles) + 1:02}", layouts)
            articles.append(article)
            skips.extend(own)
        else:
            skips.extend(_skip(piece) for piece in draft.pieces() if piece.skip)
    skips.sort(key=lambda skip: (skip.page, skip.line or 0))
    return articles, skips


def _without_copies(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, each that repeats an earlier one to the letter kept out as its duplicate."""
    seen: set[str] = set()
    for draft in drafts:
        pieces = [piece for piece in draft.pieces() if piece.skip is None]
        text = squash("".join(piece.text for piece in pieces))
        if text in seen and len(text) >= _LEAST_COPY:
            yield Draft(body=tuple(_as_copy(piece) for piece in draft.pieces()))
        else:
            seen.add(text)
            yield draft


def _as_copy(piece: Piece) -> Piece:
    return piece if piece.skip else replace(piece, skip=SkipReason.DUPLICATE)


def _holds_text(draft: Draft) -> bool:
    return any(p.skip is None and (p.text or p.block.rows) for p in draft.pieces())


def _article(draft: Draft, key: str, layouts: Mapping[int, Layout]) -> tuple[Article, list[Skip]]:
    draft = _without_lead(draft)
    kind = draft.kind or _kind(draft)
    draft = _without_trailing_credit(draft)
    body = reflow(draft.body, layouts, notice=kind is ArticleKind.NOTICE)
    first, last = draft.jump_in, draft.jump_out
    article = Article(
        id=key,
        kind=ArticleKind.PHOTO if _is_photo(draft, body) else kind,
        title=_text(draft.title),
        kicker=_text(draft.kicker),
        subtitle=_text(draft.subtitle),
        byline=read_credit(byline) if (byline := _text(draft.byline)) else None,
        dateline=_text(draft.dateline),
        pages=tuple(sorted({piece.page for piece in draft.pieces()})),
        paragraphs=body.paragraphs,
        continued_to=last.jump.label
        if last and last.jump and not _is_joined(draft, last)
        else None,
        continued_from=first.jump.label if first and first.jump else None,
        head=tuple(
            piece.origin
            for part in (draft.kicker, draft.title, draft.subtitle, draft.byline, draft.dateline)
            for piece in part
        ),
    )
    skips = [_skip(piece, key, before) for before, piece in body.skips]
    if first is not None:
        skips.append(_skip(first, key, 0))
    return article, skips


def _is_joined(draft: Draft, notice: Piece) -> bool:
    """Whether text of another page stands after the notice."""
    after = draft.body[draft.body.index(notice) + 1 :]
    return any(piece.skip is None and piece.page != notice.page for piece in after)


def _without_lead(draft: Draft) -> Draft:
    """The credit that opens the first sentence moved to the byline."""
    for index, piece in enumerate(draft.body):
        if piece.skip is not None or piece.block.kind is not BlockKind.TEXT:
            continue
        if not (lead := split_lead(piece.text)):
            if is_caption(piece.text):  # of a picture over the text
                continue
            break
        credit, text = (_with_text(piece, part) for part in lead)
        body = (*draft.body[:index], text, *draft.body[index + 1 :])
        return replace(draft, byline=(*draft.byline, credit), body=body)
    return draft


def _without_trailing_credit(draft: Draft) -> Draft:
    """A credit alone at the end moved to the byline, where none at the head names the writers."""
    printed = [index for index, p in enumerate(draft.body) if p.skip is None and p.text]
    at = signature_of([draft.body[index] for index in printed])
    if at is None or any(not names_nobody(piece.text) for piece in draft.byline):
        return draft
    body = list(draft.body)
    for index in printed[at + 1 :]:
        block = replace(body[index].block, kind=BlockKind.CAPTION)
        body[index] = replace(body[index], block=block)
    credit = body.pop(printed[at])
    return replace(draft, byline=(*draft.byline, credit), body=tuple(body))


def _with_text(piece: Piece, text: str) -> Piece:
    return replace(piece, block=replace(piece.block, text=text))


def _is_photo(draft: Draft, body: Body) -> bool:
    captions = [p.kind is ParagraphKind.CAPTION for p in body.paragraphs]
    return draft.kind is None and bool(captions) and all(captions)


def _kind(draft: Draft) -> ArticleKind:
    if _is_notice(draft):
        return ArticleKind.NOTICE
    return ArticleKind.DOCUMENT if _is_document(draft) else ArticleKind.ARTICLE


def _is_notice(draft: Draft) -> bool:
    title = _text(draft.title) or ""
    return is_notice_title(title) and not _is_news(draft) and not _is_document(draft)


def _is_document(draft: Draft) -> bool:
    title = _text(draft.title) or ""
    if not is_document_title(title) or _is_news(draft) or _ISSUING.match(title):
        return False
    outlined = any(outline_mark(p.text) for p in draft.body if p.skip is None)
    return not is_notice_title(title) or (outlined and not title.endswith(("公告", "公示", "通告")))


def _is_news(draft: Draft) -> bool:
    return any(_EXCERPT.search(piece.text) for piece in draft.byline)


def _is_advert(draft: Draft) -> bool:
    if draft.byline or opens_with_credit(draft.body):  # a reporter signs it
        return False
    title = any(is_advert_title(piece.text) for piece in draft.title)
    return title or _heads_advert(draft) or is_commercial(_all_text(draft))


def _all_text(draft: Draft) -> str:
    return " ".join(_plain(piece) for piece in draft.pieces() if piece.skip is None)


def _heads_advert(draft: Draft) -> bool:
    """Whether the title is that of any notice, and the first text under it a legal advert."""
    first = next((piece for piece in draft.body if piece.text), None)
    legal = first is not None and first.skip is SkipReason.ADVERT
    return legal and any(is_notice_title(piece.text) for piece in draft.title)


def _advert(draft: Draft) -> list[Skip]:
    """An advert is one skip, with all that stands under its title."""
    ours = [p for p in draft.pieces() if p.skip in {None, SkipReason.ADVERT}]
    text = "\n".join(filter(None, map(_plain, ours)))
    boxes = [piece.block.box for piece in ours if piece.block.box is not None]
    first, box = ours[0], around(boxes) if boxes else None
    advert = Skip(SkipReason.ADVERT, text, first.page, first.block.line, box=box)
    others = [p for p in draft.pieces() if p.skip not in {None, SkipReason.ADVERT}]
    return [advert, *map(_skip, others)]


def _plain(piece: Piece) -> str:
    return piece.text or "\n".join("\t".join(row) for row in piece.block.rows)


def _skip(piece: Piece, article: str | None = None, before: int | None = None) -> Skip:
    assert piece.skip is not None
    block = piece.block
    return Skip(piece.skip, _plain(piece), piece.page, block.line, article, before, block.box)


def _text(pieces: Sequence[Piece]) -> str | None:
    """The lines of a headline or a credit with one space at each printed line break."""
    return (
        _SPACES.sub(" ", " ".join(piece.text.replace("\n", " ") for piece in pieces)).strip()
        or None
    )


_DOUBLED = re.compile(r"(?<!目)的的|少少|与与|及及|其其|且且|但但|因因|被被|把把")
"""Characters that no sentence doubles, as far as a parser without a dictionary can know."""

_TRIPLED = re.compile(rf"([{HAN}])\1\1")
_LAUGHTER = frozenset("哈呵嘿嘻啊哇呀噢哦嗯啦咚叮铛轰滴嗒汪喵咯呜唉哎嘟〇零一二三四五六七八九十")
_REPEATED = re.compile(rf"([{HAN}]{{3,12}})\1")
_MOST_REPETITIONS = 3
"""Repetitions of one kind that are named in one paragraph."""

_IN_ORDER = ("part", "chapter", "section", "han", "han-bracket", "digit", "digit-bracket", "circle")


def warnings_of(articles: Iterable[Article]) -> list[ParseWarning]:
    """Gaps in numbering and odd repetitions in the articles, in print order."""
    return [warning for article in articles for warning in _warnings_of_article(article)]


def _warnings_of_article(article: Article) -> Iterator[ParseWarning]:
    last: dict[str, int] = {}
    for paragraph in article.paragraphs:
        yield from _gap(paragraph, last)
        yield from _repetitions(paragraph)


def _gap(paragraph: Paragraph, last: dict[str, int]) -> Iterator[ParseWarning]:
    mark = outline_mark(paragraph.text)
    if mark is None or mark[0] not in _IN_ORDER:
        return
    kind, number = mark
    before = last.get(kind)
    if before is not None and number > before + 1:
        yield _warning(paragraph, f"numbering goes from {before} to {number} at", paragraph.text)
    last[kind] = number


def _repetitions(paragraph: Paragraph) -> Iterator[ParseWarning]:
    text = paragraph.text
    for pattern in (_DOUBLED, _TRIPLED, _REPEATED):
        for found in itertools.islice(pattern.finditer(text), _MOST_REPETITIONS):
            if found[0][0] not in _LAUGHTER:
                near = text[max(0, found.start() - 4) : found.end() + 4]
                yield _warning(paragraph, f"“{found[0]}” may be printed once too often in", near)


def _warning(paragraph: Paragraph, what: str, near: str) -> ParseWarning:
    shown = near if len(near) <= 24 else near[:23] + "…"
    return ParseWarning(f"{what} “{shown}”", paragraph.page, paragraph.line)
