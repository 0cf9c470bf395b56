"""The credit of an item as a news reader says it.

``本报讯(记者 郭晓玲 王晨旷)`` is 本报讯，记者郭晓玲、王晨旷报道。 A credit is taken apart at its
brackets, then at the words for who somebody is; what stands between those are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tingbao.script.aligned import Aligned
from tingbao.text.han import BASIC_HAN

_HAN = f"[{BASIC_HAN}]"
_EMPLOYER = (
    r"(?:本报|本刊|本台|本网|本社|新华社|中新社|中新网|新华网|人民网|"
    rf"{_HAN}{{2,6}}(?:日报|晚报|晨报|早报|时报|都市报|青年报|商报|导报|电视台|电台|通讯社|融媒体中心))"
)
_KIND = (
    r"(?:全媒体|融媒体|融媒|多媒体|见习|实习|特约|特派|首席|高级|资深|摄影|文字|视频|通讯|"
    rf"驻{_HAN}{{2,4}})"
)
_WORK = (
    r"(?:记者|通讯员|评论员|观察员|撰稿人|实习生|编辑|编译|特写|作者|撰文|摄影|文字|图片|"
    r"供图|供稿|制图|绘图|漫画|(?:口述|采访|整理|策划|统筹|执笔|翻译)(?=[:：]))"
)
_POST = re.compile(rf"{_EMPLOYER}?{_KIND}{{0,3}}{_WORK}[:：]?")
_REPORTS = re.compile(r"记者|通讯员|实习生|撰稿人")
_ORNAMENTS = re.compile(r"[■□●◆◇▲△◎○★☆▶►◀◢◣◤◥※]+")
_BRACKETS = re.compile(r"[（()）【】\[\]〔〕]")
_COMMAS = re.compile(r"[，,；;]")
_STROKES = re.compile(r"\s*、\s*")
_BREAKS = re.compile(r"[\s/／|｜]+")
_SLASHED = re.compile(rf"(?<![{BASIC_HAN}])(文字?|图片?|摄影?)\s*[/／|｜:：]\s*(?![文图摄])")
_SLASH_WORDS = {"文": "撰文", "图": "图片", "摄": "摄影"}
_BOTH = re.compile(r"(?:文\s*[/／、·]?\s*[图摄]|[图摄]\s*[/／、·]?\s*文)(?=[\s）)】〕]|$)")
_BEHIND = re.compile(r"[/／](?=[文图摄](?:[\s）)】〕]|$))")
_DOING = re.compile(rf"{_HAN}{{0,8}}?(?:报道|报导|综述)|整理|编译|采写|撰写")
_DONE = {
    "摄": "摄影",
    "摄影": "摄影",
    "摄影报道": "摄影报道",
    "文图": "撰文摄影",
    "文": "撰文",
    "图": "供图",
}
_SHOT = re.compile(rf"({_HAN}{{2,4}})(摄|摄影|文图)")
_OFFICE = re.compile(
    r"(?:长|书记|总理|主席|主任|委员|代表|教授|院士|总统|首相|主编|博士|局|部|校|院|会)$"
)
_AFFILIATION = re.compile(
    r".{3,}(?:师|员|医生|读者|家长|学者|作家|社|所|站|中心|馆|科|系|处|队|厂|司|村|镇|乡|区|县|市|班|学)$|"
    r"^(?:律师|药师|医师|医生|读者|教师|学生)$"
)
"""Where somebody works or what they are, said in one breath with the name behind it."""

_BOTH_FIRST = re.compile(r"^\s*文图[\s:：]+(?=\S)(.+)$")
_SAID_ALREADY = re.compile(r"(?:报道|报导|摄影|撰文|综述|整理|编译|采写|撰写|供图|[讯电])$")
_SENT = re.compile(r"(?:讯|电|发|消息|专稿|特稿)$")
_NEWS_AGENCY = re.compile(r"据(?:新华社|中新社|新华网|央视|央视新闻|人民日报)")
_SHOT_AT_END = re.compile(
    r"(?:[（(]([^（）()。！？]{1,30}(?:摄|摄影|供图|摄影报道))[）)]|"
    r"(?<=[。！？”])\s*([^（）()。！？]{1,30}(?:摄|摄影|供图|摄影报道)))\s*$"
)


def _byline_wording(byline: str) -> str:
    """Return the credit as one sentence for the ear; dates in it are left to the reading."""
    text = _BEHIND.sub(" ", _BOTH.sub("文图", _ORNAMENTS.sub(" ", byline)))
    text = _BOTH_FIRST.sub(r"\1 文图", text)
    text = _SLASHED.sub(lambda match: f" {_SLASH_WORDS[match[1][0]]} ", text)
    parts = [_part(segment.strip()) for segment in _BRACKETS.split(text) if segment.strip()]
    sentence = "，".join(part.rstrip("。，；") for part in parts if part)
    return f"{sentence}。" if sentence else ""


def credit_wording(byline: str) -> Aligned:
    """Return the credit as one sentence for the ear that stands for all of the printed one."""
    return Aligned(((byline, _byline_wording(byline)),))


def caption_wording(caption: str) -> Aligned:
    """Return a caption with the credit at its end, ``（张三 摄）``, as a sentence of its own."""
    found = _SHOT_AT_END.search(caption)
    if not found:
        return Aligned.copy(caption)
    before = caption[: found.start()].rstrip()
    joint = "" if not before or before[-1] in "。！？”" else "，"
    credit = f"{joint}{_byline_wording(found[1] or found[2])}"
    return Aligned(((before, before), (caption[len(before) :], credit)))


def _part(segment: str) -> str:
    """What stands between two brackets: an agency and a date, posts with names, or names."""
    if _NEWS_AGENCY.fullmatch(segment):
        return f"{segment}消息"
    posts = list(_POST.finditer(segment))
    if not posts:
        return _names(segment)
    head = _joined(segment[: posts[0].start()])
    groups = list(_groups(segment, posts))
    ending = groups[-1]
    done = _SAID_ALREADY.search(ending)
    reports = any(_REPORTS.search(post.group()) for post in posts) and not done
    return _with_head(head, "，".join(groups)) + ("报道" if reports else "")


def _with_head(head: str, credits_: str) -> str:
    return f"{head}{'，' if _SENT.search(head) else ''}{credits_}"


def _groups(segment: str, posts: list[re.Match[str]]) -> Iterator[str]:
    """Each post with the names behind it."""
    ends = [post.start() for post in posts[1:]] + [len(segment)]
    for post, end in zip(posts, ends, strict=True):
        yield post.group().rstrip(":：") + _names(segment[post.end() : end])


def _names(text: str) -> str:
    """Names with a stroke between them, and behind the last what they did."""
    groups = [group for group in _COMMAS.split(text) if group.strip()]
    return "，".join("、".join(map(_run_of_names, _STROKES.split(group))) for group in groups)


def _run_of_names(text: str) -> str:
    words = _close_up([word for word in _BREAKS.split(text) if word])
    said = ""
    for place, word in enumerate(words):
        done = _DONE.get(word) or (word if _DOING.fullmatch(word) else None)
        said += _joint(words[place - 1] if place else "", done=bool(done))
        said += done or _shot(word)
    return said


def _joint(before: str, *, done: bool) -> str:
    if not before or done or _OFFICE.search(before) or _AFFILIATION.match(before):
        return ""
    return "，" if _SENT.search(before) or before in _DONE else "、"


def _shot(word: str) -> str:
    """张三摄 is printed as one word; it is said 张三摄影."""
    found = _SHOT.fullmatch(word)
    return found[1] + _DONE[found[2]] if found else word


def _close_up(words: list[str]) -> list[str]:
    """Join what was only spaced out: 王 丹 is one name, and so is John Smith."""
    closed: list[str] = []
    for word in words:
        if closed and _spaced_out(closed[-1], word):
            closed[-1] += word
        elif closed and word.isascii() and closed[-1].isascii():
            closed[-1] += f" {word}"
        else:
            closed.append(word)
    return closed


def _spaced_out(left: str, right: str) -> bool:
    return len(left) == len(right) == 1 and left not in _DONE and right not in _DONE


def _joined(text: str) -> str:
    return re.sub(r"\s+", "", text).strip("，、")
