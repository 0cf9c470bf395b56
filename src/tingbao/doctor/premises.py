"""Which checks there are, and what they look at.

The first ones need hardly a package, so that a broken installation is told of and not met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tingbao.doctor import versions
from tingbao.doctor.examination import Check
from tingbao.doctor.findings import fault


@dataclass(frozen=True, slots=True)
class Premises:
    """Where to look: ``voice`` is the one that is set; ``thorough`` spares no time."""

    cache: Path
    output: Path
    voice: str = "auto"
    thorough: bool = False


def usual_checks(premises: Premises) -> Iterator[Check]:
    """Every check of ``tingbao doctor``, in order."""
    yield Check("tingbao", versions.check_tingbao)
    yield Check("python", versions.check_python)
    yield Check("packages", lambda: versions.check_packages(versions.requirements()))
    try:
        from tingbao.doctor.house import house_checks  # noqa: PLC0415  - a package may be missing
    except ImportError as error:
        cure = "install Tingbao again, with pip install --upgrade --force-reinstall"
        yield Check("installation", partial(fault, "installation", f"{error}", cure))
        return
    yield from house_checks(
        premises.cache, premises.output, premises.voice, thorough=premises.thorough
    )
