"""Two pages with an item of every kind, in the words of a newspaper that nobody printed."""

from __future__ import annotations

from factories import article, edition, paragraph
from tingbao.models import ArticleKind, Edition, Page, ParagraphKind, Skip, SkipReason
from tingbao.text.labels import read_label

__all__ = ["every_kind"]

PAGES = (Page(1, read_label("A01"), "要闻", "a1.md"), Page(2, read_label("A02"), None, "a2.md"))

NEWS = article(
    "连日来，气温回升至12℃～18℃，我市300余万亩小麦陆续返青。记者在青河镇看到，种粮大户孙长河正驾驶无人机巡田。"
    "“往年这时候要雇20多个人，现在我和老伴两个人，一部手机就够了！”他说，“8分钟一趟，亩均省药15%。”",
    paragraph("科技下田：一部手机管千亩", ParagraphKind.HEADING),
    "市农业农村局局长曾志远介绍，今年全市投入1.2亿元，新建高标准农田8.5万亩，预计每亩增产50公斤/亩以上。"
    "截至3月12日，全市春耕进度较去年同期快了2.3个百分点，农机作业率达96.8%……",
    paragraph(
        "区县\t播种面积（万亩）\t进度（%）\n青河县\t86.5\t72\n临川区\t40\t—\n合计\t126.5\t68.4",
        ParagraphKind.TABLE,
    ),
    paragraph("▲孙长河在地头操作无人机。本报记者 林晓 摄", ParagraphKind.CAPTION),
    id="01",
    kicker="春回大地农事忙",
    title="我市三百余万亩小麦 “智慧管护”保丰收",
    subtitle="——市农业农村局组织21支服务队下乡",
    byline="本报讯（记者 林晓 解长安 通讯员 王 萌）",
    continued_to="A3",
)

DOCUMENT = article(
    "各县（区）人民政府，市政府各部门：",
    "为贯彻落实《中华人民共和国安全生产法》《生产安全事故报告和调查处理条例》（国务院令第493号），"
    "经市政府第12次常务会议研究同意，现将有关事项通知如下。",
    paragraph("一、总体要求", ParagraphKind.HEADING),
    "（一）压实责任。落实“三管三必须”，健全“1+N”责任体系。",
    paragraph("1.全面排查；\n2.限期整改；\n3.严格验收。", ParagraphKind.LIST),
    id="02",
    kind=ArticleKind.DOCUMENT,
    title="临江市人民政府办公室 关于加强春季安全生产工作的通知",
    dateline="（2026年3月10日）",
)

BRIEFS = (
    article(
        "据新华社北京3月13日电 国家统计局13日发布数据，2月份CPI同比上涨0.7%，环比下降0.2%。",
        id="03",
        kind=ArticleKind.BRIEF,
        title="2月份CPI同比上涨0.7%",
    ),
    article(
        "昨晚，CBA常规赛第38轮，辽宁队主场以108∶102战胜广东队，取得两连胜。",
        id="04",
        kind=ArticleKind.BRIEF,
        title=None,
    ),
)

PHOTO = article(
    paragraph(
        "3月12日，市第一小学的学生在植树节活动中给树苗浇水。新华社发（陈 晨 摄）",
        ParagraphKind.CAPTION,
    ),
    id="05",
    kind=ArticleKind.PHOTO,
    title=None,
)

NOTICE = article(
    "因供水管网检修，定于3月16日（星期一）8:30至17:00对滨江路（人民街—解放街）停水，请用户提前储水。",
    paragraph("服务热线：96511", ParagraphKind.LIST),
    paragraph("联系人：刘工 13812345678 0431-85671234转2", ParagraphKind.LIST),
    paragraph("临江市自来水公司\n2026年3月13日", ParagraphKind.LIST),
    id="06",
    kind=ArticleKind.NOTICE,
    title="停 水 公 告",
    pages=(2,),
)

SECOND_HALF = article(
    "的关键阶段。要坚持以人民为中心的发展思想，办好民生实事。",
    "（作者系临江市社科院研究员）",
    id="07",
    title=None,
    continued_from="1",
    pages=(2,),
)


def every_kind() -> Edition:
    """The edition, with a table of contents left out of its document."""
    toc = Skip(SkipReason.TOC, "一、总体要求\n二、主要任务", 1, 30, "02", 2)
    items = (NEWS, DOCUMENT, *BRIEFS, PHOTO, NOTICE, SECOND_HALF)
    return edition(*items, pages=PAGES, skips=(toc,))
