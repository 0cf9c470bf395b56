"""How a page is cut into items, one behaviour a test; the corpus holds them together."""

from __future__ import annotations

import datetime as dt

import pytest

from parse_fixtures import Parse
from tingbao.models import ArticleKind, Edition, SkipReason

NEWS = "## 市政府召开常务会议\n\n本报讯（记者 王晨）3月1日，会议召开。\n\n"


def skips(edition: Edition) -> list[tuple[SkipReason, str]]:
    return [(skip.reason, skip.text) for skip in edition.skipped]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026年3月15日 星期日 农历丙午年正月廿七", SkipReason.MASTHEAD),
        ("国内统一连续出版物号：CN 15-0006", SkipReason.MASTHEAD),
        ("中華民國115年3月15日 星期日", SkipReason.MASTHEAD),
        ("TONGLIAO RIBAO", SkipReason.MASTHEAD),
        ("新闻热线：0475-8888888", SkipReason.MASTHEAD),
        ("第01版：要闻", SkipReason.FURNITURE),
        ("A02 评论", SkipReason.FURNITURE),
        ("07 副刊", SkipReason.FURNITURE),
        ("- 3 -", SkipReason.FURNITURE),
        ("扫码观看视频", SkipReason.FURNITURE),
        ("请扫描右侧二维码报名，名额有限。", SkipReason.FURNITURE),
        ("健康提示：本版内容仅供参考，具体诊疗请遵医嘱", SkipReason.FURNITURE),
        ("本版责编：张三 版式：李四", SkipReason.CREDIT),
        ("责编 丁宁 美编 高飞 校对 苏晴", SkipReason.CREDIT),
        ("数据来源：国家统计局", SkipReason.CREDIT),
    ],
)
def test_what_is_no_item_is_kept_out_with_its_reason(
    parsed: Parse, line: str, reason: SkipReason
) -> None:
    assert reason in {found for found, _ in skips(parsed(f"{line}\n\n{NEWS}"))}


@pytest.mark.parametrize(
    "line",
    [
        "统筹 城乡发展",
        "政务服务客户端上线",
        "文化",
        "主办：市文联 承办：市作协",
        "编辑部的故事开播",
        "乘客扫码即可乘车，十分方便。",
        "扫完8公里的街，他又去扫楼道。",
        "更多新闻工作者走向了田间地头。",
    ],
)
def test_ordinary_lines_of_a_body_are_not_kept_out(parsed: Parse, line: str) -> None:
    edition = parsed(f"{NEWS}会议还研究了其他事项。\n\n{line}\n\n大家表示，要抓好落实。\n")
    assert line not in {text for _, text in skips(edition)}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "通辽日报 2026年3月15日 星期日 第02版 要闻",
            ("通辽日报", dt.date(2026, 3, 15), None, "02"),
        ),
        ("大公報 A5 港聞 2026年4月2日 星期四", ("大公报", dt.date(2026, 4, 2), None, "A5")),
        ("2026.5.12 星期二 第5120期 今日16版", (None, dt.date(2026, 5, 12), "5120", "1")),
        ("二〇二六年三月十五日 星期日", (None, dt.date(2026, 3, 15), None, "1")),
    ],
)
def test_a_masthead_tells_of_its_edition(
    parsed: Parse, line: str, told: tuple[str | None, dt.date, str | None, str]
) -> None:
    edition = parsed(f"{line}\n\n{NEWS}", names="unnumbered.md")
    assert (edition.paper, edition.date, edition.issue, edition.pages[0].label) == told


def test_levels_tell_kicker_title_and_subtitle(parsed: Parse) -> None:
    page = "### 刘伟在调研时强调\n\n# 抓好春耕备耕\n\n## 李敏参加\n\n本报讯 3月1日，刘伟调研。\n"
    (article,) = parsed(page).articles
    assert (article.kicker, article.title, article.subtitle) == (
        "刘伟在调研时强调",
        "抓好春耕备耕",
        "李敏参加",
    )


def test_a_headline_of_two_lines_in_one_block_is_one_title(parsed: Parse) -> None:
    (article,) = parsed("# 我市春耕生产\n# 全面展开\n\n本报讯 3月1日，春耕展开。\n").articles
    assert article.title == "我市春耕生产 全面展开"


def test_numbered_outlines_never_begin_an_item(parsed: Parse) -> None:
    page = (
        "# 关于春耕的意见\n\n（2026年3月1日）\n\n# 一、总体要求\n\n坚持稳产。\n\n"
        "# （一）备足农资\n\n保障供应。\n\n# 第二章 附则\n\n自印发之日起施行。\n"
    )
    (article,) = parsed(page).articles
    assert article.kind is ArticleKind.DOCUMENT
    assert [p.text for p in article.paragraphs if p.kind.value == "heading"] == [
        "一、总体要求",
        "（一）备足农资",
        "第二章 附则",
    ]


def test_boxes_of_links_belong_to_the_item_above(parsed: Parse) -> None:
    (article,) = parsed(f"{NEWS}## 相关链接\n\n会议每月一次。\n").articles
    assert [paragraph.text for paragraph in article.paragraphs[1:]] == [
        "相关链接",
        "会议每月一次。",
    ]


def test_briefs_under_a_column_head_are_items_and_the_head_is_none(parsed: Parse) -> None:
    page = (
        f"{NEWS}## 简讯\n\n**图书馆延长开放时间** 自4月10日起，图书馆开放至21时。\n\n"
        "【两人获评劳模】日前公布的名单中，我县两人榜上有名。\n"
    )
    edition = parsed(page)
    briefs = [a.title for a in edition.articles if a.kind is ArticleKind.BRIEF]
    assert briefs == ["图书馆延长开放时间", "两人获评劳模"]
    assert (SkipReason.FURNITURE, "简讯") in skips(edition)


def test_a_picture_with_a_headline_is_an_item_of_its_own(parsed: Parse) -> None:
    photo = parsed(f"{NEWS}## 端午赛龙舟\n\n6月16日，龙舟赛开赛。王俊摄（影像中国）\n").articles[-1]
    assert (photo.kind, photo.title) == (ArticleKind.PHOTO, "端午赛龙舟")


def test_an_advert_is_one_skip_with_all_under_its_title(parsed: Parse) -> None:
    edition = parsed(
        f"{NEWS}## 遗失声明\n\n张三遗失身份证，声明作废。\n\n某公司遗失公章，声明作废。\n"
    )
    assert len(edition.articles) == 1
    assert skips(edition) == [
        (
            SkipReason.ADVERT,
            "遗失声明\n张三遗失身份证，声明作废。\n某公司遗失公章，声明作废。",
        )
    ]


def test_a_public_notice_is_an_item(parsed: Parse) -> None:
    page = f"{NEWS}## 停电公告\n\n定于3月18日停电。\n\n供电公司\n\n2026年3月15日\n"
    notice = parsed(page).articles[-1]
    assert notice.kind is ArticleKind.NOTICE
    assert [paragraph.text for paragraph in notice.paragraphs] == [
        "定于3月18日停电。",
        "供电公司",
        "2026年3月15日",
    ]


def test_a_data_table_stays_in_its_item_with_its_heads(parsed: Parse) -> None:
    table = "| 指标 | 总量 |\n|---|---|\n| 农业 | 98.6 |\n"
    (article,) = parsed(f"{NEWS}主要指标如下：\n\n{table}").articles
    assert article.paragraphs[-1].text == "指标\t总量\n农业\t98.6"


def test_a_box_of_contents_is_one_skip(parsed: Parse) -> None:
    edition = parsed(f"# 今日导读\n\n地铁月底试运营 A03版\n\n高考今日开考 A05版\n\n{NEWS}")
    assert skips(edition) == [
        (SkipReason.TOC, "今日导读\n地铁月底试运营 A03版\n高考今日开考 A05版")
    ]


@pytest.mark.parametrize(
    ("lead", "byline"),
    [
        ("本报讯(记者 郭晓玲 王晨旷)", "本报讯(记者 郭晓玲 王晨旷)"),
        ("新华社北京4月8日电（记者张三、李四）", "新华社北京4月8日电（记者张三、李四）"),
        ("本报北京9月8日讯 ", "本报北京9月8日讯"),
        ("【本报讯】", "【本报讯】"),
        ("〔记者张三／台北报导〕", "〔记者张三／台北报导〕"),
        ("（中央社记者张三台北8日电）", "（中央社记者张三台北8日电）"),
        ("本报讯 记者张三报道：", "本报讯 记者张三报道"),
        ("据新华社东京3月2日电 ", "据新华社东京3月2日电"),
    ],
)
def test_the_credit_before_the_first_sentence_becomes_the_byline(
    parsed: Parse, lead: str, byline: str
) -> None:
    (article,) = parsed(f"## 市政府召开常务会议\n\n{lead}3月1日，会议召开。\n").articles
    assert article.byline == byline
    assert article.paragraphs[0].text == "3月1日，会议召开。"


def test_an_ocr_repetition_is_kept_out_once(parsed: Parse) -> None:
    sentence = (
        "会议强调，要坚持以人民为中心，扎实做好各项民生工作，不断增强群众的获得感幸福感安全感。"
    )
    edition = parsed(f"{NEWS}{sentence}\n\n{sentence}\n")
    assert skips(edition) == [(SkipReason.DUPLICATE, sentence)]


def test_gaps_in_numbering_and_odd_repetitions_are_reported_with_their_line(parsed: Parse) -> None:
    page = (
        "# 实施方案\n\n（2026年3月1日）\n\n一、总体要求\n\n要高质量高质量发展。\n\n"
        "三、保障\n\n抓好。\n"
    )
    assert [warning.line for warning in parsed(page).warnings] == [7, 9]
