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
