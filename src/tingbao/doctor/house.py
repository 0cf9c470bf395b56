"""The checks that go through all rooms of Tingbao, and so need every package."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tingbao.doctor import selftest, shelf, storage, surroundings, voices
from tingbao.doctor.examination import Check
from tingbao.doctor.findings import Finding
from tingbao.synthesis.profiles import load_profile, profile_names

CACHE_BYTES = 500_000_000
"""The default voice takes 93 MB, an hour of sound 170 MB of clips and 29 MB of parts."""

OUTPUT_BYTES = 200_000_000
"""An hour of sound is published in 29 MB as an edition and in as much again as single items."""


def house_checks(cache: Path, output: Path, voice: str, *, thorough: bool) -> Iterator[Check]:
    """Settings, terminal, storage, voices, library, and the whole way once.

    ``thorough``: every stored clip is read, and the way is gone with an installed voice.
    """
    yield Check("settings", surroundings.check_settings)
    yield Check("terminal", surroundings.check_terminal)
    yield from _storage_checks(cache, output, thorough=thorough)
    yield from _voice_checks(cache)
    yield Check("library", partial(shelf.check_library, output))
    yield Check("self-test", partial(_self_test, voice if thorough else None, cache))


def _storage_checks(cache: Path, output: Path, *, thorough: bool) -> Iterator[Check]:
    for name, folder, least in (("cache", cache, CACHE_BYTES), ("output", output, OUTPUT_BYTES)):
        writing, space = f"{name} folder", f"{name} space"
        yield Check(writing, partial(storage.check_writable, writing, folder))
        yield Check(space, partial(storage.check_space, space, folder, least))
    yield Check("cache", partial(storage.check_sizes, cache))
    yield Check("clips", partial(storage.check_clips, cache, thorough=thorough))
    yield Check("temporaries", partial(storage.check_leftovers, cache, output))


def _voice_checks(cache: Path) -> Iterator[Check]:
    profiles = [load_profile(name) for name in profile_names()]
    online = [profile for profile in profiles if profile.engine == "edge"]
    for profile in profiles:
        if profile not in online:
            yield Check(f"voice {profile.name}", partial(voices.check_voice, profile, cache))
    yield Check(voices.SERVICE, partial(voices.check_service, online))


def _self_test(voice: str | None, cache: Path) -> Finding:
    """A real voice takes half a minute for what a hum does in a second."""
    spoken_by = selftest.voice_for(voice, cache) if voice else None
    return selftest.check_loopback(spoken_by, cache)
