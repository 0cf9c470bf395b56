"""A credit taken apart: who sent a dispatch from where, and who, of which post, did what.

A credit is cut at its brackets and commas, then at the words for who somebody is; what stands
between those are names. Whether a line is a credit at all, ``parse/credits.py`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources

from tingbao.models import Credit, Dispatch, Person, Signature
from tingbao.tables import read_table
from tingbao.text.han import BASIC_HAN
from tingbao.text.numerals import HAN_NUMERALS

_HAN = f"[{BASIC_HAN}]"
_LISTS = read_table(
    resources.files("tingbao.text") / "credits.toml", dict[str, str], "word lists", "credits.toml"
)


def _any_of(*names: str) -> str:
    """A group that matches any word of these lists, longer ones first."""
    found = {word for name in names for word in _LISTS[name].replace("{HAN}", _HAN).split()}
    return f"(?:{'|'.join(sorted(found, key=lambda one: (-len(one), one)))})"


_POST = re.compile(rf"{_any_of('papers')}?{_any_of('ranks')}{{0,3}}{_any_of('trades')}[:：]?")
_REPORTER = re.compile(_any_of("reporters"))
_ORNAMENTS = re.compile(r"[■□●◆◇▲△◎○★☆▶►◀◢◣◤◥※]+")
_BRACKETS = re.compile(r"[（()）【】\[\]〔〕]")
_COMMAS = re.compile(r"[，,；;]")
_STROKES = re.compile(r"\s*、\s*")
_BREAKS = re.compile(r"[\s/／|｜]+")
_SLASHED = re.compile(rf"(?<!{_HAN})(文字?|图片?|摄影?)\s*[/／|｜:：]\s*(?![文图摄])")
_SLASH_WORDS = {"文": "撰文", "图": "图片", "摄": "摄影"}
_BOTH = re.compile(r"(?:文\s*[/／、·]?\s*[图摄]|[图摄]\s*[/／、·]?\s*文)(?=[\s）)】〕]|$)")
_BOTH_FIRST = re.compile(r"^\s*文图[\s:：]+(?=\S)(.+)$")
_BEHIND = re.compile(r"[/／](?=[文图摄](?:[\s）)】〕]|$))")
_DOING = re.compile(_any_of("work"))
_DONE = {
    "摄": "摄影",
    "摄影": "摄影",
    "摄影报道": "摄影报道",
    "文图": "撰文摄影",
    "文": "撰文",
    "图": "供图",
}
_TITLE = re.compile(
    rf".*{_any_of('offices')}|.{{3,}}{_any_of('institutions')}|{_any_of('callings')}"
)
"""Where somebody works or what they are, printed in front of the name."""

_SAID_ALREADY = re.compile(rf"{_any_of('said')}$")
_SOURCE = re.compile(rf"据{_any_of('sources')}")
_NUMBER = rf"(?:\d{{1,2}}|[{HAN_NUMERALS}]{{1,3}})"
_DATE = rf"(?:(?:{_NUMBER}月)?{_NUMBER}日(?:\d{{1,2}}时)?)"
_DISPATCH = re.compile(
    rf"(?P<agency>(?:据|综合)?{_any_of('papers', 'agencies')})(?P<place>[{BASIC_HAN}·]*?)"
    rf"(?P<date>{_DATE}?)(?P<kind>(?:综合)?(?:[专急特]?[讯电]|发|消息|专?特稿|专稿))"
)
_OTHER_DISPATCH = re.compile(
    rf"(?P<agency>)(?P<place>.*?)(?P<date>{_DATE}?)(?P<kind>讯|电|消息|专?特稿|专稿)"
)
_JOINED = re.compile(
    rf"(?!综合|联合|独家)(?:(?P<name>{_HAN}{{2,4}})(?P<shot>摄|摄影|文图)|"
    rf"(?P<reporter>{_HAN}{{2,3}})(?P<sent>报道|报导|{_HAN}{{2,4}}(?:{_DATE}[专急特]?|[专急特])电))"
)
"""A name and what was done in one word: 张三摄, 张三报道, 张三台北25日电."""

_SHOT_AT_END = re.compile(
    r"(?:[（(][^（）()。！？]{1,30}(?:摄|摄影|供图|摄影报道)[）)]|"
    r"(?<=[。！？”])\s*[^（）()。！？]{1,30}(?:摄|摄影|供图|摄影报道))\s*$"
)


def read_credit(printed: str) -> Credit:
    """Take a credit apart; ornaments and punctuation alone make one without parts."""
    text = _BEHIND.sub(" ", _BOTH.sub("文图", _ORNAMENTS.sub(" ", printed)))
    text = _BOTH_FIRST.sub(r"\1 文图", text)
    text = _SLASHED.sub(lambda match: f" {_SLASH_WORDS[match[1][0]]} ", text)
    segments = (one.strip().rstrip("。，；") for one in _BRACKETS.split(text))
    return Credit(printed, tuple(part for one in segments if one for part in _segment(one)))


def caption_credit(caption: str) -> Credit | None:
    """The credit that a caption ends in, （张三 摄）, with all of the text behind it, or None."""
    found = _SHOT_AT_END.search(caption)
    return read_credit(caption[found.start() :].lstrip()) if found else None


def _segment(segment: str) -> list[Dispatch | Signature]:
    """What stands between two brackets: a dispatch, posts with names, or names."""
    if _SOURCE.fullmatch(segment):
        return [Dispatch(segment)]
    posts = list(_POST.finditer(segment))
    if not posts:
        return list(_signatures(segment))
    made: list[Dispatch | Signature] = []
    head = re.sub(r"\s+", "", segment[: posts[0].start()]).strip("，、")
    if dispatch := _dispatch(head):
        made.append(dispatch)
        head = ""
    ends = [post.start() for post in posts[1:]] + [len(segment)]
    for post, end in zip(posts, ends, strict=True):
        made += _signatures(segment[post.end() : end], head + post.group().rstrip(":："))
        head = ""
    if any(_REPORTER.search(post.group()) for post in posts):
        made[-1] = _reporting(made[-1])
    return made


def _reporting(last: Dispatch | Signature) -> Dispatch | Signature:
    """Who signs as a reporter reports, where nothing else is said of what they did."""
    if isinstance(last, Dispatch) or _SAID_ALREADY.search(last.text):
        return last
    return replace(last, did=f"{last.did}报道")


def _dispatch(text: str) -> Dispatch | None:
    found = _DISPATCH.fullmatch(text) or _OTHER_DISPATCH.fullmatch(text)
    return Dispatch(**found.groupdict()) if found else None


def _signatures(text: str, post: str = "") -> Iterator[Dispatch | Signature]:
    """Names behind a post; a comma, or a word for what was done, ends a group of them."""
    part = Signature(post)
    for group in filter(str.strip, _COMMAS.split(text)):
        for one in (one for run in _STROKES.split(group) for one in _run(run)):
            if isinstance(one, str):
                part = replace(part, did=part.did + one)
            elif isinstance(one, Person) and not part.did:
                part = replace(part, people=(*part.people, one))
            else:
                yield from _unless_empty(part)
                part = Signature(people=(one,)) if isinstance(one, Person) else Signature()
                yield from (one,) if isinstance(one, Dispatch) else ()
        yield from _unless_empty(part)
        part = Signature()
    yield from _unless_empty(part)


def _unless_empty(part: Signature) -> Iterator[Signature]:
    if part != Signature():
        yield part


def _run(text: str) -> Iterator[Person | Dispatch | str]:
    """Words with space between them: people, what they did, or where it was sent from."""
    title = ""
    words = _close_up([word for word in _BREAKS.split(text) if word])
    for place, word in enumerate(words):
        signed = place == 0 and _JOINED.fullmatch(word)
        done = _DONE.get(word) or (word if not signed and _DOING.fullmatch(word) else "")
        if not done and _TITLE.fullmatch(word):
            title += word
            continue
        ones = [done] if done else list(_named(word))
        if isinstance(ones[0], Person):
            ones[0] = replace(ones[0], title=title)
        elif title:
            yield Person(title)
        yield from ones
        title = ""
    if title:
        yield Person(title)


def _named(word: str) -> Iterator[Person | Dispatch | str]:
    joined = None if _DISPATCH.fullmatch(word) else _JOINED.fullmatch(word)
    if joined is None:
        yield _dispatch(word) or Person(word)
    else:
        yield Person(joined["name"] or joined["reporter"])
        yield _DONE[joined["shot"]] if joined["shot"] else joined["sent"]


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
