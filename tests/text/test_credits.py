from __future__ import annotations

import pytest

from tingbao.models import Dispatch, Person, Signature
from tingbao.text.credits import caption_credit, read_credit


@pytest.mark.parametrize(
    ("printed", "dispatch"),
    [
        ("本报讯", Dispatch("本报", kind="讯")),
        ("新华社北京4月8日电", Dispatch("新华社", "北京", "4月8日", "电")),
        ("中央社台北七日电", Dispatch("中央社", "台北", "七日", "电")),
        ("本报台东讯", Dispatch("本报", "台东", kind="讯")),
        ("大公报讯", Dispatch("大公报", kind="讯")),
        ("据新华社", Dispatch("据新华社")),
    ],
)
def test_a_dispatch_has_its_agency_its_place_and_its_date(printed: str, dispatch: Dispatch) -> None:
    assert read_credit(printed).parts == (dispatch,)


@pytest.mark.parametrize(
    ("printed", "signatures"),
    [
        ("本报记者 张三 李四", [Signature("本报记者", (Person("张三"), Person("李四")), "报道")]),
        ("记者 张三/文", [Signature("记者", (Person("张三"),), "撰文")]),
        ("张三摄", [Signature("", (Person("张三"),), "摄影")]),
        ("记者张三、李四报道", [Signature("记者", (Person("张三"), Person("李四")), "报道")]),
        ("国务院总理 李强", [Signature("", (Person("李强", "国务院总理"),))]),
        (
            "口述：张三 整理：李四",
            [Signature("口述", (Person("张三"),)), Signature("整理", (Person("李四"),))],
        ),
        (
            "（中央社记者王丹台北25日电）",
            [Signature("中央社记者", (Person("王丹"),), "台北25日电")],
        ),
        ("■◆", []),
    ],
)
def test_people_stand_under_their_post_with_what_they_did(
    printed: str, signatures: list[Signature]
) -> None:
    assert list(read_credit(printed).parts) == signatures


def test_a_credit_keeps_its_printed_text() -> None:
    assert read_credit("本报讯（记者 王 丹）").text == "本报讯（记者 王 丹）"


def test_a_caption_ends_in_its_credit() -> None:
    credit = caption_credit("市民在公园赏花。 （新华社记者 张三 摄）")
    assert credit == read_credit("（新华社记者 张三 摄）")
    assert caption_credit("他拍摄了许多照片。") is None
