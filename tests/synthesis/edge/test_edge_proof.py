"""The proof of completeness, the comparison of texts, and what is learned of a service."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studio import VOICE

from edge_sound import FRAME_BYTES, audio_of, words_of
from tingbao.errors import IncompleteClipError
from tingbao.models import is_speakable
from tingbao.synthesis.edge.parts import parts_of
from tingbao.synthesis.edge.policy import Policy
from tingbao.synthesis.edge.proof import (
    Answer,
    Boundary,
    BoundaryMismatchError,
    BoundaryMode,
    Question,
    Tail,
    TailDetector,
    Verdict,
    prove,
    whole_boundaries,
    with_last_word,
)
from tingbao.text.han import fold_text, folded_places

TEXT = "本报讯，昨日全市喜降大雨。"
WORDS = tuple(Boundary("WordBoundary", w.text, w.start, w.end) for w in words_of(TEXT))
AUDIO = audio_of(11)


def test_a_whole_answer_is_proved() -> None:
    prove(TEXT, Answer(AUDIO, WORDS), 1.0)


@pytest.mark.parametrize(
    ("audio", "said"),
    [
        (b"", "whole frame"),
        (AUDIO[:-1], "whole frame"),
        (AUDIO[FRAME_BYTES // 2 :], "whole frame"),
        (AUDIO[10:FRAME_BYTES] + AUDIO[:10] + AUDIO[FRAME_BYTES:], "damaged at byte 0"),
        (AUDIO[:FRAME_BYTES] + bytes(FRAME_BYTES) + AUDIO, f"damaged at byte {FRAME_BYTES}"),
        (AUDIO[: FRAME_BYTES * 80], "before the last word"),
        (AUDIO * 9, "cannot be 11 characters"),
    ],
)
def test_audio_that_is_not_whole_is_not_proved(audio: bytes, said: str) -> None:
    with pytest.raises(IncompleteClipError, match=said):
        prove(TEXT, Answer(audio, WORDS), 1.0)


@pytest.mark.parametrize("boundaries", [(), WORDS[:-1], WORDS[1:], (*WORDS, WORDS[-1])])
def test_boundaries_that_do_not_add_up_are_not_proved(boundaries: tuple[Boundary, ...]) -> None:
    with pytest.raises(BoundaryMismatchError, match="of 11 characters"):
        prove(TEXT, Answer(AUDIO, boundaries), 1.0)


def test_speech_that_is_too_fast_to_be_any_is_not_proved() -> None:
    quick = tuple(Boundary("WordBoundary", w.text, 0.0, 0.1) for w in WORDS)
    with pytest.raises(IncompleteClipError, match="cannot be 11 characters"):
        prove(TEXT, Answer(AUDIO[: FRAME_BYTES * 30], quick), 1.0)
    prove(TEXT, Answer(AUDIO[: FRAME_BYTES * 30], quick), 1.5)


@given(st.text())
def test_folding_ignores_marks(text: str) -> None:
    assert fold_text(f"“{text}”…") == fold_text(text)
    assert all(0 <= place < len(text) for _, place in folded_places(text))


def test_folding_ignores_case_width_and_the_way_that_signs_are_composed() -> None:
    assert fold_text("ＡＢ１㈠é") == fold_text("ab1(一)e\u0301") == "ab1一e"


@pytest.mark.parametrize(
    "reported", ["AT&T研发", "AT&amp;T研发", "at&amp;amp;t研发", "ＡＴ＆Ｔ研发"]
)
def test_boundaries_may_come_back_escaped(reported: str) -> None:
    boundaries = (Boundary("SentenceBoundary", reported, 0.0, 1.0),)
    whole_boundaries("AT&T研发。", boundaries)


def test_escapes_that_were_printed_are_text() -> None:
    printed = "&lt;好&gt;"
    for reported in (printed, "&amp;lt;好&amp;gt;", "lt好gt"):
        whole_boundaries(printed, (Boundary("SentenceBoundary", reported, 0.0, 1.0),))
    with pytest.raises(BoundaryMismatchError):
        whole_boundaries(printed, (Boundary("SentenceBoundary", "<好>", 0.0, 1.0),))


@given(st.text(alphabet=st.sampled_from("汉字，。！\n a&<\ud800𠮷"), max_size=5000))
def test_pieces_hold_all_that_can_be_spoken_at_its_place(text: str) -> None:
    pieces = parts_of(text)
    for piece in pieces:
        assert len(piece.text) <= 1200
        assert is_speakable(piece.text)
        assert fold_text(piece.text) == fold_text(text[piece.start : piece.start + len(piece.text)])
    assert fold_text("".join(piece.text for piece in pieces)) == fold_text(text)


def test_a_long_text_without_any_mark_is_cut_all_the_same() -> None:
    assert [len(piece.text) for piece in parts_of("汉" * 3000)] == [1200, 1200, 600]


def test_a_text_that_grows_when_it_is_escaped_stays_within_the_clients_limit() -> None:
    assert all(5 * len(piece.text) <= 4000 for piece in parts_of("&" * 999 + "汉"))


def noted(
    endings: TailDetector, text: str, slack: float, *, tail: float = 0.8, times: int = 1
) -> Verdict:
    ending = Tail(speech=5 + slack, stated=5, sound=5 + tail)
    endings.note(text, ending)
    return endings.verdict(text, ending, times)


def learned(slack: float) -> TailDetector:
    endings = TailDetector()
    for text in "甲乙丙丁戊己庚辛壬":
        noted(endings, text, slack)
    return endings


def test_speech_that_ends_with_its_last_word_is_whole() -> None:
    assert noted(TailDetector(), "甲", 0.046) is Verdict.WHOLE
    assert noted(learned(0.046), "癸", 0.0) is Verdict.WHOLE


def test_an_end_that_is_a_little_early_is_short_once_the_service_is_known() -> None:
    endings = TailDetector()
    early = Tail(speech=4.926, stated=5, sound=5.7)
    endings.note("甲", early)
    assert endings.verdict("甲", early) is Verdict.UNKNOWN
    for text in "乙丙丁戊己庚辛壬":
        noted(endings, text, 0.046)
    assert endings.verdict("甲", early) is Verdict.SHORT


def test_the_way_of_a_service_is_learned_from_several_texts() -> None:
    endings = learned(-0.3)
    assert noted(endings, "癸", -0.35) is Verdict.WHOLE
    assert noted(endings, "子", -0.45) is Verdict.SHORT


def test_boundaries_that_take_in_the_silence_at_the_end_are_lawful() -> None:
    endings = TailDetector()
    assert noted(endings, "甲", -0.9, tail=0.0) is Verdict.UNKNOWN
    for text in "乙丙丁己庚辛壬":
        noted(endings, text, -0.9, tail=0.0)
    assert noted(endings, "戊", -0.9, tail=0.0) is Verdict.WHOLE


def test_silence_that_boundaries_take_in_may_be_of_any_length() -> None:
    endings = TailDetector()
    for text, tail in zip("甲乙丙丁戊己庚辛壬", range(9), strict=True):
        noted(endings, text, -0.5 - tail / 10, tail=0.0)
    assert noted(endings, "癸", -2.0, tail=0.0) is Verdict.WHOLE


def test_much_too_early_an_end_is_never_believed_while_the_bytes_differ() -> None:
    for endings, doubt in ((TailDetector(), Verdict.UNLIKELY), (learned(0.046), Verdict.SHORT)):
        for _ in range(9):
            assert noted(endings, "癸", -0.5) is doubt


def test_an_end_after_all_sound_is_unlikely_until_several_texts_end_so() -> None:
    endings = TailDetector()
    assert noted(endings, "癸", -0.9, tail=-0.5) is Verdict.UNLIKELY
    for text in "甲乙丙丁戊己庚辛":
        noted(endings, text, -0.9, tail=-0.5)
    assert noted(endings, "壬", -0.9, tail=-0.5) is Verdict.WHOLE


def test_one_text_that_always_ends_a_little_early_is_believed_the_fourth_time() -> None:
    endings = learned(0.046)
    verdicts = [noted(endings, "癸", -0.2) for _ in range(4)]
    assert verdicts == [Verdict.SHORT] * 3 + [Verdict.WHOLE]


def test_the_same_bytes_twice_are_believed_of_a_service_that_nobody_knows() -> None:
    assert noted(TailDetector(), "癸", -2.0, times=2) is Verdict.REPEATED


def test_the_same_bytes_are_believed_later_where_all_other_texts_end_alike() -> None:
    endings = learned(0.046)
    early = Tail(speech=4.5, stated=5, sound=5.8)
    endings.note("癸", early)
    verdicts = [endings.verdict("癸", early, times) for times in (1, 2, 3, 4)]
    assert verdicts == [Verdict.SHORT] * 4
    assert endings.verdict("癸", early, 4, is_last=True) is Verdict.REPEATED


def test_once_two_texts_were_believed_the_same_bytes_twice_are_enough() -> None:
    endings = learned(0.046)
    endings.repeated.update(子=None, 丑=None)
    assert noted(endings, "癸", -0.5, times=2) is Verdict.REPEATED


def test_where_endings_differ_both_ways_an_early_one_is_lawful() -> None:
    endings = TailDetector()
    for text, slack in zip("甲乙丙丁戊己庚辛壬", range(9), strict=True):
        noted(endings, text, -0.4 + slack / 10)
    assert noted(endings, "癸", -0.35) is Verdict.WHOLE
    assert noted(endings, "子", -1.5) is Verdict.SHORT
    assert noted(endings, "子", -1.5, times=2) is Verdict.REPEATED


def test_a_loss_makes_answers_early_only_and_widens_nothing() -> None:
    endings = TailDetector()
    for text, slack in zip("甲乙丙丁戊己庚辛壬", (0.05, -0.3) * 5, strict=False):
        noted(endings, text, slack if text in "乙丁" else 0.05)
    assert noted(endings, "癸", -0.07) is Verdict.SHORT


@pytest.mark.parametrize(
    ("told", "seconds", "is_taken"),
    [(-1, 3.0, True), (-1, 2.35, True), (-1, 1.8, False), (-3, 3.0, False), (0, 3.0, False)],
)
def test_a_last_word_alone_may_lack_where_its_sound_has_room(
    told: int, seconds: float, *, is_taken: bool
) -> None:
    audio = (AUDIO * 2)[: round(seconds * 1000 / 24) * FRAME_BYTES]
    given = Answer(audio, WORDS[:told] if told else WORDS)
    assert (with_last_word(Question(TEXT, VOICE), given) is not None) is is_taken


def test_words_that_do_not_add_up_twice_are_asked_for_as_sentences() -> None:
    kinds = BoundaryMode()
    for expected in ("WordBoundary", "WordBoundary", "SentenceBoundary"):
        kind = kinds.for_text(TEXT)
        assert kind == expected
        with (
            pytest.raises(BoundaryMismatchError),
            kinds.learning(Question(TEXT, VOICE, kind), Answer(AUDIO, WORDS[:-1])),
        ):
            raise BoundaryMismatchError
    assert kinds.for_text("别的。") == "WordBoundary"


def test_the_wait_doubles_up_to_a_minute_and_is_spread() -> None:
    policy = Policy()
    assert [policy.delay(n, 0.0) for n in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [policy.delay(n, 1.0) for n in range(3)] == [0.5, 1, 2]


def test_every_request_is_bounded_and_later_attempts_are_more_patient() -> None:
    policy = Policy()
    for text in ("短", "长" * 1200):
        limits = [policy.timeouts(text, attempt, 1.0) for attempt in range(5)]
        firsts = [limit.first for limit in limits]
        assert firsts == sorted(firsts)
        assert all(limit.first <= 60 and limit.more <= 60 for limit in limits)
        assert all(limit.first <= limit.all < math.inf for limit in limits)
