"""PDFs with a text layer: what is printed comes out, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_files import Page, Text, pdf_of

from tingbao.errors import InputError
from tingbao.parse import edition_as_json, parse_pages
from tingbao.parse.blocks import SourceFile, SourcePage
from tingbao.parse.sources import pages_of
from tingbao.parse.sources.inputs import SourceFiles

TITLE = "全市粮食再获丰收"
LEFT = ("本报讯（记者王芳）昨天", "从市农业局获悉，今年我市粮", "食总产比去年增加了三成，种")
RIGHT = ("粮的农户收入也随之提高。", "专家说，明年的春耕已有", "准备，种子和化肥都已备齐。")
STORY = [
    "昨天从市农业局获悉，今年我市粮食总产比去年增加了三成，种粮的农户收入也随之提高。",
    "专家说，明年的春耕已有准备，种子和化肥都已备齐。",
]


def story(**look: float) -> list[Text]:
    """An article in two columns under its headline, from the first line to the last."""
    lines = [Text(TITLE, 90, 700, 24, **look)]  # type: ignore[arg-type]
    for left, column in ((40, LEFT), (190, RIGHT)):
        for at, text in enumerate(column):
            opens = text.startswith(("本报讯", "专家"))
            x = left + 20 * opens
            lines.append(Text(text, x, 660 - 14 * at, **look))  # type: ignore[arg-type]
    return lines


def read(data: bytes, name: str = "a.pdf") -> list[SourcePage]:
    path = Path(name)
    return pages_of(SourceFiles((path,), (SourceFile(path, data),)))


def printed(pages: Sequence[SourcePage]) -> str:
    return "".join(block.text for page in pages for block in page.blocks)


def whole_text() -> str:
    return TITLE + "".join(LEFT + RIGHT)


def article(tmp_path: Path, data: bytes) -> list[str]:
    path = tmp_path / "2026-03-14.pdf"
    path.write_bytes(data)
    (found,) = edition_as_json(parse_pages([path]))["articles"]
    assert found["title"] == TITLE
    assert found["byline"] == "本报讯（记者王芳）"
    return [paragraph["text"] for paragraph in found["paragraphs"]]


def test_columns_are_read_under_their_headline(tmp_path: Path) -> None:
    assert article(tmp_path, pdf_of([Page(story())])) == STORY


def test_the_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    assert article(tmp_path, pdf_of([Page(story()[::-1])])) == STORY


def test_characters_that_are_drawn_one_by_one_make_lines(tmp_path: Path) -> None:
    single = [
        Text(sign, text.x + at * text.size, text.y, text.size)
        for text in story()
        for at, sign in enumerate(text.text)
    ]
    assert article(tmp_path, pdf_of([Page(single)])) == STORY


def test_a_headline_that_is_drawn_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    lines = story()
    again = Text(TITLE, lines[0].x + 0.4, lines[0].y, lines[0].size)
    assert article(tmp_path, pdf_of([Page([lines[0], again, *lines[1:]])])) == STORY


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(tmp_path: Path, turn: int) -> None:
    places = {
        90: lambda x, y: (800 - y, x),
        180: lambda x, y: (600 - x, 800 - y),
        270: lambda x, y: (y, 600 - x),
    }
    lines = [
        Text(text.text, *places[turn](text.x, text.y), text.size, turn=turn) for text in story()
    ]
    size = (600, 800) if turn == 180 else (800, 600)
    page = Page(lines, size=size, extra=f"/Rotate {turn}")
    assert article(tmp_path, pdf_of([page])) == STORY


def test_what_is_cut_off_the_page_is_not_read() -> None:
    below = Text("裁切线以外的印刷标记文字", 100, 20)
    pages = read(pdf_of([Page([*story(), below], extra="/CropBox [20 200 580 780]")]))
    assert printed(pages) == whole_text()


def test_hidden_text_is_left_out_and_said() -> None:
    hidden = [Text("看不见的字", 40, 300, mode=3), Text("白纸上的白字", 40, 200, grey=1)]
    (page,) = read(pdf_of([Page([*story(), *hidden])]))
    assert printed([page]) == whole_text()
    assert page.notes == ("11 characters that are not visible are left out",)


def test_white_text_on_a_dark_ground_is_read() -> None:
    ground = "0 g 60 685 300 50 re f"
    lines = story()
    white = Text(TITLE, lines[0].x, lines[0].y, lines[0].size, grey=1)
    (page,) = read(pdf_of([Page([white, *lines[1:]], before=ground)]))
    assert printed([page]) == whole_text()
    assert not page.notes


def test_the_invisible_text_that_ocr_laid_over_a_scan_is_read() -> None:
    (page,) = read(pdf_of([Page(story(mode=3))]))
    assert printed([page]) == whole_text()


def test_characters_that_only_their_font_knows_are_counted() -> None:
    (page,) = read(pdf_of([Page([*story(), Text("价格\ue012\ue013元", 40, 300)])]))
    assert page.notes == ("2 characters of fonts that do not say them are left out",)


def test_a_page_whose_fonts_say_nothing_is_not_read_as_nonsense() -> None:
    with pytest.raises(InputError, match="fonts do not say which characters they draw"):
        read(pdf_of([Page([Text("\ue001\ue002\ue003\ue004", 40, 300)])]))


def test_a_page_without_text_is_named_and_the_others_are_read() -> None:
    first, second = read(pdf_of([Page(story()), Page([], before="0 g 0 0 600 800 re f")]))
    assert not first.notes
    assert "the page is a picture" in second.notes[0]


def test_a_pdf_without_any_text_says_so() -> None:
    with pytest.raises(InputError, match="no text that can be read: the page is a picture"):
        read(pdf_of([Page([])]))


def test_pages_have_the_labels_that_the_file_gives_them() -> None:
    labels = "/PageLabels << /Nums [0 << /S /D /P (A0) /St 1 >>] >>"
    pages = read(pdf_of([Page(story()), Page(story())], catalog=labels))
    assert [page.label for page in pages] == ["A01", "A02"]


def test_a_single_page_has_the_label_of_its_file() -> None:
    (page,) = read(pdf_of([Page(story())]), "2026-03-14-B03.pdf")
    assert page.label == "B03"


def test_an_encrypted_file_is_called_so() -> None:
    secret = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]"
    with pytest.raises(InputError, match="encrypted"):
        read(pdf_of([Page(story())], trailer=secret.format("41" * 32)))


@pytest.mark.parametrize("kept", [9, 60, 400])
def test_a_damaged_file_is_called_so_or_read(kept: int) -> None:
    with pytest.raises(InputError, match="a PDF"):
        read(pdf_of([Page(story())])[:kept])


def test_blocks_carry_their_places() -> None:
    (page,) = read(pdf_of([Page(story())]))
    boxes = [block.box for block in page.blocks]
    assert boxes[0] is not None
    assert (round(boxes[0].left), round(boxes[0].top)) == (90, 79)
