"""How a page falls into articles and what is kept out of them, one behaviour a test."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from parse_fixtures import Parse
from tingbao import parse
from tingbao.models import Article, ArticleKind, Edition, ParagraphKind, SkipReason, Table
from tingbao.text.credits import read_credit

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
    ("line", "named"),
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
def test_a_masthead_names_its_edition(
    parsed: Parse, line: str, named: tuple[str | None, dt.date, str | None, str]
) -> None:
    edition = parsed(f"{line}\n\n{NEWS}", names="unnumbered.md")
    assert (edition.paper, edition.date, edition.issue, edition.pages[0].label.printed) == named


def test_levels_separate_kicker_title_and_subtitle(parsed: Parse) -> None:
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
    assert article.paragraphs[-1].table == Table(("指标", "总量"), (("农业", "98.6"),))


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
    assert article.byline == read_credit(byline)
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


LEAD = "本报讯（记者 齐跃）即日起，地铁5号线末班车延长至23:40。"
PROSE = "走进人民公园，湖边的长椅全部换成了防腐木面板，坐上去暖和多了。"


def titles(edition: Edition) -> list[str | None]:
    return [article.title for article in edition.articles]


def headings(edition: Edition) -> list[str]:
    return [
        paragraph.text
        for article in edition.articles
        for paragraph in article.paragraphs
        if paragraph.kind is ParagraphKind.HEADING
    ]


@pytest.mark.parametrize("mark", ["# ", "### ", "**"])
def test_unsigned_news_under_plain_news_is_an_item_of_its_own(parsed: Parse, mark: str) -> None:
    end = "**" if mark == "**" else ""
    names = ["地铁五号线延时", "旧衣回收箱进小区", "山里娃有了足球梦"]
    first, *others = (f"{mark}{name}{end}" for name in names)
    page = f"{first}\n\n{LEAD}\n\n" + "".join(f"{other}\n\n{PROSE}\n\n" for other in others)
    assert titles(parsed(page)) == names


def test_a_smaller_head_under_plain_news_heads_a_part(parsed: Parse) -> None:
    part = f"### 议员忧加重负担\n\n{PROSE}\n\n"
    page = f"## 长者乘车优惠收紧\n\n{LEAD}\n\n{part}## 末班车延时\n\n{LEAD}\n"
    edition = parsed(page)
    assert titles(edition) == ["长者乘车优惠收紧", "末班车延时"]
    assert headings(edition) == ["议员忧加重负担"]


def test_a_series_of_quoted_heads_ends_at_one_without_quotes(parsed: Parse) -> None:
    series = ["“旧厂房”变“新车间”", "“跟着跑”变“领着跑”"]
    parts = "".join(f"# {head}\n\n{PROSE}\n\n" for head in series)
    news = "# 市博物馆推出青铜器特展\n\n11月2日，特展在市博物馆开幕，展出青铜器168件。\n"
    edition = parsed(f"# 技改投资增长两成\n\n本报记者 向前进\n\n{PROSE}\n\n{parts}{news}")
    assert titles(edition) == ["技改投资增长两成", "市博物馆推出青铜器特展"]
    assert headings(edition) == series


def test_a_series_of_speakers_ends_at_a_head_without_one(parsed: Parse) -> None:
    series = ["街道：已列入计划", "居民：盼早日动工"]
    parts = "".join(f"### {head}\n\n{PROSE}\n\n" for head in series)
    page = f"### 坑洼何时休\n\n本报记者 申小雨\n\n{PROSE}\n\n{parts}"
    edition = parsed(f"{page}### 老邮筒成了“网红”\n\n不少年轻人寄出明信片。“慢一点，也挺好。”\n")
    assert titles(edition) == ["坑洼何时休", "老邮筒成了“网红”"]
    assert headings(edition) == series


def test_short_labels_of_one_form_head_the_parts_of_an_unsigned_item(parsed: Parse) -> None:
    labels = ["控制湿度", "清除病残", "合理用药"]
    parts = "".join(f"**{label}**\n\n{PROSE}\n\n" for label in labels)
    edition = parsed(f"**秋季大棚番茄如何防灰霉病**\n\n{PROSE}\n\n{parts}")
    assert titles(edition) == ["秋季大棚番茄如何防灰霉病"]
    assert headings(edition) == labels


def test_bold_words_before_the_text_of_a_signed_item_are_no_briefs(parsed: Parse) -> None:
    page = (
        "## 膝盖响，是病吗\n\n本报记者 芮雪\n\n大多数弹响是生理性的，无须担忧。\n\n"
        "**生理性弹响** 声音清脆、单一，不伴疼痛，无须处理。\n\n"
        "**病理性弹响** 声音沉闷，伴有疼痛、卡顿，应及时就医。\n"
    )
    assert titles(parsed(page)) == ["膝盖响，是病吗"]


@pytest.mark.parametrize("lines", [4, 9])
def test_verses_above_a_headline_are_none_of_its_lines(parsed: Parse, lines: int) -> None:
    verses = "\n".join("月光落在井沿上像盐"[: 4 + number % 5] for number in range(lines))
    edition = parsed(f"## 冬至帖\n\n谷子\n\n{verses}\n\n## 新书架\n\n{PROSE}\n")
    assert [(a.kicker, a.title) for a in edition.articles] == [(None, "冬至帖"), (None, "新书架")]


@pytest.mark.parametrize("box", ["法官说法", "专家提醒", "律师点评"])
def test_a_box_in_which_an_expert_comments_belongs_to_the_item_above(
    parsed: Parse, box: str
) -> None:
    edition = parsed(f"## 借名买房 房子归谁\n\n{PROSE}\n\n## {box}\n\n{PROSE}\n")
    assert titles(edition) == ["借名买房 房子归谁"]
    assert headings(edition) == [box]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("国乒公布亚锦赛名单", ArticleKind.ARTICLE),
        ("市政府印发老旧小区改造方案", ArticleKind.ARTICLE),
        ("政府信息发布管理办法", ArticleKind.DOCUMENT),
        ("关于公布示范学校名单的决定", ArticleKind.DOCUMENT),
    ],
)
def test_who_issued_a_document_is_news(parsed: Parse, title: str, kind: ArticleKind) -> None:
    (article,) = parsed(f"# {title}\n\n{PROSE}\n").articles
    assert article.kind is kind


FRONT_PAGE = """# 江州日报

2026年3月14日 星期六 丙午年正月廿六 第12345期 今日8版 国内统一刊号CN 32-0000

# 要闻 A01版

## 全市招商引资大会召开
### 签约项目42个 总投资超300亿元

本报讯（记者 王小明 通讯员 李大军）昨日上午，全市招商引资大会召开。（下转A03版）

**三月以来降水偏少**

据市气象台消息，3月以来全市平均降水量仅12.3毫米，较常年同期偏少四成。
"""


def test_a_long_imprint_does_not_end_the_head_of_the_page(parsed: Parse) -> None:
    edition = parsed(FRONT_PAGE)
    assert (edition.pages[0].label.printed, edition.pages[0].section) == ("A01", "要闻")
    assert (edition.paper, str(edition.date), edition.issue) == ("江州日报", "2026-03-14", "12345")


def test_after_a_jump_to_another_page_a_bold_line_begins_an_item(parsed: Parse) -> None:
    titles = [article.title for article in parsed(FRONT_PAGE).articles]
    assert titles == ["全市招商引资大会召开", "三月以来降水偏少"]


def test_a_name_of_two_characters_beside_a_date_is_a_masthead(parsed: Parse) -> None:
    text = "# 试报 2026年3月14日 第01版\n\n## 春耕有序推进\n\n本报讯 各地春耕有序推进。\n"
    edition = parsed(text)
    assert [article.title for article in edition.articles] == ["春耕有序推进"]
    assert (edition.paper, edition.pages[0].label.printed) == ("试报", "01")


def test_news_about_a_lottery_is_no_advert_but_its_numbers_are(parsed: Parse) -> None:
    text = (
        "## 福彩公益金助力山区学子圆梦\n\n本报讯（记者 李明）近日，120名学生获得资助。\n\n"
        "## 福彩双色球第2026031期开奖公告\n\n红球：01 05 12 20 28 33 蓝球：07\n"
    )
    edition = parsed(text)
    assert [article.title for article in edition.articles] == ["福彩公益金助力山区学子圆梦"]
    assert [skip.reason for skip in edition.skipped] == ["advert"]


def test_a_brief_with_a_title_that_holds_a_word_of_interviews_is_a_brief(parsed: Parse) -> None:
    text = (
        "## 简讯\n\n【外交部长访问法国】3月12日，外交部长抵达巴黎，开始对法国进行正式访问。\n\n"
        "【我市开展春节慰问活动】连日来，全市各级工会走访慰问困难职工三千余户。\n"
    )
    titles = [article.title for article in parsed(text).articles]
    assert titles == ["外交部长访问法国", "我市开展春节慰问活动"]


def texts(article: Article) -> Sequence[str]:
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize(
    "signature",
    [
        "（市中医院耳鼻喉科副主任医师 简红梅）",
        "湖北阳新县读者 乐家兴",
        "本报记者 全晓明 文/摄",
        "（张 燕 全继蓉）",
    ],
)
def test_who_signs_below_a_text_is_its_byline(parsed: Parse, signature: str) -> None:
    page = f"# 盼村口的桥早点修好\n\n石拱桥去年被冲毁一角。\n\n希望尽快修复。\n\n{signature}\n"
    (article,) = parsed(page).articles
    assert article.byline == read_credit(signature)
    assert texts(article) == ["石拱桥去年被冲毁一角。", "希望尽快修复。"]


def test_a_photographer_below_a_text_did_not_write_it(parsed: Parse) -> None:
    page = "# 秋收正忙\n\n稻田里机声隆隆。\n\n图为农民在收割。\n\n本报记者 张远 摄\n"
    (article,) = parsed(page).articles
    assert article.byline is None
    assert [p.kind for p in article.paragraphs][1:] == [ParagraphKind.CAPTION] * 2


def test_a_lead_ends_where_the_sentence_begins(parsed: Parse) -> None:
    page = "# 站台装上喷雾\n\n本报讯 记者荆海东 报道 进入伏天，市公交集团加装喷雾装置。\n"
    (article,) = parsed(page).articles
    assert article.byline == read_credit("本报讯 记者荆海东 报道")
    assert texts(article) == ["进入伏天，市公交集团加装喷雾装置。"]


def test_the_office_under_the_title_of_its_document_issues_it(parsed: Parse) -> None:
    page = "2025年统计公报[1]\n\n沅江市统计局\n\n2026年3月26日\n\n全市经济稳中有进。\n"
    (article,) = parsed(page).articles
    assert (article.kind, article.byline) == (ArticleKind.DOCUMENT, read_credit("沅江市统计局"))
    assert article.dateline == "2026年3月26日"


def test_more_than_two_plain_lines_under_a_marked_title_are_its_text(parsed: Parse) -> None:
    page = "# 白露\n\n露从今夜白\n稻向此时黄\n谁家新打的谷\n香过一条江\n"
    (article,) = parsed(page).articles
    assert article.title == "白露"
    assert [p.kind for p in article.paragraphs] == [ParagraphKind.LIST] * 4


def test_running_text_of_a_broken_column_is_no_headline(parsed: Parse) -> None:
    page = (
        "免费停车场成了僵尸车的家\n"
        "　　丁公路一处停车场里停着十几\n辆落满灰尘的车，附近居民想停车\n却没有位置。\n"
        "　　记者在现场看到，其中一辆车\n的挡风玻璃上贴着旧标志。\n"
        "　　街道办工作人员表示，将联系\n交警核实车主身份。\n"
    )
    (article,) = parsed(page, names="{:02}.txt").articles
    assert article.title == "免费停车场成了僵尸车的家"
    assert len(article.paragraphs) == 3


def test_a_private_offer_is_an_advert_and_news_of_one_is_not(parsed: Parse) -> None:
    offer = "## 房屋出租广场\n\n市委家属院三楼，精装修，价格面议。13837500001\n"
    news = "## 租房骗局\n\n本报讯（记者 王晨）近日，有人以低价出租为名行骗，举报电话13837500001。\n"
    edition = parsed(offer + "\n" + news)
    assert [article.title for article in edition.articles] == ["租房骗局"]
    assert [skip.reason for skip in edition.skipped] == [SkipReason.ADVERT]


def test_a_page_s_first_line_may_name_a_section_nobody_lists(parsed: Parse) -> None:
    edition = parsed("# 10 教师成长\n\n# 给学生留白\n\n窦桂梅\n\n好课在于学生想了多少。\n")
    assert (edition.pages[0].label.printed, edition.pages[0].section) == ("10", "教师成长")
    assert [article.title for article in edition.articles] == ["给学生留白"]


def test_a_paper_of_any_name_is_known_by_the_date_below_it(parsed: Parse) -> None:
    edition = parsed("今日青田\n\n2026年5月29日 星期五\n\n# 杨梅上市\n\n本报讯 杨梅熟了。\n")
    assert [skip.text for skip in edition.skipped] == ["今日青田", "2026年5月29日 星期五"]


def test_a_notice_without_a_way_points_by_its_place_and_the_order_of_pages(parsed: Parse) -> None:
    first = "第1版：头版\n\n# 逆转\n\n本报讯（记者 苏晨）中国队连扳三局。（紧接第2版）\n"
    second = "第2版：排球\n\n（紧接第1版）\n\n主教练说，赢在韧劲。\n"
    (article,) = parsed(first, second).articles
    assert article.pages == (1, 2)
    assert article.continued_to is article.continued_from is None


def test_a_notice_broken_over_two_lines_is_whole_again(parsed: Parse) -> None:
    edition = parsed("# 调研项目建设\n\n本报讯（记者 曾巍）要求相关部门（下转\n第2版）\n")
    assert [skip.text for skip in edition.skipped] == ["（下转第2版）"]
    label = edition.articles[0].continued_to
    assert label is not None
    assert label.text == "2"


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("热导率达$10^{3}$瓦。", "热导率达10³瓦。"),
        ("排放CO<sub>2</sub>下降。", "排放CO₂下降。"),
        ("占地$3.5km^2$。", "占地3.5km²。"),
    ],
)
def test_raised_and_lowered_digits_keep_their_place(parsed: Parse, printed: str, kept: str) -> None:
    (article,) = parsed(f"# 新材料\n\n本报讯（记者 张梦）{printed}\n").articles
    assert texts(article) == [kept]


def test_a_table_needs_no_outer_pipes_and_no_long_dashes(parsed: Parse) -> None:
    page = "# 净利润\n\n具体如下：\n\n行业|亿元\n:-:|-:\n电子|512.6\n\n机构认为有望改善。\n"
    (article,) = parsed(page).articles
    assert article.paragraphs[1].text == "行业\t亿元\n电子\t512.6"


def test_every_word_list_is_used_and_every_list_that_is_used_exists() -> None:
    room = Path(parse.__path__[0])
    lists = tomllib.loads((room / "words.toml").read_text("utf-8"))
    written = {f"{section}.{name}" for section, names in lists.items() for name in names}
    code = "".join(
        path.read_text("utf-8") for path in room.rglob("*.py") if path.name != "words.py"
    )
    assert set(re.findall(r"\bwords\(['\"]([\w.]+)['\"]\)", code)) == written
