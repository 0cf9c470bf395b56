"""Personal names as newspapers print them, alone in a line or behind an office; date lines."""

from __future__ import annotations

import re

from tingbao.parse.words import any_of, word_set
from tingbao.text.han import HAN, squash
from tingbao.text.numerals import HAN_NUMERALS

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
    "奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康"
    "伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵"
    "席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗"
    "丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌"
    "焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿"
    "白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通"
    "边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇"
    "广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红"
    "游竺权逯盖益桓公仉督岳帅缑亢况郈有琴佟肖覃代付闫涂邸苑仝亓甯肇闭佘牟鄢冼谌綦仵揭苟兰芦迟邝庹谯苌赫隋辜尧"
)
"""Characters that begin a family name (single-character surnames and the first of double ones)."""

MARKS = r"[■□●○◎◆◇▲△▶▷★☆*·•|｜/／—\-\s]*"
"""Pattern of the ornaments before a credit."""

NAME = rf"(?:[{HAN}]{{1,4}}(?:[·.][{HAN}]{{1,8}})*|[A-Z])"
"""Pattern of a name: two to four characters, a transcription with dots, or a letter."""

_LONGEST = 40
_USUAL = 3
"""Characters of all but the rarest names."""

_DOUBLE = tuple(
    sorted(
        word_set(
            "欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 司徒 端木 南宫 独孤 呼延",
            "长孙 轩辕 百里 东郭 西门 澹台 公冶 钟离 闻人 司空 太史 申屠 赫连",
        )
    )
)
_OFFICES = any_of(
    "总理 主席 委员长 总书记 书记 省长 市长 县长 区长 旗长 盟长 州长 镇长 乡长 部长 厅长 局长 主任",
    "院长 检察长 秘书长 总统 首相 校长 行长 会长 社长 台长 所长 处长 行政长官 特首 司长 理事长",
    "董事长 总干事 司令员 政委 代表 委员 发言人",
)
_SPEAKER = re.compile(
    rf"{MARKS}[{HAN}、（()）]{{0,24}}{_OFFICES}\s+"
    rf"(?:[{HAN}]\s?[{HAN}]{{1,3}}|[{HAN}]{{1,6}}(?:·[{HAN}]{{1,8}})+)\s*$"
)
_AFFILIATION = any_of(
    "局 会 组 办 院 部 厅 府 中心 社 处 所 队 公司 集团 行 校 学 馆 站 司 委 系 科 园 厂",
    "村 镇 县 市 区 总监 经理 干事 理事 代表 主席 书记 导演 编辑 教练 馆员",
    "师 员 授 长 主任 医生 护士 博士 硕士 院士 作家 诗人 学者 专家 律师 读者 家长 考生 会长 班",
)
_AFFILIATED = re.compile(
    rf"{MARKS}(?P<open>[（(])?\s*[{HAN}A-Za-z\d、·（）() ]{{0,36}}{_AFFILIATION}[\s\u3000]+"
    rf"(?P<name>[{HAN}]\s?[{HAN}]{{1,3}})(?P<more>(?:[\s、]+[{HAN}]{{2,4}}){{0,3}})\s*(?P<shut>[）)])?$"
)
_PEN_NAME = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]\s+[{HAN}]")
_NO_PEN_NAME = re.compile(
    "编者|[按语图表注报讯页版栏目题记稿诗词歌篇章言]$|^[第其另附上下前后]|摘要|提要|背景|数据|链接|问|答|公告|通知"
)
_NAME_LINE = re.compile(
    rf"(?:[{HAN}]{{2,4}}|[{HAN}]\s{{1,2}}[{HAN}])(?:[\s、]+(?:[{HAN}]{{2,4}}|[{HAN}]\s[{HAN}]))*"
    r"(?:\s*[（(][^）)。]{2,30}[）)])?$"
)
_NUMBER = rf"(?:\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}})"
_DATE = rf"(?:\d{{4}}|[{HAN_NUMERALS}]{{4}})\s*年\s*{_NUMBER}\s*月(?:\s*{_NUMBER}\s*日)?"
_DATELINE = re.compile(
    rf"\s*(?:[（(〔]\s*{_DATE}[^）)〕]{{0,90}}[）)〕]|"
    rf"[—\-]*\s*{_DATE}\s*(?:于[{HAN}]{{2,8}})?)\s*$"
)


def is_speaker(text: str) -> bool:
    """Whether the line names an office and a person: 国务院总理 李强."""
    return len(text) <= _LONGEST and bool(_SPEAKER.match(text))


def is_affiliated(text: str) -> bool:
    """Whether the line is a person behind an institution or a trade: 省农技推广总站 魏东升."""
    found = _AFFILIATED.match(text) if len(text) <= _LONGEST else None
    if found is None or bool(found["open"]) != bool(found["shut"]):
        return False
    names = [found["name"], *re.split(r"[\s、]+", found["more"].strip())]
    return all(map(_is_personal, filter(None, names)))


def may_be_pen_name(text: str) -> bool:
    """Whether so short a line may be a writer's pen name, where nothing else stands: 言午."""
    return bool(_PEN_NAME.fullmatch(text.strip())) and not _NO_PEN_NAME.search(text)


def is_name(text: str) -> bool:
    """Whether the line is one or more personal names and nothing else."""
    if len(text) > _LONGEST or not _NAME_LINE.match(text):
        return False
    names = re.split(r"[（(]", text)[0].strip()
    parts = [names] if len(squash(names)) <= _USUAL else re.split(r"[\s、]+", names)
    return all(map(_is_personal, filter(None, parts)))


def _is_personal(name: str) -> bool:
    """A known surname and one or two characters; four only behind a double surname."""
    if len(squash(name)) > _USUAL:
        return name.startswith(_DOUBLE) and len(squash(name)) == _USUAL + 1
    return name[0] in SURNAMES


def is_dateline(text: str) -> bool:
    """Whether the line is a date, in brackets or not: (2026年3月1日), (…年…月…日…通过)."""
    return bool(_DATELINE.match(text))
