"""Weights against their pins, and the online service's list against the profiles."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from edge_service import EdgeService
from tingbao.doctor.findings import State
from tingbao.doctor.voices import check_service, check_voice
from tingbao.synthesis.assets import assets_folder
from tingbao.synthesis.profiles import Asset, Profile, Reader, load_profile

WEIGHTS = {"model.bin": b"weights " * 100, "table.json": b"{}"}
ASSETS = tuple(
    Asset(file, hashlib.sha256(data).hexdigest(), len(data), ()) for file, data in WEIGHTS.items()
)
TINY = Profile("tiny", "tiny", "tiny", "MIT", (Reader("v"),), assets=ASSETS)
ONLINE = (load_profile("edge-xiaoxiao"), load_profile("edge-yunyang"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the weights lie as they were pinned."""
    place = assets_folder(tmp_path, TINY)
    place.mkdir(parents=True)
    for file, data in WEIGHTS.items():
        (place / file).write_bytes(data)
    return place


def test_a_voice_whose_files_are_as_pinned_is_well(tmp_path: Path, folder: Path) -> None:
    assert folder.is_dir()
    assert check_voice(TINY, tmp_path).state is State.OK


def test_a_voice_that_is_not_installed_is_no_fault_and_says_how_to_get_it(tmp_path: Path) -> None:
    found = check_voice(TINY, tmp_path)
    assert found.state is State.NOTE
    assert found.cure == "to speak with it, run tingbao voices fetch tiny"


@pytest.mark.parametrize("damage", [b"", b"weights", b"Weights " * 100])
def test_a_file_of_weights_that_is_damaged_is_a_fault_and_named(
    tmp_path: Path, folder: Path, damage: bytes
) -> None:
    (folder / "model.bin").write_bytes(damage)
    found = check_voice(TINY, tmp_path)
    assert found.state is State.FAULT
    assert found.message.endswith("model.bin")
    assert found.cure == "run tingbao voices fetch tiny"


def test_a_service_that_lists_the_voices_of_the_profiles_is_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with EdgeService() as service:
        monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", service.endpoint)
        assert check_service(ONLINE).state is State.OK


def test_a_machine_without_a_network_has_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", "ws://127.0.0.1:9")
    found = check_service(ONLINE)
    assert found.state is State.NOTE
    assert "does not answer" in found.message


def test_a_voice_that_the_service_no_longer_offers_is_a_fault() -> None:
    found = check_service(ONLINE, lambda: frozenset({"zh-CN-XiaoxiaoNeural"}))
    assert found.state is State.FAULT
    assert "zh-CN-YunyangNeural" in found.message
