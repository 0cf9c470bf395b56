"""The words that follow a number in print: measure words, Chinese units and Latin symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from tingbao.text.numerals import read_decimal


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


# After these a 2 is read 两. Deliberately absent: 号 级 月 日 时 版 楼 线 型 路 班 环 手 比 度 届,
# whose number names rather than counts, and 两 itself.
_MEASURES = _words(
    "个 名 位 家 次 项 件 条 只 头 匹 辆 台 套 座 栋 幢 间 所 处 块 片 张 份 本 部 篇 首 支 枝 枚",
    "颗 粒 棵 株 朵 把 根 种 样 双 对 副 群 批 场 轮 人 天 周 小时 分钟 秒 倍 成 米 公里 千米 厘米",
    "毫米 微米 纳米 平方 立方 斤 公斤 千克 毫克 微克 吨 克 亩 公顷 升 毫升 元 美元 欧元 英镑 日元",
    "角 岁 顿 碗 杯 瓶 盒 箱 袋 包 桶 艘 架 口 户 句 步 层 遍 趟 圈 门 科 国 省 市 县 地 点 胜 枪",
    "队 端 边 侧 村 镇 乡 年 刻钟 例 室 厅 卫 宗 起 笔 桩 道 幅 封 尊 顶 列 节 堂 节课 大类",
    "趟 剂 针 面 盏 滴 股 束 串 组 款 则 幕 集 届 员 拳 脚 声 口 餐 晚 夜 星期 个月 海里",
    "尾 羽 峰 蒲式耳 盎司 英里 英尺 英寸 磅 兆瓦 千瓦 万 亿 千 百 伏 瓦 安 度电 船 床 桌 席 票",
    "分球 局 盘 球 环节 回合 连胜 连败 连冠 冠 金 银 铜 负 平 死 伤 亡",
    "番 助攻 篮板 抢断 盖帽 记 连败",
)

_UNITS = _words(
    "分 度 字 千伏 赫兹 分贝 里 尺 寸 期 级 号 月 日 时 版 楼 线 型 路 周年 基点 余 多 几 来 万 亿",
    "千 百 十 手 比 码 年级 学时 课时 学分 周岁 以上 以下 以内 左右",
)

_SLASH_UNITS = _words(
    "元 美元 角 分 斤 公斤 千克 克 毫克 微克 吨 万吨 亩 公顷 米 厘米 毫米 公里 千米 平方米",
    "平方公里 平方千米 立方米 升 毫升 人 人次 户 次 辆 件 个 只 头 株 棵 度 千瓦时",
    "千瓦 兆瓦 桶 盎司 张 套 片 粒 剂 包 颗 格 晚 节 例 米²",
    "小时 时 天 日 周 月 年 季 分钟 秒 床 车 袋 箱 盒 瓶 股 份 字 期 学期 课时 拷贝 万元 亿元 分贝",
    "转 标准箱 瓦时 千卡 卡 焦 毫摩尔 摩尔 个百分点 套 间 平米 平 单 票 位 名 家 本 支 台",
)

_LATIN = MappingProxyType(
    {
        "km": "公里",
        "m": "米",
        "dm": "分米",
        "cm": "厘米",
        "mm": "毫米",
        "μm": "微米",
        "nm": "纳米",
        "km²": "平方公里",
        "m²": "平方米",
        "cm²": "平方厘米",
        "hm²": "公顷",
        "m³": "立方米",
        "cm³": "立方厘米",
        "km2": "平方公里",
        "m2": "平方米",
        "hm2": "公顷",
        "m3": "立方米",
        "ha": "公顷",
        "t": "吨",
        "kg": "公斤",
        "g": "克",
        "mg": "毫克",
        "μg": "微克",
        "ng": "纳克",
        "L": "升",
        "l": "升",
        "mL": "毫升",
        "ml": "毫升",
        "h": "小时",
        "min": "分钟",
        "s": "秒",
        "ms": "毫秒",
        "d": "天",
        "W": "瓦",
        "kW": "千瓦",
        "KW": "千瓦",
        "MW": "兆瓦",
        "GW": "吉瓦",
        "kWh": "千瓦时",
        "kW·h": "千瓦时",
        "MWh": "兆瓦时",
        "GWh": "吉瓦时",
        "V": "伏",
        "kV": "千伏",
        "KV": "千伏",
        "mA": "毫安",
        "mAh": "毫安时",
        "Ah": "安时",
        "Hz": "赫兹",
        "kHz": "千赫",
        "MHz": "兆赫",
        "GHz": "吉赫",
        "dB": "分贝",
        "Pa": "帕",
        "hPa": "百帕",
        "kPa": "千帕",
        "MPa": "兆帕",
        "mmHg": "毫米汞柱",
        "mmol": "毫摩尔",
        "kcal": "千卡",
        "kJ": "千焦",
        "rpm": "转每分钟",
        "fps": "帧每秒",
        "ppm": "PPM",
        "ppb": "PPB",
        "Gbps": "G比特每秒",
        "Mbps": "兆比特每秒",
        "bps": "比特每秒",
        "km³": "立方公里",
        "dm³": "立方分米",
        "mm²": "平方毫米",
        "TW": "太瓦",
        "TWh": "太瓦时",
        "Wh": "瓦时",
        "kVA": "千伏安",
        "MVA": "兆伏安",
        "mV": "毫伏",
        "mW": "毫瓦",
        "μL": "微升",
        "μl": "微升",
        "dL": "分升",
        "dl": "分升",
        "mol": "摩尔",
        "kN": "千牛",
        "MJ": "兆焦",
        "GJ": "吉焦",
        "Bq": "贝可",
        "Sv": "希沃特",
        "mSv": "毫希沃特",
        "μSv": "微希沃特",
        "cal": "卡",
        "TEU": "标准箱",
        "nmol": "纳摩尔",
        "μmol": "微摩尔",
        "IU": "国际单位",
        "lx": "勒克斯",
        "Ω": "欧",
        "kΩ": "千欧",
        "mbar": "毫巴",
        "psi": "磅每平方英寸",
        "r": "转",
        "s²": "二次方秒",
        "dB(A)": "分贝",
        "KM": "公里",
        "Km": "公里",
        "CM": "厘米",
        "MM": "毫米",
        "KG": "公斤",
        "Kg": "公斤",
        "ML": "毫升",
        "kw": "千瓦",
        "kwh": "千瓦时",
        "KWh": "千瓦时",
        "KWH": "千瓦时",
        "GPa": "吉帕",
        "cc": "毫升",
        "°C": "摄氏度",
        "℃": "摄氏度",
        "℉": "华氏度",
        "㎡": "平方米",
        "㎥": "立方米",
        "㎞": "公里",
        "㎢": "平方公里",
        "㎏": "公斤",
        "㎎": "毫克",
        "㎝": "厘米",
        "㎜": "毫米",
        "㎖": "毫升",
        "㏄": "毫升",
    }
)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, dict.fromkeys(words)), key=len, reverse=True))


COMPASS = MappingProxyType({"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"})
"""The letters beside degrees of latitude and longitude."""

MAGNITUDE = "(万亿|千万|百万|万|亿|千|百)?"
"""A pattern source: what may stand between figures and a unit, as a group."""

_PARTS = {"%": "百分之", "‰": "千分之", "‱": "万分之"}
PERCENT = f"[{''.join(_PARTS)}]"
"""A pattern source: the signs of shares."""

HAN_UNIT = _any_of(_SLASH_UNITS)
"""A pattern source: Chinese units between which a slash is read 每."""

_SYMBOL = _any_of(_LATIN)

LATIN_UNIT = rf"(?:{_SYMBOL})(?:/(?:{_SYMBOL}|{HAN_UNIT}))?(?![A-Za-z0-9²³])"
"""A pattern source: a unit in symbols, simple or with a slash."""

MEASURE_AFTER = re.compile(
    rf"(?!次元|年级|人转|把手|地块|节气|人间|口径)(?:{_any_of(_MEASURES)}|分(?![钟秒之])|战(?=[\d全皆连]))"
)
"""What makes a bare 2 before it 两."""

QUANTITY_AFTER = re.compile(
    rf"[%‰℃°㎡]|(?:{_any_of([*_MEASURES, *_UNITS, *_SLASH_UNITS])})|{LATIN_UNIT}"
)
"""What shows that the number before it counts or measures something."""


UNIT_RUN = rf"(?:{_any_of([*_MEASURES, *_UNITS, *_SLASH_UNITS])}){{0,3}}"
"""A pattern source: the units that may stand between a number and a dash."""


def read_unit(symbol: str) -> str:
    """Read a unit in symbols: ``km/h`` is 公里每小时."""
    return "每".join(_LATIN.get(part, part) for part in symbol.split("/"))


def read_counted(number: str, follows: str) -> str:
    """Read a quantity; a bare 2 is 两 before a measure word or 万, 亿, 千, 百."""
    if number == "2" and (MEASURE_AFTER.match(follows) or follows[:1] in {"万", "亿", "千", "百"}):
        return "两"
    return read_decimal(number)


def read_share(number: str, sign: str) -> str:
    """Read a share by its sign: ``5`` and ``%`` are 百分之五."""
    if sign == "%" and number == "100":
        return "百分之百"
    return _PARTS[sign] + read_decimal(number)
