"""What every room knows of Chinese text: character ranges, folding, numerals, labels, cutting."""

from tingbao.text.han import (
    BASIC_HAN,
    HAN,
    count_han,
    fold_radicals,
    fold_text,
    folded_places,
    has_han,
    squash,
    tidy,
)
from tingbao.text.numerals import (
    HAN_DIGITS,
    HAN_NUMERALS,
    WEEKDAYS,
    han_date,
    number_of,
    read_decimal,
    read_digits,
    read_integer,
    read_telephone,
)

__all__ = [
    "BASIC_HAN",
    "HAN",
    "HAN_DIGITS",
    "HAN_NUMERALS",
    "WEEKDAYS",
    "count_han",
    "fold_radicals",
    "fold_text",
    "folded_places",
    "han_date",
    "has_han",
    "number_of",
    "read_decimal",
    "read_digits",
    "read_integer",
    "read_telephone",
    "squash",
    "tidy",
]
