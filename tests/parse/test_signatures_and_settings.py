"""What later pages showed: who signs below a text, how a page is set, which way a notice points."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parse_fixtures import Parse
from tingbao.models import Article, ArticleKind, ParagraphKind, SkipReason


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
    assert article.byline == signature
    assert texts(article) == ["石拱桥去年被冲毁一角。", "希望尽快修复。"]


def test_a_photographer_below_a_text_did_not_write_it(parsed: Parse) -> None:
    page = "# 秋收正忙\n\n稻田里机声隆隆。\n\n图为农民在收割。\n\n本报记者 张远 摄\n"
    (article,) = parsed(page).articles
    assert article.byline is None
    assert [p.kind for p in article.paragraphs][1:] == [ParagraphKind.CAPTION] * 2


def test_a_lead_ends_where_the_sentence_begins(parsed: Parse) -> None:
    page = "# 站台装上喷雾\n\n本报讯 记者荆海东 报道 进入伏天，市公交集团加装喷雾装置。\n"
    (article,) = parsed(page).articles
    assert article.byline == "本报讯 记者荆海东 报道"
    assert texts(article) == ["进入伏天，市公交集团加装喷雾装置。"]


def test_the_office_under_the_title_of_its_document_issues_it(parsed: Parse) -> None:
    page = "2025年统计公报[1]\n\n沅江市统计局\n\n2026年3月26日\n\n全市经济稳中有进。\n"
    (article,) = parsed(page).articles
    assert (article.kind, article.byline) == (ArticleKind.DOCUMENT, "沅江市统计局")
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
    assert (edition.pages[0].label, edition.pages[0].section) == ("10", "教师成长")
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
    assert edition.articles[0].continued_to == "2"


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
