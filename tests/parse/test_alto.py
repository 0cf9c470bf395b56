"""ALTO and METS: lines with boxes, reading order, articles over pages, and other XML."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from tingbao.errors import InputError
from tingbao.models import Box, Edition
from tingbao.parse import parse_pages
from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.sources import follow_links, pages_of, read_files
from tingbao.text.han import han_of

V2 = 'xmlns="http://www.loc.gov/standards/alto/ns-v2#"'
V4 = 'xmlns="http://www.loc.gov/standards/alto/ns-v4#"'


def line(text: str, size: int = 20, left: int = 10, top: int = 10, name: str = "") -> str:
    box = f'HPOS="{left}" VPOS="{top}" WIDTH="{size * len(text)}" HEIGHT="{size}"'
    strings = "".join(f'<String CONTENT="{sign}"/>' for sign in text)
    return f'<TextLine ID="{name}" {box}>{strings}</TextLine>'


def block(name: str, *lines: str, more: str = "") -> str:
    return f'<TextBlock ID="{name}" {more}>{"".join(lines)}</TextBlock>'


def alto(*blocks: str, space: str = V2, head: str = "", margin: str = "", page: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alto {space}>{head}<Layout>'
        f'<Page ID="P1" {page}><TopMargin>{margin}</TopMargin>'
        f"<PrintSpace>{''.join(blocks)}</PrintSpace></Page></Layout></alto>"
    )


def area(file: str, begin: str) -> str:
    return f'<fptr><area FILEID="{file}" BETYPE="IDREF" BEGIN="{begin}"/></fptr>'


def div(kind: str, *inner: str, name: str = "") -> str:
    return f'<div TYPE="{kind}" ID="{name}">{"".join(inner)}</div>'


def mets(*articles: str, pages: tuple[str, ...] = ("F1", "F2")) -> str:
    files = "".join(
        f'<file ID="{p}"><FLocat xlink:href="file://./alto/{p}.xml"/></file>' for p in pages
    )
    order = "".join(f'<div TYPE="PAGE"><fptr FILEID="{p}"/></div>' for p in pages)
    return (
        '<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns="http://www.loc.gov/METS/" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><dmdSec><title>清江日报</title>'
        f"<dateIssued>1931-05-02</dateIssued></dmdSec><fileSec>{files}</fileSec>"
        f'<structMap TYPE="PHYSICAL">{order}</structMap>'
        f'<structMap TYPE="LOGICAL">{"".join(articles)}</structMap></mets:mets>'
    )


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def blocks(path: Path) -> list[Block]:
    return [b for page in pages_of(follow_links(read_files([path]))) for b in page.blocks]


def paragraphs(edition: Edition) -> list[str]:
    return [p.text for article in edition.articles for p in article.paragraphs]


FIRST = alto(
    block("T1", line("江水退了", 60), line("渡船开了", 60)),
    block("T2", line("清江的水昨天退了三尺，"), line("人人都很高兴，渡船")),
    block("T3", line("（下转第二版）")),
    block("T4", line("桥修好了", 60)),
    block("T5", line("江边的桥修好了，车开得过去了。")),
    margin=block("M1", line("清江日报 第1版")),
)
SECOND = alto(
    block("T1", line("山里的路通了", 60)),
    block("T2", line("山里的路通了，人人都很高兴。")),
    block("T3", line("今天早上又开了。")),
)
ISSUE = mets(
    div(
        "ARTICLE",
        div("HEADING", div("TITLE", area("F1", "T1"))),
        div("BODY", div("PARAGRAPH", area("F1", "T2")), area("F1", "T3"), area("F2", "T3")),
        name="A1",
    ),
    div("ARTICLE", div("TITLE", area("F1", "T4")), div("BODY", area("F1", "T5")), name="A2"),
    div("ARTICLE", div("TITLE", area("F2", "T1")), div("BODY", area("F2", "T2")), name="A3"),
)


def issue(folder: Path) -> Path:
    write(folder / "alto" / "F1.xml", FIRST)
    write(folder / "alto" / "F2.xml", SECOND)
    return write(folder / "mets.xml", ISSUE)


# --- METS -----------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["folder", "file"])
def test_an_article_on_two_pages_is_one_without_a_notice(tmp_path: Path, given: str) -> None:
    path = issue(tmp_path)
    edition = parse_pages([tmp_path if given == "folder" else path])
    assert [(a.title, a.pages) for a in edition.articles] == [
        ("江水退了 渡船开了", (1, 2)),
        ("桥修好了", (1,)),
        ("山里的路通了", (2,)),
    ]
    assert [p.text for p in edition.articles[0].paragraphs] == [
        "清江的水昨天退了三尺，人人都很高兴，渡船今天早上又开了。"
    ]
    assert not edition.warnings
    assert (edition.paper, str(edition.date)) == ("清江日报", "1931-05-02")
    assert [page.source for page in edition.pages] == ["F1.xml", "F2.xml"]


def test_a_page_that_is_missing_is_a_warning_and_none_at_all_an_error(tmp_path: Path) -> None:
    path = issue(tmp_path)
    (tmp_path / "alto" / "F2.xml").unlink()
    (warning,) = [w for w in parse_pages([path]).warnings if "missing" in w.message]
    assert "1 pages" in warning.message
    (tmp_path / "alto" / "F1.xml").unlink()
    with pytest.raises(InputError, match="none of the ALTO files"):
        parse_pages([path])


@pytest.mark.parametrize(
    "href", ["../../secret.xml", "/etc/secret.xml", "http://a/b.xml", "a\0.xml"]
)
def test_no_file_outside_the_folder_of_the_issue_is_read(tmp_path: Path, href: str) -> None:
    issue_of_one = mets(pages=("F1",)).replace("file://./alto/F1.xml", href.replace("\0", "%00"))
    path = write(tmp_path / "b" / "mets.xml", issue_of_one)
    write(tmp_path / "secret.xml", FIRST)
    assert not follow_links(read_files([path])).linked


@pytest.mark.parametrize(
    "href", ["alto\\F1.xml", "file://./alto/F1.xml", "http://a/b/F1.xml", "/old/place/F1.xml"]
)
def test_pages_are_found_by_paths_of_windows_and_by_their_names(tmp_path: Path, href: str) -> None:
    text = mets(pages=("F1",)).replace("file://./alto/F1.xml", href)
    path = write(tmp_path / "mets.xml", text)
    write(tmp_path / "alto" / "F1.xml", FIRST)
    write(tmp_path / "F1.xml", FIRST)
    assert len(parse_pages([path]).articles) == 2


# --- ALTO -----------------------------------------------------------------------------------


def test_lines_keep_their_boxes_and_blocks_their_bounds(tmp_path: Path) -> None:
    found = blocks(write(tmp_path / "1.xml", alto(block("T", line("江水", 20), line("清了", 20)))))
    assert [(b.text, b.tight, b.box) for b in found] == [
        ("江水", False, Box(10, 10, 50, 30)),
        ("清了", True, Box(10, 10, 50, 30)),
    ]


def test_a_short_block_in_larger_type_is_a_heading_with_its_line_breaks(tmp_path: Path) -> None:
    edition = parse_pages([write(tmp_path / "1.xml", FIRST)])
    assert [a.title for a in edition.articles] == ["江水退了 渡船开了", "桥修好了"]
    assert edition.pages[0].label.printed == "1"


@pytest.mark.parametrize("size", [20, 23])
def test_vertical_lines_have_the_size_of_their_width(tmp_path: Path, size: int) -> None:
    box = f'HPOS="1" VPOS="1" WIDTH="{size}" HEIGHT="900"'
    tall = f'<TextLine {box}><String CONTENT="江水清了人人高兴"/></TextLine>'
    text = alto(block("T", *[line("清江的水昨天退了三尺", 20)] * 9), block("U", tall))
    assert [b.kind for b in blocks(write(tmp_path / "1.xml", text))] == [BlockKind.TEXT] * 2


@pytest.mark.parametrize(
    "page",
    [
        alto(
            block("A", line("丙")), block("B", line("甲")), block("C", line("乙")), space=V4,
            head='<ReadingOrder><OrderedGroup><ElementRef REF="B"/><ElementRef REF="C"/>'
            '<ElementRef REF="A"/></OrderedGroup></ReadingOrder>',
        ),
        alto(
            block("A", line("甲"), more='IDNEXT="C"'),
            block("B", line("丙")),
            block("C", line("乙")),
        ),
        alto(
            block("A", line("甲"), more='IDNEXT="A"'), block("C", line("乙"), more='IDNEXT="A"'),
            f"<ComposedBlock>{block('B', line('丙'))}</ComposedBlock>",
        ),
    ],
)  # fmt: skip
def test_blocks_stand_in_the_reading_order_of_the_file(tmp_path: Path, page: str) -> None:
    assert [b.text for b in blocks(write(tmp_path / "1.xml", page))] == ["甲", "乙", "丙"]


def test_tags_of_version_3_say_what_a_block_is(tmp_path: Path) -> None:
    tags = (
        '<Tags><LayoutTag ID="t1" LABEL="Heading"/><LayoutTag ID="t2" LABEL="Page-Number"/></Tags>'
    )
    page = alto(
        block("A", line("江水退了"), more='TAGREFS="t1"'),
        block("B", line("第2版"), more='TAGREFS="t2"'),
        head=tags, space=V4,
    )  # fmt: skip
    found = blocks(write(tmp_path / "1.xml", page))
    assert [(b.kind, b.role) for b in found] == [
        (BlockKind.HEADING, None),
        (BlockKind.TEXT, BlockRole.FURNITURE),
    ]


def test_spaces_stand_between_latin_words_and_where_a_gap_is_wide(tmp_path: Path) -> None:
    text = '<String CONTENT="{}"/><SP WIDTH="{}"/><String CONTENT="{}"/>'
    lines = [
        f'<TextLine HPOS="0" VPOS="0" WIDTH="400" HEIGHT="20">{text.format(*parts)}</TextLine>'
        for parts in (("江", 3, "水"), ("田", 20, "禾"), ("open", 3, "day"), ("2", 3, "6"))
    ]
    page = alto(*(block(f"B{at}", one) for at, one in enumerate(lines)))
    assert [b.text for b in blocks(write(tmp_path / "1.xml", page))] == [
        "江水",
        "田 禾",
        "open day",
        "26",
    ]


def test_lines_of_a_column_are_one_paragraph_and_a_shorter_one_ends_it(tmp_path: Path) -> None:
    texts = (
        "今天上午，全市春耕生产动员",
        "会召开，各区负责人都参加会",
        "议。",
        "会议要求备足种子、化肥农机",
        "，不误农时。",
    )
    found = blocks(write(tmp_path / "1.xml", alto(block("A", *map(line, texts)))))
    assert [(b.text, b.tight) for b in found] == [
        ("".join(texts[:3]), False),
        ("".join(texts[3:]), True),
    ]


def test_short_lines_of_verse_stay_lines(tmp_path: Path) -> None:
    found = blocks(
        write(tmp_path / "1.xml", alto(block("A", line("江水清且长，"), line("渡船来又往。"))))
    )
    assert [b.text for b in found] == ["江水清且长，", "渡船来又往。"]


# --- nothing is lost, nothing else is read ---------------------------------------------------


def test_every_han_character_of_a_changed_issue_is_in_a_block(tmp_path: Path) -> None:
    chance = random.Random(31)
    kinds = ["ARTICLE", "BODY", "TITLE", "CAPTION", "UNKNOWN", "HEADING", "ADVERTISEMENT"]
    for _ in range(60):
        structure = ISSUE
        for kind in ("ARTICLE", "TITLE", "BODY", "PARAGRAPH"):
            if chance.random() < 0.4:
                structure = structure.replace(f'"{kind}"', f'"{chance.choice(kinds)}"', 1)
        for begin in ("T1", "T2", "T3", "T4", "T5"):
            if chance.random() < 0.3:
                other = chance.choice(["T1", "T9", "", "P1"])
                structure = structure.replace(f'BEGIN="{begin}"', f'BEGIN="{other}"', 1)
        path = issue(tmp_path)
        write(path, structure)
        read = Counter(han_of("".join(b.text for b in blocks(path))))
        assert read == Counter(han_of(FIRST + SECOND)), structure


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<rss><item>江水清了</item></rss>", "of XML, ALTO and METS are read"),
        ("<alto><Layout>", "broken XML"),
        ('<!DOCTYPE a [<!ENTITY b "江">]><alto>&b;</alto>', "entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><alto><a/></alto>', "no article"),
        ("<alto>" + "<a>" * 5000, "broken XML"),
    ],
)
def test_other_and_broken_xml_is_refused_in_one_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = write(tmp_path / "feed.xml", text)
    with pytest.raises(InputError, match=message) as raised:
        parse_pages([path])
    assert "\n" not in str(raised.value)
    assert "feed.xml" in str(raised.value)


def test_other_xml_in_a_folder_is_no_page(tmp_path: Path) -> None:
    write(tmp_path / "01.md", "# 江边的桥\n\n桥在江边，已经有一百年了。\n")
    write(tmp_path / "feed.xml", "<rss/>")
    assert [page.source for page in parse_pages([tmp_path]).pages] == ["01.md"]


def test_pages_below_a_folder_with_other_xml_are_found(tmp_path: Path) -> None:
    write(tmp_path / "list.xml", "<list/>")
    write(tmp_path / "pages" / "01.xml", FIRST)
    assert [page.source for page in parse_pages([tmp_path]).pages] == ["01.xml"]


def test_pages_without_mets_are_pages_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path / "p2.xml", SECOND)
    write(tmp_path / "p10.xml", FIRST)
    edition = parse_pages([tmp_path])
    assert [page.source for page in edition.pages] == ["p2.xml", "p10.xml"]
    assert "今天早上又开了。" in "".join(paragraphs(edition))
