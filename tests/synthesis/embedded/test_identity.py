"""A clip is named by all that made it, and by nothing that happens to differ between runs."""

from __future__ import annotations

import msgspec
import pytest

from tingbao.synthesis.embedded import identity_of
from tingbao.synthesis.profiles import Profile, load_profile

KOKORO = "tingbao.synthesis.kokoro"
BAKER = "tingbao.synthesis.baker"


def identity(profile: Profile, package: str = KOKORO) -> str:
    return identity_of(profile, package, ("onnxruntime",))


def test_it_names_engine_libraries_and_every_file_of_weights() -> None:
    profile = load_profile("kokoro")
    named = identity(profile)
    assert named.startswith("kokoro ")
    assert "pypinyin=" in named
    assert "onnxruntime=" in named
    for asset in profile.assets:
        assert f"{asset.file}={asset.sha256}" in named


def test_it_is_the_same_every_time() -> None:
    assert identity(load_profile("kokoro")) == identity(load_profile("kokoro"))


def test_other_code_has_another_name() -> None:
    profile = load_profile("kokoro")
    assert identity(profile, KOKORO).split()[1] != identity(profile, BAKER).split()[1]


@pytest.mark.parametrize(
    "change",
    [{"sentence_pause": 200}, {"assets": load_profile("kokoro-xiaobei").assets}],
    ids=["sentence pause", "weights"],
)
def test_what_changes_the_audio_changes_the_name(change: dict[str, object]) -> None:
    profile = load_profile("kokoro")
    assert identity(msgspec.structs.replace(profile, **change)) != identity(profile)


@pytest.mark.parametrize("change", [{"title": "别名"}, {"max_characters": 90}])
def test_what_does_not_change_the_audio_does_not(change: dict[str, object]) -> None:
    profile = load_profile("kokoro")
    assert identity(msgspec.structs.replace(profile, **change)) == identity(profile)
