"""What the doctor looks at: settings, terminal, cache and clips, voices, the library."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from edge_faults import Ending, Manner
from edge_service import EdgeService
from newsroom import Newsroom
from tingbao import files
from tingbao.doctor.checks import (
    check_clips,
    check_leftovers,
    check_library,
    check_live,
    check_service,
    check_settings,
    check_sizes,
    check_space,
    check_terminal,
    check_voice,
    check_writable,
    free_bytes,
    installed_checks,
    sample,
)
from tingbao.doctor.examination import Environment, State
from tingbao.models import Clip
from tingbao.synthesis import ClipStore, VoiceSettings
from tingbao.synthesis.assets import assets_folder
from tingbao.synthesis.profiles import Asset, Profile, Reader, load_profile

pytestmark = pytest.mark.slow


def filled(cache: Path, count: int) -> list[Path]:
    """Store so many clips; returns their paths in the order of their keys."""
    store = ClipStore(cache / "clips")
    for number in range(count):
        store.put(hashlib.sha256(bytes([number % 256, number // 256])).hexdigest(), Clip(b"", 1))
    return sorted(cache.glob("clips/??/*.clip"), key=lambda path: path.stem)


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)


def test_an_empty_cache_is_well(tmp_path: Path) -> None:
    assert check_sizes(tmp_path).state is State.OK
    assert check_clips(tmp_path, thorough=True).state is State.OK
    assert check_leftovers(tmp_path, tmp_path / "output").state is State.OK


def test_a_clip_with_one_bit_flipped_is_a_fault_and_named(tmp_path: Path) -> None:
    paths = filled(tmp_path, 5)
    assert check_clips(tmp_path, thorough=False).state is State.OK
    flip(paths[3])
    found = check_clips(tmp_path, thorough=False)
    assert found.state is State.FAULT
    assert str(paths[3]) in found.message
    assert found.message.startswith("1 of 5 are damaged")


def test_of_many_clips_a_sample_is_read_and_all_when_that_is_asked_for(tmp_path: Path) -> None:
    paths = filled(tmp_path, 450)
    flip(paths[1])
    found = check_clips(tmp_path, thorough=False)
    assert found.state is State.OK
    assert found.message.startswith("150 of 450 read")
    assert check_clips(tmp_path, thorough=True).state is State.FAULT


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 5000])
def test_a_sample_holds_at_most_two_hundred_and_some_of_every_part(count: int) -> None:
    keys = [f"{number:05}" for number in range(count)]
    taken = sample(keys)
    assert min(count, 100) <= len(taken) <= 200
    assert taken[:1] == keys[:1]


def test_looking_at_a_clip_does_not_make_it_used(tmp_path: Path) -> None:
    path = filled(tmp_path, 1)[0]
    os.utime(path, (1, 1))
    check_clips(tmp_path, thorough=True)
    assert path.stat().st_mtime == 1


def test_temporaries_of_dead_runs_are_told_and_those_that_are_written_are_not(
    tmp_path: Path,
) -> None:
    cache, output = tmp_path / "cache", tmp_path / "output"
    with files.writing(output / "feed.xml"):
        assert check_leftovers(cache, output).state is State.OK
    left = cache / "clips" / f"{files.TEMPORARY_PREFIX}0-x.clip"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    found = check_leftovers(cache, output)
    assert found.state is State.NOTE
    assert str(left) in found.message
    assert left.exists()


def test_a_folder_that_is_there_or_can_be_made_is_writable_and_stays_as_it_was(
    tmp_path: Path,
) -> None:
    assert check_writable("cache folder", tmp_path).state is State.OK
    assert check_writable("cache folder", tmp_path / "a" / "b").state is State.OK
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    found = check_writable("cache folder", tmp_path / "cache" / "tingbao")
    assert found.state is State.FAULT
    assert str(tmp_path / "cache") in found.message


def test_a_folder_that_refuses_to_be_written_is_a_fault() -> None:
    # Of the kernel's own: not even the administrator may.
    assert check_writable("cache folder", Path("/proc/tingbao")).state is State.FAULT


def test_a_read_only_medium_is_a_fault_with_the_systems_reason(tmp_path: Path) -> None:
    def refuse(_folder: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    found = check_writable("cache folder", tmp_path, refuse)
    assert found.message == f"cannot write to {tmp_path}: Read-only file system"


def test_too_little_room_is_a_fault_that_says_how_much_is_left(tmp_path: Path) -> None:
    found = check_space("cache space", tmp_path, 500_000_000, lambda _: 12_300_000)
    assert str(found) == (
        f"fault cache space: 12 MB are free for {tmp_path}, less than 500: "
        "make room there, or run tingbao cache --prune MB"
    )


def test_the_room_is_told_of_a_folder_that_is_not_made_yet(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "none" / "yet") > 0
    assert check_space("cache space", tmp_path / "none", 1).state is State.OK


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_no_settings_file_is_no_fault() -> None:
    found = check_settings()
    assert found.state is State.OK
    assert "the defaults hold" in found.message


def test_a_valid_settings_file_is_named() -> None:
    Path("tingbao.toml").write_text('[build]\nvoice = "baker"\n', "utf-8")
    assert check_settings().message == "tingbao.toml is valid"


MISTAKES = {
    "[audio]\nloudnes_lufs = -16": "tingbao.toml:2",
    "[audio": "tingbao.toml:1",
    "[audio]\nloudness_lufs = 3.0": "[audio] loudness_lufs must be from -31.0 to -12.0",
    '[build]\nvoice = "nobody"': "there is no voice 'nobody'",
    '[build]\nvoice = "none.toml"': "none.toml",
    '[build]\nfallback = "nobody"': "there is no voice 'nobody'",
    '[build]\nbase_url = "example.org"': "--base-url 'example.org'",
    '[build]\noutput = "tingbao.toml"': "tingbao.toml is a file",
    '[library]\ncover = "none.jpg"': "none.jpg: cannot read the cover",
    '[audio]\nchime = "none.wav"': "none.wav: cannot read the chime",
    '[script]\nphrases = "none.toml"': "none.toml: cannot read",
    '[script]\nlexicon = "none.toml"': "none.toml: cannot read",
    '[feed]\ncategory = "Gossip"': "'Gossip'",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_the_settings_or_in_what_they_name_is_a_fault(text: str) -> None:
    Path("tingbao.toml").write_text(f"{text}\n", "utf-8")
    found = check_settings()
    assert found.state is State.FAULT
    assert MISTAKES[text] in found.message
    assert found.cure == "correct it; docs/settings.md has every key"


def test_a_variable_that_cannot_be_used_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGBAO_JOBS", "many")
    assert "TINGBAO_JOBS" in check_settings().message


@pytest.mark.parametrize("encoding", ["utf-8", "GB18030", "gbk"])
def test_a_terminal_that_shows_chinese_is_well(encoding: str) -> None:
    assert check_terminal(encoding, "utf-8").state is State.OK


@pytest.mark.parametrize(
    ("encoding", "file_names"), [("ascii", "utf-8"), ("cp1252", "utf-8"), ("utf-8", "ascii")]
)
def test_an_encoding_without_chinese_is_told_with_its_cure(encoding: str, file_names: str) -> None:
    found = check_terminal(encoding, file_names)
    assert found.state is State.NOTE
    assert "UTF-8" in found.cure


def test_an_encoding_that_python_does_not_know_is_told_too() -> None:
    assert check_terminal("x-none", "utf-8").state is State.NOTE


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


def live_report(monkeypatch: pytest.MonkeyPatch, service: EdgeService) -> str:
    with service:
        monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", service.endpoint)
        found = check_live(VoiceSettings("zh-CN-XiaoxiaoNeural"))
    assert found.state is State.OK
    assert service.connections == 7
    return found.message


def test_how_the_service_answers_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    told = live_report(monkeypatch, EdgeService())
    assert "WordBoundary gives WordBoundary 6 times" in told
    assert "SentenceBoundary gives SentenceBoundary 1 times" in told
    assert "s after the last word's end" in told
    assert "asked again, it sends the same bytes" in told
    assert "\n" not in told


def test_what_the_service_does_otherwise_than_expected_is_in_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manner = Manner(ending=lambda _: Ending(0.2, None))
    told = live_report(monkeypatch, EdgeService(manner=manner, offers=("WordBoundary",)))
    assert "SentenceBoundary gives none 1 times" in told
    assert "WordBoundary of 明天多云。: the answer tells of 2 of 4 characters" in told


def test_a_service_that_cannot_be_reached_is_a_fault_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", "ws://127.0.0.1:9")
    found = check_live(VoiceSettings("zh-CN-XiaoxiaoNeural"))
    assert found.state is State.FAULT
    assert "cannot reach the service" in found.message


def test_the_service_is_asked_for_sentences_only_when_that_is_wanted(tmp_path: Path) -> None:
    for live in (False, True):
        checks = installed_checks(Environment(tmp_path, tmp_path / "output", live=live))
        assert ("online answers" in {check.name for check in checks}) is live


def test_a_voice_that_the_service_no_longer_offers_is_a_fault() -> None:
    found = check_service(ONLINE, lambda: frozenset({"zh-CN-XiaoxiaoNeural"}))
    assert found.state is State.FAULT
    assert "zh-CN-YunyangNeural" in found.message


def test_no_library_is_no_fault(tmp_path: Path) -> None:
    assert check_library(tmp_path / "output").state is State.NOTE


def test_a_library_as_it_was_published_is_well(newsroom: Newsroom) -> None:
    request = replace(newsroom.request(), base_url="https://example.org/listen")
    newsroom.produce(request)
    found = check_library(newsroom.output)
    assert found.state is State.OK
    assert "https://example.org/listen/" in found.message


def test_a_library_without_a_base_url_is_told_for_whom_it_is(newsroom: Newsroom) -> None:
    newsroom.build()
    found = check_library(newsroom.output)
    assert found.state is State.NOTE
    assert "--base-url" in found.cure


def test_a_damaged_sound_is_a_fault(newsroom: Newsroom) -> None:
    newsroom.build()
    sound = newsroom.output / "2026-03-14" / "articles" / "02.mp3"
    raw = bytearray(sound.read_bytes())
    raw[len(raw) // 2] ^= 1
    sound.write_bytes(raw)
    found = check_library(newsroom.output)
    assert found.state is State.FAULT
    assert "articles/02.mp3" in found.message
    assert "tingbao verify" in found.cure


def test_a_damaged_library_file_is_a_fault_in_one_line(newsroom: Newsroom) -> None:
    newsroom.build()
    (newsroom.output / "library.json").write_text("{", "utf-8")
    found = check_library(newsroom.output)
    assert found.state is State.FAULT
    assert len(str(found).splitlines()) == 1


def test_a_library_that_is_being_changed_is_looked_at_later(newsroom: Newsroom) -> None:
    newsroom.build()
    with files.locked(newsroom.output):
        found = check_library(newsroom.output)
    assert found.state is State.NOTE
    assert "is being changed by process" in found.message
