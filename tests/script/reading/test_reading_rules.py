from __future__ import annotations

from dataclasses import replace

import pytest

from tingbao.models import Handling, Reading, Unread, UnreadKind
from tingbao.script.reading import Spoken, read


def spoken(text: str) -> str:
    return read(text).spoken


def without_spans(text: str) -> Spoken:
    return replace(read(text), spans=(), rules=())


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("(2026年3月1日)", "二零二六年三月一日"),
        ("“1571”工作部署", "“一五七一”工作部署"),
        ("“4+10”工作部署", "“四加十”工作部署"),
        ("增长5%，总量达到140.19万亿元", "增长百分之五，总量达到一百四十点一九万亿元"),
        ("1400万", "一千四百万"),
        ("3000多万", "三千多万"),
        ("1.43万亿斤", "一点四三万亿斤"),
        ("9.4%、9.2%", "百分之九点四、百分之九点二"),
        ("2000万个", "两千万个"),
        ("5轮", "五轮"),
        ("2026年2月1日至3月20日", "二零二六年二月一日至三月二十日"),
        ("电话：0475-5776728", "电话：零四七五，五七七六七二八"),
        ("9:00至12:00，14:30至17:00", "九点至十二点，十四点三十分至十七点"),
        ("aqscjb26@163.com", "a q s c j b 二六 at 一六三点com"),
        ("(2026—2030年)", "二零二六年至二零三零年"),
        ("“十五五”", "“十五五”"),
        ("第十四届", "第十四届"),
        ("第十五个五年", "第十五个五年"),
        ("(五)优化布局。", "五，优化布局。"),
        ("一、总体要求", "一，总体要求"),
        ("——2026年3月5日在北京", "二零二六年三月五日在北京"),
        ("奇·达楞太", "奇达楞太"),
    ],
)
def test_the_tokens_of_a_front_page_are_read_as_wanted(printed: str, said: str) -> None:
    assert spoken(printed) == said


@pytest.mark.parametrize("dash", ["至", "—", "–", "～", "~", "-", "－", "―", "〜"])
def test_every_dash_between_two_dates_is_a_range(dash: str) -> None:
    assert spoken(f"5月2日{dash}6日") == "五月二日至六日"


@pytest.mark.parametrize("dash", ["—", "–", "～", "~", "-", "至"])
def test_one_year_sign_at_the_end_of_a_range_serves_both_years(dash: str) -> None:
    assert spoken(f"2026{dash}2030年规划") == "二零二六年至二零三零年规划"


@pytest.mark.parametrize("colon", [":", "：", "∶"])
def test_a_pair_before_a_word_of_winning_is_a_score(colon: str) -> None:
    assert spoken(f"以3{colon}2战胜对手") == "以三比二战胜对手"


@pytest.mark.parametrize("colon", [":", "："])
def test_a_pair_away_from_words_of_a_match_is_a_time_of_day(colon: str) -> None:
    assert spoken(f"会议19{colon}30开始") == "会议十九点三十分开始"


def test_two_is_liang_before_a_measure_word_and_er_in_names_and_dates() -> None:
    assert spoken("2个人2月2日坐2号线到第2站") == "两个人二月二日坐二号线到第二站"


def test_a_decimal_two_stays_er() -> None:
    assert spoken("2.2倍") == "二点二倍"


def test_a_telephone_number_is_not_a_subtraction_and_not_a_quantity() -> None:
    assert spoken("电话010-12345678转801") == "电话零幺零，幺二三四五六七八转八零幺"


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("拨打12345", "拨打幺二三四五"),
        ("12345名学生", "一万二千三百四十五名学生"),
        ("120急救", "幺二零急救"),
        ("120个", "一百二十个"),
    ],
)
def test_a_hot_line_is_no_quantity(printed: str, said: str) -> None:
    assert spoken(printed) == said


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("-3℃", "零下三摄氏度"),
        ("歼-20", "歼二十"),
        ("净利润-2亿元", "净利润负两亿元"),
        ("3-5天", "三至五天"),
        ("0475-8218888", "零四七五，八二幺八八八八"),
        ("半场1-0领先", "半场一比零领先"),
        ("国办发〔2025〕12号", "国办发，二零二五，十二号"),
    ],
)
def test_a_hyphen_is_read_by_the_company_it_keeps(printed: str, said: str) -> None:
    assert spoken(printed) == said


def test_brackets_become_pauses() -> None:
    assert spoken("实践中心(所、站)和基层") == "实践中心，所、站，和基层"


def test_a_bracket_at_the_end_leaves_no_pause_behind() -> None:
    assert spoken("每股0.25元(含税)。") == "每股零点二五元，含税。"


def test_a_dash_between_clauses_is_a_pause_and_at_either_end_is_silent() -> None:
    assert spoken("——创新——引领发展——") == "创新，引领发展"


def test_a_short_dash_between_names_binds_them() -> None:
    assert spoken("中国—东盟") == "中国东盟"


def test_quotes_and_title_marks_stay_for_the_reader_of_the_script() -> None:
    assert spoken("“‘三农’工作”《〈规划〉解读》") == "“‘三农’工作”《〈规划〉解读》"


def test_a_comma_before_a_closing_quote_is_kept() -> None:
    assert spoken("“好，”他说。") == "“好，”他说。"


def test_corner_brackets_and_straight_quotes_are_read_as_quotes() -> None:
    assert spoken('「1571」和"1571"') == "“一五七一”和“一五七一”"


@pytest.mark.parametrize("ellipsis", ["……", "…", "......", "。。。"])
def test_an_ellipsis_inside_a_sentence_is_a_pause(ellipsis: str) -> None:
    assert spoken(f"一是{ellipsis}二是落实") == "一是，二是落实"


def test_bullets_and_list_signs_are_silent() -> None:
    assert spoken("■▲图为现场★") == "图为现场"


@pytest.mark.parametrize(
    "mark", ["一、", "(一)", "（一）", "㈠", "1.", "1、", "1．", "(1)", "①", "⒈", "⑴"]
)
def test_every_mark_at_the_head_of_a_point_is_its_number_and_a_pause(mark: str) -> None:
    assert spoken(f"{mark}加强领导") == "一，加强领导"


def test_numbers_in_a_row_are_no_marks_of_points() -> None:
    assert spoken("1、2号楼") == "一、二号楼"


def test_a_printed_line_break_is_a_short_pause() -> None:
    assert spoken("国务院办公厅 关于促进就业的意见") == "国务院办公厅，关于促进就业的意见"


def test_a_word_that_is_spaced_out_is_one_word() -> None:
    assert spoken("公 告") == "公告"
    assert spoken("李　强　总理") == "李强，总理"


def test_space_around_figures_changes_nothing() -> None:
    assert spoken("全市 12 个区于 2025 年 9 月 8 日") == "全市十二个区于二零二五年九月八日"


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("“ 1571 ”工作部署", "“一五七一”工作部署"),
        ("2 0 2 6 年 3 月 1 3 日", "二零二六年三月十三日"),
        ("增长 5 . 2 %", "增长百分之五点二"),
        ("1 、加强；2 、落实", "一，加强；二，落实"),
        ("9：00 ，3 - 5 天", "九点，三至五天"),
    ],
)
def test_space_that_recognition_put_into_figures_is_not_read(printed: str, said: str) -> None:
    assert spoken(printed) == said


def test_full_width_print_is_read_like_half_width_print() -> None:
    assert spoken("１０月２２日增长５．２％") == spoken("10月22日增长5.2%")


def test_letters_stay_as_printed() -> None:
    assert spoken("GDP、AI、App、Wi-Fi") == "GDP、AI、App、WiFi"


def test_nothing_comes_of_nothing() -> None:
    assert read("") == Spoken("")
    assert without_spans(" \u3000\n") == Spoken("")


def test_what_no_rule_knows_is_left_and_reported() -> None:
    figures = Unread("9-7_3", UnreadKind.FIGURES, Handling.KEPT, 3, 8)
    assert without_spans("型号是9-7_3") == Spoken("型号是9-7_3", (figures,))


def test_a_sign_without_a_name_is_left_and_reported() -> None:
    sign = Unread("☃", UnreadKind.EMOJI, Handling.KEPT, 2, 3)
    assert without_spans("天气☃") == Spoken("天气☃", (sign,))


def test_a_figure_one_keeps_its_tone_where_it_counts_by_itself() -> None:
    assert without_spans("以1:0胜") == Spoken("以一比零胜", (), (Reading(1, 2, "yi1"),))


def test_a_printed_one_is_left_to_the_pronunciation() -> None:
    assert read("一比高下，1次").readings == ()
