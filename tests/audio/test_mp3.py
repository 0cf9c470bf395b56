from __future__ import annotations

import datetime as dt
import functools
import hashlib
import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from mutagen.mp3 import MP3
from speechlike import speech

from tingbao.artwork import article_card
from tingbao.audio import (
    ChapterExtra,
    Mastering,
    Mp3File,
    Part,
    PartClip,
    Tags,
    boundaries_ms,
    chapter_times,
    make_part,
    walk_frames,
    write_mp3,
)
from tingbao.audio.parts import read_frames
from tingbao.errors import MediaError, OutputError, StoreError
from tingbao.media import decode
from tingbao.models import Chapter

Run = Callable[..., str]

TAGS = Tags("通辽日报", "通辽日报", "听报", dt.date(2026, 3, 2))
FRAME_MS = 1000 * 1152 / 44100
SECONDS = (0.2, 0.31, 0.47, 0.9, 1.33, 0.25, 0.61, 1.7, 0.4, 0.2, 2.1, 0.77)


def one_part(store: Path, seconds: float, mastering: Mastering | None = None) -> Part:
    seed = round(seconds * 100)
    return make_part(
        [PartClip(f"speech {seconds}", functools.partial(speech, seconds, 0.2, seed), 150)],
        mastering or Mastering(),
        store,
    )


def sound(mp3: bytes) -> np.ndarray:
    return np.frombuffer(decode(mp3).data, "<i2").astype(int)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Part]:
    store = tmp_path_factory.mktemp("parts")
    return [one_part(store, seconds) for seconds in SECONDS]


@pytest.fixture(scope="module")
def chapters(parts: list[Part]) -> tuple[Chapter, ...]:
    titles = [f"第{number}条" for number in range(len(parts))]
    return chapter_times(parts, titles, [f"{n:02d}" for n in range(len(parts))])


@pytest.fixture(scope="module")
def joined(
    parts: list[Part], chapters: tuple[Chapter, ...], tmp_path_factory: pytest.TempPathFactory
) -> Mp3File:
    return write_mp3(tmp_path_factory.mktemp("joined") / "edition.mp3", parts, TAGS, chapters)


def test_the_file_holds_the_frames_of_all_parts_as_they_were(
    parts: list[Part], joined: Mp3File
) -> None:
    with joined.path.open("rb") as stream:
        frames = b"".join(frame.data for frame in walk_frames(stream))
    assert frames == b"".join(itertools.chain.from_iterable(map(read_frames, parts)))


def test_what_is_said_of_the_file_is_true_of_it(parts: list[Part], joined: Mp3File) -> None:
    content = joined.path.read_bytes()
    assert joined.bytes == len(content)
    assert joined.sha256 == hashlib.sha256(content).hexdigest()
    assert joined.frames == sum(part.frames for part in parts)
    assert joined.duration_ms == round(joined.frames * FRAME_MS)


def test_the_decoder_gives_every_sample_of_every_part(joined: Mp3File) -> None:
    assert decode(joined.path.read_bytes()).samples == joined.frames * 1152


def test_each_part_sounds_as_it_does_alone_from_where_its_chapter_starts(
    parts: list[Part], chapters: tuple[Chapter, ...], joined: Mp3File
) -> None:
    whole = sound(joined.path.read_bytes())
    alone = [sound(b"".join(read_frames(part))) for part in parts]
    assert np.abs(whole - np.concatenate(alone)).max() <= 1
    starts = itertools.accumulate(map(len, alone), initial=0)
    told = [chapter.start_ms * 44.1 for chapter in chapters]
    assert told == pytest.approx(list(starts)[:-1], abs=0.5 * 44.1)


def test_chapters_leave_no_gap_and_end_with_the_sound(
    chapters: tuple[Chapter, ...], joined: Mp3File
) -> None:
    assert chapters[0].start_ms == 0
    assert all(a.end_ms == b.start_ms for a, b in itertools.pairwise(chapters))
    assert chapters[-1].end_ms == joined.duration_ms


def test_times_do_not_drift_over_many_parts(parts: list[Part]) -> None:
    many = parts * 200
    exact = itertools.accumulate((part.samples / 44.1 for part in many), initial=0.0)
    assert all(
        abs(told - true) <= 0.5 for told, true in zip(boundaries_ms(many), exact, strict=True)
    )


def test_no_parts_have_one_boundary() -> None:
    assert boundaries_ms([]) == (0,)


def test_a_part_without_a_title_opens_the_chapter_after_it(parts: list[Part]) -> None:
    a, b, c, d, e = boundaries_ms(parts[:5])[1:]
    titles = ["开场", None, "第一条", "第二条", None]
    made = chapter_times(parts[:5], titles, [None, None, "01", "02", None])
    assert made == (
        Chapter(0, a, "开场"),
        Chapter(a, c, "第一条", "01"),
        Chapter(c, e, "第二条", "02"),
    )
    assert a < b < c < d < e


def test_parts_without_any_title_have_no_chapters(parts: list[Part]) -> None:
    assert chapter_times(parts[:2], [None, None], [None, None]) == ()
    assert chapter_times([], [], []) == ()


# --- what independent readers say ------------------------------------------------------------


def probed(run: Run, path: Path, *wanted: str) -> Any:
    return msgspec.json.decode(run("ffprobe", "-v", "error", *wanted, "-of", "json", path))


def test_ffprobe_agrees_on_length_and_chapters(
    run: Run, joined: Mp3File, chapters: tuple[Chapter, ...]
) -> None:
    told = probed(run, joined.path, "-show_format", "-show_chapters")
    assert float(told["format"]["duration"]) == pytest.approx(joined.frames * FRAME_MS / 1000)
    read = [(c["start"], c["end"], c["tags"]["title"]) for c in told["chapters"]]
    assert read == [(c.start_ms, c.end_ms, c.title) for c in chapters]


def test_ffprobe_counts_the_frames_and_finds_no_fault(run: Run, joined: Mp3File) -> None:
    told = probed(
        run, joined.path, "-count_packets", "-select_streams", "a",
        "-show_entries", "stream=nb_read_packets",
    )  # fmt: skip
    assert int(told["streams"][0]["nb_read_packets"]) == joined.frames
    assert run("ffmpeg", "-v", "warning", "-i", joined.path, "-f", "null", "-") == ""


def test_mutagen_agrees_on_the_length(joined: Mp3File) -> None:
    reader: Any = MP3  # mutagen ships no types
    info = reader(joined.path).info
    assert info.length == pytest.approx(joined.duration_ms / 1000, abs=FRAME_MS / 1000)
    assert info.sketchy is False


def test_mp3val_finds_no_fault(run: Run, joined: Mp3File) -> None:
    told = run("mp3val", joined.path)
    assert f"{joined.frames + 1} MPEG frames (MPEG 1 Layer III)" in told
    assert not re.search("WARNING|ERROR", told)


def test_mpg123_decodes_the_same_length_without_a_warning(run: Run, joined: Mp3File) -> None:
    assert run("mpg123", "-q", "-t", joined.path) == ""
    told = run("mpg123", "--no-control", "-v", "-t", joined.path)
    assert not re.search("(?i)warning|error|resync", told)


def test_mpg123_gives_the_same_number_of_samples_within_a_frame(
    run: Run, joined: Mp3File, tmp_path: Path
) -> None:
    wav = tmp_path / "decoded.wav"
    run("mpg123", "-q", "-w", wav, joined.path)
    assert abs((wav.stat().st_size - 44) / 2 - joined.frames * 1152) <= 1152


EYED3_CHAPTERS = """
import json, sys, eyed3
tag = eyed3.load(sys.argv[1]).tag
print(json.dumps([[*c.times, c.title] for c in tag.chapters]))
"""


def test_eyed3_reads_the_chapters(run: Run, joined: Mp3File, chapters: tuple[Chapter, ...]) -> None:
    assert f"CHAP x {len(chapters)}" in run("eyeD3", "--no-color", "-v", joined.path)
    # Its own interpreter: the tool is no dependency of ours.
    script = Path(shutil.which("eyeD3") or "").read_text("utf-8")
    interpreter = script.splitlines()[0].removeprefix("#!").strip()
    told = msgspec.json.decode(
        run(interpreter, "-c", EYED3_CHAPTERS, joined.path).partition("\n")[0]
    )
    assert sorted(told) == [[c.start_ms, c.end_ms, c.title] for c in chapters]


@pytest.fixture(scope="module")
def adorned(parts: list[Part], tmp_path_factory: pytest.TempPathFactory) -> Mp3File:
    """300 chapters over 25 times the parts, each with a link, a long title and a picture."""
    many = parts * 25
    names = [f"{number:03d}" for number in range(len(many))]
    chapters = chapter_times(many, [f"第{name}条 {'长' * 90}" for name in names], names)
    card = article_card("全市农业工作会议召开", "通辽日报", TAGS.date, 300)
    extras = {name: ChapterExtra(f"https://example.org/#{name}", card) for name in names}
    path = tmp_path_factory.mktemp("adorned") / "edition.mp3"
    return write_mp3(path, many, TAGS, chapters, extras)


def test_ffprobe_reads_300_chapters_with_links_and_pictures(run: Run, adorned: Mp3File) -> None:
    told = probed(run, adorned.path, "-show_format", "-show_chapters")["chapters"]
    assert len(told) == 300
    assert [c["tags"]["title"][:6] for c in told] == [f"第{n:03d}条 " for n in range(300)]
    assert [c["start"] for c in told] == [0, *(c["end"] for c in told[:-1])]
    assert told[-1]["end"] == adorned.duration_ms


def test_mutagen_reads_300_chapters_with_links_and_pictures(adorned: Mp3File) -> None:
    reader: Any = MP3  # mutagen ships no types
    tag = reader(adorned.path).tags
    found = tag.getall("CHAP")
    assert len(found) == 300
    for chapter in found:
        name = str(chapter.sub_frames["TIT2"])[1:4]
        assert chapter.sub_frames["WXXX:chapter url"].url == f"https://example.org/#{name}"
        assert chapter.sub_frames["APIC:"].data.startswith(b"\xff\xd8\xff")


def test_mp3val_and_mpg123_find_no_fault_in_300_chapters(run: Run, adorned: Mp3File) -> None:
    assert not re.search("WARNING|ERROR", run("mp3val", adorned.path))
    assert run("mpg123", "-q", "-t", adorned.path) == ""


def test_any_reader_can_seek_to_the_last_second(run: Run, joined: Mp3File) -> None:
    last = joined.duration_ms / 1000 - 1
    told = run("ffmpeg", "-v", "info", "-ss", f"{last:.3f}", "-i", joined.path, "-f", "null", "-")
    times = re.findall(r"time=00:00:(\d\d\.\d\d)", told)
    assert float(times[-1]) == pytest.approx(1.0, abs=0.06)


# --- what cannot be joined -------------------------------------------------------------------


def test_parts_of_two_formats_are_not_joined(parts: list[Part], tmp_path: Path) -> None:
    other = one_part(tmp_path, 0.3, Mastering(bitrate_bps=96000))
    with pytest.raises(MediaError, match="their formats differ"):
        write_mp3(tmp_path / "e.mp3", [parts[0], other], TAGS)
    assert not (tmp_path / "e.mp3").exists()


def test_nothing_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="nothing to join"):
        write_mp3(tmp_path / "e.mp3", [], TAGS)


def test_a_chapter_beyond_the_sound_is_refused(parts: list[Part], tmp_path: Path) -> None:
    late = Chapter(0, parts[0].duration_ms + 1, "长")
    with pytest.raises(MediaError, match="after the sound"):
        write_mp3(tmp_path / "e.mp3", parts[:1], TAGS, [late])


def test_a_damaged_part_leaves_the_old_file_in_place(tmp_path: Path) -> None:
    good, bad = one_part(tmp_path / "store", 0.3), one_part(tmp_path / "store", 0.4)
    target = tmp_path / "e.mp3"
    write_mp3(target, [good], TAGS)
    old = target.read_bytes()
    bad.path.write_bytes(bad.path.read_bytes()[:-1])
    with pytest.raises(StoreError):
        write_mp3(target, [good, bad], TAGS)
    assert target.read_bytes() == old
    assert {path.name for path in tmp_path.iterdir()} == {"e.mp3", "store"}


def test_a_target_that_cannot_be_written_is_our_error(parts: list[Part], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OutputError):
        write_mp3(blocked / "e.mp3", parts, TAGS)


def test_joining_again_gives_the_same_bytes(
    parts: list[Part], chapters: tuple[Chapter, ...], joined: Mp3File, tmp_path: Path
) -> None:
    again = write_mp3(tmp_path / "again.mp3", parts, TAGS, chapters)
    assert again.sha256 == joined.sha256


def test_a_file_that_holds_the_same_already_is_left_alone(
    parts: list[Part], tmp_path: Path
) -> None:
    path = tmp_path / "same.mp3"
    first = write_mp3(path, parts, TAGS)
    written = path.stat().st_ino
    assert write_mp3(path, parts, TAGS) == first
    assert path.stat().st_ino == written


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-1] + b"?", lambda raw: raw + b"?"])
def test_a_file_that_was_changed_in_its_last_byte_is_written_again(
    parts: list[Part], tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "changed.mp3"
    write_mp3(path, parts, TAGS)
    right = path.read_bytes()
    path.write_bytes(spoil(right))
    write_mp3(path, parts, TAGS)
    assert path.read_bytes() == right
