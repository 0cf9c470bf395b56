"""What a build ends with."""

from __future__ import annotations

from dataclasses import dataclass

from tingbao.models import Manifest


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was published; ``incomplete`` names what could not be spoken whole.

    ``reasons`` says for each of these what it is called and why.
    """

    manifest: Manifest
    incomplete: tuple[str, ...]
    reasons: tuple[str, ...] = ()
