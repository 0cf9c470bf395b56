"""Range headers as RFC 9110 reads them."""

from __future__ import annotations

import pytest

from tingbao.serve.file_response import ranges_of


@pytest.mark.parametrize(
    ("header", "pieces"),
    [
        ("bytes=0-99", [(0, 100)]),
        ("bytes=500-", [(500, 1000)]),
        ("bytes=-100", [(900, 1000)]),
        ("bytes=-5000", [(0, 1000)]),
        ("bytes=990-5000", [(990, 1000)]),
        ("BYTES=0-1", [(0, 2)]),
        ("bytes=0-0, 5-9 ,", [(0, 1), (5, 10)]),
        ("bytes=5-9,0-0", [(5, 10), (0, 1)]),
        ("bytes=0-9,10-19", [(0, 10), (10, 20)]),
        ("bytes=0-9,5000-6000", [(0, 10)]),
    ],
)
def test_the_pieces_that_a_file_has_are_found_in_the_order_asked_for(
    header: str, pieces: list[tuple[int, int]]
) -> None:
    assert ranges_of(header, 1000) == tuple(range(*piece) for piece in pieces)


def test_pieces_that_overlap_are_sent_once() -> None:
    assert ranges_of("bytes=700-,500-600,0-799,550-580", 1000) == (range(1000),)
    assert ranges_of("bytes=50-,0-9,5-19", 100) == (range(20), range(50, 100))


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=-0", "bytes=1000-1001,-0"])
def test_pieces_that_a_file_does_not_have_cannot_be_had(header: str) -> None:
    assert ranges_of(header, 1000) == ()


@pytest.mark.parametrize("header", ["bytes=-5", "bytes=0-"])
def test_of_an_empty_file_no_piece_can_be_had(header: str) -> None:
    assert ranges_of(header, 0) == ()


@pytest.mark.parametrize(
    "header",
    [
        "Bytes = 0-1",
        "bytes=9-3",
        "bytes=",
        "bytes=,",
        "bytes=a-b",
        "bytes=--5",
        "bytes=5",
        "bytes=1-2-3",
        "bytes=٣-٤",
        "items=0-1",
        "0-1",
        "bytes=" + ",".join(f"{n}-{n}" for n in range(40)),
        "bytes=" + "9" * 30 + "-",
    ],
)
def test_a_header_that_makes_no_sense_or_asks_for_too_much_is_ignored(header: str) -> None:
    assert ranges_of(header, 1000) is None
