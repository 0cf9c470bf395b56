"""The sample page as the stages after parsing see it, and a voice that needs no weights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tingbao.models import Script
    from tingbao.synthesis import Profile, Speech

__all__ = ["DATE", "PAGE", "PAPER", "hum_profile", "script_of", "speeches_of"]

PAGE = Path(__file__).parents[1] / "examples" / "front-page.md"
DATE, PAPER = "2026-03-14", "通辽日报"

_HUM = """name = "hum"
title = "试音"
engine = "fake"
licence = "Apache-2.0"

[[readers]]
voice = "hum"
rate = {rate}
"""


def hum_profile(folder: str, rate: float = 1.0) -> str:
    """Write the profile of a voice that hums so many times as fast; returns its path."""
    path = Path(folder, "hum.toml")
    path.write_text(_HUM.format(rate=rate), "utf-8")
    return str(path)


def script_of(profile: Profile) -> Script:
    """What is said of the sample page."""
    from tingbao.models import EditionInfo
    from tingbao.parse import parse_pages
    from tingbao.script import build_script, load_phrases

    info = EditionInfo(DATE, dt.date.fromisoformat(DATE), PAPER)
    return build_script(
        parse_pages([PAGE]),
        info,
        pauses=profile.pause_plan,
        max_characters=profile.max_characters,
        phrases=load_phrases(None),
        readers=len(profile.readers),
    )


def speeches_of(profile: Profile) -> Sequence[Speech]:
    """Everything that a voice is asked for, in playing order."""
    from tingbao.synthesis import Speech

    segments = script_of(profile).segments
    utterances = [one for segment in segments for one in segment.utterances]
    return [Speech(one.spoken, profile.reader(one.reader), one.readings) for one in utterances]
