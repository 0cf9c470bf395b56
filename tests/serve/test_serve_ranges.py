"""Range headers as RFC 9110 reads them."""

from __future__ import annotations

import pytest

from tingbao.serve.ranges import usable_range


@pytest.mark.parametrize(
    ("header", "usable"),
    [
        ("bytes=0-99", "bytes=0-99"),
        ("bytes=500-", "bytes=500-"),
        ("bytes=-100", "bytes=-100"),
        ("Bytes = 0-1", None),
        ("BYTES=0-1", "bytes=0-1"),
        ("bytes=0-0, 5-9 ,", "bytes=0-0,5-9"),
        ("bytes=0-9,5000-6000", "bytes=0-9"),
        ("bytes=1000-", "bytes=1000-"),
        ("bytes=-0", "bytes=-0"),
        ("bytes=9-3", None),
        ("bytes=", None),
        ("bytes=,", None),
        ("bytes=a-b", None),
        ("bytes=--5", None),
        ("bytes=5", None),
        ("bytes=1-2-3", None),
        ("bytes=٣-٤", None),
        ("items=0-1", None),
        ("0-1", None),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(40)), None),
        ("bytes=" + "9" * 30 + "-", None),
    ],
)
def test_only_satisfiable_ranges_of_a_valid_header_are_kept(
    header: str, usable: str | None
) -> None:
    assert usable_range(header, 1000) == usable


def test_of_an_empty_file_no_range_can_be_had() -> None:
    assert usable_range("bytes=-5", 0) == "bytes=-5"
    assert usable_range("bytes=0-", 0) == "bytes=0-"
