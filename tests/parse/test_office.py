"""Word documents: paragraphs, headings, tables, what stands around them, what is none."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tingbao.errors import InputError
from tingbao.models import Edition
from tingbao.parse import parse_pages
from tingbao.parse.blocks import Block, BlockKind, BlockRole
from tingbao.parse.sources import pages_of, read_files
from tingbao.text.credits import read_credit
from tingbao.text.han import han_of

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    '<w:style w:styleId="a1"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="a2"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="a3"><w:name w:val="mine"/><w:basedOn w:val="a2"/></w:style>'
    '<w:style w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="loop"/></w:style>'
)


def p(text: str, style: str = "", run: str = "", props: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{named}{props}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
    )


def docx(path: Path, body: str, **parts: str) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        document = f"<w:document {SPACE}><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", document)
        package.writestr("word/styles.xml", f"<w:styles {SPACE}>{STYLES}</w:styles>")
        for name, part in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:hdr {SPACE}>{part}</w:hdr>")
    path.write_bytes(data.getvalue())
    return path


def blocks(path: Path) -> list[Block]:
    return [block for page in pages_of(read_files([path])) for block in page.blocks]


def kinds(edition: Edition) -> list[tuple[str, str]]:
    return [(p.kind.value, p.text) for article in edition.articles for p in article.paragraphs]


BODY = (
    p("江水退了 渡船开了", "a1")
    + p("本报讯（记者田小禾）清江的水退了三尺，人人都很高兴。")
    + p("渡船又开了", "a2")
    + p("渡船昨天停了一天，")
    + p("今天早上又开了。")
    + "<w:tbl><w:tr><w:tc>"
    + p("日期")
    + "</w:tc><w:tc>"
    + p("水位")
    + "</w:tc></w:tr><w:tr><w:tc>"
    + p("三日")
    + "</w:tc><w:tc>"
    + p("五尺")
    + "</w:tc></w:tr></w:tbl>"
)


def test_titles_headings_paragraphs_and_tables_are_read(tmp_path: Path) -> None:
    edition = parse_pages([docx(tmp_path / "A2.docx", BODY)])
    (article,) = edition.articles
    assert (article.title, article.byline) == (
        "江水退了 渡船开了",
        read_credit("本报讯（记者田小禾）"),
    )
    assert kinds(edition) == [
        ("text", "清江的水退了三尺，人人都很高兴。"),
        ("heading", "渡船又开了"),
        ("text", "渡船昨天停了一天，"),
        ("text", "今天早上又开了。"),
        ("table", "日期\t水位\n三日\t五尺"),
    ]
    assert edition.pages[0].label.printed == "A2"


def test_a_style_has_the_level_of_the_one_it_is_based_on(tmp_path: Path) -> None:
    found = blocks(docx(tmp_path / "a.docx", p("江边", "a3") + p("桥", "loop")))
    assert [(b.text, b.kind, b.level) for b in found] == [
        ("江边", BlockKind.HEADING, 2),
        ("桥", BlockKind.TEXT, 0),
    ]


def test_a_short_line_in_larger_type_is_a_heading(tmp_path: Path) -> None:
    text = "清江的水退了三尺，人人都很高兴。"
    body = p("江水退了", run='<w:sz w:val="44"/>') + p(text, run='<w:sz w:val="24"/>') * 3
    found = blocks(docx(tmp_path / "a.docx", body))
    assert [b.kind for b in found] == [BlockKind.HEADING, *[BlockKind.TEXT] * 3]


def test_bold_type_indents_and_line_breaks_are_seen(tmp_path: Path) -> None:
    body = p("一、水情", run="<w:b/>") + p("甲", run='<w:b w:val="0"/>')
    body += p("乙", props='<w:ind w:firstLine="420"/>')
    body += "<w:p><w:r><w:t>丙</w:t><w:br/><w:t>丁</w:t></w:r></w:p>"
    found = blocks(docx(tmp_path / "a.docx", body))
    assert [(b.text, b.bold, b.indented) for b in found] == [
        ("一、水情", True, False),
        ("甲", False, False),
        ("乙", False, True),
        ("丙", False, False),
        ("丁", False, False),
    ]


def test_headers_and_notes_are_furniture_that_says_paper_date_and_page(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", BODY, header1=p("清江日报 2026年3月14日 第2版"))
    edition = parse_pages([path])
    assert (edition.paper, str(edition.date)) == ("清江日报", "2026-03-14")
    assert edition.pages[0].label.printed == "2"


def test_hidden_and_deleted_text_is_left_out_and_inserted_text_is_not(tmp_path: Path) -> None:
    body = p("看不见", run="<w:vanish/>") + p("看得见", run='<w:vanish w:val="0"/>')
    body += "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    body += "<w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>"
    assert [b.text for b in blocks(docx(tmp_path / "a.docx", body))] == ["看得见", "增"]


def test_a_box_of_text_is_read_once_and_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框里的字')}</w:txbxContent>"
    both = f"<Alt><Choice>{box}</Choice><Fallback>{box}</Fallback></Alt>"
    body = f"<w:p><w:r><w:t>框外的字</w:t>{both}</w:r></w:p>"
    body += f"<w:tbl><w:tr><w:tc>{p('格里的字')}{p('又一段')}</w:tc></w:tr></w:tbl>"
    found = blocks(docx(tmp_path / "a.docx", body))
    assert [(b.text, b.kind) for b in found] == [
        (text, BlockKind.TEXT) for text in ("框外的字", "框里的字", "格里的字", "又一段")
    ]


def test_every_han_character_of_a_shuffled_document_is_in_a_block(tmp_path: Path) -> None:
    chance = random.Random(14)
    wrap = (
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></w:r></w:p>",
        "<w:p><w:hyperlink><w:r><w:t>接</w:t></w:r></w:hyperlink><w:r><w:t>续</w:t></w:r></w:p>{}",
        "<w:unknown>{}</w:unknown>",
        "<w:p><w:r><w:ruby><w:rubyBase><w:r><w:t>注</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>{}",
    )
    for _ in range(60):
        body = p("江水退了", chance.choice(["a1", "a2", "", "none"]))
        for _ in range(chance.randrange(1, 7)):
            shape = chance.choice(wrap)
            body = shape.format(*[body] * shape.count("{}"))
        found = blocks(docx(tmp_path / "a.docx", body))
        read = "".join("".join((b.text, *(c for row in b.rows for c in row))) for b in found)
        assert Counter(han_of(read)) == Counter(han_of(body)), body


@pytest.mark.parametrize(
    "data",
    [
        b"no zip at all",
        b"\xd0\xcf\x11\xe0 encrypted",
        b"PK\x03\x04 broken",
    ],
)
def test_what_is_no_word_document_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.docx: this is no Word document") as raised:
        parse_pages([path])
    assert "\n" not in str(raised.value)


def test_entities_and_damaged_parts_are_refused(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("江"))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError):
        parse_pages([path])
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "江">]><a>&b;</a>')
    with pytest.raises(InputError, match="entities"):
        parse_pages([path])


def test_a_folder_of_documents_leaves_out_what_word_leaves_beside_them(tmp_path: Path) -> None:
    docx(tmp_path / "01.docx", BODY)
    (tmp_path / "~$01.docx").write_bytes(b"\x05user")
    assert [page.source for page in parse_pages([tmp_path]).pages] == ["01.docx"]


def test_notes_are_listed(tmp_path: Path) -> None:
    found = blocks(
        docx(tmp_path / "a.docx", p("江"), footnotes=f"<w:footnote>{p('注')}</w:footnote>")
    )
    assert [(b.text, b.role) for b in found] == [("注", BlockRole.FURNITURE), ("江", None)]


def level(number: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircleChinese", "%4")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "\uf0b7")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="9">'
    + level(0, "decimal", "第%1条", start=9)
    + level(1, "lowerLetter", "%1.%2)")
    + "</w:abstractNum>"
    + "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'
        for key, of, more in (
            (1, 7, ""),
            (2, 8, ""),
            (3, 9, ""),
            (4, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            (5, 7, ""),
        )
    )
)


def entry(text: str, key: int, depth: int = 0, style: str = "") -> str:
    props = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'
    return p(text, style, props=props)


def numbered(path: Path, body: str) -> list[tuple[str, str]]:
    read = blocks(docx(path / "a.docx", body, numbering=NUMBERING))
    return [(block.kind.value, block.text) for block in read]


def test_the_numbers_that_word_prints_before_paragraphs_are_text(tmp_path: Path) -> None:
    body = (
        entry("总体要求", 1, style="a2")
        + entry("指导思想", 1, 1)
        + entry("水要清", 1, 2)
        + entry("2026年要通路", 1, 2)
        + entry("先通北边", 1, 3)
        + entry("基本原则", 1, 1)
        + entry("岸要绿", 1, 2)
        + entry("重点任务", 5, style="a2")
    )
    assert numbered(tmp_path, body) == [
        ("heading", "一、总体要求"),
        ("text", "（一）指导思想"),
        ("text", "1. 水要清"),
        ("text", "2. 2026年要通路"),
        ("text", "①先通北边"),
        ("text", "（二）基本原则"),
        ("text", "1. 岸要绿"),
        ("heading", "二、重点任务"),
    ]


def test_a_list_begins_where_it_says_and_anew_where_the_file_says_so(tmp_path: Path) -> None:
    body = (
        entry("养护", 3)
        + entry("清扫", 3, 1)
        + entry("罚则", 3)
        + entry("一段", 1)
        + entry("另一张单子", 4)
        + entry("不计数的一段", 0)
        + entry("没有说明的单子", 99)
    )
    assert numbered(tmp_path, body) == [
        ("text", "第9条养护"),
        ("text", "9.a) 清扫"),
        ("text", "第10条罚则"),
        ("text", "一、一段"),
        ("text", "一、另一张单子"),
        ("text", "不计数的一段"),
        ("list", "没有说明的单子"),
    ]


def test_entries_with_bullets_stay_entries_of_a_list(tmp_path: Path) -> None:
    assert numbered(tmp_path, entry("水要清", 2) + entry("岸要绿", 2)) == [
        ("list", "水要清"),
        ("list", "岸要绿"),
    ]


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    style = (
        '<w:style w:styleId="n1"><w:name w:val="mine"/><w:basedOn w:val="a2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    path = docx(tmp_path / "a.docx", p("总体要求", "n1"), numbering=NUMBERING)
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/styles.xml", f"<w:styles {SPACE}>{STYLES}{style}</w:styles>")
    (block,) = blocks(path)
    assert (block.kind, block.level, block.text) == (BlockKind.HEADING, 2, "一、总体要求")
