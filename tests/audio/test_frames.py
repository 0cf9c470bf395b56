from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tingbao.audio.frames import (
    FrameHeader,
    MpegVersion,
    _bitrates_bps,
    _pack_header,
    _parse_header,
    info_frame,
    version_of,
    walk_frames,
)
from tingbao.errors import MediaError

RATES_HZ: dict[MpegVersion, tuple[int, ...]] = {
    "1": (44100, 48000, 32000),
    "2": (22050, 24000, 16000),
    "2.5": (11025, 12000, 8000),
}
SPEECH = FrameHeader("1", 64000, 44100, 1, protected=False, padded=False)


@st.composite
def headers(draw: st.DrawFn) -> FrameHeader:
    version = draw(st.sampled_from(sorted(RATES_HZ)))
    return FrameHeader(
        version=version,
        bitrate_bps=draw(st.sampled_from(_bitrates_bps(version))),
        sample_rate_hz=draw(st.sampled_from(RATES_HZ[version])),
        channels=draw(st.sampled_from((1, 2))),
        protected=draw(st.booleans()),
        padded=draw(st.booleans()),
    )


def frame(header: FrameHeader = SPEECH, fill: bytes = b"\x55") -> bytes:
    return _pack_header(header) + fill * (header.frame_bytes - 4)


def id3v2(body: bytes, flags: int = 0) -> bytes:
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00" + bytes((flags,)) + size + body


def walked(data: bytes) -> list[bytes]:
    return [each.data for each in walk_frames(io.BytesIO(data))]


@given(headers())
def test_a_header_reads_back_as_it_was_packed(header: FrameHeader) -> None:
    assert _parse_header(_pack_header(header)) == header


@pytest.mark.parametrize(
    ("raw", "frame_bytes", "samples"),
    [("fffb50c4", 208, 1152), ("fffb52c4", 209, 1152), ("fff384c4", 192, 576)],
)
def test_known_headers_have_the_length_that_lame_gave_them(
    raw: str, frame_bytes: int, samples: int
) -> None:
    header = _parse_header(bytes.fromhex(raw))
    assert (header.frame_bytes, header.samples, header.channels) == (frame_bytes, samples, 1)


@pytest.mark.parametrize(
    "raw",
    ["00000000", "fffb00c4", "fffbf0c4", "fffb5cc4", "fffd50c4", "ffeb50c4", "fffb50"],
    ids=["no sync", "free format", "bad bit rate", "bad rate", "layer 2", "bad version", "short"],
)
def test_what_is_no_layer_iii_header_is_refused(raw: str) -> None:
    with pytest.raises(MediaError):
        _parse_header(bytes.fromhex(raw))


def test_every_mp3_rate_has_its_version_and_others_have_none() -> None:
    for version, rates in RATES_HZ.items():
        assert {version_of(rate) for rate in rates} == {version}
    with pytest.raises(MediaError, match="96000"):
        version_of(96000)


@given(st.lists(headers(), max_size=20))
def test_frames_come_back_in_order_whatever_their_formats(formats: list[FrameHeader]) -> None:
    raw = [frame(each) for each in formats]
    assert walked(b"".join(raw)) == raw


def test_tags_and_info_frames_are_left_out_wherever_they_stand() -> None:
    one_file = id3v2(bytes(300)) + info_frame(SPEECH, 2, 416) + frame() * 2 + b"TAG" + bytes(125)
    assert walked(one_file * 3) == [frame()] * 6


def test_a_tag_footer_is_left_out_with_its_tag() -> None:
    assert walked(id3v2(b"body", flags=0x10) + b"3DI" + bytes(7) + frame()) == [frame()]


def test_a_vbri_frame_is_left_out() -> None:
    vbri = (_pack_header(SPEECH) + bytes(32) + b"VBRI").ljust(SPEECH.frame_bytes, b"\0")
    assert walked(vbri + frame()) == [frame()]


def test_a_sounding_frame_that_happens_to_spell_info_is_kept() -> None:
    sounding = frame()[: SPEECH.side_end] + b"Info" + frame()[SPEECH.side_end + 4 :]
    assert walked(sounding) == [sounding]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (frame() + b"junk" * 9, "no MP3 frame at byte 208"),
        (frame() + frame()[:100], "ends? inside the frame at byte 208"),
        (id3v2(b"x" * 50)[:30], "end inside the tag at byte 0"),
        (b"ID3\x03\x00\x00\xff\xff\xff\xff", "has no valid length"),
        (b"TAG and no more", "end inside the tag"),
        (b"\xff", "no MP3 frame at byte 0"),
    ],
)
def test_damage_is_named_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(MediaError, match=message):
        walked(data)


@given(st.binary(max_size=2000))
@example(b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f")
@example(b"ID3\x04\x00\x10\x00\x00\x00\x00")
def test_any_bytes_give_frames_or_our_error(data: bytes) -> None:
    try:
        frames = walked(data)
    except MediaError:
        return
    assert sum(map(len, frames)) <= len(data)


@given(st.data())
def test_a_damaged_file_gives_frames_or_our_error(data: st.DataObject) -> None:
    whole = bytearray(id3v2(bytes(20)) + info_frame(SPEECH, 9, 9 * 208) + frame() * 9)
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with contextlib.suppress(MediaError):
        assert len(walked(bytes(whole[:cut]))) <= 10


def test_the_walk_reads_one_frame_at_a_time() -> None:
    stream = io.BytesIO(frame() * 1000)
    next(iter(walk_frames(stream)))
    assert stream.tell() == 208
