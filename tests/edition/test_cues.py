"""Cues carry the printed text and the time at which its first word is heard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tingbao.audio import Part
from tingbao.edition.cues import MOST_CHARACTERS, cues_of
from tingbao.models import Cue, PageBreak, Role, Segment, SegmentKind, Timing, Utterance
from tingbao.script import normalize

CHARACTER_MS = 100


def spoken(
    text: str, read: str | None = None, *, timed: bool = True, **fields: Any
) -> tuple[Segment, Part]:
    """One utterance, each spoken character of which is heard for a tenth of a second."""
    read = text if read is None else read
    utterance = Utterance(Role.BODY, text, read, **fields)
    segment = Segment(SegmentKind.ARTICLE, "标题", (utterance,), "01")
    timings = tuple(
        Timing(at, at + 1, at * CHARACTER_MS, (at + 1) * CHARACTER_MS) for at in range(len(read))
    )
    part = Part(
        frames=1,
        bytes=1,
        samples_per_frame=1152,
        sample_rate_hz=44100,
        bitrate_bps=64000,
        starts_ms=(0,),
        ends_ms=(len(read) * CHARACTER_MS,),
        timings=(timings if timed else (),),
        loudness_lufs=-16.0,
        true_peak_dbtp=-1.0,
        path=Path("none"),
        sha256="",
    )
    return segment, part


def cues(text: str, read: str | None = None, *, timed: bool = True, **fields: Any) -> list[Cue]:
    segment, part = spoken(text, read, timed=timed, **fields)
    return list(cues_of(segment, part, 1000))


def test_a_short_utterance_is_one_cue_from_its_start_to_its_end() -> None:
    (cue,) = cues("会议强调。")
    assert (cue.start_ms, cue.end_ms, cue.text) == (1000, 1500, "会议强调。")
    assert (cue.role, cue.article) == (Role.BODY, "01")


def test_sentences_are_cues_of_their_own_at_the_time_of_their_first_character() -> None:
    first, second = cues("会议强调。要抓落实。")
    assert (first.text, second.text) == ("会议强调。", "要抓落实。")
    assert first.end_ms == second.start_ms == 1000 + 5 * CHARACTER_MS


def test_the_first_cue_of_a_paragraph_is_told_from_those_that_go_on() -> None:
    assert [cue.opens_paragraph for cue in cues("会议强调。要抓落实。")] == [True, False]


def test_a_number_read_longer_than_printed_does_not_move_what_follows() -> None:
    printed, read = "增长5.25%，就业稳定。", "增长百分之五点二五，就业稳定。"
    long = f"{printed}后续会议要求各地各部门认真贯彻落实，确保取得实效，并于年底前汇报进展情况。"
    said = normalize(long)
    assert said.spoken == long.replace(printed, read)
    found = cues(long, said.spoken, spans=said.spans)
    assert found[1].start_ms == 1000 + len(read) * CHARACTER_MS


def test_words_that_are_put_otherwise_share_the_time_of_the_whole() -> None:
    first, second = cues("一二三四。五六七八。", "一二三四五六七八九十")
    assert first.end_ms == second.start_ms == 1500


def test_an_utterance_that_goes_on_with_a_paragraph_opens_none() -> None:
    assert [cue.opens_paragraph for cue in cues("要抓落实。", starts_paragraph=False)] == [False]


def test_without_timings_a_cue_gets_its_share_of_the_time() -> None:
    first, second = cues("一二三四。五六七八。", timed=False)
    assert first.end_ms == second.start_ms == 1500


@given(st.text(alphabet="甲乙，。！”（）1a ", min_size=1, max_size=200))
def test_cues_hold_the_whole_text_in_order_of_time_and_in_lines_of_a_caption(text: str) -> None:
    found = cues(text)
    assert "".join(cue.text for cue in found) == text
    assert all(len(cue.text) <= MOST_CHARACTERS for cue in found)
    times = [time for cue in found for time in (cue.start_ms, cue.end_ms)]
    assert times == sorted(times)


def test_a_page_turn_in_mid_sentence_is_the_beginning_of_a_cue() -> None:
    found = cues("会议强调，要抓落实。全文如下。", pages=(PageBreak(0, 1), PageBreak(5, 3)))
    assert [(cue.text, cue.page) for cue in found] == [
        ("会议强调，", 1),
        ("要抓落实。", 3),
        ("全文如下。", None),
    ]
    assert found[1].start_ms == 1000 + 5 * CHARACTER_MS
    assert [cue.opens_paragraph for cue in found] == [True, False, False]


def test_a_piece_of_speech_that_prints_nothing_makes_no_cue() -> None:
    """Where words are put differently for the ear, their first piece carries all the print."""
    assert cues("", "就是说。") == []
