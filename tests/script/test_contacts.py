from __future__ import annotations

import pytest

from tingbao.script.contacts import contact_clauses, slowly


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
    ("spoken", "slow"),
    [
        ("零四七五，五七七六七二八", "零四七五，五七七，六七二八"),
        ("幺三九幺二三四五六七八", "幺三九，幺二三四，五六七八"),
        ("幺二三四五六七八", "幺二三四，五六七八"),
        ("四零零幺二三四五六", "四零零，幺二三，四五六"),
        ("幺二三四五", "幺二三四五"),
        ("a q s 二六 at 一六三 点 com", "a q s，二六，at，一六三，点com"),
        ("欢迎来电", "欢迎来电"),
    ],
)
def test_what_a_listener_writes_down_is_said_in_groups(spoken: str, slow: str) -> None:
    assert slowly(spoken).result == slow
