"""What stands at the head of a page, and what the end of an item says of the next line."""

from __future__ import annotations

from pathlib import Path

from tingbao.models import Edition
from tingbao.parse import parse_pages

PAGE = """# 江州日报

2026年3月14日 星期六 丙午年正月廿六 第12345期 今日8版 国内统一刊号CN 32-0000

# 要闻 A01版

## 全市招商引资大会召开
### 签约项目42个 总投资超300亿元

本报讯（记者 王小明 通讯员 李大军）昨日上午，全市招商引资大会召开。（下转A03版）

**三月以来降水偏少**

据市气象台消息，3月以来全市平均降水量仅12.3毫米，较常年同期偏少四成。
"""


def edition_of(tmp_path: Path, text: str) -> Edition:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    return parse_pages([page])


def test_a_long_imprint_does_not_end_the_head_of_the_page(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, PAGE)
    assert (edition.pages[0].label, edition.pages[0].section) == ("A01", "要闻")
    assert (edition.paper, str(edition.date), edition.issue) == ("江州日报", "2026-03-14", "12345")


def test_after_a_jump_to_another_page_a_bold_line_begins_an_item(tmp_path: Path) -> None:
    titles = [article.title for article in edition_of(tmp_path, PAGE).articles]
    assert titles == ["全市招商引资大会召开", "三月以来降水偏少"]


def test_a_name_of_two_characters_beside_a_date_is_a_masthead(tmp_path: Path) -> None:
    text = "# 试报 2026年3月14日 第01版\n\n## 春耕有序推进\n\n本报讯 各地春耕有序推进。\n"
    edition = edition_of(tmp_path, text)
    assert [article.title for article in edition.articles] == ["春耕有序推进"]
    assert (edition.paper, edition.pages[0].label) == ("试报", "01")


def test_news_about_a_lottery_is_no_advert_but_its_numbers_are(tmp_path: Path) -> None:
    text = (
        "## 福彩公益金助力山区学子圆梦\n\n本报讯（记者 李明）近日，120名学生获得资助。\n\n"
        "## 福彩双色球第2026031期开奖公告\n\n红球：01 05 12 20 28 33 蓝球：07\n"
    )
    edition = edition_of(tmp_path, text)
    assert [article.title for article in edition.articles] == ["福彩公益金助力山区学子圆梦"]
    assert [skip.reason for skip in edition.skipped] == ["advert"]


def test_a_brief_whose_title_holds_a_word_of_interviews_is_a_brief(tmp_path: Path) -> None:
    text = (
        "## 简讯\n\n【外交部长访问法国】3月12日，外交部长抵达巴黎，开始对法国进行正式访问。\n\n"
        "【我市开展春节慰问活动】连日来，全市各级工会走访慰问困难职工三千余户。\n"
    )
    titles = [article.title for article in edition_of(tmp_path, text).articles]
    assert titles == ["外交部长访问法国", "我市开展春节慰问活动"]
