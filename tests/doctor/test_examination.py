"""Every check is looked at, whatever becomes of the others; each finding is one plain line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from packaging.requirements import Requirement

from tingbao.doctor import Check, Finding, State, examine
from tingbao.doctor.examination import (
    check_packages,
    check_python,
    check_tingbao,
    fault,
    note,
    ok,
    requirements,
)
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


WANTED = (Requirement("typer>=0.29"), Requirement("numpy>=2.0.2"))


def having(**versions: str) -> Callable[[str], str | None]:
    return versions.get


def test_what_is_installed_here_is_allowed() -> None:
    assert check_tingbao().state is State.OK
    assert check_python().state is State.OK
    assert check_packages(requirements()).state is State.OK


def test_packages_of_developers_and_of_other_pythons_are_not_asked_for() -> None:
    names = {one.name for one in requirements()}
    assert "edge-tts" in names
    assert "pytest" not in names


def test_a_python_that_is_too_old_is_a_fault() -> None:
    found = check_python("3.10.12", ">=3.11")
    assert str(found) == (
        "fault python: 3.10.12 is not >=3.11: install Tingbao with another Python"
    )


def test_a_release_candidate_of_a_newer_python_is_none() -> None:
    assert check_python("3.15.0rc1", ">=3.11").state is State.OK


def test_a_package_in_a_version_that_is_not_allowed_is_named_with_the_command_that_mends_it() -> (
    None
):
    found = check_packages(WANTED, having(typer="0.12.5", numpy="2.4.6"))
    assert str(found) == (
        "fault packages: typer 0.12.5 is not >=0.29: run pip install --upgrade 'typer>=0.29'"
    )


def test_every_package_that_is_missing_or_wrong_is_named() -> None:
    found = check_packages(WANTED, having(typer="0.12.5"))
    assert found.state is State.FAULT
    assert "typer 0.12.5" in found.message
    assert "numpy is not installed" in found.message
    assert found.cure == "run pip install --upgrade 'typer>=0.29' 'numpy>=2.0.2'"
