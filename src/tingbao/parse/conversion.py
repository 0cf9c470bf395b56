"""Traditional script into simplified, only where it is traditional.

Script switches inside paragraphs, so there is no page, article or line to ask about. Characters
that only traditional script has are converted wherever they stand; characters that both scripts
have with different uses (乾 著 於 …) follow the nearest character that only one script has,
within a word's reach. Everything else comes out as it went in.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources

from tingbao.tables import read_rows
from tingbao.text.han import HAN

_log = logging.getLogger(__name__)

_Convert = Callable[[str], str]

_REACH = 8
"""How far, in characters, a character's script says something of its neighbours'."""

_FAR_REACH = 80
"""The same for characters that simplified text has in names only."""

_RARE = frozenset("於著徵麽")

_SHARED = frozenset("甯汎旂乾吒夥徵捱摺於榘甯菸薹醣麴麽昇陞迺藉瞭覆著")
"""Changed by t2s in some or all words, yet good simplified characters in others."""

_ANY_SHARED = re.compile(f"[{''.join(sorted(_SHARED))}]")
_LOGGED = frozenset("乾著昇徵藉於瞭覆甯鍾汎旂")

_VARIANTS = dict(
    zip(
        "衞隷粧擡緖鄕淸値増黒寛蔴舖鬪鬭鐡閙関隣騐髪飜餠黙耡臯羗糭陿翺銕",
        "卫隶妆抬绪乡清值增黑宽麻铺斗斗铁闹关邻验发翻饼默锄皋羌粽狭翱铁",
        strict=True,
    )
)
"""Forms printed in Hong Kong, Taiwan and old type that OpenCC's t2s leaves as they are."""

_WORDS = re.compile(
    "[計規籌策企謀]畫|沈沒|彷彿|[牴抵][觸牾]|傢[俱具伙]|衹[得見有是能會要]|"
    "[項鐵鎖拉手金銀腳頸鏈]鍊|鍊[條子錘鎖]|[蒐]集"
)
"""Words with a simplified form that is not that of their characters one by one."""

_SUNK = re.compile(
    "沈(?=[重穩稳悶闷迷痛淪沦溺澱積积降甸寂冤鬱郁醉湎滯滞毒吟船沒没沈]|入|落|底|下[去來来]|著應|着应|著冷|不住|得住|到底)|"
    "沈(?=[默思靜静睡浸淀浮香魚鱼著着](?!說|说|表示|先生|女士|某))|"
    "(?<=[深低陰阴昏消浮下暗凝石擊击升沈])沈(?![陽阳河北家先從从])|(?<=死氣)沈|(?<=破釜)沈(?=舟)"
)
"""沈 as to sink, which is 沉; elsewhere it is a family name or 沈阳."""

_SURELY_SUNK = re.compile(
    "(?<=[深低阴昏消])沈(?![陽阳河北])|沈(?=甸甸|沈)|(?<=气沈)沈|(?<=破釜)沈(?=舟)|"
    "(?<=石)沈(?=大海)|(?<=心情)沈(?=重)"
)
"""The same where nothing else shows that the text is traditional."""

_ONLY = re.compile("(?<![神地天])祇(?![園园樹树陀洹夜神])")
"""祇 as only, which is 只; elsewhere it is a spirit (神祇) or 祇园."""

_DRY = re.compile(
    "乾(?=[燥淨净旱枯杯涸裂癟瘪脆果糧粮貨货草柴洗冷熱热渴咳眼扁巴瞪笑嘔呕癢痒硬澀涩等著着媽妈爹娘料粉酪"
    "紅紅红白式電电屍尸癬癣爽枝麵面菜燒烧煸炒鍋锅季貝贝冰擦嚎號号坐耗股薪飯饭餾馏姐哥弟妹濕湿了得掉透])|"
    "乾(?=兒子|儿子|女兒|女儿|親|亲)|"
    "(?<=[餅饼晾曬晒烘風风吹擦烤陰阴肉筍笋腐萄魚鱼果杏薯菜抹抽口舌瀝沥枯桃芒柿棗枣擰拧喝唇弄流榨豆包油未半變变晶身])"
    "乾(?![安州潭務务寧宁縣县元])"
)
"""乾 as dry, which is 干; elsewhere it is a name (乾安, 李乾龍) or the sky (乾坤)."""

_HONOURED = "先生|女士|小姐|某|教授|老師|老师|醫師|医师|議員|议员"
_KEPT = re.compile(
    f"[於甯](?={_HONOURED})|(?<=姓)[於甯]|於(?=[潛潜菟陵])|(?<=樊)於(?=期)|(?<=商)於(?=之地)|(?<=射)覆|"
    "(?:(?<=^)|(?<=[，。、：「（ 　和與]))甯(?=[A-Z一-龥]{1,2}[，。、）])|"
    "(?<=[王李張张劉刘陳陈楊杨黃黄趙赵周吳吴徐孫孙馬马朱胡郭何林羅罗鄭郑梁謝谢宋唐許许韓韩馮冯鄧邓曹彭蔡葉叶蘇苏盧卢])"
    "(?:[甯汎旂]|乾(?![燥淨净旱枯杯涸裂癟瘪脆了]))|"
    "(?<=[王李張张劉刘陳陈楊杨黃黄趙赵周吳吴徐孫孙朱胡郭何林羅罗鄭郑謝谢宋許许韓韩馮冯薛程潘塗涂沈姚袁][一-龥])旂"
)
"""Family, given and place names with characters that are written otherwise in other words."""

_KEPT_ZHU = re.compile(
    "著(?=[名作者述称稱书書录錄译譯文姓論论])|(?<=[显顯原编編名土卓昭专專巨论論译譯合遗遺拙])著|"
    "(?<=[大小新旧舊])著(?=[。，、《])|(?<=[家人等授士]) ?著(?=[。，、；）)]|$)"
)
"""著 as zhù, a work or outstanding; elsewhere in traditional text it is the particle 着."""

_RISING = re.compile(
    "(?<=[提上晉攀飆回躍直爬推拉擢高竄])昇|昇(?=[級格溫降學值空旗至遷高任等壓幅息])"
)
"""昇 as a verb; elsewhere it is a name (畢昇, 陳昇) or a trademark (昇騰)."""

_NAMES = re.compile(
    "(?:[记記]者|通[讯訊][员員]|[摄攝]影|作者|[责責][编編]|[编編][辑輯]|校[对對])[:： ]*"
    rf"(?P<names>[{HAN}]{{2,4}}(?:[ \u3000、,，·／/][{HAN}·]{{1,4}})*)"
    "(?=[ \u3000]*(?:[）)】〕\\]／/]|[报報][道導]|[摄攝]|文|$))"
)
"""Names after 记者 and the like, where what follows shows that they are names."""


class Converter:
    """Converts text; ``protect`` lists names and words that are left as printed."""

    def __init__(self, protect: Sequence[str] = ()) -> None:
        words = sorted({word for word in protect if word}, key=lambda word: (-len(word), word))
        self._protected = re.compile("|".join(map(re.escape, words))) if words else None

    def __call__(self, text: str) -> str:
        """The text in simplified script, of the same length."""
        if self._protected is None:
            converted = _convert(text)
        else:
            pieces = _pieces(text, self._protected)
            converted = "".join(piece if kept else _convert(piece) for kept, piece in pieces)
        _log_uncertain(text, converted)
        return converted


def uncertain_places(printed: str, converted: str) -> Iterator[int]:
    """Where a converted character is good simplified script elsewhere, or a form of old type."""
    if printed != converted:
        reported = _reported()
        for index, (before, after) in enumerate(zip(printed, converted, strict=True)):
            if before in reported and before != after:
                yield index


def _log_uncertain(printed: str, converted: str) -> None:
    if _log.isEnabledFor(logging.INFO):
        for at in uncertain_places(printed, converted):
            _log.info("%s→%s in %s", printed[at], converted[at], printed[max(0, at - 4) : at + 5])


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterable[tuple[bool, str]]:
    """The text cut into what ``pattern`` matches (True) and what lies between (False)."""
    last = 0
    for found in pattern.finditer(text):
        yield False, text[last : found.start()]
        yield True, found[0]
        last = found.end()
    yield False, text[last:]


def _convert(text: str) -> str:
    text = _with_words(text)
    plain = text.translate(_scripts().table)
    shared = [found.start() for found in _ANY_SHARED.finditer(text)]
    if plain == text and not shared:
        return text
    if plain != text:
        plain = _WORDS.sub(lambda found: _same_length(found[0]), text).translate(_scripts().table)
    return _with_shared(text, plain, shared) if shared else plain


def _with_words(text: str) -> str:
    """``text`` with 只 and 沉 where 祇 and 沈 are printed for them."""
    if "祇" in text:
        text = _ONLY.sub("只", text)
    if "沈" not in text:
        return text
    traditional = text.translate(_scripts().table) != text
    names = _places_of_names(text)
    return (_SUNK if traditional else _SURELY_SUNK).sub(
        lambda found: found[0] if found.start() in names else "沉", text
    )


def _places_of_names(text: str) -> set[int]:
    return {index for found in _NAMES.finditer(text) for index in range(*found.span("names"))}


def _with_shared(text: str, plain: str, shared: list[int]) -> str:
    """``plain`` with the characters of both scripts converted where the text is traditional."""
    names = _places_of_names(text)
    characters = list(plain)
    for index in shared:
        if index not in names and _is_traditional(text, index):
            characters[index] = _one(text, index)
    return "".join(characters)


def _is_traditional(text: str, index: int) -> bool:
    """Whether the nearest character that only one script has is traditional."""
    scripts = _scripts()
    reach = _FAR_REACH if text[index] in _RARE else _REACH
    for distance in range(1, reach + 1):
        for at in (index - distance, index + distance):
            if 0 <= at < len(text):
                if text[at] in scripts.traditional:
                    return True
                if text[at] in scripts.simplified:
                    return False
    return False


def _one(text: str, index: int) -> str:
    """The simplified form of one shared character among its neighbours."""
    character = text[index]
    if _KEPT.match(text, index):
        return character
    if character == "於":
        return "于"
    if character == "乾":
        return "干" if _DRY.match(text, index) else "乾"
    if character == "著":
        return "著" if _covers(_KEPT_ZHU, text, index) else "着"
    if character == "昇":
        return "升" if _covers(_RISING, text, index) else "昇"
    start = max(0, index - 3)
    return _same_length(text[start : index + 4])[index - start]


def _covers(pattern: re.Pattern[str], text: str, index: int) -> bool:
    near = pattern.finditer(text, max(0, index - 2), index + 3)
    return any(found.start() <= index < found.end() for found in near)


def _same_length(text: str) -> str:
    """OpenCC's conversion, unless it changes the length and characters could not be followed."""
    converted = _opencc()(text)
    return converted if len(converted) == len(text) else text


class _Table(dict[int, str]):
    """What each character becomes by itself, asked of OpenCC once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        rare = code >= 0x3400 and character not in _SHARED
        self[code] = _same_length(character) if rare else character
        return self[code]


class _Scripts:
    """Which characters only one of the scripts has, by OpenCC's own table."""

    def __init__(self) -> None:
        ideographs = [chr(code) for code in range(0x4E00, 0xA000)]
        converted = _opencc()("\n".join(ideographs)).split("\n")
        changed = {a: b for a, b in zip(ideographs, converted, strict=True) if a != b}
        changed |= _VARIANTS | _old_forms()
        self.traditional = frozenset(changed) - _SHARED
        self.simplified = frozenset(filter(_is_not_big5, changed.values()))
        self.table = _Table({ord(a): b for a, b in changed.items() if a not in _SHARED})


@functools.cache
def _old_forms() -> dict[str, str]:
    """Printed forms of before the reforms of type and spelling, and today's character for each."""
    rows = read_rows(resources.files("tingbao.parse") / "variants.tsv")
    return dict(rows)


@functools.cache
def _reported() -> frozenset[str]:
    return _LOGGED | _old_forms().keys()


def _is_not_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


@functools.cache
def _scripts() -> _Scripts:
    return _Scripts()


@functools.cache
def _opencc() -> _Convert:
    from opencc import OpenCC  # noqa: PLC0415 - it reads its dictionaries on import

    convert: _Convert = OpenCC("t2s").convert
    return convert
