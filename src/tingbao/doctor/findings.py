"""What an examination finds: one thing, how it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing is: as it should be; worth knowing; not as it should be."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """``cure`` says what to do; only what is as it should be has none."""

    name: str
    state: State
    message: str
    cure: str = ""

    def __str__(self) -> str:
        line = f"{self.state:5} {self.name}: {self.message}"
        return f"{line}: {self.cure}" if self.cure else line


def ok(name: str, message: str) -> Finding:
    """It is as it should be."""
    return Finding(name, State.OK, message)


def note(name: str, message: str, cure: str) -> Finding:
    """It is worth knowing, and no fault."""
    return Finding(name, State.NOTE, message, cure)


def fault(name: str, message: str, cure: str) -> Finding:
    """It is not as it should be."""
    return Finding(name, State.FAULT, message, cure)


def one_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__
