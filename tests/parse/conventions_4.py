"""The conventions of lot 4, with the articles of the lots before it; scored once unseen."""

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
    wrapped,
)


@convention(4)
def three_flush_lines(every: Sequence[Item]) -> Printed:
    """Kicker, title and subtitle as they are, writer, one line a paragraph, all flush and tight."""
    items = list(every[::2])
    return one_each(items, lambda i: lines(i.head, i.line, i.paragraphs), "{n}.txt"), items


@convention(4)
def page_and_column_above(every: Sequence[Item]) -> Printed:
    """The page's label and a blank line above, the text indented, who edited the page below."""
    items = [i for i in every[1::2] if not i.kicker]

    def show(item: Item) -> str:
        body = "".join(f"{IDEOGRAPHIC}{one}\n" for one in item.paragraphs)
        head = "05版·综合\n\n" + lines(item.title, item.subtitle, item.line) + "\n"
        return head + body + "\n本版责编：岑越　版式设计：温远\n"

    return one_each(items, show, "{n}.txt"), items


@convention(4)
def source_in_brackets(every: Sequence[Item]) -> Printed:
    """Markdown with the paper and the date in brackets under the heading, as quotations."""
    items = [i.flat().unsigned() for i in every[::3]]

    def show(item: Item) -> str:
        return spaced(f"# {item.title}", "> 《江州日报》2026年3月12日 第5版", *item.paragraphs)

    return one_each(items, show, "{n}.md"), items


@convention(4)
def names_in_lines(every: Sequence[Item]) -> Printed:
    """Names in bars: 【题名】, 【作者】, 【报纸】, 【日期】, 【全文】."""
    items = [i.flat() for i in every[1::3]]

    def show(item: Item) -> str:
        head = f"【标题】 {item.title}\n" + (f"【作者】 {item.line}\n" if item.line else "")
        return head + "【来源】 江州日报\n【日期】 2026.03.12\n【全文】\n" + lines(item.paragraphs)

    return one_each(items, show, "{n}.txt"), items


@convention(4)
def page_of_dashes(every: Sequence[Item]) -> Printed:
    """Articles between rows of dashes, indented text, headlines in the middle of the line."""
    items = [i.flat() for i in every[:16]]

    def show(page: Sequence[Item]) -> str:
        parts = []
        for i in page:
            body = "".join(f"{IDEOGRAPHIC}{one}\n" for one in i.paragraphs)
            middle = "\u3000" * 8
            parts.append(f"{middle}{i.title}\n" + (f"{middle}{i.line}\n" if i.line else "") + body)
        return ("\n" + "－" * 20 + "\n").join(parts)

    return {f"{n}.txt": show(page) for n, page in enumerate(pages(items, 4), 1)}, items


@convention(4)
def page_of_loose_lines(every: Sequence[Item]) -> Printed:
    """Two blank lines above a title, one below, paragraphs tight and flush."""
    items = list(every[8:24])

    def show(n: int, page: Sequence[Item]) -> str:
        parts = [lines(i.head) + "\n" + lines(i.line, i.paragraphs) for i in page]
        return f"江州日报　2026-03-12　第{n}版\n\n\n" + "\n\n".join(parts)

    return {f"{n}.txt": show(n, page) for n, page in enumerate(pages(items, 4), 1)}, items


@convention(4)
def page_of_columns_of_sixteen(every: Sequence[Item]) -> Printed:
    """Narrow columns with indents, titles flush, no blank lines."""
    items = [i.flat() for i in every[12:24]]

    def show(page: Sequence[Item]) -> str:
        return "".join(lines(i.title, i.line, [wrapped(o, 16) for o in i.paragraphs]) for i in page)

    return {f"{n}.txt": show(page) for n, page in enumerate(pages(items, 4), 1)}, items


@convention(4)
def copied_aggregator(every: Sequence[Item]) -> Printed:
    """A portal: title, source, time and counts, text, what it says of itself, links."""
    items = [i.flat().unsigned() for i in every[::3]]

    def show(item: Item) -> str:
        above = f"{item.title}\n江州日报\n2026-03-12 06:52\n江州日报官方账号\n+关注\n\n"
        below = "\n特别声明：以上内容为平台用户上传并发布，本平台仅提供信息存储服务。\n"
        return above + spaced(*item.paragraphs) + below + "跟贴 3 参与 28\n相关推荐\n江边步道亮灯\n"

    return one_each(items, show, "{n}.txt"), items


@convention(4)
def copied_epaper_lines(every: Sequence[Item]) -> Printed:
    """An e-paper's article with its pager and the issue's line between title and text."""
    items = [i for i in every[1::3] if not i.kicker]

    def show(item: Item) -> str:
        above = "上一期 下一期\n朗读\n" + lines(item.title, item.subtitle)
        facts = "江州日报　2026年03月12日\n字号：A- A+\n\n"
        body = "".join(f"{IDEOGRAPHIC}{one}\n" for one in (item.line, *item.paragraphs) if one)
        return above + facts + body + "\n3上一篇 下一篇4\n"

    return one_each(items, show, "{n}.txt"), items


@convention(4)
def republic_run_on(_: Sequence[Item]) -> Printed:
    """▲ before head and text in one line, a section's name alone above several."""
    heads = ("縣參議會昨日閉幕", "棉紗暴漲不已", "江輪夜航恢復")
    texts = (
        "縣參議會第二次大會昨日下午四時閉幕，通過修築北門碼頭等提案二十三件。",
        "棉紗市價連日暴漲，二十支雙馬昨收每件一百八十一元，較上週漲十七元。",
        "江州至青川間夜航班輪停駛三月，茲經航政局核准，定明晚起恢復，票價照舊。",
    )
    items = [Item(head, (text,)) for head, text in zip(heads, texts, strict=True)]
    return {"1.txt": "本埠新聞\n" + "".join(f"▲{i.title}　{i.text[0]}\n" for i in items)}, items


@convention(4)
def republic_dated(_: Sequence[Item]) -> Printed:
    """Place and date open the text after a flush head, in traditional script, all tight."""
    items = [
        Item("行政院例會", ("行政院今晨開例會，通過要案五件。",), byline="（南京）"),
        Item("漢口江水續退", ("江水續退，航運已復常態，堤工照常進行。",), byline="（漢口）"),
    ]
    items = [replace(i, text=(i.byline + i.text[0],), byline="") for i in items]
    return {"1.txt": "".join(lines(i.title, i.text) for i in items)}, items
