"""The Info frame: a silent first frame that tells readers a file's length and where to seek.

Layout: Xing's header as LAME writes it for constant bit rates (name, flags, frames, bytes, 100
seek points). LAME's own extension after it is left out on purpose: its encoder delay and padding
speak of one encoder run, and a file joined of many runs has many. Without it every reader agrees
that the length is frames x samples per frame, and chapter times count from the first frame.
"""

from __future__ import annotations

import dataclasses

from tingbao.audio.frames import FrameHeader, bitrates_bps, pack_header
from tingbao.errors import MediaError

SEEK_POINTS = 100
_HAS_FRAMES_BYTES_AND_SEEK_POINTS = 0b0111
_PAYLOAD_BYTES = 4 + 4 + 4 + 4 + SEEK_POINTS


def info_frame(like: FrameHeader, frames: int, audio_bytes: int) -> bytes:
    """An Info frame for ``frames`` audio frames of ``audio_bytes`` in all, of a constant bit rate.

    It has the version, rate and channels of ``like``, and its bit rate when the text fits in.

    Raises:
        MediaError: the numbers do not fit their 32-bit fields.
    """
    header = _roomy(like)
    total = header.frame_bytes + audio_bytes
    if max(frames, total) > 0xFFFF_FFFF:
        raise MediaError("an MP3 file cannot tell a length above 4 GB; split the edition")
    text = b"".join(
        (
            b"Info",
            _HAS_FRAMES_BYTES_AND_SEEK_POINTS.to_bytes(4),
            frames.to_bytes(4),
            total.to_bytes(4),
            _seek_points(header.frame_bytes, total),
        )
    )
    silence = bytes(header.side_end - 4)
    return (pack_header(header) + silence + text).ljust(header.frame_bytes, b"\0")


def _roomy(like: FrameHeader) -> FrameHeader:
    plain = dataclasses.replace(like, protected=False, padded=False)
    rates = (rate for rate in bitrates_bps(like.version) if rate >= like.bitrate_bps)
    candidates = (dataclasses.replace(plain, bitrate_bps=rate) for rate in rates)
    return next(each for each in candidates if each.frame_bytes >= each.side_end + _PAYLOAD_BYTES)


def _seek_points(first_audio_byte: int, total: int) -> bytes:
    """Where each hundredth of the time begins, in 256ths of the bytes from the Info frame on."""
    audio = total - first_audio_byte
    starts = (first_audio_byte + percent * audio // SEEK_POINTS for percent in range(SEEK_POINTS))
    return bytes(min(255, 256 * start // total) for start in starts)
