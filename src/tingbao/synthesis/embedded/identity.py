"""What made a clip: a name that changes when anything does that changes the audio."""

from __future__ import annotations

import functools
import hashlib
from importlib import metadata, resources

from tingbao.synthesis.profiles import Profile

SHARED = ("tingbao.pronunciation", "tingbao.synthesis.embedded")


def identity_of(profile: Profile, package: str, libraries: tuple[str, ...]) -> str:
    """The engine with its libraries' versions, a digest of its code and rules, and its weights.

    ``package`` is the engine's own; the rules of pronunciation are counted with it, so that a
    corrected reading is spoken anew without anybody having to remember a version number.
    """
    versions = " ".join(f"{name}={metadata.version(name)}" for name in ("pypinyin", *libraries))
    pins = " ".join(f"{asset.file}={asset.sha256}" for asset in profile.assets)
    code = _digest((*SHARED, package))
    return f"{profile.engine} {code} {versions} sentence_pause={profile.sentence_pause} {pins}"


@functools.cache
def _digest(packages: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for package in packages:
        entries = [entry for entry in resources.files(package).iterdir() if entry.is_file()]
        for entry in sorted(entries, key=lambda entry: entry.name):
            content = entry.read_bytes()
            digest.update(f"{package} {entry.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]
