"""Pages as they lie on people's disks: copied e-papers, archives of articles, saved bulletins."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from parse_fixtures import Parse
from tingbao.models import Article, ArticleKind, Edition, ParagraphKind, SkipReason
from tingbao.parse import parse_pages
from tingbao.text.credits import read_credit

LONG = "　　县里的果农合作社今年把冷库修到了山脚下，采下来的梨当天就能进库，价钱也稳住了。\n"
OTHER = "　　镇上的老戏台重新刷了漆，每逢集日就有票友来唱两段，台下坐满了带着板凳的乡亲。\n"


def head(article: Article) -> tuple[str | None, str | None, str | None]:
    return article.kicker, article.title, article.subtitle


def skipped(edition: Edition, reason: SkipReason) -> list[str]:
    return [skip.text for skip in edition.skipped if skip.reason is reason]


@pytest.mark.parametrize(
    "title",
    [
        "山下的冷库开门了！（记者走基层）",
        "“梨价稳了，心里就踏实了”",
        "应聘",
        "三个村，一条渠，两代人（亲历）",
        "关于修好进山公路、办好集市，让山里的梨和山外的客早日见面的几点想法和做法（上）",
    ],
)
def test_the_flush_line_over_indented_text_is_the_title_whatever_it_says(
    parsed: Parse, title: str
) -> None:
    articles = parsed(f"{title}\n\n{LONG}{OTHER}", names="{}.txt").articles
    assert [(one.title, len(one.paragraphs)) for one in articles] == [(title, 2)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("果农走上合作路\n冷库修到山脚下\n\n", ("果农走上合作路", "冷库修到山脚下", None)),
        ("冷库修到山脚下\n县里今年再添六座\n", (None, "冷库修到山脚下", "县里今年再添六座")),
        ("冷库修到山脚下\n——南沟村见闻\n\n", (None, "冷库修到山脚下", "——南沟村见闻")),
        (
            "果农走上合作路\n冷库修到山脚下\n县里今年再添六座\n",
            ("果农走上合作路", "冷库修到山脚下", "县里今年再添六座"),
        ),
    ],
)
def test_lines_over_indented_text_are_kicker_title_and_subtitle_by_their_place(
    parsed: Parse, lines: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    (article,) = parsed(lines + LONG + OTHER, names="{}.txt").articles
    assert head(article) == expected


def test_an_indented_short_line_heads_a_part_and_begins_no_article(parsed: Parse) -> None:
    page = f"冷库修到山脚下\n\n{LONG}　　采梨时节的夜班\n{OTHER}　　老戏台又热闹了\n{LONG}"
    (article,) = parsed(page, names="{}.txt").articles
    headings = [one.text for one in article.paragraphs if one.kind is ParagraphKind.HEADING]
    assert headings == ["采梨时节的夜班", "老戏台又热闹了"]


def test_a_flush_line_under_a_blank_one_begins_the_next_article(parsed: Parse) -> None:
    source = "　　（摘编自《山里报》，原题为《冷》）\n"
    page = f"冷库修到山脚下\n\n{LONG}{source}\n戏台新颜（纵横）\n\n{OTHER}"
    articles = parsed(page, names="{}.txt").articles
    assert [one.title for one in articles] == ["冷库修到山脚下", "戏台新颜（纵横）"]


def test_where_every_paragraph_stands_under_a_blank_line_a_blank_line_says_nothing(
    parsed: Parse,
) -> None:
    page = (
        f"港口正当时\n——我市港口发展综述\n\n本报记者 海涛\n\n{LONG}\n向海图强 能级再跃升\n\n{OTHER}"
        f"\n{LONG}\n以港兴产 经济再壮大\n\n{OTHER}"
    )
    assert [one.title for one in parsed(page, names="{}.txt").articles] == ["港口正当时"]


def test_a_name_that_is_spaced_out_under_the_title_is_its_writer(parsed: Parse) -> None:
    page = f"从老账本里学持家\n苗 小 川\n弄懂老辈人的精打细算，才能更好应对今天的日子\n\n{LONG}"
    (article,) = parsed(page, names="{}.txt").articles
    assert article.title == "从老账本里学持家"
    assert article.subtitle == "弄懂老辈人的精打细算，才能更好应对今天的日子"
    assert article.byline == read_credit("苗 小 川")


@pytest.mark.parametrize(
    "line",
    [
        "《 南山日报 》（ 2026年03月14日   05 版）",
        "2026年3月14日南山日报 第5版",
        "南山日报 2026-03-14 第05版",
        "《南山日报》 2026-03-14 第5版 要闻",
        "南山日报/2026年/3月/14日/第005版",
    ],
)
def test_a_line_of_paper_date_and_page_is_a_running_head_wherever_it_stands(
    parsed: Parse, line: str
) -> None:
    page = f"冷库修到山脚下\n{line}\n\n{LONG}{OTHER}"
    edition = parsed(page, names="article.txt")
    assert skipped(edition, SkipReason.MASTHEAD) == [" ".join(line.split())] or skipped(
        edition, SkipReason.MASTHEAD
    ) == [line]
    assert (edition.paper, edition.date) == ("南山日报", dt.date(2026, 3, 14))
    assert [one.title for one in edition.articles] == ["冷库修到山脚下"]


@pytest.mark.parametrize(
    "line",
    [
        "专栏:",
        "专栏：集市",
        "人气 2624",
        "阅读:82",
        "[查看原文](https://example.org/1)",
        "上一篇：雨后",
        "时间：2026-03-14 来源：南山日报 作者：苗小川 点击：100",
        "发布时间：2026-03-14 08:30",
        "2026年03月14日08:30 来源：南山日报",
        "当前位置：首页 > 新闻中心 > 正文",
        "字号：大 中 小",
        "评论(12)",
        "稿源：南山新闻网 编辑：苗小川",
        "打印本页 关闭窗口",
    ],
)
def test_lines_that_a_site_puts_round_a_text_are_furniture(parsed: Parse, line: str) -> None:
    edition = parsed(f"# 冷库修到山脚下\n\n{line}\n\n{LONG.strip()}\n\n{line}\n")
    assert len(skipped(edition, SkipReason.FURNITURE)) == 2
    assert [one.title for one in edition.articles] == ["冷库修到山脚下"]
    assert edition.articles[0].kicker is None


@pytest.mark.parametrize(
    "text",
    [
        "阅读量增长了82%，",
        "首页上的新闻说，",
        "人气旺的夜市",
        "来源于生活的戏，",
        "专栏作家来到村里，",
    ],
)
def test_words_of_a_site_inside_a_sentence_stay(parsed: Parse, text: str) -> None:
    edition = parsed(f"# 冷库修到山脚下\n\n{text}{LONG.strip()}\n")
    assert skipped(edition, SkipReason.FURNITURE) == []


def test_lines_that_articles_share_inside_their_text_are_no_running_heads(parsed: Parse) -> None:
    pages = [
        f"{title}\n\n　　时间：3月12日下午\n　　地点：县会堂\n{LONG}　　（新华社北京3月12日电）\n"
        for title in ("话说到心里", "账算到明处", "路修到门口")
    ]
    edition = parsed(*pages, names="{}.txt")
    assert skipped(edition, SkipReason.FURNITURE) == []
    assert [len(one.paragraphs) for one in edition.articles] == [3, 3, 3]


@pytest.mark.parametrize("lead", ["【本报消息】", "【本报讯】", "［中新社讯］"])
def test_each_bracketed_lead_without_a_title_begins_a_brief(parsed: Parse, lead: str) -> None:
    texts = ("两名厨师获选参加青年厨师计划。", "首届文化演出季下月开幕。", "乐团走进校园。")
    edition = parsed("\n\n".join(lead + text for text in texts), names="{}.txt")
    assert [(one.kind, one.title) for one in edition.articles] == [(ArticleKind.BRIEF, None)] * 3


def test_an_agency_is_no_part_of_another_word(parsed: Parse) -> None:
    text = "　　清江电网赤山供电局副站长苗小川说，希望出台公共场所用电安全的办法。\n"
    page = f"统一用电管理\n\n{text}"
    (article,) = parsed(page, names="{}.txt").articles
    assert article.byline is None
    assert article.paragraphs[0].text.startswith("清江电网赤山供电局")


def test_paragraphs_that_lost_their_full_stop_stay_apart_and_nothing_joins_over_a_picture(
    parsed: Parse,
) -> None:
    page = (
        "# 农产品信息见成效\n\n信息采集全面铺开。三年来，全县建成了覆盖各乡镇的价格采集点。\n\n"
        "会展经济蓬勃发展。县里每年办两场展销会，产销之间有了日常的购销对接机制\n\n"
        "市场监测迈出大步。全县批发市场都装上了采集终端，价格当天就能报到县里\n\n"
        "![](images/a.jpg)\n\n外地专家现场讲剪枝\n"
    )
    (article,) = parsed(page).articles
    assert [one.text[:4] for one in article.paragraphs] == [
        "信息采集",
        "会展经济",
        "市场监测",
        "外地专家",
    ]


def test_a_straight_closing_quote_closes_a_curly_one(parsed: Parse) -> None:
    page = (
        '# 教学楼今年建成\n\n“你想去吗？"“非常想！"老师这样问学生。\n\n据院长介绍，新楼就要完工。\n'
    )
    assert len(parsed(page).articles[0].paragraphs) == 2


def test_the_end_of_a_paragraphs_tag_ends_it(parsed: Parse) -> None:
    text = "<p><strong>本报讯</strong>今天开工。</p><p>备足种子。</p><p>六成已整。</p>"
    page = f"### 春耕启动\n\n{text}\n"
    assert [one.text for one in parsed(page).articles[0].paragraphs] == [
        "今天开工。",
        "备足种子。",
        "六成已整。",
    ]


def test_names_of_files_say_date_page_and_article(tmp_path: Path) -> None:
    for name in ("20260314-01-01", "20260314-01-02", "20260314-02-01"):
        (tmp_path / f"{name}.txt").write_text(f"冷库{name[-1]}{name[-4]}\n\n{LONG}", "utf-8")
    edition = parse_pages([tmp_path])
    assert [page.label.printed for page in edition.pages] == ["01", "01", "02"]


def test_an_article_that_is_there_twice_is_read_once(parsed: Parse) -> None:
    page = f"冷库修到山脚下\n\n{LONG}{OTHER}"
    edition = parsed(page, f"老戏台\n\n{OTHER}", page, names="{}.txt")
    assert [one.title for one in edition.articles] == ["冷库修到山脚下", "老戏台"]
    assert len(skipped(edition, SkipReason.DUPLICATE)) == 3


@pytest.mark.parametrize("text", ["若a<b，温度>30℃时停机。", "当<p的人数>5时，x<u且y>v。"])
def test_a_sign_of_comparison_opens_no_tag(parsed: Parse, text: str) -> None:
    (article,) = parsed(f"# 机房守则\n\n{text}\n").articles
    assert [one.text for one in article.paragraphs] == [text]


ACROSS = (
    "县里的果农合作社今年把冷　　镇上的老戏台重新刷了漆，每",
    "库修到了山脚下，采下来的　　逢集日就有票友来唱两段，台",
    "梨当天就能进库，价钱也稳　　下坐满了带着板凳的乡亲，有",
    "住了，合作社的人说，明年　　人从三十里外赶来，只为听一",
    "还要再修两座，让邻村的梨　　段老腔，散场的时候，月亮已",
    "也能进库，大家都高兴得很　　经升到戏台的檐角上去了，好",
)


@pytest.mark.parametrize("gap", ["　　", "    ", "\t"])
def test_columns_that_were_read_across_are_named_with_page_and_lines(
    parsed: Parse, gap: str
) -> None:
    lines = "\n".join(line.replace("　　", gap) for line in ACROSS)
    edition = parsed(f"# 冷库修到山脚下\n\n{lines}\n")
    across = [one for one in edition.warnings if "read across columns" in one.message]
    assert [(one.page, one.line) for one in across] == [(1, 3)]
    assert "lines 3 to 8" in across[0].message


@pytest.mark.parametrize(
    "lines",
    [
        "\n".join(
            f"{place}　　{count}吨" for place in ("南沟", "北山", "东镇") for count in (5, 6)
        ),
        "\n".join(f"第{number}路　　从南沟镇经北山村、东镇到县城客运站" for number in range(1, 8)),
    ],
)
def test_tables_and_lists_are_not_taken_for_columns_read_across(parsed: Parse, lines: str) -> None:
    edition = parsed(f"# 客运时刻\n\n县客运站公布了新的时刻。\n\n{lines}\n")
    assert [one for one in edition.warnings if "across" in one.message] == []


@pytest.mark.parametrize(
    ("lead", "byline"),
    [
        ("本报讯 记者李明 日前，", "本报讯 记者李明"),
        ("本报讯 记者 李明 近日，", "本报讯 记者 李明"),
        ("本报讯 记者李明、通讯员王小川 连日来，", "本报讯 记者李明、通讯员王小川"),
        ("新华社北京3月14日电 昨天，", "新华社北京3月14日电"),
    ],
)
def test_the_words_with_which_the_text_begins_are_no_more_names(
    parsed: Parse, lead: str, byline: str
) -> None:
    (article,) = parsed(f"# 冷库修到山脚下\n\n{lead}果农说价钱稳住了。\n").articles
    assert article.byline == read_credit(byline)


@pytest.mark.parametrize(
    "start", ["充电桩建设提速，", "来电话的乡亲说，", "国家电网南山供电公司昨天说，"]
)
def test_electricity_is_no_dispatch(parsed: Parse, start: str) -> None:
    (article,) = parsed(f"# 冷库修到山脚下\n\n{start}果农也用上了新电。\n").articles
    assert article.byline is None


def test_files_that_are_counted_from_zero_hold_the_pages_from_one_on(tmp_path: Path) -> None:
    for number, place in enumerate(("山下", "镇上", "县城")):
        (tmp_path / f"page_{number}.md").write_text(f"冷库修到{place}\n\n{LONG}", "utf-8")
    edition = parse_pages([tmp_path])
    assert [page.label.printed for page in edition.pages] == ["1", "2", "3"]


@pytest.mark.parametrize("lead", ["〔记者田小禾报道〕", "本报讯（记者 田小禾）"])
def test_a_credit_that_opens_the_text_under_a_picture_is_the_byline(
    parsed: Parse, lead: str
) -> None:
    legend = "图为江边的渡口。 苗川 摄"
    text = "清江的水退了三尺，渡船今天早上又开了，人人都很高兴。"
    (article,) = parsed(f"# 渡船又开了\n\n{legend}\n\n{lead}{text}\n").articles
    assert article.byline == read_credit(lead)
    assert [paragraph.text for paragraph in article.paragraphs] == [legend, text]
