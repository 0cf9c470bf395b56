"""Saved e-papers, however they are given, and web pages that are none."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from epapers import PAPER, article_file, flat_paper, page_file, put
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from scoring import CORPUS, editions, gold_of, score

from tingbao.errors import InputError
from tingbao.models import Article, Edition
from tingbao.parse import follow_links, parse_pages, read_files
from tingbao.parse.sources import pages_of
from tingbao.text.credits import read_credit
from tingbao.text.han import count_han, squash, tidy

FORMS = (".htm", ".html", ".json")
OURS = editions(held_out=False, suffixes=FORMS)
FILES = [
    CORPUS / name / path.name
    for name in OURS
    for path in sorted((CORPUS / name).iterdir())
    if path.suffix in {".htm", ".html"}
]


def titles(edition: Edition) -> list[str | None]:
    return [article.title for article in edition.articles]


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def only(tmp_path: Path, body: str, name: str = "content_1.html") -> Article:
    (article,) = parse_pages([put(tmp_path / name, article_file("江水清又清", body))]).articles
    return article


@pytest.mark.parametrize("name", OURS)
def test_the_corpus_editions_of_these_forms_come_out_as_by_hand(name: str) -> None:
    rates = score([name]).rates()
    assert rates.pop("characters_lost") == 0
    assert rates.pop("characters_invented") == 0
    assert set(rates.values()) == {1.0}


def test_the_editions_of_these_forms_held_aside_keep_what_they_reached() -> None:
    reached = score(editions(held_out=True, suffixes=FORMS)).rates()
    assert reached["skip_precision"] > 0.92
    assert reached["skip_recall"] > 0.92
    assert {reached[name] for name in ("exact_articles", "boundary_f1", "join_f1")} == {1.0}
    assert reached["characters_lost"] == reached["characters_invented"] == 0


# --- how they are given ---------------------------------------------------------------------


def test_the_page_file_alone_brings_the_articles_beside_it_in_its_order(tmp_path: Path) -> None:
    (page,) = flat_paper(tmp_path)
    edition = parse_pages([page])
    assert titles(edition) == ["第1页的第1条新闻", "第1页的第2条新闻"]
    assert [(p.label.printed, p.section, p.source) for p in edition.pages] == [
        ("01", "要闻", "node_01.html")
    ]
    assert (edition.paper, edition.date) == (PAPER, dt.date(2024, 12, 1))


def test_a_folder_of_four_pages_is_read_in_natural_order(tmp_path: Path) -> None:
    flat_paper(tmp_path, pages=4)
    edition = parse_pages([tmp_path])
    assert [page.label.printed for page in edition.pages] == ["01", "02", "03", "04"]
    assert len(edition.articles) == 8
    assert [article.pages for article in edition.articles[-2:]] == [(4,), (4,)]


def test_the_article_files_alone_are_put_on_the_pages_they_name(tmp_path: Path) -> None:
    flat_paper(tmp_path, pages=2)
    edition = parse_pages(sorted(tmp_path.glob("content_*")))
    assert [page.label.printed for page in edition.pages] == ["01", "02"]
    assert [article.pages for article in edition.articles] == [(1,), (1,), (2,), (2,)]


def test_a_page_file_and_its_article_files_named_together_are_read_once(tmp_path: Path) -> None:
    flat_paper(tmp_path)
    assert len(parse_pages(sorted(tmp_path.iterdir(), reverse=True)).articles) == 2


def two_trees(root: Path) -> Path:
    link = "../../../content/202412/01/content_7.html"
    put(root / "content/202412/01/content_7.html", article_file("树上的新闻", "<p>春天来了。</p>"))
    page = page_file("01", "要闻", [(link, "树上的新闻")])
    return put(root / "layout/202412/01/node_01.html", page)


def test_links_are_followed_within_the_two_trees_of_a_saved_site(tmp_path: Path) -> None:
    edition = parse_pages([two_trees(tmp_path / "rmrb" / "pc")])
    assert titles(edition) == ["树上的新闻"]


def test_the_folder_over_both_trees_is_one_edition(tmp_path: Path) -> None:
    two_trees(tmp_path / "pc")
    edition = parse_pages([tmp_path])
    assert [page.source for page in edition.pages] == ["node_01.html"]
    assert titles(edition) == ["树上的新闻"]


def test_a_folder_over_several_editions_is_refused(tmp_path: Path) -> None:
    for day in ("2024-12-01", "2024-12-02"):
        flat_paper(tmp_path / day)
    with pytest.raises(InputError, match=r"several editions \(2024-12-01, 2024-12-02\)"):
        parse_pages([tmp_path])


def test_a_link_to_the_web_finds_the_article_saved_beside(tmp_path: Path) -> None:
    address = "http://paper.example/rmrb/pc/content/202412/01/content_7.html?div=-1"
    put(tmp_path / "content_7.html", article_file("树上的新闻", "<p>春天来了。</p>"))
    page = put(tmp_path / "人民日报.html", page_file("01", "要闻", [(address, "树上的新闻")]))
    assert titles(parse_pages([page])) == ["树上的新闻"]


@pytest.mark.parametrize(
    "head", ["<!-- saved from url=(0042)http://paper.example/content_7.html -->\n", ""]
)
def test_articles_saved_under_other_names_are_known_by_address_or_title(
    tmp_path: Path, head: str
) -> None:
    links = [("http://paper.example/content_8.html", "后来的新闻"), ("content_7.html", "旧新闻")]
    put(tmp_path / "a.html", head + article_file("旧新闻", "<p>春天来了。</p>"))
    put(tmp_path / "b.html", article_file("后来的新闻", "<p>夏天来了。</p>"))
    put(tmp_path / "z.html", page_file("01", "要闻", links))
    edition = parse_pages([tmp_path])
    assert titles(edition) == ["后来的新闻", "旧新闻"]
    assert len(edition.pages) == 1


def test_links_never_lead_out_of_the_saved_tree(tmp_path: Path) -> None:
    put(tmp_path / "content_9.html", article_file("外面的新闻", "<p>外面的字。</p>"))
    put(tmp_path / "in" / "content_1.html", article_file("里面的新闻", "<p>里面的字。</p>"))
    (tmp_path / "in" / "content_8.html").symlink_to(tmp_path / "content_9.html")
    links = [("content_1.html", "里面"), ("../content_9.html", "外面"), ("content_8.html", "链接")]
    edition = parse_pages([put(tmp_path / "in" / "node_01.html", page_file("01", "要闻", links))])
    assert titles(edition) == ["里面的新闻"]
    assert len(edition.warnings) == 2


# --- what is missing ------------------------------------------------------------------------


def test_a_listed_article_that_is_missing_is_reported_by_title_and_file(tmp_path: Path) -> None:
    (page,) = flat_paper(tmp_path)
    (tmp_path / "content_12.html").unlink()
    edition = parse_pages([page])
    assert titles(edition) == ["第1页的第1条新闻"]
    (warning,) = edition.warnings
    assert "第1页的第2条新闻 (content_12.html)" in warning.message
    assert warning.page == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://www.example.org/paper/content/2008-06/25/content_2392.htm",
        "../../about/content_12.htm",
        "/zt/content_88.htm?div=-1",
    ],
)
def test_a_link_at_the_foot_of_a_page_to_another_folder_is_no_article_of_it(
    tmp_path: Path, address: str
) -> None:
    (page,) = flat_paper(tmp_path)
    text = page.read_text("utf-8").replace('class="news-list"', "")
    feet = "".join(
        f"<a href={address.replace('content_', f'content_9{n}')}>{title}</a> | "
        for n, title in enumerate(("历史沿革", "记者站", "广告价目"))
    )
    put(page, text.replace("版权所有", f"{feet}版权所有"))
    edition = parse_pages([page])
    assert len(edition.articles) == 2
    assert edition.warnings == ()
    assert any("历史沿革" in skip.text for skip in edition.skipped)


def test_a_missing_article_of_the_same_day_is_reported_though_its_address_is_whole(
    tmp_path: Path,
) -> None:
    (page,) = flat_paper(tmp_path)
    link = '<li><a href="http://e.example.org/2024-12/01/content_77.html">第三条新闻</a></li></ul>'
    text = page.read_text("utf-8").replace("</ul>", link).replace('class="news-list"', "")
    put(page, text)
    (warning,) = parse_pages([page]).warnings
    assert "第三条新闻" in warning.message


def test_a_page_file_without_any_of_its_articles_is_refused(tmp_path: Path) -> None:
    (page,) = flat_paper(tmp_path)
    for article in tmp_path.glob("content_*"):
        article.unlink()
    with pytest.raises(InputError, match="none of the 2 articles") as raised:
        parse_pages([page])
    assert "\n" not in str(raised.value)


def test_a_page_whose_articles_hold_nothing_is_refused(tmp_path: Path) -> None:
    page = put(tmp_path / "node_01.html", page_file("01", "要闻", [("content_1.html", "空")]))
    put(tmp_path / "content_1.html", "<title>江州日报</title><div id=ozoom></div>")
    with pytest.raises(InputError, match="no article text found"):
        parse_pages([page])


def test_a_page_without_its_articles_among_others_is_reported(tmp_path: Path) -> None:
    flat_paper(tmp_path, pages=2)
    for article in tmp_path.glob("content_2*"):
        article.unlink()
    edition = parse_pages([tmp_path])
    assert [(w.page, w.message) for w in edition.warnings] == [
        (2, "none of the 2 articles that this page lists is saved beside it")
    ]


def test_a_page_without_text_beside_an_e_paper_is_reported_and_the_rest_is_read(
    tmp_path: Path,
) -> None:
    flat_paper(tmp_path)
    put(tmp_path / "index.html", "<html><body><a href='node_01.html'>进入</a></body></html>")
    edition = parse_pages([tmp_path])
    assert len(edition.articles) == 2
    assert "index.html" in edition.warnings[0].message


# --- what an article holds ------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("utf-8", "gb2312").encode("gb18030"),
        lambda text: text.replace("utf-8", "gb2312").encode(),
    ],
)
def test_an_article_reads_alike_in_every_encoding(tmp_path: Path, change: object) -> None:
    path = tmp_path / "content_1.html"
    assert callable(change)
    path.write_bytes(
        change(article_file("江水清", "<p>　　江水清又清。</p>\n<p>　　岸边有人家。</p>"))
    )
    (article,) = parse_pages([path]).articles
    assert (article.title, texts(article)) == ("江水清", ["江水清又清。", "岸边有人家。"])


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_in_two_is_reported_where_it_is_the_articles(
    tmp_path: Path, encoding: str
) -> None:
    body = "<p>江水清又清，岸边有人家。</p>" * 9 + "<p>渡船@@</p>"
    page = article_file("江水清", body).replace("utf-8", encoding)
    page = page.replace("<head>", "<head><meta name=description content='江水##'>")
    cut = "江".encode(encoding)[:1]
    data = page.encode(encoding).replace(b"##", cut)
    path = tmp_path / "content_1.html"
    path.write_bytes(data.replace(b"@@", b""))
    assert parse_pages([path]).warnings == ()
    path.write_bytes(data.replace(b"@@", cut))
    (warning,) = parse_pages([path]).warnings
    assert "content_1.html" in warning.message


def test_breaks_make_paragraphs_where_they_are_indented_or_a_sentence_ends(tmp_path: Path) -> None:
    body = (
        "　　今天上午，会议在京召开。<br>　　会议指出，要抓好春耕生产，<br/>确保颗粒归仓。"
        "<br><br>　　会议还研究了其他事项。<BR>&nbsp;&nbsp;&nbsp;&nbsp;散会。"
    )
    assert texts(only(tmp_path, body)) == [
        "今天上午，会议在京召开。",
        "会议指出，要抓好春耕生产，确保颗粒归仓。",
        "会议还研究了其他事项。",
        "散会。",
    ]


def test_a_paragraph_wrapped_in_the_markup_is_one_without_spaces(tmp_path: Path) -> None:
    assert texts(only(tmp_path, "<p>\n　　春耕生产，\n   不误农时。\n</p>")) == [
        "春耕生产，不误农时。"
    ]


def test_pictures_give_captions_and_tables_of_data_rows(tmp_path: Path) -> None:
    body = (
        "<table><tr><td><img src=a.jpg alt=图></td></tr><tr><td>图为会场。</td></tr></table>"
        "<figure><img src=b.jpg><figcaption>江边人家</figcaption></figure><p>正文在此。</p>"
        "<table><tr><th>月份</th><th>产量</th></tr><tr><td>一月</td><td>3<br>吨</td></tr></table>"
        "<table><tr><td><p>排版用的表格里也有正文。</p></td></tr></table>"
    )
    article = only(tmp_path, body)
    assert [(p.kind.value, p.text) for p in article.paragraphs] == [
        ("caption", "图为会场。"),
        ("caption", "江边人家"),
        ("text", "正文在此。"),
        ("table", "月份\t产量\n一月\t3 吨"),
        ("text", "排版用的表格里也有正文。"),
    ]


def test_short_lines_and_notices_of_jumps_inside_stay_in_their_item(tmp_path: Path) -> None:
    body = (
        "<p>第一段。</p><p>各地动态</p><p>第二段（上接第三版）</p><p><b>简讯</b></p><p>末段。</p>"
    )
    article = only(tmp_path, body)
    assert "".join(texts(article)).startswith("第一段。各地动态第二段")
    assert texts(article)[-1] == "末段。"


def test_a_bold_line_that_asks_heads_a_part_and_bold_speech_does_not(tmp_path: Path) -> None:
    body = "<p><b>谁能领？</b></p><p>人人能领。</p><p><b>“来两个，素的。”</b></p>"
    article = only(tmp_path, body)
    assert [paragraph.kind.value for paragraph in article.paragraphs] == ["heading", "text", "text"]


def test_an_item_called_contents_is_kept_out_whole(tmp_path: Path) -> None:
    put(tmp_path / "content_1.html", article_file("今日导读", "<p>春耕正忙 03版</p>"))
    put(tmp_path / "content_2.html", article_file("春耕", "<p>春耕正忙。</p>"))
    edition = parse_pages([tmp_path])
    assert titles(edition) == ["春耕"]
    reasons = [skip.reason.value for skip in edition.skipped]
    assert [reason for reason in reasons if reason != "furniture"] == ["toc"]


def test_the_title_of_the_page_serves_where_no_headline_stands(tmp_path: Path) -> None:
    text = article_file("江水清又清", "<p>岸边有人家。</p>").replace("<h1>江水清又清</h1>", "")
    (article,) = parse_pages([put(tmp_path / "content_1.html", text)]).articles
    assert article.title == "江水清又清"


@pytest.mark.parametrize(
    "inside",
    [
        "<h3>春日</h3><h1>江水清又清</h1>",
        "<founder-pretitle>春日</founder-pretitle><founder-title>江水清又清</founder-title>",
    ],
)
def test_a_headline_set_inside_the_text_is_no_paragraph_of_it(tmp_path: Path, inside: str) -> None:
    page = article_file("江水清又清", f"{inside}<p>岸边有人家。</p>")
    page = page.replace("<h3></h3><h1>江水清又清</h1><h2></h2>", "")
    (article,) = parse_pages([put(tmp_path / "content_1.html", page)]).articles
    assert (article.kicker, article.title) == ("春日", "江水清又清")
    assert texts(article) == ["岸边有人家。"]


def test_nothing_of_the_site_becomes_text_and_each_line_of_it_is_listed_once(
    tmp_path: Path,
) -> None:
    flat_paper(tmp_path)
    edition = parse_pages([tmp_path])
    spoken = "".join(text for article in edition.articles for text in texts(article))
    assert spoken == "第1页的第1条新闻说，今天的天气很好。第1页的第2条新闻说，今天的天气很好。"
    assert {skip.reason.value for skip in edition.skipped} == {"furniture"}
    assert [skip.text for skip in edition.skipped] == [
        "上一版下一版 2024年12月01日 星期日",
        "第01版：要闻",
        "版权所有",
        "放大 缩小 默认",
        "《江州日报》（2024年12月01日 第 01 版）",
        "上一篇 下一篇",
    ]


# --- nothing is lost ------------------------------------------------------------------------

TABLES = """<html><head><title>江州晚报多媒体数字报</title></head><body>
<table><tr><td>2024年12月01日 星期日</td><td><a href=#>返回版面</a></td></tr></table>
<table><tr><td class="font02">春日见闻</td></tr><tr><td class="font01">江水清又清</td></tr>
<tr><td class="font02">两岸人家添新景</td></tr>
<tr><td class="font02">本报记者 江 河</td></tr></table>
<div id="ozoom"><p>岸边有人家。</p></div></body></html>"""


def test_a_headline_set_in_the_cells_of_a_table_is_read_by_its_size(tmp_path: Path) -> None:
    (article,) = parse_pages([put(tmp_path / "content_1.htm", TABLES)]).articles
    assert (article.kicker, article.title) == ("春日见闻", "江水清又清")
    assert (article.subtitle, article.byline) == ("两岸人家添新景", read_credit("本报记者 江 河"))
    assert texts(article) == ["岸边有人家。"]


def test_a_line_of_a_class_that_no_site_is_known_for_is_listed(tmp_path: Path) -> None:
    page = TABLES.replace("font02", "odd9")
    edition = parse_pages([put(tmp_path / "content_1.htm", page)])
    assert titles(edition) == ["江水清又清"]
    listed = {skip.text for skip in edition.skipped}
    assert {"春日见闻", "两岸人家添新景", "本报记者 江 河"} <= listed


LONG = "江水从很远的雪山上流下来，流过十二个村庄和三座小城，两岸人家靠它种稻养鱼，已有八百年了。"
LATER = "到了冬天，江上结冰，孩子们在冰面上滑行，老人们围着火炉讲从前发大水的故事，讲到第二年春天。"


def test_a_long_text_over_or_under_the_known_one_is_text_of_the_article(tmp_path: Path) -> None:
    page = article_file("江水清又清", "<p>岸边有人家。</p>")
    lead = f'<div class="lead9">提要：{LONG}</div>'
    page = page.replace('<div id="ozoom">', f'{lead}<div id="ozoom">')
    page = page.replace('<div class="pages">', f'<div class="more9">{LATER}</div><div>')
    (article,) = parse_pages([put(tmp_path / "content_1.html", page)]).articles
    assert texts(article) == [f"提要：{LONG}", "岸边有人家。", LATER]


@pytest.mark.parametrize("line", [f"版权声明：{LONG}", f"<a href='x.html'>{LONG}</a>"])
def test_a_long_notice_or_link_of_the_site_is_listed_and_not_read(
    tmp_path: Path, line: str
) -> None:
    page = article_file("江水清又清", "<p>岸边有人家。</p>")
    page = page.replace("</body>", f"<div>{line}</div></body>")
    edition = parse_pages([put(tmp_path / "content_1.html", page)])
    assert texts(edition.articles[0]) == ["岸边有人家。"]
    assert any(LONG in skip.text for skip in edition.skipped)


def test_a_long_text_on_the_page_file_itself_is_an_item_of_its_own(tmp_path: Path) -> None:
    (page,) = flat_paper(tmp_path)
    put(page, page.read_text("utf-8").replace("</body>", f"<div>{LONG}</div></body>"))
    edition = parse_pages([tmp_path])
    assert [texts(article)[-1] for article in edition.articles][-1] == LONG
    assert len(edition.articles) == 3


@pytest.mark.parametrize("mark", ["hidden", "style='Display : none'"])
def test_what_a_page_hides_is_not_listed(tmp_path: Path, mark: str) -> None:
    page = article_file("江水清又清", "<p>岸边有人家。</p>")
    page = page.replace("</body>", f"<div {mark}>看不见的字</div></body>")
    edition = parse_pages([put(tmp_path / "content_1.html", page)])
    assert "看不见的字" not in {skip.text for skip in edition.skipped}


def test_the_pages_that_a_site_lists_do_not_change_the_label_of_a_page(tmp_path: Path) -> None:
    (page,) = flat_paper(tmp_path)
    menu = "<ul><li>第03版：体育</li><li>第04版：文化 第999期</li></ul>"
    put(page, page.read_text("utf-8").replace("<body>", f"<body>{menu}"))
    edition = parse_pages([page])
    assert [(p.label.printed, p.section) for p in edition.pages] == [("01", "要闻")]
    assert edition.issue is None


_UNSEEN = {"script", "style", "title", "noscript", "template", "head"}


def seen(path: Path) -> Iterator[str]:
    """Each stretch of Han text that a page shows, as a second way of reading finds it."""
    document = html.fromstring(path.read_bytes())
    for element in document.iter():
        if isinstance(element.tag, str):
            own = [] if element.tag in _UNSEEN else [element.text or ""]
            for text in (*own, element.tail or ""):
                yield from (word for word in tidy(text).split() if count_han(word))


@pytest.mark.parametrize("name", [name for name in OURS if "epaper" in name])
def test_every_han_character_that_a_page_shows_is_in_a_block(name: str) -> None:
    pages = pages_of(follow_links(read_files([CORPUS / name])))
    blocks = [block for page in pages for block in page.blocks]
    printed = "".join(b.text + "".join(cell for row in b.rows for cell in row) for b in blocks)
    for path in FILES:
        if path.parent.name == name:
            lost = [text for text in seen(path) if text not in squash(printed)]
            assert lost == [], path.name


# --- other web pages ------------------------------------------------------------------------

BLOG = """<!doctype html><html><head><title>江边的桥 - 某某网</title></head><body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/b">关于我们的一切事情</a></li></ul></nav>
<h1>江边的桥</h1><div class="post"><p>桥在江边，已经有一百年了，石头都磨得发亮。</p>
<p>每天早晨，赶集的人从桥上走过，说说笑笑。</p></div>
<footer>版权所有，转载请注明出处，联系电话见首页</footer></body></html>"""


def test_any_other_web_page_gives_its_title_and_main_text(tmp_path: Path) -> None:
    (article,) = parse_pages([put(tmp_path / "blog.html", BLOG)]).articles
    assert article.title == "江边的桥"
    assert texts(article) == [
        "桥在江边，已经有一百年了，石头都磨得发亮。",
        "每天早晨，赶集的人从桥上走过，说说笑笑。",
    ]


def test_a_web_page_is_known_without_its_ending(tmp_path: Path) -> None:
    assert titles(parse_pages([put(tmp_path / "blog", BLOG)])) == ["江边的桥"]


@pytest.mark.parametrize("page", ["<html><body><p>短</p></body></html>", "<!--", "<html></html>"])
def test_a_web_page_without_text_is_refused_in_one_line(tmp_path: Path, page: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_pages([put(tmp_path / "a.html", page)])
    assert "\n" not in str(raised.value)
    assert "a.html" in str(raised.value)


# --- hostile pages --------------------------------------------------------------------------


def test_entities_of_a_pages_own_making_are_not_expanded(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.txt", "机密文字")
    bomb = f"""<!DOCTYPE html [<!ENTITY a "笑笑笑笑"><!ENTITY b "&a;&a;&a;&a;">
    <!ENTITY s SYSTEM "{secret.as_uri()}">]>"""
    page = article_file("江水清", "<p>江水&b;清&s;。</p>").replace("<!DOCTYPE html>", bomb)
    (article,) = parse_pages([put(tmp_path / "content_1.html", page)]).articles
    assert "机密" not in "".join(texts(article))
    assert "笑笑" not in "".join(texts(article))


def test_nesting_beyond_the_parsers_limit_is_refused_not_cut_short(tmp_path: Path) -> None:
    body = "<div>" * 5000 + "<p>深处的字</p>" + "</div>" * 5000
    with pytest.raises(InputError, match="nested too deeply"):
        only(tmp_path, body)


def test_nesting_within_the_limit_is_read(tmp_path: Path) -> None:
    body = "<div>" * 900 + "<p>深处有人家，白云生处。</p>" + "</div>" * 900
    assert texts(only(tmp_path, body)) == ["深处有人家，白云生处。"]


@pytest.mark.parametrize("tags", ["figure", "table tr td", "b", "ul li", "center", "blockquote"])
def test_nested_pictures_and_tables_are_walked_once(tmp_path: Path, tags: str) -> None:
    opened = "".join(f"<{tag} class=pic>" for tag in tags.split())
    closed = "".join(f"</{tag}>" for tag in reversed(tags.split()))
    article = only(tmp_path, opened * 300 + "深处的字。" + closed * 300)
    assert texts(article) == ["深处的字。"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
def test_a_damaged_page_gives_an_edition_or_a_plain_refusal(path: Path, chance: object) -> None:
    assert hasattr(chance, "randrange")
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(40)] = bytes(
            chance.randrange(256) for _ in range(chance.randrange(6))
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(data)
        try:
            parse_pages([copy])
        except InputError as error:
            assert str(error).count("\n") <= 1  # noqa: PT017 - an edition is as good an answer


def test_every_gold_of_these_forms_names_pages_that_are_there() -> None:
    for name in OURS:
        assert all((CORPUS / name / p["source"]).is_file() for p in gold_of(name)["pages"])


FRAMES = """<html><head><title>江州晚报数字版</title></head><frameset cols="300,*">
<frame src="江州晚报_files/left.htm">
<frame src="%E6%B1%9F%E5%B7%9E%E6%99%9A%E6%8A%A5_files/main.htm">
</frameset></html>"""


def test_a_page_of_frames_is_read_with_what_the_browser_saved_beside_it(tmp_path: Path) -> None:
    frames = tmp_path / "江州晚报_files"
    put(frames / "left.htm", "<html><body><p>江州晚报　2026年3月6日　第02版</p></body></html>")
    text = f"<div class='x1'>灯塔换芯</div><div><p>{LONG}</p><p>{LATER}</p></div>"
    put(frames / "main.htm", f"<html><body>{text}</body></html>")
    edition = parse_pages([put(tmp_path / "江州晚报.htm", FRAMES)])
    assert titles(edition) == ["灯塔换芯"]
    assert texts(edition.articles[0]) == [LONG, LATER]
    assert [page.label.printed for page in edition.pages] == ["02"]
    assert edition.date == dt.date(2026, 3, 6)


def test_a_frame_never_leads_out_of_the_folder_of_its_page(tmp_path: Path) -> None:
    put(tmp_path / "secret.htm", f"<html><body><p>{LONG}</p></body></html>")
    page = (
        f"<html><body><h1>江边的桥</h1><p>{LATER}</p><iframe src='../secret.htm'></iframe></body>"
    )
    edition = parse_pages([put(tmp_path / "in" / "a.html", page)])
    assert LONG not in {skip.text for skip in edition.skipped}


def test_a_web_page_without_text_among_others_is_reported_and_the_rest_is_read(
    tmp_path: Path,
) -> None:
    put(tmp_path / "a.html", "<html><body><a href='b.html'>目录</a></body></html>")
    put(tmp_path / "b.html", BLOG)
    edition = parse_pages([tmp_path])
    assert titles(edition) == ["江边的桥"]
    assert "a.html" in edition.warnings[0].message
