"""Whether a headline starts an article or heads a part of the open one: signs and their weights.

Marks are not enough: some OCR engines give every heading one level, some none. So each candidate
(a group of headline lines where it stands) is asked for signs: in its own words, in the text
before and after it, in the article that is open, in how its page marks headlines. A few signs
decide alone; where none does, the weights of all that hold are summed, and a sum above zero
starts an article. The weights are set by hand on the corpus; its floors hold them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tingbao.models import Origin
from tingbao.parse.blocks import BlockRole
from tingbao.parse.candidates import Candidate, has_ended
from tingbao.parse.credits import is_caption
from tingbao.parse.furniture import is_advert_title, is_column_heading
from tingbao.parse.headlines import is_document_title, is_notice_title, is_part_heading
from tingbao.parse.text_cues import ends_sentence, is_entry, tells_news

_VOICE = re.compile(r"[^，：说道悉到称]{1,4}：\S")
"""Who is quoted in a part: 业界：产品需更丰富."""

_TWO_CLAUSES = re.compile(r"\S{5,}[ \u3000]+\S{5,}")
"""A printed space parts the clauses of a title; the heading of a part seldom has two."""

_LONG_BODY = 30
_LONGEST_PART = 24
_SHORT = 9
_MIDDLING = 14
_LONG = 20
_USUAL = 0.5
"""From which share on a byline after a headline is what the page usually prints."""

_MOST_LIKENESS = 3.0

FOR, AGAINST = math.inf, -math.inf
"""The weights of signs that decide alone."""


class Decision(StrEnum):
    """What the text from a boundary on is."""

    ARTICLE = "article"
    BRIEF = "brief"
    COLUMN = "column of briefs"
    CONTINUATION = "continuation"
    PART = "part"
    TEXT = "text"


class Where(StrEnum):
    """Where a sign was seen."""

    LINE = "line itself"
    BEFORE = "before"
    AFTER = "after"
    ARTICLE = "open article"
    PAGE = "page"
    FORM = "input form"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that was seen, and how much it says for a new article.

    ``weight`` is infinite where the sign decides alone, and negative where it speaks against.
    """

    name: str
    where: Where
    weight: float


@dataclass(frozen=True, slots=True)
class ArticleBoundary:
    """A place where an article may start: ``text`` as printed there, the signs, the decision.

    ``part`` is the sign that made an unmarked line the heading of a part, where one did.
    """

    origin: Origin
    text: str
    decision: Decision
    signs: tuple[Sign, ...]
    part: Sign | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A sign to look for; ``measure`` says how far it holds, and the weight counts so often."""

    name: str
    where: Where
    weight: float
    measure: Callable[[Candidate], float]


def signs_of(candidate: Candidate) -> tuple[Sign, ...]:
    """The first sign that decides alone, else all that hold."""
    for rule in _DECIDING:
        if rule.measure(candidate):
            return (Sign(rule.name, rule.where, rule.weight),)
    measured = ((rule, rule.weight * rule.measure(candidate)) for rule in _WEIGHED)
    return tuple(Sign(rule.name, rule.where, weight) for rule, weight in measured if weight)


def score(signs: Iterable[Sign]) -> float:
    """The sum of the weights; above zero an article starts."""
    return sum(sign.weight for sign in signs)


def part_sign(candidate: Candidate) -> Sign | None:
    """Why an unmarked line that starts no article heads a part of the open one; None where not."""
    group = candidate.group
    if candidate.before is None or group.follower is None or len(group.lines) > 1:
        return None
    if not candidate.plain:
        return None
    for rule in _PART:
        if held := rule.measure(candidate):
            sign = Sign(rule.name, rule.where, rule.weight * held)
            return sign if sign.weight > 0 else None
    return None


# --- signs that decide alone, the first that holds ------------------------------------------


def _has_title_role(candidate: Candidate) -> bool:
    return any(line.block.role is BlockRole.TITLE for line in candidate.group.lines)


def _opens_text(candidate: Candidate) -> bool:
    return not candidate.plain or candidate.group.strong or _stands_over_text(candidate)


def _stands_over_text(candidate: Candidate) -> bool:
    """Whether lines without a mark are no sentence themselves, and one follows them."""
    group, following = candidate.group, candidate.following
    last = group.lines[-1].text
    if group.follower is None or ends_sentence(last) or last.endswith(("：", ":")):
        return False
    if group.follower.block.role is BlockRole.BODY:
        return True
    if len(following) < len(last) // 2:  # the rest of a broken sentence
        return False
    return len(following) >= _LONG_BODY or ends_sentence(following) or following.endswith("：")


def _is_lone_plain_line(candidate: Candidate) -> bool:
    return candidate.plain and len(candidate.group.lines) == 1 and candidate.group.strong


def _is_weak_plain_line(candidate: Candidate) -> bool:
    """Whether neither a mark nor a byline below shows that the line is a headline."""
    return candidate.plain and not candidate.group.strong


_DECIDING = (
    _Rule(
        "a clause of the text that the notice above continues",
        Where.LINE,
        AGAINST,
        lambda c: c.article.awaits_text and _is_weak_plain_line(c) and "，" in c.text,
    ),
    _Rule("marked as a title", Where.FORM, FOR, _has_title_role),
    _Rule(
        "no article is open, and this looks like a headline",
        Where.BEFORE,
        FOR,
        lambda c: c.before is None and (_opens_text(c) or c.over_briefs),
    ),
    _Rule(
        "no article is open, but no text follows",
        Where.AFTER,
        AGAINST,
        lambda c: c.before is None,
    ),
    _Rule("title of an advert", Where.LINE, FOR, lambda c: is_advert_title(c.text)),
    _Rule("briefs follow directly", Where.AFTER, FOR, lambda c: c.over_briefs),
    _Rule(
        "heading of a box that belongs to an article",
        Where.LINE,
        AGAINST,
        lambda c: is_part_heading(c.text) and not c.group.strong,
    ),
    _Rule(
        "heading of a column, marked or after an end",
        Where.LINE,
        FOR,
        lambda c: is_column_heading(c.text) and (not c.plain or c.after_end),
    ),
    _Rule(
        "name of a column in the middle of a text",
        Where.BEFORE,
        AGAINST,
        lambda c: is_column_heading(c.text),
    ),
    _Rule(
        "unmarked after unfinished text, on a page that marks its headlines",  # such as a verse
        Where.PAGE,
        AGAINST,
        lambda c: c.plain and c.style.marked and not c.after_end,
    ),
    _Rule(
        "unmarked and ends with a colon",
        Where.LINE,
        AGAINST,
        lambda c: _is_lone_plain_line(c) and c.text.endswith("："),
    ),
    _Rule("unmarked over a byline or a lead", Where.AFTER, FOR, _is_lone_plain_line),
    _Rule(
        "unmarked, and the text before is unfinished",
        Where.BEFORE,
        AGAINST,
        lambda c: c.plain and not c.after_end,
    ),
    _Rule(
        "unmarked, and nothing follows",
        Where.AFTER,
        AGAINST,
        lambda c: c.plain and c.group.follower is None,
    ),
    _Rule(
        "unmarked lines over a byline or a lead",
        Where.AFTER,
        FOR,
        lambda c: c.plain and c.group.strong,
    ),
    _Rule(
        "unmarked, on a page that marks its headlines",
        Where.PAGE,
        AGAINST,
        lambda c: c.plain and c.style.marked,
    ),
    _Rule(
        "unmarked, and a clause of a sentence",
        Where.LINE,
        AGAINST,
        lambda c: c.plain and "，" in c.text,
    ),
    _Rule(
        "unmarked, and not over text",
        Where.AFTER,
        AGAINST,
        lambda c: c.plain and not _stands_over_text(c),
    ),
)


# --- signs that are weighed -----------------------------------------------------------------


def _ends_with_jump(candidate: Candidate) -> bool:
    before = candidate.before
    return before is not None and before.jump is not None and before.jump.out


def _follows_verse(candidate: Candidate) -> bool:
    """Whether a short line that ends no sentence comes last, and prose follows."""
    before = candidate.before
    verse = before is not None and len(before.text) <= _LONG and not candidate.after_end
    return candidate.article.signed and verse and len(candidate.following) >= _LONG_BODY


def _is_largest(candidate: Candidate) -> bool:
    return candidate.group.rank <= candidate.style.top


def _is_one_of_the_largest(candidate: Candidate) -> bool:
    style = candidate.style
    return _is_largest(candidate) and style.layered and style.used[style.top] > 1


def _is_smaller(candidate: Candidate) -> bool:
    """Whether it is smaller than titles are, and not beside one large title alone."""
    style = candidate.style
    lone_lead = style.used[style.top] == 1 and style.share(candidate.group.rank) >= _USUAL / 2
    return not _is_largest(candidate) and not lone_lead


def _may_be_part(candidate: Candidate) -> bool:
    return candidate.article.signed and not candidate.group.strong


def _likeness(candidate: Candidate) -> float:
    alike = min(_MOST_LIKENESS, candidate.style.parallel(candidate.group))
    return alike if _may_be_part(candidate) else 0.0


def _lacks_usual_byline(candidate: Candidate) -> bool:
    usual = candidate.style.share(candidate.group.rank) >= _USUAL and not candidate.style.layered
    return usual and _may_be_part(candidate)


_WEIGHED = (
    _Rule(
        "a byline, a lead, a date line or a notice follows",
        Where.AFTER,
        4.0,
        lambda c: c.group.strong,
    ),
    _Rule(
        "the text before ended",
        Where.BEFORE,
        3.0,
        lambda c: c.before is not None and has_ended(c.before),
    ),
    # Where an article jumps to another page, nothing more of it stands on this one.
    _Rule("the text before goes on on another page", Where.BEFORE, 3.0, _ends_with_jump),
    _Rule("news follows", Where.AFTER, 1.5, lambda c: tells_news(c.following)),
    _Rule("a caption follows", Where.AFTER, 2.0, lambda c: is_caption(c.following)),
    _Rule("a timetable follows", Where.AFTER, 3.0, lambda c: is_entry(c.following)),
    _Rule(
        "title of a notice or a document",
        Where.LINE,
        3.0,
        lambda c: is_notice_title(c.text) or is_document_title(c.text),
    ),
    _Rule("several lines", Where.LINE, 1.0, lambda c: len(c.group.lines) > 1),
    _Rule(
        "two clauses", Where.LINE, 1.0, lambda c: not c.plain and bool(_TWO_CLAUSES.match(c.text))
    ),
    # What is signed below is no part of what was signed above.
    _Rule("both texts are signed", Where.AFTER, 3.0, lambda c: c.article.signed and c.group.signed),
    # Plain news has no parts with headings as large as its own.
    _Rule(
        "as large as the title of plain news",
        Where.ARTICLE,
        4.0,
        lambda c: c.article.led and c.group.rank <= c.article.rank,
    ),
    _Rule(
        "ends a series of headings of one form",
        Where.PAGE,
        2.0,
        lambda c: c.article.signed and c.style.ends_series(c.group),
    ),
    # Verses do not go on in prose.
    _Rule("prose after verses", Where.BEFORE, 3.0, _follows_verse),
    _Rule("as large as the page's titles", Where.PAGE, 1.0, _is_largest),
    _Rule("one of several titles above smaller headings", Where.PAGE, 2.0, _is_one_of_the_largest),
    _Rule("smaller than the page's titles", Where.PAGE, -3.0, _is_smaller),
    _Rule("a long line", Where.LINE, 2.0, lambda c: c.group.length >= _LONG),
    _Rule(
        "a line of middle length", Where.LINE, 1.0, lambda c: _MIDDLING <= c.group.length < _LONG
    ),
    _Rule("a short line", Where.LINE, -0.5, lambda c: c.group.length <= _SHORT),
    _Rule("like the headings beside it", Where.PAGE, -1.0, _likeness),
    _Rule("without the byline that the page usually prints", Where.PAGE, -2.0, _lacks_usual_byline),
    _Rule(
        "a few words under a signed article",
        Where.LINE,
        -0.5,
        lambda c: _may_be_part(c) and len(c.text) <= _SHORT,
    ),
    _Rule(
        "one of a series of short labels",
        Where.PAGE,
        -2.0,
        lambda c: not c.article.signed and c.style.in_series(c.group),
    ),
)


# --- signs that an unmarked line heads a part, the first that holds -------------------------


def _stands_in_sentence(candidate: Candidate) -> bool:
    return not candidate.after_end or not ends_sentence(candidate.following)


def _has_quotes(candidate: Candidate) -> bool:
    return candidate.text.count("“") == candidate.text.count("”") > 0


_PART = (
    _Rule("heading of a box", Where.LINE, 1.0, lambda c: is_part_heading(c.text)),
    _Rule("the page marks its headings", Where.PAGE, -1.0, lambda c: c.style.marked),
    _Rule("in mid-sentence", Where.BEFORE, -1.0, _stands_in_sentence),
    _Rule("ends with a colon", Where.LINE, -1.0, lambda c: c.text.endswith("：")),
    _Rule("too long", Where.LINE, -1.0, lambda c: len(c.text) > _LONGEST_PART),
    _Rule(
        "much like the headings beside it",
        Where.PAGE,
        1.0,
        lambda c: "，" in c.text and c.style.parallel(c.group) >= _MOST_LIKENESS,
    ),
    _Rule("a clause of a sentence", Where.LINE, -1.0, lambda c: "，" in c.text),
    _Rule("like the headings beside it", Where.PAGE, 1.0, lambda c: c.style.parallel(c.group)),
    _Rule("has a space", Where.LINE, 1.0, lambda c: " " in c.text),
    _Rule("quotes someone", Where.LINE, 1.0, _has_quotes),
    _Rule("gives a view", Where.LINE, 1.0, lambda c: bool(_VOICE.match(c.text))),
)
