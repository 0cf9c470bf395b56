"""A text that is rewritten and still knows where in its source each character comes from."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Mapping

Replacement = str | tuple[str | int, ...] | Callable[[re.Match[str]], str]
"""What replaces a match: a literal, literals and groups in the order of the text, or a function."""


class TracedText:
    """A text after some replacements, with the place in the source where each character begins.

    A replacement as long as its match is taken character by character. Of one that is shorter or
    longer, the first character stands for the whole match; characters of groups keep their places.
    """

    __slots__ = ("_length", "_starts", "text")

    def __init__(self, source: str) -> None:
        self.text = source
        self._length = len(source)
        self._starts: list[int] | None = None  # None as long as nothing moved

    def source_of(self, at: int) -> int:
        """Return where in the source what stands at ``text[at]`` begins, or the source ends."""
        return at if self._starts is None else self._starts[at]

    def place_of(self, source: int) -> int:
        """Return the first place of the text that comes from ``source`` or from further on."""
        return source if self._starts is None else bisect.bisect_left(self._starts, source)

    def translate(self, table: Mapping[int, str]) -> None:
        """Replace single characters; each may become several, none may vanish."""
        text = self.text.translate(table)
        if len(text) != len(self.text):
            starts = self._all_starts()
            grown: list[int] = []
            for at, sign in enumerate(self.text):
                grown.append(starts[at])
                grown += [starts[at + 1]] * (len(table.get(ord(sign), sign)) - 1)
            self._starts = [*grown, starts[-1]]
        self.text = text

    def strip(self) -> None:
        """Remove white space at both ends."""
        text = self.text.strip()
        if len(text) != len(self.text):
            lead = len(self.text) - len(self.text.lstrip())
            self._starts = self._all_starts()[lead : lead + len(text) + 1]
            self.text = text

    def replace(self, pattern: re.Pattern[str], replacement: Replacement) -> None:
        """Replace each match of ``pattern``, as ``pattern.sub`` does."""
        if not pattern.search(self.text):
            return
        starts = self._all_starts()
        text: list[str] = []
        moved: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            text.append(self.text[done : match.start()])
            moved += starts[done : match.start()]
            if isinstance(replacement, tuple):
                self._put_groups(match, replacement, text, moved)
            else:
                made = replacement if isinstance(replacement, str) else replacement(match)
                text.append(made)
                moved += self._starts_of(match, len(made))
            done = match.end()
        self.text = "".join((*text, self.text[done:]))
        self._starts = moved + starts[done:]

    def _starts_of(self, match: re.Match[str], length: int) -> list[int]:
        start, end = match.span()
        starts = self._all_starts()
        if length == end - start:
            return starts[start:end]
        return [starts[start], *[starts[end]] * (length - 1)] if length else []

    def _put_groups(
        self,
        match: re.Match[str],
        parts: tuple[str | int, ...],
        text: list[str],
        moved: list[int],
    ) -> None:
        starts = self._all_starts()
        done = match.start()
        for part in parts:
            if isinstance(part, str):
                text.append(part)
                moved += [starts[done]] * len(part)
            elif match[part] is not None:
                start, done = match.span(part)
                text.append(match[part])
                moved += starts[start:done]

    def _all_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = list(range(self._length + 1))
        return self._starts
