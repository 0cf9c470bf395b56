"""The conventions of lot 1: how crawlers, archives and readers keep newspaper text."""

from __future__ import annotations

from collections.abc import Sequence

from conventions import (
    IDEOGRAPHIC,
    Files,
    Item,
    Printed,
    convention,
    lines,
    one_each,
    pages,
    traditional,
    wrapped,
)

RULE = "=" * 40


def _body(item: Item, indent: str = "", gap: str = "\n") -> str:
    return gap.join(indent + one for one in item.paragraphs) + "\n"


# --- one file an article ----------------------------------------------------------------------


@convention(1)
def title_and_lines(items: Sequence[Item]) -> Printed:
    """A title and one line a paragraph, nothing between them."""
    items = [one.flat() for one in items]
    return one_each(items, lambda i: lines(i.title, i.line, i.paragraphs), "{n}.txt"), items


@convention(1)
def title_and_blank_lines(items: Sequence[Item]) -> Printed:
    """A blank line under the title, the writer and every paragraph."""
    items = [one.flat() for one in items]

    def show(item: Item) -> str:
        return "\n\n".join(filter(None, [item.title, item.line, *item.paragraphs])) + "\n"

    return one_each(items, show, "文章{n}.txt"), items


@convention(1)
def places_and_indent(items: Sequence[Item]) -> Printed:
    """Kicker, title and subtitle at fixed places, the text indented."""

    def show(item: Item) -> str:
        head = f"{item.kicker}\n{item.title}\n{item.subtitle}"
        return head + "\n" + _body(_with_line(item), IDEOGRAPHIC)

    wanted = list(items)
    return one_each(items, show, "20260314-{n:02}-01.txt"), wanted


def _with_line(item: Item) -> Item:
    """The article with its writer as the first line of its text."""
    return item if not item.line else Item("", (item.line, *item.text))


@convention(1)
def labels(items: Sequence[Item]) -> Printed:
    """What each part is stands before it."""
    items = [one.flat() for one in items]

    def show(item: Item) -> str:
        head = [f"标题：{item.title}", f"作者：{item.line}" if item.line else ""]
        more = ["日期：2026-03-14", "版面：第03版：综合", "来源：清江日报", "正文："]
        return lines(head, more, item.paragraphs)

    return one_each(items, show, "{n}.txt"), items


@convention(1)
def bracketed_labels(items: Sequence[Item]) -> Printed:
    """The same with brackets, each part under its name."""
    items = [one.flat().unsigned() for one in items]

    def show(item: Item) -> str:
        return f"【标题】{item.title}\n【日期】2026-03-14\n【版次】03\n【正文】\n" + _body(item)

    return one_each(items, show, "{n}.txt"), items


@convention(1)
def front_matter(items: Sequence[Item]) -> Printed:
    """Markdown as programs write it: front matter, heading, list of facts, headings of parts."""

    def show(item: Item) -> str:
        head = f'---\nsource: 清江日报\ndate: 2026-03-14\npage_no: "03"\ntitle: "{item.title}"\n'
        head += f'subtitle: "{item.subtitle}"\nauthor: ""\nurl: https://example.org/1\n---\n\n'
        head += f"# {item.title}\n\n" + (f"> {item.subtitle}\n\n" if item.subtitle else "")
        facts = "- 来源：清江日报\n- 日期：2026-03-14\n- 版面：第03版：综合\n"
        facts += "- 原文链接：https://example.org/1\n\n## 正文\n\n"
        return head + facts + _body(item, gap="\n\n") + "\n## 图片链接\n\n无\n"

    items = [Item(i.title, i.text, "", i.subtitle, i.byline, i.runs_in).unsigned() for i in items]
    return one_each(items, show, "20260314_03_{n:03}.md"), items


@convention(1)
def heading_and_facts(items: Sequence[Item]) -> Printed:
    """Markdown with one line of date and source under the heading."""
    items = [one.flat().unsigned() for one in items]

    def show(item: Item) -> str:
        fact = "2026-03-14 08:20 来源：清江日报"
        return f"# {item.title}\n\n{fact}\n\n" + _body(item, gap="\n\n")

    return one_each(items, show, "{n}.md"), items


@convention(1)
def facts_and_spaces(items: Sequence[Item]) -> Printed:
    """Title, date and page, source; paragraphs with four narrow spaces."""
    items = [one.flat().unsigned() for one in items]

    def show(item: Item) -> str:
        facts = ["2026年03月14日　第03版：综合", "来源：清江日报　作者：" + "苗小川"]
        return lines(item.title, facts) + "\n" + _body(item, "    ")

    return one_each(items, show, "{n}.txt"), items


@convention(1)
def ruled_head_and_editor(items: Sequence[Item]) -> Printed:
    """A drawn line under the title, who edited it under the text."""
    items = [one.flat() for one in items]

    def show(item: Item) -> str:
        body = _body(item) + "（责任编辑：岑越）\n"
        return lines(item.title, RULE, item.line) + body

    return one_each(items, show, "{n}.txt"), items


@convention(1)
def link_and_time(items: Sequence[Item]) -> Printed:
    """The address, the title and the time, then narrow spaces before each paragraph, CRLF, BOM."""
    items = [one.flat() for one in items]

    def show(item: Item) -> str:
        head = ["https://example.org/20260314/3.shtml", item.title, "2026-03-14 08:20:15"]
        text = lines(head, item.line) + _body(item, "  ")
        return "\ufeff" + text.replace("\n", "\r\n")

    return one_each(items, show, "{n}.txt"), items


@convention(1)
def hongkong_files(items: Sequence[Item]) -> Printed:
    """Traditional script, 【本報訊】 before the text."""
    chosen = [i for i in items if not i.byline][:2] + [i for i in items if i.runs_in][:5]
    items = [Item(i.title, i.text, byline="【本报讯】", runs_in=True) for i in chosen]

    def show(item: Item) -> str:
        return traditional(f"{item.title}\n\n" + _body(item, gap="\n\n"))

    return one_each(items, show, "A{n:02}.txt"), items


@convention(1)
def tabs_and_commentary(items: Sequence[Item]) -> Printed:
    """Kicker and title above, the writer under them, tabs before the paragraphs."""
    items = [one for one in items if not one.runs_in and not one.subtitle]

    def show(item: Item) -> str:
        return lines(item.kicker, item.title, item.line) + "\n" + _body(item, "\t")

    return one_each(items, show, "{n}.txt"), items


# --- one file a page --------------------------------------------------------------------------


def _page_files(items: Sequence[Item], show: object, suffix: str = "txt") -> Files:
    assert callable(show)
    return {f"{n:02}.{suffix}": show(n, page) for n, page in enumerate(pages(items), 1)}


@convention(1)
def page_of_places(items: Sequence[Item]) -> Printed:
    """A page label, then headlines at fixed places over indented text."""

    def show(number: int, page: Sequence[Item]) -> str:
        heads = [f"{i.kicker}\n{i.title}\n{i.subtitle}" for i in page]
        bodies = [_body(_with_line(i), IDEOGRAPHIC) for i in page]
        parts = [f"{head}\n{body}" for head, body in zip(heads, bodies, strict=True)]
        return f"第{number:02}版：综合\n\n" + "\n".join(parts)

    return _page_files(items, show), list(items)


@convention(1)
def page_of_headings(items: Sequence[Item]) -> Printed:
    """Markdown: the paper, the date and the page as heading, each title below it."""

    def show(number: int, page: Sequence[Item]) -> str:
        parts = []
        for item in page:
            above = f"{item.kicker}\n\n" if item.kicker else ""
            below = f"{item.subtitle}\n\n" if item.subtitle else ""
            line = f"{item.line}\n\n" if item.line else ""
            parts.append(f"{above}## {item.title}\n\n{below}{line}" + _body(item, gap="\n\n"))
        return f"# 清江日报 2026年3月14日 第{number}版\n\n" + "\n".join(parts)

    return _page_files(items, show, "md"), list(items)


@convention(1)
def whole_day(items: Sequence[Item]) -> Printed:
    """A day in one file: pages and numbered titles as headings, the subtitle slanted."""
    items = [Item(i.title, i.text, "", i.subtitle, i.byline, i.runs_in).unsigned() for i in items]
    text = "# 清江日报 2026年3月14日（星期六）\n> 来源：清江日报数字报（example.org）\n"
    text += f"> 共 3 个版面，收录文章 {len(items)} 篇\n"
    for number, page in enumerate(pages(items), 1):
        text += f"\n## 第{number:02}版：要闻\n"
        for at, item in enumerate(page, 1):
            below = f"*{item.subtitle}*\n" if item.subtitle else ""
            text += f"### {at}. {item.title}\n{below}" + _body(item) + "\n"
    return {"清江日报_2026-03-14.md": text}, items


@convention(1)
def page_of_labels(items: Sequence[Item]) -> Printed:
    """Date and page first, articles with their parts named, a rule between them."""
    items = [one.flat() for one in items]

    def show(number: int, page: Sequence[Item]) -> str:
        parts = []
        for i in page:
            writer = f"作者：{i.byline}\n" if i.byline else ""
            first, *others = i.text
            parts.append(f"标题：{i.title}\n{writer}正文：" + "\n\n".join((first, *others)))
        text = "\n\n---\n\n".join(parts).replace("# ", "")
        return f"日期：2026年3月14日\n版次：A{number:02}\n\n{text}\n"

    return _page_files(items, show), items


@convention(1)
def page_of_rules(items: Sequence[Item]) -> Printed:
    """A drawn line between articles, the first line the title, paragraphs flush."""
    items = [one.flat() for one in items]

    def show(_: int, page: Sequence[Item]) -> str:
        parts = [lines(i.title, i.line) + "\n" + _body(i) for i in page]
        return f"\n{RULE}\n\n".join(parts)

    return _page_files(items, show), items


@convention(1)
def page_of_brackets(items: Sequence[Item]) -> Printed:
    """Titles in brackets, paragraphs flush."""
    items = [one.flat() for one in items]

    def show(_: int, page: Sequence[Item]) -> str:
        return "\n".join(lines(f"【{i.title}】", i.line) + _body(i) for i in page)

    return _page_files(items, show), items


@convention(1)
def page_of_blank_lines(items: Sequence[Item]) -> Printed:
    """Plain lines with a blank one between all of them, also between articles."""

    def show(number: int, page: Sequence[Item]) -> str:
        printed = [line for i in page for line in (*i.head, i.line, *i.paragraphs) if line]
        return f"第{number:02}版\n\n" + "\n\n".join(printed) + "\n"

    return _page_files(items, show), list(items)


@convention(1)
def page_of_runs(items: Sequence[Item]) -> Printed:
    """Plain lines, a blank one only between articles."""
    items = [one.flat() for one in items]

    def show(_: int, page: Sequence[Item]) -> str:
        return "\n".join(lines(i.title, i.line, i.paragraphs) for i in page)

    return _page_files(items, show), items


@convention(1)
def page_of_wide_gaps(items: Sequence[Item]) -> Printed:
    """One blank line between paragraphs, two or more between articles."""
    items = [one.flat() for one in items]

    def show(_: int, page: Sequence[Item]) -> str:
        parts = [[i.title, i.line, *i.paragraphs] for i in page]
        return "\n\n\n\n".join("\n\n".join(filter(None, part)) for part in parts) + "\n"

    return _page_files(items, show), items


@convention(1)
def page_of_bold_titles(items: Sequence[Item]) -> Printed:
    """Bold titles between plain kickers and subtitles."""

    def show(number: int, page: Sequence[Item]) -> str:
        parts = []
        for i in page:
            head = [i.kicker, f"**{i.title}**", i.subtitle, i.line]
            parts.append("\n\n".join(filter(None, [*head, *i.paragraphs])))
        return f"A{number:02} 综合\n\n" + "\n\n".join(parts) + "\n"

    return _page_files(items, show, "md"), list(items)


@convention(1)
def bulletin(items: Sequence[Item]) -> Printed:
    """A numbered bulletin: 1、title, the text under it."""
    items = [one.flat().unsigned() for one in items if len(one.text) < 4]

    def show(_: int, page: Sequence[Item]) -> str:
        return "\n".join(f"{n}、{i.title}\n" + _body(i) for n, i in enumerate(page, 1))

    return {"1.txt": show(1, items[:6])}, items[:6]


@convention(1)
def page_of_columns(items: Sequence[Item]) -> Printed:
    """Lines broken at 28 characters, centred titles."""
    items = [one.flat() for one in items]

    def show(number: int, page: Sequence[Item]) -> str:
        parts = []
        for i in page:
            title = "\u3000" * max(2, (28 - len(i.title)) // 2) + i.title
            line = "\u3000" * 10 + i.line if i.line else ""
            text = "\n".join(wrapped(one, 28) for one in i.paragraphs)
            parts.append(lines(title, line) + text + "\n")
        return f"清江日报　2026年3月14日　第{number}版\n\n" + "\n".join(parts)

    return _page_files(items, show), items


@convention(1)
def hongkong_page(items: Sequence[Item]) -> Printed:
    """Traditional script, ■ before each title, the reporters behind the text."""
    chosen = [one.flat() for one in items if one.runs_in or not one.byline]
    chosen = [Item(i.title, i.text, byline="记者 陈大文") for i in chosen]

    def show(number: int, page: Sequence[Item]) -> str:
        parts = [f"■{i.title}\n" + _body(i) + "记者 陈大文\n" for i in page]
        return traditional(f"A{number:02} 港聞\n\n" + "\n".join(parts))

    return _page_files(chosen, show), chosen


# --- copied from the web ----------------------------------------------------------------------


@convention(1)
def copied_epaper(items: Sequence[Item]) -> Printed:
    """All that is marked when an article of an e-paper is copied."""

    def show(item: Item) -> str:
        above = "清江日报\n2026年03月14日　星期六\n第03版：综合\n上一版　下一版\n"
        above += "返回目录\n放大 缩小 默认\n"
        below = "\n《 清江日报 》（ 2026年03月14日   03 版）\n上一篇　下一篇\n"
        return above + "\n" + lines(*item.head, item.line) + "\n" + _body(item, IDEOGRAPHIC) + below

    return one_each(items, show, "{n}.txt"), list(items)


@convention(1)
def copied_site(items: Sequence[Item]) -> Printed:
    """An article of a news site, with what stands around it."""
    items = [one.flat().unsigned() for one in items]

    def show(item: Item) -> str:
        above = f"首页 > 新闻 > 社会 > 正文\n\n{item.title}\n\n"
        above += "2026-03-14 08:20　来源：清江日报　作者：苗小川　字号：大 中 小\n\n"
        below = "\n责任编辑：岑越\n分享到：微信 微博 QQ空间\n相关阅读\n老街米粉店重新开张\n"
        return above + _body(item, gap="\n\n") + below + "清江夜市添了三十个摊位\n"

    return one_each(items, show, "{n}.txt"), items


@convention(1)
def copied_account(items: Sequence[Item]) -> Printed:
    """An article of a public account."""
    items = [one.flat() for one in items]

    def show(item: Item) -> str:
        head = lines(item.title) + "\n清江发布　2026年03月14日 08:20　清江\n\n"
        below = "\n来源：清江日报\n编辑：岑越\n审核：温远\n\n点个在看\n阅读 1.2万\n"
        return head + lines(item.line) + "\n" + _body(item, gap="\n\n") + below

    return one_each(items, show, "{n}.txt"), items


@convention(1)
def copied_office(items: Sequence[Item]) -> Printed:
    """News of a government's site."""
    items = [one.flat().unsigned() for one in items]

    def show(item: Item) -> str:
        fact = "发布时间：2026-03-14 08:20 来源：清江日报 浏览次数：132 【字体：大 中 小】"
        return lines(item.title, fact) + "\n" + _body(item, IDEOGRAPHIC) + "\n打印本页　关闭窗口\n"

    return one_each(items, show, "{n}.txt"), items


# --- papers of the Republic -------------------------------------------------------------------

_WIRES = (
    Item(
        "江防會議昨日開幕",
        (
            "江防會議昨日上午九時在清江縣府大禮堂開幕，到各縣代表四十餘人。",
            "主席田禾致詞，謂堤工經費已有著落，春汛以前務須全綫完竣。",
        ),
    ),
    Item(
        "米價續漲　當局籌議平糶",
        (
            "本埠米價連日續漲，上等白米每石已達十二元三角。社會局特於昨日召集米業公會各董事，籌議平糶辦法。",
            "聞第一批平糶米五千石，定本月二十日起在四城門發售，每人以二升為限。",
        ),
    ),
    Item(
        "火警兩起",
        (
            "昨晚九時許，南門外竹器街某號失慎，延燒平屋三間，旋經救火會撲滅。",
            "今晨二時，西門內又有草屋一間被焚，幸未傷人。",
        ),
    ),
    Item(
        "中學聯合運動會延期",
        ("全縣中學聯合運動會原定本月十五日舉行，茲因場地積水，籌備會決議延期一週。",),
    ),
)


@convention(1)
def republic_marked(_: Sequence[Item]) -> Printed:
    """A masthead of the Republic, plain headlines, the agency in brackets before the text."""
    agencies = ("【中央社】", "【本報訊】", "【本報訊】", "【申時社】")
    items = [
        Item(i.title, i.text, byline=b, runs_in=True) for i, b in zip(_WIRES, agencies, strict=True)
    ]
    head = "清江日報　中華民國二十六年三月十四日　星期日　第二版\n\n"
    text = "\n".join(f"{i.title}\n" + _body(i) for i in items)
    return {"1.txt": head + text}, items


@convention(1)
def republic_triangles(_: Sequence[Item]) -> Printed:
    """▲ before each head, the text in one line under it, all in traditional script."""
    items = [Item(i.title, ("".join(i.text),)) for i in _WIRES]
    return {"1.txt": "\n".join(f"▲{i.title}\n" + _body(i) for i in items)}, items


@convention(1)
def republic_bare(_: Sequence[Item]) -> Printed:
    """The same without any punctuation, a blank line between items."""
    bare = str.maketrans("", "", "，。、；：")
    items = [
        Item(i.title.replace("\u3000", ""), ("".join(i.text).translate(bare),)) for i in _WIRES
    ]
    return {"1.txt": "\n".join(f"{i.title}\n" + _body(i) for i in items)}, items
