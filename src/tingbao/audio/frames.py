"""MPEG audio Layer III frames, walked one by one in constant memory.

Tables and bit fields: ISO/IEC 11172-3 section 2.4.2.3 (MPEG-1), ISO/IEC 13818-3 section 2.4.2.3
(MPEG-2); MPEG-2.5 is Fraunhofer's extension to the three lowest rates.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal

from tingbao.errors import MediaError
from tingbao.models import DurationMs

HEADER_BYTES = 4
_ID3V1_BYTES = 128
ID3V2_HEADER_BYTES = 10
_INFO_NAMES = (b"Xing", b"Info")
_VBRI = (b"VBRI", HEADER_BYTES + 32)  # Fraunhofer's place does not move with the side information

MpegVersion = Literal["1", "2", "2.5"]

_VERSIONS: MappingProxyType[int, MpegVersion] = MappingProxyType({0: "2.5", 2: "2", 3: "1"})
_RATES_HZ: MappingProxyType[MpegVersion, tuple[int, ...]] = MappingProxyType(
    {"1": (44100, 48000, 32000), "2": (22050, 24000, 16000), "2.5": (11025, 12000, 8000)}
)
_KBPS_MPEG1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_MPEG2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_LAYER_III = 1
_MONO = 3


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What four header bytes say."""

    version: MpegVersion
    bitrate_bps: int
    sample_rate_hz: int
    channels: int
    protected: bool
    padded: bool

    @property
    def samples(self) -> int:
        """Samples per channel that the frame decodes to."""
        return 1152 if self.version == "1" else 576

    @property
    def frame_bytes(self) -> int:
        """The length of the whole frame: rounded down to bytes, one more when padded."""
        return self.samples * self.bitrate_bps // (8 * self.sample_rate_hz) + self.padded

    @property
    def side_start(self) -> int:
        """Where the side information starts: after the header and its check sum, if any."""
        return HEADER_BYTES + 2 * self.protected

    @property
    def side_end(self) -> int:
        """Where the side information ends and sound, or the name of an Info frame, begins."""
        mono, stereo = (17, 32) if self.version == "1" else (9, 17)
        return self.side_start + (mono if self.channels == 1 else stereo)


@dataclass(frozen=True, slots=True)
class Frame:
    """One audio frame with all of its bytes."""

    header: FrameHeader
    data: bytes


@functools.lru_cache(maxsize=1024)  # a whole file repeats two or three headers
def _parse_header(raw: bytes) -> FrameHeader:
    """Parse the four bytes at a frame's start.

    Raises:
        MediaError: they are not the header of a Layer III frame of known length.
    """
    if len(raw) != HEADER_BYTES:
        raise MediaError(f"an MP3 frame header has {HEADER_BYTES} bytes, not {len(raw)}")
    bits = int.from_bytes(raw)
    version = _VERSIONS.get(bits >> 19 & 3)
    if bits >> 21 != 0x7FF or version is None or bits >> 17 & 3 != _LAYER_III:
        raise MediaError(f"{raw.hex()} is not the header of an MP3 frame")
    return FrameHeader(
        version=version,
        bitrate_bps=_bitrate_bps(version, bits >> 12 & 15),
        sample_rate_hz=_sample_rate_hz(version, bits >> 10 & 3),
        channels=1 if bits >> 6 & 3 == _MONO else 2,
        protected=not bits >> 16 & 1,
        padded=bool(bits >> 9 & 1),
    )


def _pack_header(header: FrameHeader) -> bytes:
    """The four bytes of ``header``; the inverse of :func:`_parse_header` for mono and stereo.

    Raises:
        MediaError: the format has no such bit rate.
    """
    table = _bitrates_kbps(header.version)
    if header.bitrate_bps // 1000 not in table:
        raise MediaError(f"MPEG-{header.version} Layer III has no {header.bitrate_bps} bit/s")
    version = next(bits for bits, name in _VERSIONS.items() if name == header.version)
    bits = (
        0x7FF << 21
        | version << 19
        | _LAYER_III << 17
        | (not header.protected) << 16
        | (table.index(header.bitrate_bps // 1000) + 1) << 12
        | _RATES_HZ[header.version].index(header.sample_rate_hz) << 10
        | header.padded << 9
        | (_MONO if header.channels == 1 else 0) << 6
    )
    return bits.to_bytes(HEADER_BYTES)


def _bitrates_bps(version: MpegVersion) -> tuple[int, ...]:
    """The bit rates that a version knows, ascending."""
    return tuple(1000 * kbps for kbps in _bitrates_kbps(version))


def version_of(sample_rate_hz: int) -> MpegVersion:
    """The one version that knows a sample rate.

    Raises:
        MediaError: none does.
    """
    for version, rates in _RATES_HZ.items():
        if sample_rate_hz in rates:
            return version
    raise MediaError(f"MP3 has no sample rate of {sample_rate_hz} Hz")


def walk_frames(stream: BinaryIO) -> Iterator[Frame]:
    """Yield the audio frames of an MP3 stream from its position to its end.

    ID3 tags, and the Xing, Info and VBRI frames that describe a file instead of sounding, are
    left out wherever they stand (byte-joined files hold several). Reads one frame at a time.

    Raises:
        MediaError: something else stands between the frames, or the stream ends inside one.
    """
    position = 0
    for number in itertools.count():
        start = stream.read(HEADER_BYTES)
        if not start:
            return
        skipped = _skip_tag(stream, start, position)
        if skipped:
            position += skipped
            continue
        header = _header_at(start, number, position)
        data = start + stream.read(header.frame_bytes - HEADER_BYTES)
        if len(data) < header.frame_bytes:
            raise MediaError(f"the MP3 data end inside the frame at byte {position}")
        position += header.frame_bytes
        if not _describes_file(header, data):
            yield Frame(header, data)


def length_ms(path: Path) -> DurationMs:
    """The length of an MP3 file's sound, counted in its frames.

    Raises:
        MediaError: it holds something else than frames.
        OSError: the file cannot be read.
    """
    samples, rate_hz = 0, 1
    with path.open("rb") as stream:
        for frame in walk_frames(stream):
            samples += frame.header.samples
            rate_hz = frame.header.sample_rate_hz
    return DurationMs(round(1000 * samples / rate_hz))


def _describes_file(header: FrameHeader, data: bytes) -> bool:
    """Whether a frame is a Xing, Info or VBRI frame: silent by its side information, and named."""
    name, place = _VBRI
    end = header.side_end
    named = data[end : end + 4] in _INFO_NAMES or data[place : place + 4] == name
    return named and not any(data[header.side_start : end])


def _header_at(start: bytes, number: int, position: int) -> FrameHeader:
    try:
        return _parse_header(start)
    except MediaError as error:
        raise MediaError(f"no MP3 frame at byte {position} (after {number} blocks)") from error


def _skip_tag(stream: BinaryIO, start: bytes, position: int) -> int:
    """Read past an ID3 tag that begins with ``start``; returns its length, 0 if there is none."""
    if start.startswith(b"TAG"):
        length = _ID3V1_BYTES
        _discard(stream, length - HEADER_BYTES, position)
    elif start.startswith(b"ID3"):
        rest = stream.read(ID3V2_HEADER_BYTES - HEADER_BYTES)
        body = id3v2_body_bytes(start + rest, position)
        _discard(stream, body, position)
        length = ID3V2_HEADER_BYTES + body
    else:
        length = 0
    return length


def id3v2_body_bytes(header: bytes, position: int = 0) -> int:
    """How much of an ID3v2 tag follows the ten bytes of its header, at ``position`` of a file.

    Raises:
        MediaError: the header gives no valid length.
    """
    size = header[6:10]
    if len(size) < 4 or any(byte > 0x7F for byte in size):
        raise MediaError(f"the ID3 tag at byte {position} has no valid length")
    body = functools.reduce(lambda total, byte: total << 7 | byte, size, 0)
    has_footer = bool(header[5] & 0x10)  # only v2.4 sets it
    return body + ID3V2_HEADER_BYTES * has_footer


def _discard(stream: BinaryIO, count: int, position: int) -> None:
    while count > 0:
        chunk = stream.read(min(count, 1 << 16))
        if not chunk:
            raise MediaError(f"the MP3 data end inside the tag at byte {position}")
        count -= len(chunk)


def _bitrates_kbps(version: MpegVersion) -> tuple[int, ...]:
    return _KBPS_MPEG1 if version == "1" else _KBPS_MPEG2


def _bitrate_bps(version: MpegVersion, index: int) -> int:
    if index == 0:
        raise MediaError("free-format MP3 frames have no known length")
    if index == 15:
        raise MediaError("an MP3 frame header with the forbidden bit rate")
    return 1000 * _bitrates_kbps(version)[index - 1]


def _sample_rate_hz(version: MpegVersion, index: int) -> int:
    if index == 3:
        raise MediaError("an MP3 frame header with the reserved sample rate")
    return _RATES_HZ[version][index]


# --- the Info frame: a silent first frame with the length of a file and where to seek ------------

# Layout: Xing's header as LAME writes it for constant bit rates (name, flags, frames, bytes, 100
# seek points). LAME's own extension after it is left out on purpose: its encoder delay and padding
# speak of one encoder run, and a file joined of many runs has many. Without it every reader agrees
# that the length is frames x samples per frame, and chapter times count from the first frame.

_SEEK_POINTS = 100
_HAS_FRAMES_BYTES_AND_SEEK_POINTS = 0b0111
_PAYLOAD_BYTES = 4 + 4 + 4 + 4 + _SEEK_POINTS


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
    return (_pack_header(header) + silence + text).ljust(header.frame_bytes, b"\0")


def _roomy(like: FrameHeader) -> FrameHeader:
    plain = dataclasses.replace(like, protected=False, padded=False)
    rates = (rate for rate in _bitrates_bps(like.version) if rate >= like.bitrate_bps)
    candidates = (dataclasses.replace(plain, bitrate_bps=rate) for rate in rates)
    return next(each for each in candidates if each.frame_bytes >= each.side_end + _PAYLOAD_BYTES)


def _seek_points(first_audio_byte: int, total: int) -> bytes:
    """Where each hundredth of the time begins, in 256ths of the bytes from the Info frame on."""
    audio = total - first_audio_byte
    starts = (first_audio_byte + percent * audio // _SEEK_POINTS for percent in range(_SEEK_POINTS))
    return bytes(min(255, 256 * start // total) for start in starts)
