"""Speaking: CPU seconds for a second of sound, by engine and number of workers.

An embedded voice takes part when its weights are there. The online one speaks to an emulation of
its service on loopback, at once and one request after the other, as a plain script would.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, cheapest, measured

TESTS = Path(__file__).parents[1] / "tests"
UTTERANCES = {"hum": 60, "baker": 12, "kokoro": 3, "edge": 12}
"""Of the sample's script; kokoro, ten times as slow as the others, gets few."""
WORKERS = (1, 2)
REQUESTS = (1, 4)
FIRST_BYTE_SECONDS, TIMES_REAL_TIME = 0.25, 20


def speak(voice: str, cache: str, count: int, jobs: int) -> None:
    """Speak so many utterances into an empty store, and write down how long they sound."""
    from benchmarks.sample import speeches_of
    from tingbao.synthesis import Runner, load_profile

    profile = load_profile(voice)
    speeches = speeches_of(profile)[:count]
    with Runner.open(profile, Path(cache), jobs) as runner:
        outcomes = list(runner(speeches))
    if any(outcome.error for outcome in outcomes):
        raise SystemExit(f"{voice} failed: {outcomes}")
    Path(cache, "seconds").write_text(str(sum(outcome.seconds for outcome in outcomes)))


def rows(*, small: bool) -> Iterator[Row]:
    """Every voice that can speak here."""
    yield from _embedded("hum", small=small)
    if not small:
        for voice in filter(_is_installed, ("baker", "kokoro")):
            yield from _embedded(voice, small=False)
    yield from _online(small=small)


def _embedded(voice: str, *, small: bool) -> Iterator[Row]:
    for jobs in WORKERS:
        yield _row(
            f"speak, {voice}, workers: {jobs}", voice, 4 if small else UTTERANCES[voice], jobs
        )


def _online(*, small: bool) -> Iterator[Row]:
    sys.path.append(str(TESTS))
    from edge_faults import Manner  # of the tests, which are no package
    from edge_service import EdgeService

    with EdgeService(manner=Manner(FIRST_BYTE_SECONDS, TIMES_REAL_TIME)) as service:
        os.environ["TINGBAO_EDGE_ENDPOINT"] = service.endpoint
        for jobs in REQUESTS:
            what = "speak, edge, one by one" if jobs == 1 else f"speak, edge, {jobs} requests"
            yield _row(what, "edge-xiaoxiao", 2 if small else UTTERANCES["edge"], jobs)
        del os.environ["TINGBAO_EDGE_ENDPOINT"]


def _row(what: str, voice: str, count: int, jobs: int) -> Row:
    with tempfile.TemporaryDirectory() as cache:
        named = _prepared(voice, cache)
        base = cheapest("benchmarks.synthesis:speak", named, cache, 0, jobs)
        cost = measured("benchmarks.synthesis:speak", named, cache, count, jobs).above(base)
        seconds = float(Path(cache, "seconds").read_text())
    each, pace = cost.cpu_seconds / seconds, seconds / cost.wall_seconds
    ratio = f"{each:.3f} CPU-s a second of sound, {pace:.1f} x real time"
    return Row(what, f"{seconds:.0f} s of sound", cost, ratio)


def _prepared(voice: str, cache: str) -> str:
    """The name by which a fresh cache knows the voice, with its weights in it."""
    from benchmarks.sample import hum_profile
    from tingbao.settings import cache_folder

    weights = cache_folder() / "voices"
    if weights.is_dir():
        Path(cache, "voices").symlink_to(weights)
    return hum_profile(cache) if voice == "hum" else voice


def _is_installed(voice: str) -> bool:
    from tingbao.settings import cache_folder
    from tingbao.synthesis import load_profile
    from tingbao.synthesis.assets import installed

    return installed(load_profile(voice), cache_folder())
