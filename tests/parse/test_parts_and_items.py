"""What tells the head of a part from the headline of the next item."""

from __future__ import annotations

import pytest

from parse_fixtures import Parse
from tingbao.models import ArticleKind, Edition, ParagraphKind

LEAD = "本报讯（记者 齐跃）即日起，地铁5号线末班车延长至23:40。"
PROSE = "走进人民公园，湖边的长椅全部换成了防腐木面板，坐上去暖和多了。"


def titles(edition: Edition) -> list[str | None]:
    return [article.title for article in edition.articles]


def heads(edition: Edition) -> list[str]:
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
    assert heads(edition) == ["议员忧加重负担"]


def test_a_series_of_quoted_heads_ends_at_one_without_quotes(parsed: Parse) -> None:
    series = ["“旧厂房”变“新车间”", "“跟着跑”变“领着跑”"]
    parts = "".join(f"# {head}\n\n{PROSE}\n\n" for head in series)
    news = "# 市博物馆推出青铜器特展\n\n11月2日，特展在市博物馆开幕，展出青铜器168件。\n"
    edition = parsed(f"# 技改投资增长两成\n\n本报记者 向前进\n\n{PROSE}\n\n{parts}{news}")
    assert titles(edition) == ["技改投资增长两成", "市博物馆推出青铜器特展"]
    assert heads(edition) == series


def test_a_series_of_speakers_ends_at_a_head_without_one(parsed: Parse) -> None:
    series = ["街道：已列入计划", "居民：盼早日动工"]
    parts = "".join(f"### {head}\n\n{PROSE}\n\n" for head in series)
    page = f"### 坑洼何时休\n\n本报记者 申小雨\n\n{PROSE}\n\n{parts}"
    edition = parsed(f"{page}### 老邮筒成了“网红”\n\n不少年轻人寄出明信片。“慢一点，也挺好。”\n")
    assert titles(edition) == ["坑洼何时休", "老邮筒成了“网红”"]
    assert heads(edition) == series


def test_short_labels_of_one_form_head_the_parts_of_an_unsigned_item(parsed: Parse) -> None:
    labels = ["控制湿度", "清除病残", "合理用药"]
    parts = "".join(f"**{label}**\n\n{PROSE}\n\n" for label in labels)
    edition = parsed(f"**秋季大棚番茄如何防灰霉病**\n\n{PROSE}\n\n{parts}")
    assert titles(edition) == ["秋季大棚番茄如何防灰霉病"]
    assert heads(edition) == labels


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
    assert heads(edition) == [box]


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
