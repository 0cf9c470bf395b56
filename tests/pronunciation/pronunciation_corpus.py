"""The pronunciation corpora: news words and sentences with the readings they should get.

A line is held out where the SHA-256 of its text is divisible by three: chosen by nobody, and
never looked at while the rules were made.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tingbao.pronunciation import pinyin_line, pronounce

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Score:
    """How many targets were right, and what was read instead of the others."""

    right: int
    wrong: tuple[str, ...]

    @property
    def rate(self) -> float:
        return self.right / (self.right + len(self.wrong))


def lines(name: str) -> list[dict[str, Any]]:
    text = (DATA / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def digest(name: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the corpus file."""
    return hashlib.sha256((DATA / f"{name}.jsonl").read_bytes()).hexdigest()[:16]


def is_held_out(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0


def dictionary_score(name: str) -> Score:
    """Each target character of the corpus against :func:`tingbao.pronunciation.pinyin_line`."""
    right, wrong = 0, []
    for line in lines(name):
        han = [at for at, sign in enumerate(line["text"]) if sign.isalpha()]
        read = dict(zip(han, pinyin_line(line["text"]).split(), strict=True))
        for at, wanted in line["targets"]:
            if read[at] in wanted.split("|"):
                right += 1
            else:
                wrong.append(f"{line['text']}: {line['text'][at]} {read[at]}, not {wanted}")
    return Score(right, tuple(wrong))


def sandhi_score(name: str) -> Score:
    """Each phrase against its words after sandhi, erhua joined."""
    right, wrong = 0, []
    for line in lines(name):
        words = pronounce(line["text"])
        read = " ".join(syllable.pinyin for word in words for syllable in word.syllables)
        if read in line["spoken"]:
            right += 1
        else:
            wrong.append(f"{line['text']}: {read}, not {' or '.join(line['spoken'])}")
    return Score(right, tuple(wrong))
