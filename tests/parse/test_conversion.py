"""Only what is traditional is converted; names and what was simplified stay as printed."""

from __future__ import annotations

import logging
from importlib import resources
from pathlib import Path

import pytest

from tingbao.models import Conversion
from tingbao.parse import edition_as_json, parse_pages, simplify
from tingbao.parse.conversion import uncertain_places
from tingbao.tables import read_rows


@pytest.mark.parametrize(
    "text",
    [
        "乾安县乾县乾清宫",
        "记者李乾",
        "昇腾芯片与陈昇",
        "薹草、颜徵在、慰藉着",
        "著名作家的著作十分显著",
        "后来皇后面对面条",
        "沈静是沈阳人，沈先生南下沈阳",
        "神祇与祇园",
        "王甯、李汎说",
        "於潜镇与樊於期",
        "头发发展",
    ],
)
def test_what_is_simplified_comes_out_as_it_went_in(text: str) -> None:
    assert simplify(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("著力推動，看著，沿著", "着力推动，看着，沿着"),
        ("顯著、原著、編著、著名作家", "显著、原著、编著、著名作家"),
        ("據瞭解，這裡的餅乾很乾淨", "据了解，这里的饼干很干净"),
        ("乾隆年間的乾坤", "乾隆年间的乾坤"),
        ("特徵、象徵、徵求意見", "特征、象征、征求意见"),
        ("憑藉優勢，慰藉遊子", "凭借优势，慰藉游子"),
        ("答覆與覆蓋", "答复与覆盖"),
        ("關於這項計畫", "关于这项计划"),
        ("氣溫昇至30度，陳昇說", "气温升至30度，陈昇说"),
        ("2個項目", "2个项目"),
        ("乾安縣與乾寧鄉、乾潭鎮，乾州街道辦", "乾安县与乾宁乡、乾潭镇，乾州街道办"),
        ("李乾龍與張乾會面", "李乾龙与张乾会面"),
        ("晾乾後的筍乾、葡萄乾，進口乾紅", "晾干后的笋干、葡萄干，进口干红"),
        ("乾媽說，乾脆把樹葉掃乾淨", "干妈说，干脆把树叶扫干净"),
        ("樹葉乾枯，乾旱地區", "树叶干枯，干旱地区"),
        ("她沈默著，陷入沈思，聲音低沈", "她沉默着，陷入沉思，声音低沉"),
        ("破釜沈舟，石沈大海，死氣沈沈", "破釜沉舟，石沉大海，死气沉沉"),
        ("沈陽市沈河區，沈從文與沈先生", "沈阳市沈河区，沈从文与沈先生"),
        ("南下沈陽，地面下沈", "南下沈阳，地面下沉"),
        ("沈默說，這裡很好", "沈默说，这里很好"),
        ("破釜沈舟的深沈", "破釜沉舟的深沉"),
        ("祇有這樣，不祇如此，祇能等待", "只有这样，不只如此，只能等待"),
        ("神祇與祇園", "神祇与祇园"),
        ("射覆遊戲，覆滅、覆核、反覆", "射覆游戏，覆灭、覆核、反复"),
        ("於潛鎮在於團結", "於潜镇在于团结"),
        ("於先生對於計畫", "於先生对于计划"),
        ("甯先生、王甯與甯波", "甯先生、王甯与宁波"),
        ("李汎與汎舟，國旂與旂手", "李汎与泛舟，国旗与旗手"),
        ("薛應旂與朱旂參加", "薛应旂与朱旂参加"),
        ("衞生署関注増長", "卫生署关注增长"),
    ],
)
def test_traditional_text_is_converted_by_its_words(text: str, wanted: str) -> None:
    assert simplify(text) == wanted


def test_script_may_switch_inside_a_sentence() -> None:
    assert simplify("國產大模型引領，高技术制造业增长，乾县著名") == (
        "国产大模型引领，高技术制造业增长，乾县著名"
    )


def test_names_after_a_reporter_keep_their_uncertain_characters() -> None:
    assert simplify("本報訊(記者 李乾 王昇)據報道") == "本报讯(记者 李乾 王昇)据报道"


def test_protected_words_are_left_as_printed() -> None:
    assert simplify("國際書展在臺灣開幕", protect=("臺灣",)) == "国际书展在臺灣开幕"


def test_uncertain_conversions_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="tingbao.parse.conversion"):
        simplify("據瞭解，看著")
    assert [record.getMessage()[:3] for record in caplog.records] == ["瞭→了", "著→着"]


def test_an_edition_lists_its_uncertain_conversions_with_their_places(tmp_path: Path) -> None:
    page = tmp_path / "a1.md"
    page.write_text(
        "# 標題\n\n　　據瞭解，鍾先生表示，這裡乾淨。\n\n　　著名作家说，看着很好。\n", "utf-8"
    )
    edition = parse_pages([page])
    assert edition.conversions == (
        Conversion("瞭", "了", "據瞭解，鍾先", 1, 3),
        Conversion("鍾", "钟", "據瞭解，鍾先生表示", 1, 3),
        Conversion("乾", "干", "示，這裡乾淨。", 1, 3),
    )
    assert edition.warnings == ()
    assert "conversions" not in edition_as_json(edition)


# --- forms of old type ----------------------------------------------------------------------


def test_forms_of_old_type_become_todays_characters_and_are_reported() -> None:
    printed = "會塲內靑年學生槪行免費囘國衆人吿成"
    converted = simplify(printed)
    assert converted == "会场内青年学生概行免费回国众人告成"
    reported = [printed[at] for at in uncertain_places(printed, converted)]
    assert reported == list("塲靑槪囘吿")


def test_the_list_of_old_forms_holds_no_simplified_character_and_no_second_form() -> None:
    rows = read_rows(resources.files("tingbao.parse") / "variants.tsv")
    assert len({form for form, _ in rows}) == len(rows)
    for form, today in rows:
        assert len(form) == len(today) == 1
        today.encode("gb2312")
        with pytest.raises(UnicodeEncodeError):
            form.encode("gb2312")
        assert simplify(today) == today
        assert simplify(form) == today


def test_an_old_form_in_a_protected_name_stays() -> None:
    assert simplify("会塲主任王靑山到場", protect=("王靑山",)) == "会场主任王靑山到场"
