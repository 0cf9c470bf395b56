"""Captions and the four forms of a transcript."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libraries import manifest
from tingbao.models import Cue, Role
from tingbao.publish.transcripts import (
    Caption,
    _as_srt,
    _as_text,
    _as_vtt,
    _captions_of,
    cues_of_article,
    transcripts,
)

LONG = (
    "会议强调，全市上下要提高思想认识，坚决扛起政治责任，努力走在前列、作出表率；"
    "要细化举措，对照重点任务清单，明确责任分工、时间节点和推进举措。"
)


def captions(text: str, role: Role = Role.BODY, end_ms: int = 10_000) -> list[Caption]:
    return list(_captions_of([Cue(0, end_ms, text, role)]))


def width(line: str) -> float:
    return sum(0.5 if each.isascii() else 1 for each in line)


def test_a_caption_has_at_most_two_lines_of_about_twenty_characters() -> None:
    for caption in captions(LONG):
        assert len(caption.lines) <= 2
        assert all(width(line) <= 20 for line in caption.lines)


def test_long_cues_are_cut_after_punctuation_where_they_can_be() -> None:
    made = captions(LONG)
    assert [caption.lines[-1][-1] in "，。；、" for caption in made] == [True] * len(made)


def test_times_are_shared_out_by_length_and_leave_no_gap() -> None:
    made = captions(LONG, end_ms=20_000)
    assert made[0].start_ms == 0
    assert made[-1].end_ms == 20_000
    for before, after in itertools.pairwise(made):
        assert before.end_ms == after.start_ms
    pace = [(c.end_ms - c.start_ms) / width("".join(c.lines)) for c in made]
    assert max(pace) / min(pace) < 1.01


@pytest.mark.parametrize(
    "text",
    [
        "国内生产总值达到1401900亿元人民币，粮食产量1234567890123456789斤，比去年增长5.25%。",
        "记者从《中华人民共和国国民经济和社会发展第十五个五年规划纲要草案》（以下简称《纲要》）了解到。",
    ],
)
def test_no_line_begins_with_a_closing_mark_or_cuts_a_number(text: str) -> None:
    lines = [line for caption in captions(text) for line in caption.lines]
    assert not [line for line in lines if line[0] in "，。、；：）》”%"]
    assert not [line for line in lines if line[-1] in "（《“"]
    for number in re.findall(r"[0-9.]+", text):
        assert any(number in line for line in lines)


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_no_character_of_any_text_is_lost(text: str) -> None:
    made = captions(text)
    said = "".join("".join(line.split()) for caption in made for line in caption.lines)
    kept = re.sub("[\x00-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]", "", text)
    assert said == "".join(kept.split())


def test_captions_of_overlapping_cues_do_not_overlap() -> None:
    cues = [Cue(0, 3000, "一", Role.BODY), Cue(2000, 2000, "二", Role.BODY)]
    first, second = _captions_of(cues)
    assert (first.end_ms, second.start_ms, second.end_ms) == (2000, 2000, 2001)


def test_webvtt_marks_headlines_and_escapes_what_would_be_a_tag() -> None:
    cues = [Cue(0, 1000, "标题<1>", Role.HEADLINE), Cue(1000, 3_661_001, "甲&乙", Role.BODY)]
    vtt = _as_vtt(list(_captions_of(cues)), "试报 --> 一")
    assert vtt.startswith("WEBVTT\n\nNOTE 试报 — 一\n")
    assert "00:00:00.000 --> 00:00:01.000\n<c.headline>标题&lt;1&gt;</c>\n" in vtt
    assert "00:00:01.000 --> 01:01:01.001\n甲&amp;乙\n" in vtt


def test_subrip_marks_headlines_in_a_way_that_needs_no_tags() -> None:
    srt = _as_srt(captions("标题", Role.HEADLINE))
    assert srt == "1\n00:00:00,000 --> 00:00:10,000\n【标题】\n"


def test_json_has_seconds_bodies_and_roles() -> None:
    cues = [Cue(500, 1500, "标题", Role.HEADLINE, "01")]
    made = json.loads(transcripts(cues, "试报", "kokoro")[".json"])
    assert made == {
        "version": "1.0.0",
        "segments": [
            {
                "speaker": "kokoro",
                "startTime": 0.5,
                "endTime": 1.5,
                "body": "标题",
                "role": "headline",
            }
        ],
    }


def test_plain_text_has_a_paragraph_for_each_printed_one() -> None:
    cues = [
        Cue(0, 1, "标题", Role.HEADLINE, "01"),
        Cue(1, 2, "第一段，", Role.BODY, "01", opens_paragraph=True),
        Cue(2, 3, "还是它。", Role.BODY, "01"),
        Cue(3, 4, "第二段。", Role.BODY, "01", opens_paragraph=True),
        Cue(4, 5, "另一条。", Role.BODY, "02"),
    ]
    assert _as_text(cues, "试报").split("\n\n") == [
        "试报",
        "标题",
        "第一段，还是它。",
        "第二段。",
        "另一条。\n",
    ]


def test_the_plain_text_of_one_item_does_not_say_its_headline_twice() -> None:
    cues = [Cue(0, 1, "标题", Role.HEADLINE, "01"), Cue(1, 2, "正文。", Role.BODY, "01")]
    assert _as_text(cues, "标题") == "标题\n\n正文。\n"
    assert _as_text(cues[1:], "标题") == "标题\n\n正文。\n"


def test_an_items_transcript_is_timed_by_its_own_file_with_the_disclosure_first() -> None:
    made = manifest()
    article = made.articles[1]
    cues = cues_of_article(made, article)
    assert (cues[0].start_ms, cues[0].end_ms, cues[0].text) == (0, 2000, made.disclosure)
    assert (cues[1].text, cues[1].start_ms) == (article.title, article.lead_ms)
    assert cues[2].end_ms == article.lead_ms + 9000


def test_an_item_without_a_known_disclosure_begins_with_its_headline() -> None:
    made = manifest(disclosure="")
    assert cues_of_article(made, made.articles[0])[0].role == Role.HEADLINE
