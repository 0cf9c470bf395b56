"""Every check is looked at, whatever becomes of the others; each finding is one plain line."""

from __future__ import annotations

import pytest

from tingbao.doctor import Check, Finding, State, examine
from tingbao.doctor.findings import fault, note, ok
from tingbao.errors import LibraryError


def failing(error: Exception) -> Check:
    def look() -> Finding:
        raise error

    return Check("broken", look)


FINE = Check("fine", lambda: ok("fine", "as it should be"))


@pytest.mark.parametrize(
    "error",
    [
        LibraryError("library.json is damaged\nrestore the file"),
        OSError(28, "No space left on device"),
        ZeroDivisionError("division by zero"),
        ImportError("No module named 'av'"),
        AssertionError(),
    ],
)
def test_a_check_that_fails_is_a_fault_in_one_line_and_the_next_is_looked_at(
    error: Exception,
) -> None:
    broken, fine = examine([failing(error), FINE])
    assert broken.state is State.FAULT
    assert broken.cure
    assert len(str(broken).splitlines()) == 1
    assert fine == ok("fine", "as it should be")


def test_findings_come_one_by_one() -> None:
    found = examine([FINE, failing(KeyError("later"))])
    assert next(found).state is State.OK
    assert next(found).state is State.FAULT


def test_a_line_says_how_it_is_what_it_is_and_what_to_do() -> None:
    assert str(ok("python", "3.11.7")) == "ok    python: 3.11.7"
    assert str(note("library", "none yet", "tingbao build makes it")) == (
        "note  library: none yet: tingbao build makes it"
    )
    assert str(fault("clips", "1 is damaged", "remove it")) == (
        "fault clips: 1 is damaged: remove it"
    )


def test_an_interrupt_is_no_finding() -> None:
    def look() -> Finding:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(examine([Check("slow", look)]))
