"""The words that listeners read: names of editions and pages, lengths, dates. In Chinese."""

from __future__ import annotations

import datetime as dt
import re

from tingbao.models import Manifest, ManifestArticle, ManifestPage
from tingbao.text.numerals import WEEKDAYS

DISCLOSURE = "本节目由人工智能语音合成。"
SUMMARY_BYTES = 450
"""How much of an article's text feeds and lists quote, in bytes of UTF-8."""

# What XML 1.0 cannot hold, and what would reorder a line around it.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """``text`` without what no feed and no page may hold."""
    return _UNPRINTABLE.sub(" ", text)


def clean(text: str) -> str:
    """``text`` printable and in one line."""
    return " ".join(printable(text).split())


def fitted(text: str, most_bytes: int) -> str:
    """``text`` in at most so many bytes of UTF-8; an ellipsis says that something is gone."""
    if len(text.encode()) <= most_bytes:
        return text
    return text.encode()[: max(most_bytes - 3, 0)].decode("utf-8", "ignore") + "…"


def clock(milliseconds: int) -> str:
    """``HH:MM:SS``, rounded down: a jump lands before the first word, never in it."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def spoken_length(milliseconds: int) -> str:
    """A length as people say it: ``1小时2分``, ``3分20秒``."""
    seconds = max(milliseconds // 1000, 1)
    hours, minutes, left = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return f"{hours}小时{minutes}分" if minutes else f"{hours}小时"
    if minutes:
        return f"{minutes}分{left}秒" if left else f"{minutes}分钟"
    return f"{left}秒"


def size(count: int) -> str:
    """A file's size in the units that people know."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(round(count / 1e3), 1)} kB"


def section_of(article: ManifestArticle, manifest: Manifest) -> str:
    """The section of the page on which an article begins, or nothing."""
    first = next(iter(article.pages), None)
    page = next((one for one in manifest.pages if one.number == first), None)
    return clean(page.section or "") if page else ""


def long_date(date: dt.date) -> str:
    """``2026年3月14日 星期六``."""
    return f"{date.year}年{date.month}月{date.day}日 星期{WEEKDAYS[date.weekday()]}"


def edition_title(manifest: Manifest) -> str:
    """What an edition is called in lists that already name the paper."""
    return long_date(manifest.date) + ("（选篇）" if manifest.selection else "")


def page_label(page: ManifestPage) -> str:
    """``第2版``; a label that is no number stands as printed: ``A02版``."""
    return clean(f"第{page.label}版" if page.label.isdecimal() else f"{page.label}版")


def _page_name(page: ManifestPage) -> str:
    """A page with its section: ``第2版 要闻``."""
    return clean(f"{page_label(page)} {page.section or ''}")


def pages_of(article: ManifestArticle, manifest: Manifest) -> str:
    """The pages that an item stands on."""
    names = [_page_name(page) for page in manifest.pages if page.number in article.pages]
    return "、".join(names)
