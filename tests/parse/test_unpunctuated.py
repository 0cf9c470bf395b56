"""Pages without punctuation: items by blank lines and heads, and paragraphs that stay apart."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from tingbao.models import Edition
from tingbao.parse import parse_pages, simplify
from tingbao.text.han import han_of

FERRY = "清江水退三尺渡船今晨復開兩岸行人皆稱便利惟因連日大雨橋樑尚未修竣往來客商仍須於渡口候船云"
ROAD = "赤山縣新築山路業已吿成計長三十里寬一丈二尺車馬往來頗形便利縣令昨日親往驗看並賞工人錢文"
GUEST = "昨有客自赤山來云沿途茶肆林立行旅稱便較之從前相去遠矣"
FAIR = "本埠昨開農產會到者甚衆會塲陳列農器穀種絲茶各物靑年學生槪行免費入塲參觀至晩始散"


def parsed(folder: Path, text: str, name: str = "01.txt") -> Edition:
    path = folder / name
    path.write_text(text, "utf-8")
    return parse_pages([path])


def items(edition: Edition) -> list[tuple[str | None, str | None, list[str]]]:
    return [(a.kicker, a.title, [p.text for p in a.paragraphs]) for a in edition.articles]


@pytest.mark.parametrize("mark", ["", "●", "▲ ", "○"])
def test_a_short_line_over_a_long_one_is_a_headline(tmp_path: Path, mark: str) -> None:
    text = f"{mark}渡船復開\n\n{FERRY}\n\n{mark}山路吿成\n\n{ROAD}\n\n{GUEST}\n"
    assert items(parsed(tmp_path, text)) == [
        (None, "渡船复开", [simplify(FERRY)]),
        (None, "山路告成", [simplify(ROAD), simplify(GUEST)]),
    ]


def test_without_headlines_each_run_between_blank_lines_is_an_item(tmp_path: Path) -> None:
    assert items(parsed(tmp_path, f"{FERRY}\n\n{ROAD}\n\n{FAIR}\n")) == [
        (None, None, [simplify(text)]) for text in (FERRY, ROAD, FAIR)
    ]


def test_marked_paragraphs_without_headlines_are_items_without_a_blank_line(tmp_path: Path) -> None:
    assert items(parsed(tmp_path, f"○{FERRY}\n○{ROAD}\n○{FAIR}\n")) == [
        (None, None, [f"○{simplify(text)}"]) for text in (FERRY, ROAD, FAIR)
    ]


def test_lines_as_wide_as_a_column_are_one_paragraph_and_end_at_the_blank_line(
    tmp_path: Path,
) -> None:
    wrapped = ["\n".join(t[at : at + 13] for at in range(0, len(t), 13)) for t in (FERRY, ROAD)]
    text = f"渡船復開\n{wrapped[0]}\n\n山路吿成\n{wrapped[1]}\n"
    assert items(parsed(tmp_path, text)) == [
        (None, "渡船复开", [simplify(FERRY)]),
        (None, "山路告成", [simplify(ROAD)]),
    ]


def test_headlines_and_paragraphs_need_no_blank_lines_where_paragraphs_are_one_line(
    tmp_path: Path,
) -> None:
    text = f"渡船復開\n{FERRY}\n山路吿成\n{ROAD}\n{GUEST}\n"
    assert items(parsed(tmp_path, text)) == [
        (None, "渡船复开", [simplify(FERRY)]),
        (None, "山路告成", [simplify(ROAD), simplify(GUEST)]),
    ]


def test_of_two_headlines_the_upper_one_is_the_kicker_and_one_may_stand_on_its_text(
    tmp_path: Path,
) -> None:
    text = f"上諭\n\n{GUEST}\n\n{ROAD}\n\n本埠新聞\n\n渡船復開　{FERRY}\n\n{FAIR}\n"
    assert items(parsed(tmp_path, text)) == [
        (None, "上谕", [simplify(GUEST), simplify(ROAD)]),
        ("本埠新闻", "渡船复开", [simplify(FERRY), simplify(FAIR)]),
    ]


def test_under_marked_headings_paragraphs_stay_apart(tmp_path: Path) -> None:
    text = f"## 渡船復開\n\n{FERRY}\n\n## 山路吿成\n\n{ROAD}\n\n{GUEST}\n"
    assert items(parsed(tmp_path, text, "01.md")) == [
        (None, "渡船复开", [simplify(FERRY)]),
        (None, "山路告成", [simplify(ROAD), simplify(GUEST)]),
    ]


def test_verse_in_short_lines_is_not_taken_for_such_a_page(tmp_path: Path) -> None:
    text = (
        "江边的桥\n\n我站在江边的桥上\n看见水从山里来\n带着一点点雪的凉意\n和去年秋天的叶子\n\n"
        "桥上走过许多人\n有的回家有的出门\n我不认识他们\n但我知道桥认识\n桥一直在这里等\n"
    )
    (article,) = parsed(tmp_path, text).articles
    assert len(article.paragraphs) >= 9


def test_no_character_is_lost_however_lines_and_blanks_fall(tmp_path: Path) -> None:
    chance = random.Random(1911)
    parts = [
        "●渡船復開",
        "本埠新聞",
        FERRY,
        ROAD,
        f"山路　{ROAD}",
        GUEST[:9],
        FAIR,
        "（未完）",
        "本報記者田禾",
    ]
    for _ in range(80):
        chosen = [chance.choice(parts) for _ in range(chance.randrange(2, 9))]
        text = "".join(part + chance.choice(["\n", "\n\n", "\n　　"]) for part in [FERRY, *chosen])
        edition = parsed(tmp_path, text)
        shown = [s.text for s in edition.skipped]
        for article in edition.articles:
            credit = article.byline.text if article.byline else None
            fields = (article.kicker, article.title, article.subtitle, credit)
            shown += [
                *filter(None, (*fields, article.dateline)),
                *(p.text for p in article.paragraphs),
            ]
        assert Counter(han_of("".join(shown))) == Counter(han_of(simplify(text)))
