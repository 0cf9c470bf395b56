"""From PCM to frames at the wanted loudness: how many times faster than it sounds."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measuring import Row, cheapest, measured

MINUTES = (1, 5, 15)
RATE_HZ = 24000


def master_minutes(minutes: int) -> None:
    """Measure, scale, limit and encode so many minutes of speech-like sound at once."""
    import numpy as np

    from tingbao import media
    from tingbao.audio import Mastering
    from tingbao.audio.mastering import master

    beat = np.repeat(np.random.default_rng(1).uniform(0, 0.3, 240), RATE_HZ // 4)
    hum = np.sin(2 * np.pi * 180 * np.arange(60 * RATE_HZ) / RATE_HZ)
    minute = (beat * hum * 32767).astype("<i2").tobytes()
    if minutes:
        master(media.Pcm(minute * minutes, RATE_HZ), Mastering())


def rows(*, small: bool) -> Iterator[Row]:
    """A notice, an article, and the longest one imaginable."""
    base = cheapest("benchmarks.mastering:master_minutes", 0)
    for minutes in MINUTES[:1] if small else MINUTES:
        cost = measured("benchmarks.mastering:master_minutes", minutes).above(base)
        pace = 60 * minutes / cost.cpu_seconds
        ratio = f"{pace:.0f} x real time on one core, {cost.peak_mb:.0f} MB above imports"
        yield Row("master and encode", f"{minutes} min", cost, ratio)
