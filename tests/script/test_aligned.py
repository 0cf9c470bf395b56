"""Text that is rewritten step by step keeps the place of what it was made from."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tingbao.models import Span, SpokenSpan
from tingbao.script.aligned import Aligned

WORDS = st.text(alphabet="甲乙1，", max_size=12)
PATTERNS = st.sampled_from(["1", "甲乙", "，", "乙+", "^", "$", "甲(?=1)"])


def substituted(text: str, pattern: str, words: str) -> Aligned:
    return Aligned.substituted(re.compile(pattern), lambda _: words, text)


@given(WORDS, PATTERNS, WORDS, PATTERNS, WORDS)
def test_two_substitutions_one_after_the_other_lead_from_the_first_text_to_the_last(
    text: str, pattern: str, words: str, second: str, others: str
) -> None:
    way = substituted(text, pattern, words)
    assert way.result == re.sub(pattern, words, text)
    both = way.then(substituted(way.result, second, others))
    assert both.source == text
    assert both.result == re.sub(second, others, way.result)


def test_each_step_keeps_the_places_of_the_step_before() -> None:
    way = Aligned(((("增长"), "增长"), ("5%", "百分之五"), ("，稳定。", "，稳定。")))
    longer = way.then(substituted(way.result, "稳定", "平稳"))
    assert longer.spans == (
        SpokenSpan(Span(0, 2), Span(0, 2)),
        SpokenSpan(Span(2, 4), Span(2, 6)),
        SpokenSpan(Span(4, 5), Span(6, 7)),
        SpokenSpan(Span(5, 7), Span(7, 9)),
        SpokenSpan(Span(7, 8), Span(9, 10)),
    )


@given(WORDS, PATTERNS, WORDS, st.integers(0, 12))
def test_a_text_that_is_parted_has_each_part_of_its_source_once(
    text: str, pattern: str, words: str, at: int
) -> None:
    way = substituted(text, pattern, words)
    lengths = min(at, len(way.result)), len(way.result) - min(at, len(way.result))
    parts = list(way.parted(lengths))
    assert "".join(part.result for part in parts) == way.result
    assert text.startswith("".join(part.source for part in parts))


@given(WORDS, WORDS)
def test_an_edited_text_keeps_what_it_begins_and_ends_with(before: str, after: str) -> None:
    way = Aligned.edited(before, after)
    assert (way.source, way.result) == (before, after)
    assert way.pairs[0][0] == way.pairs[0][1]
    assert way.pairs[2][0] == way.pairs[2][1]


@given(st.text(alphabet="甲 \n1", max_size=8))
def test_white_space_at_the_ends_of_a_source_can_be_left_out(text: str) -> None:
    way = Aligned.copy(text).stripped()
    assert (way.source, way.result) == (text.strip(), text)
