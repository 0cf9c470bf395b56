"""The conventions of lot 3, written when the rules for lot 2 were done and scored once unseen."""

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
)

NEXT = "\n\n"


def _indented(item: Item, indent: str = IDEOGRAPHIC, gap: str = "\n") -> str:
    return gap.join(indent + one for one in item.paragraphs) + "\n"


# --- one file an article ----------------------------------------------------------------------


@convention(3)
def army_daily(items: Sequence[Item]) -> Printed:
    """Kicker, title, the writers behind ■, the text indented, the issue in the last line."""

    def show(item: Item) -> str:
        head = lines(*item.head, item.line)
        return head + _indented(item) + "《江州日报》（2026年03月12日　第 05 版）\n"

    return one_each(items, show, "{n}.txt"), list(items)


@convention(3)
def blank_lines_and_indents(items: Sequence[Item]) -> Printed:
    """Every paragraph indented and under a blank line, headline and writer flush."""

    def show(item: Item) -> str:
        return (
            lines(*item.head)
            + "\n"
            + (f"{item.line}\n\n" if item.line else "")
            + _indented(item, gap=NEXT)
        )

    return one_each(items, show, "{n}.txt"), list(items)


@convention(3)
def dispatch_of_a_day(items: Sequence[Item]) -> Printed:
    """Title, then date, source and writer on lines of their own, the text indented."""
    items = [i.flat().unsigned() for i in items]

    def show(item: Item) -> str:
        facts = ["2026年03月12日", "来源：江州日报", "作者：薄荷", "第05版：综合新闻"]
        return lines(item.title, facts) + _indented(item)

    wanted = [replace(i, byline="作者：薄荷" + i.byline) for i in items]
    return one_each(items, show, "{n}.txt"), wanted


@convention(3)
def names_with_narrow_colons(items: Sequence[Item]) -> Printed:
    """title: and so on with narrow colons, an empty line before the text, rules around."""
    items = [i.flat() for i in items]

    def show(item: Item) -> str:
        head = "=" * 30 + f"\n标题: {item.title}\n日期: 2026-03-12\n版面: 05\n"
        head += (f"作者: {item.line}\n" if item.line else "") + "=" * 30 + "\n\n"
        return head + "\n".join(item.paragraphs) + "\n"

    return one_each(items, show, "{n}.txt"), items


@convention(3)
def matter_alone(items: Sequence[Item]) -> Printed:
    """Front matter with the title, and the text without a heading."""
    items = [replace(i, kicker="", subtitle="").unsigned() for i in items]

    def show(item: Item) -> str:
        head = f"---\ntitle: {item.title}\ndate: 2026-03-12 00:00:00\npaper: 江州日报\n"
        head += "tags:\n  - 综合\n---\n\n"
        return head + spaced(*item.paragraphs)

    return one_each(items, show, "2026-03-12-{n}.md"), items


@convention(3)
def heading_and_subheadings(items: Sequence[Item]) -> Printed:
    """# for the title, ## for parts, the writer in bold, a picture between."""
    items = [i.flat() for i in items]

    def show(item: Item) -> str:
        body = ["#" + one if one[:2] == "# " else one for one in item.text]
        body[0] = item.byline * item.runs_in + body[0]
        line = f"**{item.line}**" if item.line else ""
        return spaced(f"# {item.title}", line, "![](images/1.jpg)", *body)

    return one_each(items, show, "{n}.md"), items


@convention(3)
def verses(_: Sequence[Item]) -> Printed:
    """A poem: title, writer, verses in two stanzas."""
    text = (
        "我把灯挂在檐下",
        "等一场没有写信的雪",
        "它来的时候",
        "整个村庄都轻了",
        "父亲在灯下补一张网",
        "网眼里漏下",
        "去年秋天的江水",
        "和一尾没有长大的鱼",
    )
    item = Item("补网的人", text, byline="江一苇")
    body = "\n".join(text[:4]) + NEXT + "\n".join(text[4:])
    return {"1.txt": f"补网的人\n\n江一苇\n\n{body}\n"}, [item]


@convention(3)
def outlined_document(_: Sequence[Item]) -> Printed:
    """A document in an archive of articles: numbered headings, indents, signature and date."""
    text = (
        "各县、区人民政府，市直各部门：",
        "为进一步规范社区食堂运营管理，现提出以下意见。",
        "一、总体要求",
        "坚持公益属性和市场运作相结合，力争到2028年每个街道至少有一家可持续运营的社区食堂。",
        "二、主要任务",
        "（一）完善补贴办法。补贴由开办补贴为主转为运营补贴为主，按就餐人次核定。",
        "（二）加强食品安全监管。社区食堂应当公示原料来源，接受居民监督。",
        "江州市人民政府办公室",
        "2026年3月10日",
    )
    item = Item("江州市人民政府办公室关于促进社区食堂健康发展的意见", text)
    return {"1.txt": f"\n{item.title}\n\n" + _indented(item)}, [item]


# --- one file a page --------------------------------------------------------------------------


def _files(items: Sequence[Item], show: object, suffix: str = "txt") -> dict[str, str]:
    assert callable(show)
    return {f"{n:02}.{suffix}": show(n, page) for n, page in enumerate(pages(items, 4), 1)}


@convention(3)
def page_of_spaced_indents(items: Sequence[Item]) -> Printed:
    """Flush headlines, indented paragraphs, a blank line between all of them."""
    items = [i.flat() for i in items]

    def show(number: int, page: Sequence[Item]) -> str:
        parts = [spaced(i.title, i.line, _indented(i, gap=NEXT).rstrip()) for i in page]
        return f"江州日报 2026年3月12日 第{number}版 综合新闻\n\n" + "\n".join(parts)

    return _files(items, show), items


@convention(3)
def page_of_narrow_indents(items: Sequence[Item]) -> Printed:
    """Two narrow spaces before paragraphs, a blank line between articles only."""

    def show(number: int, page: Sequence[Item]) -> str:
        parts = [lines(*i.head, i.line) + _indented(i, "  ") for i in page]
        return f"第{number:02}版：综合新闻\n\n" + "\n".join(parts)

    return _files(items, show), list(items)


@convention(3)
def page_of_a_model(items: Sequence[Item]) -> Printed:
    """What a language model writes: ### 文章1, bold names of the parts."""
    items = [i.flat() for i in items]

    def show(number: int, page: Sequence[Item]) -> str:
        text = f"## 第{number}版\n\n"
        for at, i in enumerate(page, 1):
            writer = f"**作者**：{i.line}\n\n" if i.line else ""
            text += (
                f"### 文章{at}\n\n**标题**：{i.title}\n\n{writer}**正文**：\n\n"
                + spaced(*i.paragraphs)
                + "\n"
            )
        return text

    return _files(items, show, "md"), items


@convention(3)
def page_of_rules_and_bold(items: Sequence[Item]) -> Printed:
    """Bold titles, --- between articles, the writers slanted."""
    items = [i.flat() for i in items]

    def show(_: int, page: Sequence[Item]) -> str:
        parts = [
            spaced(f"**{i.title}**", f"*{i.line}*" if i.line else "", *i.paragraphs) for i in page
        ]
        return "\n---\n\n".join(parts)

    return _files(items, show, "md"), items


@convention(3)
def page_of_diamonds(items: Sequence[Item]) -> Printed:
    """◆ before titles, paragraphs flush in one run, blank lines between articles."""
    items = [i.flat() for i in items]

    def show(number: int, page: Sequence[Item]) -> str:
        return f"{number:02} 综合新闻\n\n" + "\n".join(
            lines(f"◆ {i.title}", i.line, i.paragraphs) for i in page
        )

    return _files(items, show), items


@convention(3)
def day_of_articles(items: Sequence[Item]) -> Printed:
    """A day in one text: [page-article] before each title, drawn lines between."""
    items = [i.flat() for i in items]
    text = "江州日报 2026-03-12\n\n"
    for number, page in enumerate(pages(items, 4), 1):
        for at, i in enumerate(page, 1):
            text += (
                "-" * 40
                + f"\n[{number:02}-{at:02}] {i.title}\n"
                + "-" * 40
                + "\n"
                + lines(i.line, i.paragraphs)
            )
    return {"20260312.txt": text}, items


# --- copied from the web ----------------------------------------------------------------------


@convention(3)
def copied_account_with_tail(items: Sequence[Item]) -> Printed:
    """A public account: who and when under the title, END and credits below."""
    items = [i.flat() for i in items]

    def show(item: Item) -> str:
        head = f"{item.title}\n\n原创 薄荷 江州日报 2026-03-12 07:30 江苏\n\n"
        below = "\nEND\n\n记者：薄荷\n编辑：单小溪\n校对：卜一\n\n分享 收藏 点赞 在看\n"
        return head + spaced(item.line, *item.paragraphs) + below

    return one_each(items, show, "{n}.txt"), items


@convention(3)
def copied_hongkong_site(items: Sequence[Item]) -> Printed:
    """A site in Hong Kong: section, title, time, text, who edited, what else there is."""
    chosen = [i.flat().unsigned() for i in items if not i.runs_in]

    def show(item: Item) -> str:
        above = f"新聞 > 港聞\n\n{item.title}\n\n2026-03-12 04:08\n字體：大 中 小\n\n"
        below = "\n責任編輯：陳小明\n\n相關新聞\n海濱長廊下月動工\n電車票價擬加兩成\n"
        return traditional(above + spaced(*item.paragraphs) + below)

    return one_each(chosen, show, "{n}.txt"), chosen


@convention(3)
def copied_with_menus(items: Sequence[Item]) -> Printed:
    """A news site with its menu above and its foot below."""
    items = [i.flat().unsigned() for i in items]

    def show(item: Item) -> str:
        above = "首页\n新闻\n时政\n财经\n文化\n视频\n\n您当前的位置：首页 > 新闻中心 > 江州要闻\n\n"
        above += f"{item.title}\n发布时间：2026-03-12 08:15:20　来源：江州日报　编辑：单小溪\n\n"
        below = "\n【打印】【关闭】\n上一篇：江州夜市添新灯\n下一篇：老渡口有了新码头\n"
        below += "关于我们 | 联系方式 | 版权声明\n"
        return above + _indented(item) + below

    return one_each(items, show, "{n}.txt"), items


# --- papers of the Republic -------------------------------------------------------------------

_OLD = (
    Item(
        "縣參議會昨日閉幕",
        (
            "縣參議會第二次大會昨日下午四時閉幕，通過修築北門碼頭等提案二十三件。",
            "議長卜景文致閉會詞，望各機關切實奉行。",
        ),
    ),
    Item(
        "棉紗暴漲　每件達百八十元",
        (
            "棉紗市價連日暴漲，二十支雙馬昨收每件一百八十一元，較上週漲十七元。",
            "據業中人談，漲風由於來源斷絕，短期內恐難回落。",
        ),
    ),
    Item(
        "江輪夜航恢復", ("江州至青川間夜航班輪停駛三月，茲經航政局核准，定明晚起恢復，票價照舊。",)
    ),
    Item("簡訊一束", ("縣立圖書館遷入新址，今日開放閱覽。", "城西施粥廠昨日結束，計施粥四十日。")),
)


@convention(3)
def republic_slashes(_: Sequence[Item]) -> Printed:
    """Heads flush, text indented by one, the source in corner brackets before it."""
    items = [replace(i, byline="〖本市訊〗", runs_in=True) for i in _OLD[:3]]
    head = "江州新報\n中華民國三十六年三月十二日　星期三\n第二版　本市新聞\n\n"
    return {
        "2.txt": head + "\n".join(i.title + "\n" + _indented(i, "\u3000") for i in items)
    }, items


@convention(3)
def republic_wires(_: Sequence[Item]) -> Printed:
    """One head over wires from several places: each a paragraph."""
    item = Item(
        "各地電訊",
        (
            "〔南京十一日電〕行政院今開例會，通過要案五件。",
            "〔漢口十一日電〕江水續退，航運已復常態。",
            "〔廣州十一日電〕穗市昨起調整公共汽車票價。",
        ),
    )
    other = _OLD[0]
    return {"1.txt": lines(item.title, item.text) + "\n" + lines(other.title, other.text)}, [
        item,
        other,
    ]


@convention(3)
def republic_dots(_: Sequence[Item]) -> Printed:
    """● before the head, the text in broken lines of twenty-two below."""
    items = [Item(i.title, ("".join(i.text),)) for i in _OLD[:3]]

    def broken(text: str) -> str:
        return "\n".join(text[at : at + 22] for at in range(0, len(text), 22))

    return {"1.txt": "\n\n".join(f"●{i.title}\n{broken(i.text[0])}" for i in items) + "\n"}, items
