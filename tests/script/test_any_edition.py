"""Whatever the parser finds, the script says it all, within the limit, and never fails."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article, paragraph, script
from tingbao.models import (
    Article,
    ArticleKind,
    Page,
    ParagraphKind,
    Script,
    Skip,
    SkipReason,
)
from tingbao.script import parse_script_text, script_as_text
from tingbao.text.labels import read_label

pytestmark = pytest.mark.slow

LIMIT = 60
HAN = re.compile(r"[\u3400-\u9fff]")
PIECES = re.findall(
    r"\S+",
    "会议 强调 ， 。 “ ” 《 》 ( ) （ 记者 王 摄 图 本报讯 · —— …… | 电话 2026年 9.4% "
    "0475-5776728 a@b.com",
)
PRINTED = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from([*PIECES, " ", "\n", "\t"]), max_size=60).map("".join),
)
MAYBE = st.one_of(st.none(), PRINTED)
LABELS = st.one_of(st.none(), st.sampled_from(["1", "A2", "头版"]), st.text(max_size=6))


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, ...]:
    count = draw(st.integers(1, 3))
    return tuple(draw(items(f"{number:02}")) for number in range(1, count + 1))


@st.composite
def items(draw: st.DrawFn, id_: str) -> Article:
    pairs = draw(st.lists(st.tuples(PRINTED, st.sampled_from(ParagraphKind)), max_size=4))
    return article(
        *(paragraph(text, kind) for text, kind in pairs),
        id=id_,
        kind=draw(st.sampled_from(ArticleKind)),
        title=draw(MAYBE),
        kicker=draw(MAYBE),
        subtitle=draw(MAYBE),
        byline=draw(MAYBE),
        dateline=draw(MAYBE),
        pages=draw(st.sampled_from([(), (1,), (2,), (9,)])),
        continued_to=draw(LABELS),
        continued_from=draw(LABELS),
    )


@st.composite
def programmes(draw: st.DrawFn) -> Script:
    pages = (
        Page(1, read_label(draw(st.text(max_size=6))), draw(MAYBE), "01.md"),
        Page(2, read_label("A02"), None, "02.md"),
    )
    skips = (Skip(SkipReason.TOC, "目录", 1, 1, "01", draw(st.integers(0, 9))),)
    readers = draw(st.integers(1, 3))
    return script(
        *draw(articles()), pages=pages, skips=skips, readers=readers, max_characters=LIMIT
    )


@settings(max_examples=25, deadline=None)
@given(programmes())
def test_any_edition_makes_a_script_that_a_voice_can_speak(made: Script) -> None:
    for segment in made.segments:
        assert segment.utterances
        for said in segment.utterances:
            assert len(said.spoken) <= LIMIT
            assert any(sign.isalnum() for sign in said.spoken)
            assert said.pause_ms > 0


@settings(max_examples=15, deadline=None)
@given(programmes())
def test_any_edition_has_a_script_file_that_comes_back(made: Script) -> None:
    assert parse_script_text(script_as_text(made), "script.md") == made


@settings(max_examples=25, deadline=None)
@given(articles())
def test_every_han_character_of_an_item_is_printed_in_its_chapter(
    found: tuple[Article, ...],
) -> None:
    made = script(*found, max_characters=LIMIT)
    chapters = {one.article: one.utterances for one in made.segments if one.article}
    for item in found:
        heard = Counter(HAN.findall("".join(one.text for one in chapters[item.id])))
        assert not Counter(HAN.findall("".join(texts_of(item)))) - heard


def texts_of(item: Article) -> list[str]:
    """What of an item is read aloud; a table is, unless it is large."""
    credit = item.byline.text if item.byline else None
    heads = (item.kicker, item.title, item.subtitle, credit, item.dateline)
    read = [one.text for one in item.paragraphs if one.kind is not ParagraphKind.TABLE]
    return [*filter(None, heads), *read]
