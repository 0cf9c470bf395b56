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
from tingbao.parse.headlines import (
    is_column_name,
    is_document_title,
    is_notice_title,
    is_part_heading,
)
from tingbao.parse.text_cues import ends_sentence, is_entry, tells_news

_VOICE = re.compile(r"[^，：说道悉到称]{1,4}：\S")
"""Who is quoted in a part: 业界：产品需更丰富."""

_TWO_CLAUSES = re.compile(r"\S{5,}[ \u3000]+\S{5,}")
"""A printed space parts the clauses of a title; the heading of a part seldom has two."""

_LETTER = re.compile(
    r"(?:(?:尊敬的|亲爱的)(?:编辑|记者|总编)|(?:编辑|记者|总编)(?:同志|老师|部|先生|女士))[:：，]|"
    r"(?:编辑|记者)[:：]$"
)
"""编辑同志：… is no part of what was signed above; 记者：… is a question of an interview."""

_LONG_BODY = 30
_LONGEST_PART = 24
_SHORT = 9
_MIDDLING = 14
_LONG = 20
_USUAL = 0.5
"""From which share on a byline after a headline is what the page usually prints."""

_MOST_LIKENESS = 3.0
_HARDLY = 1.6
_MUCH = 2.0
"""How many times as large as the text the heading of a part is at most, a title at least."""

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
        if rule.measure(candidate):
            return Sign(rule.name, rule.where, rule.weight) if rule.weight > 0 else None
    return None


# --- signs that decide alone, the first that holds ------------------------------------------


def _has_title_role(candidate: Candidate) -> bool:
    return any(line.block.role is BlockRole.TITLE for line in candidate.group.lines)


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


def _continues_clause(candidate: Candidate) -> bool:
    weak = candidate.plain and not candidate.group.strong
    return candidate.article.awaits_text and weak and "，" in candidate.text


def _opens_page(candidate: Candidate) -> bool:
    alone = candidate.group.follower is None and len(candidate.style.groups) == 1
    looks = not candidate.plain or candidate.group.strong or _stands_over_text(candidate)
    return candidate.before is None and (looks or alone or candidate.over_briefs)


def _heads_box(candidate: Candidate) -> bool:
    return is_part_heading(candidate.text) and not candidate.group.strong


def _heads_column(candidate: Candidate) -> bool:
    return is_column_heading(candidate.text) and (not candidate.plain or candidate.after_end)


def _is_plain_in_sentence(candidate: Candidate) -> bool:
    return candidate.plain and not candidate.after_end


def _is_verse_line(candidate: Candidate) -> bool:
    return _is_plain_in_sentence(candidate) and candidate.style.marked


def _announces(candidate: Candidate) -> bool:
    return _is_lone_plain_line(candidate) and candidate.text.endswith("：")


def _is_clause(candidate: Candidate) -> bool:
    return candidate.plain and "，" in candidate.text and not candidate.apart


def _for(name: str, where: Where, measure: Callable[[Candidate], float]) -> _Rule:
    return _Rule(name, where, FOR, measure)


def _against(name: str, where: Where, measure: Callable[[Candidate], float]) -> _Rule:
    return _Rule(name, where, AGAINST, measure)


_DECIDING = (
    _against("a clause of the text that the notice above continues", Where.LINE, _continues_clause),
    _for("marked as a title, or set as one by the indent", Where.FORM, _has_title_role),
    _for("no article is open, and this looks like a headline", Where.BEFORE, _opens_page),
    _against("no article is open, but no text follows", Where.AFTER, lambda c: c.before is None),
    _for("title of an advert", Where.LINE, lambda c: is_advert_title(c.text)),
    _for("briefs follow directly", Where.AFTER, lambda c: c.over_briefs),
    _against("heading of a box that belongs to an article", Where.LINE, _heads_box),
    _for("heading of a column, marked or after an end", Where.LINE, _heads_column),
    _against("name of a column in mid-text", Where.BEFORE, lambda c: is_column_heading(c.text)),
    # Such as a verse, whatever follows it.
    _against("unmarked after unfinished text, while others are marked", Where.PAGE, _is_verse_line),
    _against("unmarked, ends with a colon", Where.LINE, _announces),
    _for("unmarked over a byline or a lead", Where.AFTER, _is_lone_plain_line),
    _against("unmarked, the text before is unfinished", Where.BEFORE, _is_plain_in_sentence),
    _against(
        "unmarked, nothing follows", Where.AFTER, lambda c: c.plain and c.group.follower is None
    ),
    _for(
        "unmarked lines over a byline or a lead", Where.AFTER, lambda c: c.plain and c.group.strong
    ),
    _against("unmarked, while others are marked", Where.PAGE, lambda c: c.plain and c.style.marked),
    _against("unmarked, a clause of a sentence", Where.LINE, _is_clause),
    _against(
        "unmarked, not over text", Where.AFTER, lambda c: c.plain and not _stands_over_text(c)
    ),
)


def _lacks_note(candidate: Candidate) -> bool:
    """Whether a title of the page has a line of date and source below it, and this has none."""
    group = candidate.group
    return candidate.style.noted and not (group.noted or group.strong)


# --- signs that are weighed -----------------------------------------------------------------


def _follows_end(candidate: Candidate) -> bool:
    return candidate.before is not None and has_ended(candidate.before)


def _follows_jump(candidate: Candidate) -> bool:
    before = candidate.before
    return before is not None and before.jump is not None and before.jump.out


def _follows_verse(candidate: Candidate) -> bool:
    """Whether a short line that ends no sentence comes last, and prose follows."""
    before = candidate.before
    verse = before is not None and len(before.text) <= _LONG and not candidate.after_end
    return candidate.article.signed and verse and len(candidate.following) >= _LONG_BODY


def _is_official(candidate: Candidate) -> bool:
    return is_notice_title(candidate.text) or is_document_title(candidate.text)


def _has_two_clauses(candidate: Candidate) -> bool:
    return not candidate.plain and bool(_TWO_CLAUSES.match(candidate.text))


def _equals_plain_news(candidate: Candidate) -> bool:
    return candidate.article.led and candidate.group.rank <= candidate.article.rank


def _is_over_picture(candidate: Candidate) -> bool:
    follower = candidate.group.follower
    return follower is not None and follower.block.pictured and is_caption(follower.text)


def _ends_series(candidate: Candidate) -> bool:
    return candidate.article.signed and candidate.style.ends_series(candidate.group)


def _is_in_series(candidate: Candidate) -> bool:
    return not candidate.article.signed and candidate.style.in_series(candidate.group)


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


def _is_brief_part(candidate: Candidate) -> bool:
    return _may_be_part(candidate) and len(candidate.text) <= _SHORT


def _likeness(candidate: Candidate) -> float:
    if not _may_be_part(candidate):
        return 0.0
    return min(_MOST_LIKENESS, candidate.style.parallel(candidate.group))


def _lacks_usual_byline(candidate: Candidate) -> bool:
    style, rank = candidate.style, candidate.group.rank
    usual = style.share(rank) >= _USUAL and style.strong[rank] > 1 and not style.layered
    return usual and _may_be_part(candidate)


def _is_hardly_larger(candidate: Candidate) -> bool:
    return not candidate.plain and 0 < candidate.enlargement < _HARDLY


def _is_over_set_off_sentence(candidate: Candidate) -> bool:
    """Whether the text opens with a sentence marked as a heading: a lead in larger type."""
    follower = candidate.group.follower
    return follower is not None and follower.is_heading and ends_sentence(follower.text)


def _is_under_column_name(candidate: Candidate) -> bool:
    lines = candidate.group.lines
    return len(lines) > 1 and lines[0].is_heading and is_column_name(lines[0].text)


_WEIGHED = (
    _Rule(
        "a byline, a lead, a date or a notice follows", Where.AFTER, 4.0, lambda c: c.group.strong
    ),
    _Rule("the text before ended", Where.BEFORE, 3.0, _follows_end),
    # Where an article jumps to another page, nothing more of it stands on this one.
    _Rule("the text before goes on on another page", Where.BEFORE, 3.0, _follows_jump),
    _Rule("prose after verses", Where.BEFORE, 3.0, _follows_verse),
    _Rule("news follows", Where.AFTER, 1.5, lambda c: tells_news(c.following)),
    _Rule("a picture stands under it", Where.AFTER, 1.5, _is_over_picture),
    _Rule("its first sentence is set off", Where.AFTER, 2.0, _is_over_set_off_sentence),
    _Rule("a caption follows", Where.AFTER, 2.0, lambda c: is_caption(c.following)),
    _Rule("a timetable follows", Where.AFTER, 3.0, lambda c: is_entry(c.following)),
    # What is signed below is no part of what was signed above.
    _Rule("both texts are signed", Where.AFTER, 3.0, lambda c: c.article.signed and c.group.signed),
    _Rule("title of a notice or a document", Where.LINE, 3.0, _is_official),
    _Rule("more blank lines above than part paragraphs", Where.BEFORE, 2.5, lambda c: c.apart),
    _Rule("a letter follows", Where.AFTER, 2.0, lambda c: bool(_LETTER.match(c.following))),
    _Rule("under the name of a column", Where.LINE, 3.0, _is_under_column_name),
    _Rule("in type hardly larger than the text's", Where.LINE, -4.0, _is_hardly_larger),
    _Rule("in much larger type", Where.LINE, 3.0, lambda c: c.enlargement >= _MUCH),
    _Rule("several lines", Where.LINE, 1.0, lambda c: len(c.group.lines) > 1),
    _Rule("two clauses", Where.LINE, 1.0, _has_two_clauses),
    _Rule("a long line", Where.LINE, 2.0, lambda c: c.group.length >= _LONG),
    _Rule(
        "a line of middle length", Where.LINE, 1.0, lambda c: _MIDDLING <= c.group.length < _LONG
    ),
    _Rule("a short line", Where.LINE, -0.5, lambda c: c.group.length <= _SHORT),
    _Rule("a few words in a signed article", Where.LINE, -0.5, _is_brief_part),
    # Plain news has no parts with headings as large as its own.
    _Rule("as large as the title of plain news", Where.ARTICLE, 4.0, _equals_plain_news),
    _Rule("as large as the page's titles", Where.PAGE, 1.0, _is_largest),
    _Rule("one of several titles above smaller headings", Where.PAGE, 2.0, _is_one_of_the_largest),
    _Rule("smaller than the page's titles", Where.PAGE, -3.0, _is_smaller),
    _Rule("ends a series of headings of one form", Where.PAGE, 2.0, _ends_series),
    _Rule("like the headings beside it", Where.PAGE, -1.0, _likeness),
    _Rule("without the byline that the page usually prints", Where.PAGE, -2.0, _lacks_usual_byline),
    _Rule("without the line of date and source under a title", Where.PAGE, -3.0, _lacks_note),
    _Rule("one of a series of short labels", Where.PAGE, -2.0, _is_in_series),
)


# --- signs that an unmarked line heads a part, the first that holds -------------------------


def _stands_in_sentence(candidate: Candidate) -> bool:
    return not candidate.after_end or not ends_sentence(candidate.following)


def _has_quotes(candidate: Candidate) -> bool:
    return candidate.text.count("“") == candidate.text.count("”") > 0


def _is_much_alike(candidate: Candidate) -> bool:
    return "，" in candidate.text and candidate.style.parallel(candidate.group) >= _MOST_LIKENESS


_PART = (
    _for("heading of a box", Where.LINE, lambda c: is_part_heading(c.text)),
    _against("others are marked", Where.PAGE, lambda c: c.style.marked),
    _against("in mid-sentence", Where.BEFORE, _stands_in_sentence),
    _against("ends with a colon", Where.LINE, lambda c: c.text.endswith("：")),
    _against("too long", Where.LINE, lambda c: len(c.text) > _LONGEST_PART),
    _for("much like the headings beside it", Where.PAGE, _is_much_alike),
    _against("a clause of a sentence", Where.LINE, lambda c: "，" in c.text),
    _for("like the headings beside it", Where.PAGE, lambda c: c.style.parallel(c.group)),
    _for("has a space", Where.LINE, lambda c: " " in c.text),
    _for("quotes someone", Where.LINE, _has_quotes),
    _for("gives a view", Where.LINE, lambda c: bool(_VOICE.match(c.text))),
)
