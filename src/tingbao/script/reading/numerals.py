"""Arabic numerals read in Chinese. Every function takes ASCII digits and returns Han characters."""

from __future__ import annotations

HAN_DIGITS = "零一二三四五六七八九"

# Beyond ten quadrillions no paper prints a quantity in digits; such a run is an identifier.
_LONGEST_QUANTITY = 16

_TELEPHONE = str.maketrans("0123456789", HAN_DIGITS.replace("一", "幺"))
_PLAIN = str.maketrans("0123456789", HAN_DIGITS)


def read_digits(digits: str) -> str:
    """Read digit by digit: ``1571`` is 一五七一."""
    return digits.translate(_PLAIN)


def read_telephone(digits: str) -> str:
    """Read digit by digit as telephone numbers are, with 幺 for 1: ``110`` is 幺幺零."""
    return digits.translate(_TELEPHONE)


def read_integer(digits: str) -> str:
    """Read as a quantity: ``2200`` is 两千二百, ``10020`` is 一万零二十.

    A leading 2 is 两 before 千, 万 and 亿; elsewhere it is 二. More than sixteen digits are read
    one by one.
    """
    significant = digits.lstrip("0")
    if len(significant) > _LONGEST_QUANTITY:
        return read_digits(digits)
    return _quantity(int(significant)) if significant else "零"


def read_decimal(number: str) -> str:
    """Read digits with an optional fraction and thousands separators: ``1,140.19``."""
    whole, point, fraction = number.replace(",", "").partition(".")
    return read_integer(whole) + (f"点{read_digits(fraction)}" if point else "")


def _quantity(value: int) -> str:
    hundred_millions, rest = divmod(value, 10**8)
    ten_thousands, ones = divmod(rest, 10**4)
    text = f"{_counted(hundred_millions)}亿" if hundred_millions else ""
    if ten_thousands:
        text += _gap(text, ten_thousands < 1000) + f"{_group(ten_thousands, not text)}万"
    if ones:
        text += _gap(text, ones < 1000 or not ten_thousands) + _group(ones, not text, alone=True)
    return text


def _counted(value: int) -> str:
    return "两" if value == 2 else _quantity(value)


def _gap(text: str, skipped: bool) -> str:  # noqa: FBT001  # a condition, not an option
    return "零" if text and skipped else ""


def _group(value: int, leading: bool, *, alone: bool = False) -> str:  # noqa: FBT001  # as above
    """Read 1 to 9999; ``leading`` at the head of the whole number, ``alone`` with no 万 after."""
    if value == 2 and leading and not alone:
        return "两"
    text = ""
    pending_zero = False
    for digit, name in zip(f"{value:04}", "千百十 ", strict=True):
        if digit == "0":
            pending_zero = bool(text)
            continue
        text += ("零" if pending_zero else "") + _place(digit, name, leading and not text)
        pending_zero = False
    return text


def _place(digit: str, name: str, leading: bool) -> str:  # noqa: FBT001  # as above
    if leading and name == "十" and digit == "1":
        return "十"
    if leading and name == "千" and digit == "2":
        return "两千"
    return HAN_DIGITS[int(digit)] + name.strip()
