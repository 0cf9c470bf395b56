"""The examination: every check in order, and a check that fails is itself a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tingbao.doctor.findings import Finding, fault, one_line
from tingbao.errors import TingbaoError


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one thing."""

    name: str
    look: Callable[[], Finding]


def examine(checks: Iterable[Check]) -> Iterator[Finding]:
    """What each check finds, as soon as it is known; nothing that goes wrong ends it."""
    for check in checks:
        yield _found(check)


def _found(check: Check) -> Finding:
    try:
        return check.look()
    except (TingbaoError, OSError) as error:
        return fault(check.name, one_line(error), "mend this, then run tingbao doctor again")
    except Exception as error:  # noqa: BLE001  - a broken installation may raise anything
        said = f"it cannot be examined: {type(error).__name__}: {one_line(error)}"
        return fault(check.name, said, "install Tingbao again; if it stays, report this line")
