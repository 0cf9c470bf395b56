"""A clip is named by all that made it, and by nothing that happens to differ between runs."""

from __future__ import annotations

import hashlib
from types import ModuleType

import msgspec
import pytest
import sent

from tingbao import pronunciation
from tingbao.synthesis.embedded import baker, kokoro
from tingbao.synthesis.embedded.engine import identity_of
from tingbao.synthesis.profiles import Profile, load_profile


def identity(profile: Profile, version: int = 1) -> str:
    return identity_of(profile, version, ("onnxruntime",))


def test_nothing_else_is_sent_to_a_voice_under_the_same_version() -> None:
    held, now = sent.golden(), sent.now()
    changed = ", ".join(sorted(sent.changed_parts(held, now)))
    advice = f"raise VERSION and regenerate with: {sent.COMMAND}"
    if held["versions"] == now["versions"]:
        assert not changed, f"{changed} changed under the same VERSION; {advice}"
    assert held == now, f"a version changed; regenerate with: {sent.COMMAND}"


def test_the_golden_file_has_texts_of_many_kinds() -> None:
    texts = sent.golden()["texts"]
    assert len(texts) >= 60
    assert any(len(one["kokoro"]) > 1 for one in texts)
    assert any(len(one["baker"]) > 1 for one in texts)
    assert any(len(one["edge"]) > 1 for one in texts)


def test_the_symbols_of_the_golden_file_are_those_of_the_pinned_voice() -> None:
    pins = {asset.file: asset.sha256 for asset in load_profile("baker").assets}
    assert hashlib.sha256(sent.MAPPER.read_bytes()).hexdigest() == pins[sent.MAPPER.name]


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


def test_another_version_of_the_engine_has_another_name() -> None:
    profile = load_profile("kokoro")
    assert identity(profile, 1) != identity(profile, 2)


@pytest.mark.parametrize(("engine", "name"), [(kokoro, "kokoro"), (baker, "baker")])
def test_another_version_of_the_pronunciation_has_another_name(
    engine: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = load_profile(name)
    before = engine.identity(profile)
    monkeypatch.setattr(pronunciation, "VERSION", pronunciation.VERSION + 1)
    assert engine.identity(profile) != before


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
