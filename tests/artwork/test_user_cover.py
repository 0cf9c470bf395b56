from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tingbao.artwork.user_cover import picture_mime, user_cover
from tingbao.errors import InputError


def picture(
    path: Path, size: tuple[int, int] = (1400, 1400), mode: str = "RGB", kind: str = "JPEG"
) -> Path:
    sink = io.BytesIO()
    Image.new(mode, size).save(sink, kind)
    path.write_bytes(sink.getvalue())
    return path


@pytest.mark.parametrize(
    ("side", "kind", "mime"),
    [(1400, "JPEG", "image/jpeg"), (3000, "JPEG", "image/jpeg"), (2000, "PNG", "image/png")],
)
def test_a_picture_that_directories_accept_is_used_as_it_is(
    tmp_path: Path, side: int, kind: str, mime: str
) -> None:
    path = picture(tmp_path / "cover", (side, side), kind=kind)
    assert user_cover(path) == path.read_bytes()
    assert picture_mime(user_cover(path)) == mime


@pytest.mark.parametrize(
    ("size", "mode", "kind", "complaint"),
    [
        ((1399, 1399), "RGB", "JPEG", "1399 x 1399 pixels"),
        ((3001, 3001), "RGB", "JPEG", "3001 x 3001 pixels"),
        ((1400, 1600), "RGB", "JPEG", "1400 x 1600 pixels"),
        ((1400, 1400), "L", "JPEG", "colours are L"),
        ((1400, 1400), "CMYK", "JPEG", "colours are CMYK"),
        ((1400, 1400), "RGBA", "PNG", "colours are RGBA"),
        ((1400, 1400), "P", "PNG", "colours are P"),
        ((1400, 1400), "RGB", "GIF", "no whole JPEG or PNG"),
        ((12000, 12000), "1", "PNG", "no whole JPEG or PNG"),
    ],
)
def test_any_other_picture_is_refused_with_what_to_do(
    tmp_path: Path, size: tuple[int, int], mode: str, kind: str, complaint: str
) -> None:
    path = picture(tmp_path / "cover", size, mode, kind)
    with pytest.raises(InputError, match=complaint) as refused:
        user_cover(path)
    assert "square JPEG or PNG of 1400 to 3000 pixels in RGB" in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_cut_picture_is_refused(tmp_path: Path) -> None:
    path = picture(tmp_path / "cover.jpg")
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(InputError, match="no whole JPEG or PNG"):
        user_cover(path)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n" * 9])
def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "cover.jpg"
    path.write_bytes(data)
    with pytest.raises(InputError, match="no whole JPEG or PNG"):
        user_cover(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the cover"):
        user_cover(tmp_path / "none.jpg")


def test_a_file_too_heavy_for_every_download_is_refused(tmp_path: Path) -> None:
    path = picture(tmp_path / "cover.png", kind="PNG")
    path.write_bytes(path.read_bytes() + bytes(5 << 20))
    with pytest.raises(InputError, match="save it as JPEG"):
        user_cover(path)
