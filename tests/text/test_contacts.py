"""Telephone numbers and e-mail addresses are found in the forms that papers print."""

from __future__ import annotations

import pytest

from tingbao.text.contacts import contact_clauses, holds_number_to_call


@pytest.mark.parametrize(
    ("line", "clauses"),
    [
        ("电话：0475-5776728", ("电话：0475-5776728",)),
        ("电子邮箱：aqscjb26@163.com", ("电子邮箱：aqscjb26@163.com",)),
        ("联系人：张三，13912345678。", ("13912345678",)),
        ("请拨打12345。", ("请拨打12345",)),
        ("举报电话：010-12345678转801", ("举报电话：010-12345678转801",)),
        ("咨询电话：5776728，5776729。", ("咨询电话：5776728", "5776729")),
        ("如有疑问，请致电400-123-4567；或来信。", ("请致电400-123-4567",)),
        ("受理时间：2026年2月1日至3月20日", ()),
        ("地址：通辽市1号，邮编028000", ()),
        ("全市种植面积20260314亩", ()),
    ],
)
def test_the_clauses_with_a_number_or_an_address_are_found(
    line: str, clauses: tuple[str, ...]
) -> None:
    assert contact_clauses(line) == clauses


@pytest.mark.parametrize(
    "text", ["13904751234", "0475-5776728", "0475 5776728", "5776728", "400-820-8820"]
)
def test_a_number_of_a_telephone_is_one_to_call(text: str) -> None:
    assert holds_number_to_call(f"订购{text}")


@pytest.mark.parametrize("text", ["12345", "028000", "3.1415926", "139047512345", "2026-03-14"])
def test_a_shorter_longer_or_broken_number_is_none_to_call(text: str) -> None:
    assert not holds_number_to_call(f"订购{text}")
