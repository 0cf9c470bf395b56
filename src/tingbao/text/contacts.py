r"""Telephone numbers and e-mail addresses as papers print them: one grammar for every room.

A name in capitals is the source of a pattern. Numbers follow the numbering plan of mainland China:
an area code begins with 0, a mobile number has 11 digits, 400 and 800 numbers have 10.
"""

from __future__ import annotations

import re

AREA_CODE = r"0\d{2,3}"
MOBILE = r"1[3-9]\d"
"""The first three digits of a mobile number; two groups of four follow."""

FREEPHONE = "[48]00"
GAP = r"[-—–－\s]"
"""What stands between the groups of a number."""

SERVICE_NUMBER = (
    r"(?:11[0249]|12[02]|12\d{3}|95\d{3}|96\d{3,4}|16\d{3}|1118[35]"
    r"|10(?:000|010|016|050|060|086|099))"
)
"""Numbers of three to six digits that serve the public."""

MAIL_NAME = r"[A-Za-z0-9][\w.+-]{0,63}"
DOMAIN_LABEL = r"[A-Za-z0-9][A-Za-z0-9-]{0,40}"
DOMAIN = rf"{DOMAIN_LABEL}(?:\.{DOMAIN_LABEL}){{1,5}}"

_MAIL = rf"(?<![\w.+-]){MAIL_NAME}@{DOMAIN}"
_TELEPHONE = (
    rf"(?<!\d)(?:\+?86{GAP}?)?(?:[（(]?{AREA_CODE}[）)]?{GAP}{{0,2}}\d{{7,8}}|"
    rf"{MOBILE}{GAP}?\d{{4}}{GAP}?\d{{4}}|{FREEPHONE}{GAP}?\d{{3,4}}{GAP}?\d{{3,4}})(?!\d)"
)
_LABELLED = (
    r"\d{5}(?=[”\"]?(?:\w{0,6}热线|专线))|"
    r"(?:电话|热线|手机|传真|拨打|致电|邮箱|信箱)[^。！？；，\d]{0,12}"
    rf"\d{{3,4}}{GAP}?\d{{0,8}}(?!\d)"
)
_CONTACT = re.compile(f"{_MAIL}|{_TELEPHONE}|{_LABELLED}")
_MORE = re.compile(rf"\s*\d(?:\d|{GAP}){{5,14}}\s*")
_TO_CALL = re.compile(
    rf"(?<![\d.])(?:{MOBILE}\d{{8}}|(?:{AREA_CODE}{GAP})?\d{{7,8}}|\d{{3}}-\d{{3}}-\d{{4}})(?!\d)"
)
_CLAUSE = re.compile(r"[^。！？；，,;\n]+")


def contact_clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a notice's line that hold a telephone number or an e-mail address.

    A bare number behind such a clause is one more of them.
    """
    found: list[str] = []
    listing = False
    for clause in _CLAUSE.findall(text):
        listing = bool(_CONTACT.search(clause) or (listing and _MORE.fullmatch(clause)))
        if listing:
            found.append(clause.strip())
    return tuple(found)


def holds_number_to_call(text: str) -> bool:
    """Whether a run of digits of a text has the form of a telephone number, a local one included.

    It may be another number of that length: only what stands around it can tell.
    """
    return bool(_TO_CALL.search(text))
