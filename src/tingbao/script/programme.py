"""The whole programme in playing order: opener, headlines, pages with their items, closer."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from tingbao.errors import InputError
from tingbao.models import (
    Article,
    ArticleKind,
    Edition,
    EditionInfo,
    Pauses,
    Role,
    Script,
    Segment,
    SegmentKind,
    Utterance,
)
from tingbao.script.items import item_segment
from tingbao.script.phrases import Phrase, Phrases
from tingbao.script.speaker import Lexicon, Speaker
from tingbao.script.wordings import headline_wording, name_of, page_name
from tingbao.text.labels import read_label
from tingbao.text.numerals import WEEKDAYS

_NOTICE_READER = 3


def build_script(  # noqa: PLR0913  - one keyword for each thing that changes what is said
    edition: Edition,
    info: EditionInfo,
    *,
    pauses: Pauses,
    max_characters: int,
    phrases: Phrases,
    readers: int = 1,
    respell: Mapping[str, str] = MappingProxyType({}),
    force: Mapping[str, str] = MappingProxyType({}),
) -> Script:
    """Return what is said, by whom, with which pauses.

    Args:
        edition: the items in print order.
        info: what the edition is called.
        pauses: the silence after each utterance, in milliseconds.
        max_characters: the longest utterance the voice takes, in characters as spoken.
        phrases: the fixed phrases.
        readers: how many readers share the work: two take alternate items, a third the notices.
        respell: words of a lexicon and their spoken form, put in before numbers are read.
        force: words of a lexicon and their tone-numbered pinyin, forced where they are spoken.
    """
    speaker = Speaker(pauses, max_characters, Lexicon(respell, force))
    programme = _Programme(edition, info, speaker, phrases, readers)
    disclosure = programme.item_disclosure()
    segments = tuple(programme.segments())
    return Script(info, disclosure, segments, tuple(speaker.unread))


@dataclass(frozen=True, slots=True)
class _Programme:
    edition: Edition
    info: EditionInfo
    speaker: Speaker
    phrases: Phrases
    readers: int

    def item_disclosure(self) -> Utterance:
        """What opens each single item's own file, in one utterance."""
        text = self._phrase(Phrase.ITEM_DISCLOSURE)
        (said,) = replace(self.speaker, max_characters=sys.maxsize).say(Role.OPENER, text)
        return said

    def segments(self) -> Iterator[Segment]:
        """The chapters in playing order."""
        yield self._frame(SegmentKind.OPENER, self.info.paper, self._opener())
        headlines = tuple(self._headlines())
        if headlines:
            lead = self.speaker.say(Role.DIGEST, self.phrases.say(Phrase.DIGEST))
            yield self._frame(SegmentKind.DIGEST, "内容提要", (*lead, *headlines))
        yield from self._items()
        yield self._frame(SegmentKind.CLOSER, "结束语", self._closer())

    def _items(self) -> Iterator[Segment]:
        label = None
        turns = _turns(self.edition.articles, self.readers)
        for article, reader in zip(self.edition.articles, turns, strict=True):
            if article.pages and (printed := self._label(article.pages[0])) != label:
                label = printed
                yield from self._section(article.pages[0])
            skipped = [skip for skip in self.edition.skipped if skip.article == article.id]
            segment = item_segment(article, skipped, self.speaker.as_reader(reader), self.phrases)
            yield _closed(segment, self.speaker.pauses)

    def _label(self, number: int) -> tuple[str, str | None]:
        """What is printed of a page; several files may hold the articles of one."""
        pages = (page for page in self.edition.pages if page.number == number)
        page = next(pages, None)
        return (page.label.printed if page else str(number), page.section if page else None)

    def _opener(self) -> tuple[Utterance, ...]:
        phrase = Phrase.OPENER_SELECTION if self.info.selection else Phrase.OPENER
        texts = self._phrase(phrase), self._phrase(Phrase.DISCLOSURE)
        return self._together(Role.OPENER, texts)

    def _closer(self) -> tuple[Utterance, ...]:
        texts = self._phrase(Phrase.CLOSER), self._phrase(Phrase.DISCLOSURE)
        return self._together(Role.CLOSER, texts)

    def _together(self, role: Role, texts: Sequence[str]) -> tuple[Utterance, ...]:
        said = [utterance for text in texts for utterance in self.speaker.say(role, text)]
        return self.speaker.paused(role, said)

    def _headlines(self) -> Iterator[Utterance]:
        """Every headline; a second half that lost its own has none to tell."""
        for article in self.edition.articles:
            if article.title or not article.continued_from:
                name = name_of(article, self.phrases)
                yield from self.speaker.say(Role.DIGEST, name, headline_wording(name))

    def _section(self, number: int) -> Iterator[Segment]:
        """A page's opener; a page that says nothing of itself has none."""
        page = next((page for page in self.edition.pages if page.number == number), None)
        label = page_name(page.label if page else read_label(str(number)))
        section = page.section if page else None
        if section and section != label:
            text = self.phrases.say(Phrase.SECTION, page=label, section=section)
        else:
            text = self.phrases.say(Phrase.PAGE, page=label)
        said = self.speaker.say(Role.SECTION, text)
        if said:
            yield self._frame(SegmentKind.SECTION, text.rstrip("。"), said)

    def _frame(self, kind: SegmentKind, title: str, utterances: tuple[Utterance, ...]) -> Segment:
        closing = self.speaker.closing(utterances)
        return _closed(Segment(kind, title, closing), self.speaker.pauses)

    def _phrase(self, phrase: Phrase) -> str:
        return self.phrases.say(
            phrase,
            paper=self.info.paper,
            date=_date_as_printed(self.info.date),
            weekday=f"星期{WEEKDAYS[self.info.date.weekday()]}",
            count=len(self.edition.articles),
        )


def missing_segment(
    script: Script, titles: Sequence[str], *, pauses: Pauses, phrases: Phrases
) -> Segment:
    """Return the announcement that the items named ``titles`` could not be made whole.

    No utterance of it is longer than the longest of ``script``, which its voice takes.
    """
    said_before = (one.spoken for segment in script.segments for one in segment.utterances)
    speaker = Speaker(pauses, max(map(len, said_before)))
    names = "；".join(headline_wording(title).result for title in titles)
    text = phrases.say(Phrase.MISSING, count=len(titles), titles=names)
    said = speaker.say(Role.NOTICE, text)
    return _closed(Segment(SegmentKind.SECTION, "说明", said), pauses)


def digest_script(script: Script, shown: str | None = None) -> Script:
    """Return the opener, the headlines and the closer of ``script`` alone.

    Raises:
        InputError: it has no headlines; names the script file ``shown``, if it comes from one.
    """
    if not any(one.kind is SegmentKind.DIGEST and one.utterances for one in script.segments):
        raise InputError("there are no headlines to read: the digest is empty", shown)
    kept = {SegmentKind.OPENER, SegmentKind.DIGEST, SegmentKind.CLOSER}
    segments = tuple(one for one in script.segments if one.kind in kept)
    left = {each.text for one in segments for said in one.utterances for each in said.unread}
    unread = tuple(token for token in script.unread if token in left)
    return replace(script, segments=segments, unread=unread)


def _turns(articles: Sequence[Article], readers: int) -> Iterator[int]:
    """Which reader takes each item: two in turn, a third the notices."""
    taken = 0
    for article in articles:
        if readers >= _NOTICE_READER and article.kind is ArticleKind.NOTICE:
            yield _NOTICE_READER
        else:
            yield taken % min(readers, 2) + 1
            taken += 1


def _closed(segment: Segment, pauses: Pauses) -> Segment:
    """Give the last utterance of a chapter the longer silence."""
    *others, last = segment.utterances
    ending = replace(last, pause_ms=pauses.segment_end)
    return replace(segment, utterances=(*others, ending))


def _date_as_printed(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"
