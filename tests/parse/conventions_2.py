"""The conventions of lot 2, written when the rules for lot 1 were done and scored once unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conventions import (
    IDEOGRAPHIC,
    Item,
    Printed,
    convention,
    lines,
    one_each,
    pages,
    spaced,
    traditional,
    wrapped,
)

NEXT = "\n\n"


def _unmarked(item: Item) -> list[str]:
    return [one.removeprefix("# ") for one in item.text]


def _apart(item: Item) -> Item:
    """The article with its credit on a line of its own, whatever it was."""
    return replace(item, runs_in=False)


# --- one file an article ----------------------------------------------------------------------


@convention(2)
def all_lines_apart(items: Sequence[Item]) -> Printed:
    """Kicker, title, subtitle, writer and paragraphs, all with a blank line between, flush."""
    return one_each(items, lambda i: spaced(*i.head, i.line, *i.paragraphs), "{n}.txt"), list(items)


@convention(2)
def boxed_writer(items: Sequence[Item]) -> Printed:
    """□ before the writer under the title, ideographic indents, a blank line under the head."""
    items = [i for i in items if i.line]

    def show(item: Item) -> str:
        head = lines(*item.head, f"□{item.line}")
        return head + "\n" + "\n".join(IDEOGRAPHIC + one for one in item.paragraphs) + "\n"

    return one_each(items, show, "{n}.txt"), list(items)


@convention(2)
def english_names(items: Sequence[Item]) -> Printed:
    """Title:, Author:, Date:, Content: as programs write them."""
    items = [replace(i, kicker="") for i in items]

    def show(item: Item) -> str:
        head = f"Title: {item.title}\n" + (f"Subtitle: {item.subtitle}\n" if item.subtitle else "")
        head += (f"Author: {item.line}\n" if item.line else "") + "Date: 2026-09-02\nPage: 05\n"
        return head + "Content:\n" + "\n".join(item.paragraphs) + "\n"

    return one_each(items, show, "rmwb_{n}.txt"), items


@convention(2)
def bold_names(items: Sequence[Item]) -> Printed:
    """A Markdown heading and bold names of facts in a list below it."""
    items = [i.flat() for i in items]

    def show(item: Item) -> str:
        facts = "- **报纸**: 海湾晚报\n- **日期**: 2026-09-02\n- **版面**: 第05版\n"
        facts += f"- **作者**: {item.line}\n" if item.line else ""
        return f"# {item.title}\n\n{facts}\n---\n\n" + spaced(*item.paragraphs)

    return one_each(items, show, "{n}.md"), items


@convention(2)
def slanted_facts(items: Sequence[Item]) -> Printed:
    """A second-level heading, facts in slanted type under it."""
    items = [i.flat().unsigned() for i in items]

    def show(item: Item) -> str:
        fact = "*来源：海湾晚报 | 日期：2026-09-02 | 版面：05*"
        return f"## {item.title}\n\n{fact}\n\n" + spaced(*item.paragraphs)

    return one_each(items, show, "{n}.md"), items


@convention(2)
def names_of_articles(items: Sequence[Item]) -> Printed:
    """文章标题：, 发布日期： and a drawn line, the origin in a last line."""
    items = [i.flat().unsigned() for i in items]

    def show(item: Item) -> str:
        head = (
            f"文章标题：{item.title}\n发布日期：2026年09月02日\n原文链接：https://example.org/9\n"
        )
        body = "\n".join(item.paragraphs)
        return head + "-" * 30 + "\n" + body + "\n\n（来源：海湾晚报 2026年9月2日 第5版）\n"

    return one_each(items, show, "{n}.txt"), items


@convention(2)
def bracketed_writer(items: Sequence[Item]) -> Printed:
    """A centred title, the writer in brackets under it, half-width indents of four."""
    items = [i for i in items if i.line and not i.kicker]

    def show(item: Item) -> str:
        head = "\u3000" * 6 + item.title + "\n" + "\u3000" * 8 + f"（{item.line}）\n"
        return head + "".join(f"    {one}\n" for one in item.paragraphs)

    return one_each(items, show, "{n}.txt"), list(items)


@convention(2)
def signed_below(items: Sequence[Item]) -> Printed:
    """The writer in brackets as the last line, the date of the paper under it."""
    chosen = [i.flat() for i in items if not i.runs_in and not i.line.startswith("本报记者")]
    chosen = [replace(i, byline="（记者 石方）") for i in chosen]

    def show(item: Item) -> str:
        return lines(item.title, _unmarked(item), item.byline, "《海湾晚报》2026年9月2日第5版")

    return one_each(chosen, show, "{n}.txt"), chosen


@convention(2)
def taiwan_files(items: Sequence[Item]) -> Printed:
    """Traditional script, 〔記者…報導〕 before the text, paragraphs apart."""
    chosen = [i.flat() for i in items if not i.line and "#" not in "".join(i.text)]
    chosen = [replace(i, byline="〔记者陈大文／海湾报导〕", runs_in=True) for i in chosen]

    def show(item: Item) -> str:
        return traditional(spaced(item.title, *item.paragraphs))

    return one_each(chosen, show, "{n}.txt"), chosen


@convention(2)
def numbered_parts(items: Sequence[Item]) -> Printed:
    """一、 before the headings of parts: they are parts, under a title."""
    made = []
    for item in (i.flat() for i in items if "# " in "".join(i.text)):
        marks = iter("一二三四")
        text = [f"# {next(marks)}、{one[2:]}" if one[:2] == "# " else one for one in item.text]
        made.append(replace(item, text=tuple(text)))
    return one_each(made, lambda i: spaced(i.title, i.line, *i.paragraphs), "{n}.txt"), made


@convention(2)
def interview(_: Sequence[Item]) -> Printed:
    """Questions and answers under a title and a lead."""
    text = (
        "日前，市教育局局长林若水就今年中考政策的变化接受了本报记者专访。",
        "记者：今年中考最大的变化是什么？",
        "林若水：最大的变化是体育考试由一次考改为多次考，取最好成绩，给孩子更多机会。",
        "记者：外地户籍的考生怎么报名？",
        "林若水：只要在本市有连续三年学籍，就可以在就读学校报名，不需要另外提交材料。",
    )
    item = Item(
        "体育考试可以考三次",
        text,
        subtitle="——市教育局局长林若水谈中考新政",
        byline="本报记者 宁远",
    )
    return {"1.txt": spaced(*item.head, item.byline, *item.text)}, [item]


# --- one file a page --------------------------------------------------------------------------


def _files(items: Sequence[Item], show: object, suffix: str = "txt") -> dict[str, str]:
    assert callable(show)
    return {f"A{n:02}.{suffix}": show(n, page) for n, page in enumerate(pages(items, 5), 1)}


@convention(2)
def page_with_pictures(items: Sequence[Item]) -> Printed:
    """Captions between articles; titles flush, text indented, no blank lines at all."""
    items = [i.flat() for i in items]
    caption = "▲图为市民在海堤上散步。 （记者 石方 摄）"
    wanted = [replace(i, text=(*i.text, caption)) if n % 5 == 1 else i for n, i in enumerate(items)]

    def show(_: int, page: Sequence[Item]) -> str:
        parts = []
        for i in page:
            body = [i.line, *i.paragraphs]
            parts.append(i.title + "\n" + "".join(IDEOGRAPHIC + one + "\n" for one in body if one))
        return "".join(parts)

    return _files(wanted, show), wanted


@convention(2)
def page_with_contents(items: Sequence[Item]) -> Printed:
    """A box that points into the paper before the articles."""
    items = [i.flat() for i in items]

    def show(number: int, page: Sequence[Item]) -> str:
        box = (
            "今日导读\n\n十二米高的稻草龙立起来了 3版\n\n城北路今起封闭施工 5版\n\n"
            if number == 1
            else ""
        )
        text = "\n".join(spaced(f"## {i.title}", i.line, *i.paragraphs) for i in page)
        return f"海湾晚报 2026年9月2日 星期三 A{number:02}版\n\n{box}{text}"

    return _files(items, show, "md"), items


@convention(2)
def page_of_stars(items: Sequence[Item]) -> Printed:
    """* * * between articles, no indents, titles followed by a blank line."""
    items = [i.flat() for i in items]

    def show(_: int, page: Sequence[Item]) -> str:
        parts = [i.title + "\n\n" + lines(i.line, i.paragraphs) for i in page]
        return "\n* * *\n\n".join(parts)

    return _files(items, show), items


@convention(2)
def page_of_places_in_brackets(items: Sequence[Item]) -> Printed:
    """（一） before each title, paragraphs flush."""
    items = [i.flat() for i in items]

    def show(_: int, page: Sequence[Item]) -> str:
        marks = "一二三四五"
        parts = [
            lines(f"（{m}）{i.title}", i.line, i.paragraphs)
            for m, i in zip(marks, page, strict=False)
        ]
        return "\n".join(parts)

    return _files(items, show), items


@convention(2)
def page_of_wrapped_blocks(items: Sequence[Item]) -> Printed:
    """Every line broken at 20 characters, a blank line between paragraphs and titles."""
    items = [i.flat() for i in items]

    def show(_: int, page: Sequence[Item]) -> str:
        parts = []
        for i in page:
            body = [wrapped(one, 20, "") for one in i.paragraphs]
            parts.append(spaced(i.title, i.line, *body))
        return "\n".join(parts)

    return _files(items, show), items


@convention(2)
def page_of_wide_lines(items: Sequence[Item]) -> Printed:
    """Lines broken at 40 with indents, a blank line only between articles."""

    def show(_: int, page: Sequence[Item]) -> str:
        parts = [lines(*i.head, i.line, [wrapped(one, 40) for one in i.paragraphs]) for i in page]
        return "\n".join(parts)

    return _files(items, show), list(items)


@convention(2)
def page_of_levels(items: Sequence[Item]) -> Printed:
    """# for the section, ## for titles, ### for parts, the subtitle as quotation."""

    def show(number: int, page: Sequence[Item]) -> str:
        text = f"# A{number:02} 本地新闻\n\n"
        for i in page:
            above = f"**{i.kicker}**\n\n" if i.kicker else ""
            below = f"> {i.subtitle}\n\n" if i.subtitle else ""
            body = [one.replace("# ", "### ", 1) if one[:2] == "# " else one for one in i.text]
            body[0] = i.byline * i.runs_in + body[0]
            text += f"{above}## {i.title}\n\n{below}" + spaced(i.line, *body) + "\n"
        return text

    return _files(items, show, "md"), list(items)


@convention(2)
def page_of_one_level(items: Sequence[Item]) -> Printed:
    """Every heading ##, also those of parts, as one OCR engine writes."""

    def show(_: int, page: Sequence[Item]) -> str:
        text = ""
        for i in page:
            body = ["#" + one if one[:2] == "# " else one for one in i.text]
            body[0] = i.byline * i.runs_in + body[0]
            text += "\n".join(f"## {one}" for one in i.head) + "\n\n" + spaced(i.line, *body) + "\n"
        return text

    return _files(items, show, "md"), list(items)


@convention(2)
def day_with_rules(items: Sequence[Item]) -> Printed:
    """A day in one text: the page between drawn lines, articles under it."""
    items = [i.flat() for i in items]
    text = "海湾晚报\n2026年9月2日 星期三\n\n"
    for number, page in enumerate(pages(items, 5), 1):
        text += "=" * 20 + f"\n第{number}版：本地新闻\n" + "=" * 20 + "\n\n"
        text += "\n".join(i.title + "\n\n" + lines(i.line, i.paragraphs) for i in page) + "\n"
    return {"20260902.txt": text}, items


# --- copied from the web ----------------------------------------------------------------------


@convention(2)
def copied_mobile(items: Sequence[Item]) -> Printed:
    """An article of a news app."""
    items = [i.flat() for i in items]

    def show(item: Item) -> str:
        head = f"{item.title}\n\n海湾晚报\n\n2026-09-02 07:15\n\n关注\n\n"
        below = (
            "\n举报/反馈\n\n评论 12\n\n打开APP，查看全部评论\n\n热门推荐\n\n海堤上来了一群小画家\n"
        )
        return head + spaced(item.line, *item.paragraphs) + below

    return one_each(items, show, "{n}.txt"), items


@convention(2)
def copied_with_navigation(items: Sequence[Item]) -> Printed:
    """An article of an e-paper with the list of the page's other titles."""

    def show(item: Item) -> str:
        above = "海湾晚报数字报\n首页 | 往期回顾 | 版面导航\n2026年09月02日 星期三\n"
        above += "A05版：本地新闻\nPDF下载\n标题导航\n· 明日起部分公交线路调整\n· 旧书市的早晨\n\n"
        below = "\n版权声明：本版内容未经授权不得转载\n分享到：微信 微博\n"
        body = "".join(IDEOGRAPHIC + one + "\n" for one in item.paragraphs)
        return above + lines(*item.head, item.line) + "\n" + body + below

    return one_each(items, show, "{n}.txt"), list(items)


@convention(2)
def copied_table_of_facts(items: Sequence[Item]) -> Printed:
    """A library's search result: fields one a line, the text at the end."""
    items = [i.flat().unsigned() for i in items]

    def show(item: Item) -> str:
        facts = "报纸名称：海湾晚报\n出版日期：2026-09-02\n版次：5\n版名：本地新闻\n栏目：\n"
        return facts + f"标题：{item.title}\n副题：\n作者：\n正文：\n" + lines(item.paragraphs)

    return one_each(items, show, "{n}.txt"), items


# --- papers of the Republic -------------------------------------------------------------------

_OLD = (
    Item(
        "糧食評價會昨開會",
        (
            "縣糧食評價委員會昨日下午二時在縣商會開會，決定本旬白米限價每石法幣三百二十元。",
            "會中並議定，凡囤積居奇者，一經查實，即送縣府究辦。",
        ),
    ),
    Item(
        "渡輪失事",
        (
            "由青川開來之福安渡輪，昨晨行經鷹嘴石時觸礁進水，乘客八十餘人經漁船救起。",
            "該輪貨物損失約值三千元。",
        ),
    ),
    Item(
        "小學教師講習會結束",
        ("暑期小學教師講習會已於昨日結束，到會學員一百零六人，由教育科長發給證書。",),
    ),
    Item(
        "本縣設立民衆夜校四所",
        ("縣府為掃除文盲，決於城廂內外設立民衆夜校四所，凡年在十六歲以上者均可報名。",),
    ),
)


@convention(2)
def republic_decks(_: Sequence[Item]) -> Printed:
    """A title and the lines under it, the agency with place and date before the text."""
    items = [
        replace(i, text=("".join(i.text),), byline="〔中央社青川二日電〕", runs_in=True)
        for i in _OLD
    ]
    head = "民國三十一年九月二日　星期三　海灣日報　第三版\n\n"
    return {
        "3.txt": head + "\n".join(f"{i.title}\n\n{i.byline}{i.text[0]}\n" for i in items)
    }, items


@convention(2)
def republic_circles(_: Sequence[Item]) -> Printed:
    """○ before the head, a gap, the text on the same line."""
    items = [Item(i.title, ("".join(i.text),)) for i in _OLD]
    return {"1.txt": "\n".join(f"○{i.title}　{i.text[0]}" for i in items) + "\n"}, items


@convention(2)
def republic_columns(_: Sequence[Item]) -> Printed:
    """Lines of eighteen characters, heads alone between them, all in one run."""
    items = list(_OLD)
    text = "".join(
        f"{i.title}\n" + "".join(wrapped(one, 18, "\u3000") + "\n" for one in i.text) for i in items
    )
    return {"1.txt": "海灣日報　民國卅一年九月二日\n\n" + text}, items


@convention(2)
def late_qing(_: Sequence[Item]) -> Printed:
    """Before punctuation: a run of lines an item, a short head above, no marks."""
    bare = str.maketrans("", "", "，。、；：")
    items = [Item(i.title, ("".join(i.text).translate(bare),)) for i in _OLD]
    head = "光緒三十二年七月十四日\n\n"
    body = "\n".join(f"{i.title}\n\n{wrapped(i.text[0], 24, '')}\n" for i in items)
    return {"1.txt": head + body}, items
