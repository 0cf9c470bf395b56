"""What made a clip: a name that changes when anything does that changes the audio."""

from __future__ import annotations

from importlib import metadata

from tingbao import pronunciation
from tingbao.synthesis.profiles import Profile


def identity_of(profile: Profile, version: int, libraries: tuple[str, ...]) -> str:
    """The engine and its ``version``, the pronunciation, their libraries, pauses and weights.

    The versions are raised by hand; ``tests/synthesis/test_versions.py`` fails where the model is
    sent something else under an old version.
    """
    versions = " ".join(f"{name}={metadata.version(name)}" for name in ("pypinyin", *libraries))
    pins = " ".join(f"{asset.file}={asset.sha256}" for asset in profile.assets)
    return (
        f"{profile.engine} {version} pronunciation={pronunciation.VERSION} {versions} "
        f"sentence_pause={profile.sentence_pause} {pins}"
    )
