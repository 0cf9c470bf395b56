"""The user's own cover: used as it is, or refused with what to do."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image

from tingbao.artwork.covers import MAX_COVER_PX, MIN_COVER_PX
from tingbao.errors import InputError

_MAX_COVER_BYTES = 4 << 20
"""The picture stands in every file of the library: more would weigh on each download."""

_MIMES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_WANTED = f"give a square JPEG or PNG of {MIN_COVER_PX} to {MAX_COVER_PX} pixels in RGB"


def user_cover(path: Path) -> bytes:
    """The bytes of a picture that podcast directories accept as a cover.

    Raises:
        InputError: it cannot be read, is no whole JPEG or PNG, not square, too small, too large,
            or not in RGB.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the cover: {error.strerror}", path) from error
    if len(data) > _MAX_COVER_BYTES:
        raise InputError(
            f"the cover has {len(data) / (1 << 20):.1f} MB, more than 4: save it as JPEG", path
        )
    _check(_opened(data, path), path)
    return data


def picture_mime(data: bytes) -> str:
    """The type of a picture that :func:`user_cover` accepted: ``image/jpeg`` or ``image/png``."""
    return _MIMES["PNG" if data.startswith(b"\x89PNG") else "JPEG"]


def picture_px(data: bytes) -> int:
    """The width of a drawn picture, or of one that :func:`user_cover` accepted."""
    with Image.open(io.BytesIO(data), formats=list(_MIMES)) as picture:
        return picture.width


def _opened(data: bytes, path: Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=list(_MIMES))
            if max(picture.size) <= MAX_COVER_PX:
                picture.load()  # a cut file shows only when it is decoded
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise InputError(f"the cover is no whole JPEG or PNG picture; {_WANTED}", path) from error
    return picture


def _check(picture: Image.Image, path: Path) -> None:
    width, height = picture.size
    if width != height or not MIN_COVER_PX <= width <= MAX_COVER_PX:
        raise InputError(f"the cover is {width} x {height} pixels; {_WANTED}", path)
    if picture.mode != "RGB":
        raise InputError(f"the cover's colours are {picture.mode}; {_WANTED}", path)
