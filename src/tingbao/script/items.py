"""One item as a news reader says it: headline, credit, body, and where it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tingbao.models import (
    Article,
    ArticleKind,
    PageBreak,
    PageLabel,
    Paragraph,
    ParagraphKind,
    Role,
    Segment,
    SegmentKind,
    Skip,
    SkipReason,
    Table,
    Utterance,
)
from tingbao.script.aligned import Aligned
from tingbao.script.phrases import Phrase, Phrases
from tingbao.script.speaker import Speaker, pages_from
from tingbao.script.wordings import (
    caption_wording,
    credit_wording,
    headline_wording,
    is_small,
    name_of,
    page_name,
    row_wordings,
    slowly,
)
from tingbao.text.contacts import contact_clauses

_BULLET = re.compile(r"^\s*[-*+•·●■◆▪◎○]\s+")
_CALLS_ITSELF_A_PICTURE = re.compile(
    r"[▲▼△▽■●◆\s]*(?:图[为①②③④⑤⑥⑦⑧⑨一二三四五六七八九\d：片]|[上下左右本资]图|资料图|这是)"
)
_BRACKETED = re.compile(r"[（(]\s*([^（）()]+?)\s*[）)]")


def item_segment(
    article: Article, skipped: Sequence[Skip], speaker: Speaker, phrases: Phrases
) -> Segment:
    """Return the chapter of one item; ``skipped`` are the pieces left out of it."""
    item = _Item(article, tuple(skipped), speaker, phrases)
    name = name_of(article, phrases)
    utterances = (
        tuple(item.utterances())
        or speaker.say(Role.HEADLINE, name)
        or speaker.say(Role.HEADLINE, phrases.say(Phrase.UNTITLED))
    )
    return Segment(SegmentKind.ARTICLE, name, speaker.closing(utterances), article.id)


@dataclass(frozen=True, slots=True)
class _Item:
    """An item on its way to be said."""

    article: Article
    skipped: tuple[Skip, ...]
    speaker: Speaker
    phrases: Phrases

    @property
    def _first_page(self) -> tuple[PageBreak, ...]:
        """Where its headline and its credits are taken to be printed: on the page of its text."""
        return tuple(PageBreak(0, one.page) for one in self.article.paragraphs[:1])

    def utterances(self) -> Iterator[Utterance]:
        yield from self._headline()
        yield from self._jump(Phrase.CONTINUED_FROM, self.article.continued_from)
        yield from self._credits()
        for place, paragraph in enumerate(self.article.paragraphs):
            yield from self._left_out(place)
            yield from self._paragraph(paragraph)
        yield from self._left_out(len(self.article.paragraphs))
        yield from self._jump(Phrase.CONTINUED_TO, self.article.continued_to)

    def _headline(self) -> tuple[Utterance, ...]:
        """Kicker, title and subtitle, each with a breath before the next."""
        parts = (self.article.kicker, self.article.title, self.article.subtitle)
        said = [
            utterance
            for part in parts
            if part
            for utterance in self.speaker.say(
                Role.HEADLINE, part, headline_wording(part), pages=self._first_page
            )
        ]
        return self.speaker.paused(Role.HEADLINE, said) or self._kind()

    def _kind(self) -> tuple[Utterance, ...]:
        """What an item without any headline is, so that one hears where it begins."""
        names = {ArticleKind.PHOTO: Phrase.PHOTO, ArticleKind.BRIEF: Phrase.BRIEF}
        phrase = names.get(self.article.kind)
        return self.speaker.say(Role.HEADLINE, self.phrases.say(phrase)) if phrase else ()

    def _credits(self) -> Iterator[Utterance]:
        dateline, byline = self.article.dateline, self.article.byline
        if dateline:
            wording = Aligned.substituted(_BRACKETED, lambda found: found[1], dateline)
            yield from self.speaker.say(Role.BYLINE, dateline, wording, pages=self._first_page)
        if byline:
            wording = credit_wording(byline)
            yield from self.speaker.say(Role.BYLINE, byline.text, wording, pages=self._first_page)

    def _jump(self, phrase: Phrase, label: PageLabel | None) -> tuple[Utterance, ...]:
        if label is None:
            return ()
        return self.speaker.say(Role.NOTICE, self.phrases.say(phrase, page=page_name(label)))

    def _left_out(self, place: int) -> Iterator[Utterance]:
        """One sentence where a table of contents stood."""
        last = len(self.article.paragraphs)
        for skip in self.skipped:
            stood = last if skip.before is None else min(skip.before, last)
            if skip.reason is SkipReason.TOC and stood == place:
                yield from self.speaker.say(Role.NOTICE, self.phrases.say(Phrase.CONTENTS))

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Utterance]:
        text, pages = paragraph.text, _pages_of(paragraph)
        match paragraph.kind:
            case ParagraphKind.HEADING:
                wording = headline_wording(text)
                yield from self.speaker.say(Role.HEADING, text, wording, pages=pages)
            case ParagraphKind.TABLE if paragraph.table is not None:
                yield from self._table(paragraph.table, pages)
            case ParagraphKind.CAPTION:
                yield from self.speaker.say(
                    Role.CAPTION, text, self._caption(paragraph), pages=pages
                )
            case _:
                yield from self._lines(text, pages)

    def _caption(self, paragraph: Paragraph) -> Aligned:
        text = paragraph.text
        announced = self.article.kind is ArticleKind.PHOTO and not self.article.title
        known = announced or _CALLS_ITSELF_A_PICTURE.match(text)
        before = "" if known else self.phrases.say(Phrase.CAPTION)
        return caption_wording(text, paragraph.credit).between(before, "")

    def _lines(self, text: str, pages: Sequence[PageBreak]) -> tuple[Utterance, ...]:
        lines: list[Utterance] = []
        at = 0
        for line in text.split("\n"):
            lines += self._line(line, pages_from(pages, at))
            at += len(line) + 1
        return self.speaker.paused(Role.BODY, lines)

    def _line(self, printed: str, pages: Sequence[PageBreak]) -> Iterator[Utterance]:
        line = _BULLET.sub("", printed)
        pages = pages_from(pages, len(printed) - len(line))
        contacts = contact_clauses(line) if self.article.kind is ArticleKind.NOTICE else ()
        if not contacts:
            yield from self.speaker.say(Role.BODY, line, pages=pages)
            return
        yield from self.speaker.say(Role.BODY, line, shape=slowly, pages=pages)
        again = "；".join(contacts)
        wording = Aligned.copy(again).between(self.phrases.say(Phrase.AGAIN), "")
        yield from self.speaker.say(Role.BODY, again, wording, shape=slowly, pages=pages[:1])

    def _table(self, table: Table, pages: Sequence[PageBreak]) -> Iterator[Utterance]:
        if is_small(table):
            yield from self.speaker.say(Role.NOTICE, self.phrases.say(Phrase.TABLE_FOLLOWS))
            for wording in row_wordings(table):
                yield from self.speaker.say(Role.TABLE, wording.source, wording, pages=pages)
        else:
            rows, columns = len(table.rows), table.columns
            instead = self.phrases.say(Phrase.TABLE, rows=rows, columns=columns)
            yield from self.speaker.say(Role.NOTICE, instead)


def _pages_of(paragraph: Paragraph) -> tuple[PageBreak, ...]:
    return tuple(PageBreak(one.offset, one.page, one.line) for one in paragraph.origins)
