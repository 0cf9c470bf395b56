"""Joining parts into an edition: CPU seconds an hour of sound, and memory above the imports.

The naive way beside it is what many scripts do: decode everything, add it up with pydub's ``+=``
and encode the whole again.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import Row, cheapest, measured

if TYPE_CHECKING:
    from tingbao.audio import Part

MINUTES_AN_HOUR = 60
HOURS = (1, 10, 24)
NAIVE_MINUTES = (1, 5, 15)
RATE_HZ = 24000


def prepare(store: str) -> None:
    """Store an hour of parts of a minute each, all with the sound of the first."""
    import dataclasses

    import numpy as np

    from tingbao.audio import Mastering, PartClip, make_part
    from tingbao.audio.parts import PartFacts, _part_key, _store_part, read_frames
    from tingbao.models import Clip

    beat = np.repeat(np.random.default_rng(1).uniform(0, 0.3, 240), RATE_HZ // 4)
    hum = np.sin(2 * np.pi * 180 * np.arange(60 * RATE_HZ) / RATE_HZ)
    clip = Clip((beat * hum * 32767).astype("<i2").tobytes(), RATE_HZ)
    first = make_part([PartClip("minute", lambda: clip)], Mastering(), Path(store))
    frames = b"".join(read_frames(first))
    names = [field.name for field in dataclasses.fields(PartFacts)]
    facts = PartFacts(**{name: getattr(first, name) for name in names})
    for minute in range(MINUTES_AN_HOUR):
        key = _part_key([f"minute {minute}"], [0], Mastering())
        _store_part(key, facts, frames, Path(store))


def found(store: str) -> list[Part]:
    """The stored parts of an hour."""
    from tingbao.audio import Mastering, find_part

    minutes = range(MINUTES_AN_HOUR)
    parts = [find_part([f"minute {m}"], [0], Mastering(), Path(store)) for m in minutes]
    return [part for part in parts if part is not None]


def join(store: str, hours: int) -> None:
    """Find the parts, count the chapters, and write the file; no hours: the imports alone."""
    from tingbao.audio import Tags, chapter_times, write_mp3

    if not hours:
        return
    parts = [part for _ in range(hours) for part in found(store)]
    titles = [f"第{number}条" for number in range(len(parts))]
    chapters = chapter_times(parts, titles, titles)
    tags = Tags("通辽日报", "通辽日报", "听报", dt.date(2026, 3, 2))
    write_mp3(Path(store, "edition.mp3"), parts, tags, chapters)


def naive(store: str, minutes: int) -> None:
    """Decode each part, add the segments up, encode the sum."""
    from pydub import AudioSegment

    from tingbao import media
    from tingbao.audio.parts import read_frames

    if not minutes:
        return
    whole = AudioSegment.empty()
    for part in found(store)[:minutes]:
        pcm = media.decode(b"".join(read_frames(part)))
        rate = pcm.sample_rate_hz
        whole += AudioSegment(pcm.data, sample_width=2, frame_rate=rate, channels=1)
    frames = media.encode_mp3_frames(whole.raw_data, whole.frame_rate, whole.frame_rate, 64000)
    Path(store, "naive.mp3").write_bytes(frames)


def rows(*, small: bool) -> Iterator[Row]:
    """Ours for an hour, ten and a day; then the naive way, as far as one wants to wait."""
    with tempfile.TemporaryDirectory() as store:
        measured("benchmarks.join:prepare", store)
        base = cheapest("benchmarks.join:join", store, 0)
        for hours in HOURS[:1] if small else HOURS:
            cost = measured("benchmarks.join:join", store, hours).above(base)
            ratio = f"{cost.cpu_seconds / hours:.2f} CPU-s/h, {cost.peak_mb:.0f} MB above imports"
            yield Row("join the frames", f"{hours} h", cost, ratio)
        base = cheapest("benchmarks.join:naive", store, 0)
        for minutes in NAIVE_MINUTES[:1] if small else NAIVE_MINUTES:
            cost = measured("benchmarks.join:naive", store, minutes).above(base)
            hourly = cost.cpu_seconds * MINUTES_AN_HOUR / minutes
            ratio = f"{hourly:.0f} CPU-s/h, {cost.peak_mb:.0f} MB above imports"
            yield Row("decode, pydub +=, encode", f"{minutes} min", cost, ratio)
