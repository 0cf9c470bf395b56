"""Pauses that meet are one pause, the longest; none stands at the head of a line."""

from __future__ import annotations

import re

__all__ = ["settle"]

_HEAD = re.compile(r"^[，、；：\s]+")
_BEFORE_STRONGER = re.compile(r"[，\s]+(?=[，。！？；：、”’》])")
_AFTER_STRONGER = re.compile(r"(?<=[。！？；：、“‘《])[，\s]+")
_DOUBLE = re.compile(r"([，、])[，\s]+")
_TAIL = re.compile(r"[，\s]+$")
_SPACES = re.compile(r" {2,}")
_BESIDE_MARK = re.compile(r" (?=[，。！？；：、”’》])|(?<=[，。！？；：、“‘《]) ")


def settle(spoken: str) -> str:
    """Return ``spoken`` with one mark where several pauses met."""
    text = _SPACES.sub(" ", spoken)
    text = _DOUBLE.sub(r"\1", _BESIDE_MARK.sub("", text))
    text = _AFTER_STRONGER.sub("", _BEFORE_STRONGER.sub("", text))
    return _TAIL.sub("", _HEAD.sub("", text))
