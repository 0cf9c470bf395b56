from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.text.traced import Replacement, TracedText

PATTERN = re.compile(r"b+|(?<=c)a|\s")


@given(st.text(alphabet="abc 　", max_size=30), st.sampled_from(["", "x", "yz"]))
def test_replacing_gives_what_sub_gives(source: str, replacement: str) -> None:
    text = TracedText(source)
    text.replace(PATTERN, replacement)
    assert text.text == PATTERN.sub(replacement, source)


@given(
    st.text(alphabet="abc ", max_size=30),
    st.lists(st.sampled_from(["", "x", "yz", "(b)"]), max_size=4),
)
def test_places_never_go_back_and_what_was_not_touched_stands_where_it_came_from(
    source: str, replacements: list[str]
) -> None:
    text = TracedText(source)
    for replacement in replacements:
        text.replace(PATTERN, replacement)
    text.strip()
    places = [text.source_of(at) for at in range(len(text.text) + 1)]
    assert all(one <= other for one, other in itertools.pairwise(places))
    assert all(
        source[place] == sign for sign, place in zip(text.text, places, strict=False) if sign == "c"
    )
    assert all(place <= len(source) for place in places)


@pytest.mark.parametrize(
    ("pattern", "replacement", "text", "places"),
    [
        ("b", "", "acd", [0, 2, 3, 4]),
        ("b", "xy", "axycd", [0, 1, 2, 2, 3, 4]),
        ("bc", "x", "axd", [0, 1, 3, 4]),
        ("bc", "xy", "axyd", [0, 1, 2, 3, 4]),
        ("a(b)c", ("(", 1, ")"), "(b)d", [0, 1, 2, 3, 4]),
        ("(b)|(c)", (1, 2), "abcd", [0, 1, 2, 3, 4]),
    ],
)
def test_each_character_stands_for_the_place_that_it_came_from(
    pattern: str, replacement: Replacement, text: str, places: list[int]
) -> None:
    traced = TracedText("abcd")
    traced.replace(re.compile(pattern), replacement)
    assert traced.text == text
    assert [traced.source_of(at) for at in range(len(text) + 1)] == places


def test_a_character_that_becomes_several_keeps_its_place() -> None:
    traced = TracedText("1½m")
    traced.translate(str.maketrans({"½": "1/2"}))
    assert traced.text == "11/2m"
    assert [traced.source_of(at) for at in range(6)] == [0, 1, 2, 2, 2, 3]


def test_a_place_of_the_source_is_found_again() -> None:
    traced = TracedText(" a b")
    traced.replace(re.compile(" "), "")
    assert [traced.place_of(at) for at in range(5)] == [0, 0, 1, 1, 2]
