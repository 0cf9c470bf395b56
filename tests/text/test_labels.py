"""A label of a page is taken apart once, in one grammar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.text.labels import read_label


@pytest.mark.parametrize(
    ("printed", "letters", "number", "text"),
    [
        ("2", "", 2, "2"),
        ("第02版", "", 2, "2"),
        ("第二版", "", 2, "2"),
        ("十二版", "", 12, "12"),
        ("头版", "", 1, "1"),
        ("首版", "", 1, "1"),
        ("A02", "A", 2, "A2"),
        ("b 12", "B", 12, "B12"),
        ("第A003版", "A", 3, "A3"),
        ("封面", "封面", None, "封面"),
        ("t特刊", "T特刊", None, "T特刊"),
        ("", "", None, ""),
    ],
)
def test_a_label_has_letters_and_a_number(
    printed: str, letters: str, number: int | None, text: str
) -> None:
    label = read_label(printed)
    assert (label.printed, label.letters, label.number, label.text) == (
        printed,
        letters,
        number,
        text,
    )


def test_labels_of_the_same_page_are_equal_however_they_are_printed() -> None:
    assert read_label("第02版") == read_label("二版") != read_label("A2")
    assert read_label("封面") != read_label("副刊")


@given(
    st.one_of(st.text(max_size=8), st.from_regex(r"第?[A-Za-z]{0,2}[0-9]{1,3}版?", fullmatch=True))
)
def test_the_plainest_form_of_a_label_is_read_as_the_same_label(printed: str) -> None:
    label = read_label(printed)
    if label.number is not None:
        assert read_label(label.text) == label
