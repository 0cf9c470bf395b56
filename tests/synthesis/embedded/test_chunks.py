"""Cutting a text into chunks: nothing is lost, nothing is too long, and marks decide where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tingbao.pronunciation import Syllable, Word
from tingbao.synthesis.embedded.chunks import Chunk, ChunkRules, chunks_of

RULES = ChunkRules(10, sentence_gap_ms=300, cut_gaps_ms=(250, 150, 80), word_gap_ms=30)

marks = st.sampled_from("，。！？；：、…—（）")
sizes = st.integers(1, 4) | st.just(25)


def words_of(shapes: list[int | str]) -> tuple[Word, ...]:
    """A number is a word of so many syllables, a sign is a mark."""
    words: list[Word] = []
    at = 0
    for shape in shapes:
        end = at + (1 if isinstance(shape, str) else shape)
        if isinstance(shape, str):
            words.append(Word(at, end, mark=shape))
        else:
            words.append(Word(at, end, tuple(Syllable("ma1", n, n + 1) for n in range(at, end))))
        at = end
    return tuple(words)


def starts(words: tuple[Word, ...]) -> list[int]:
    return [syllable.start for word in words for syllable in word.syllables]


def shapes_of(chunks: tuple[Chunk, ...]) -> list[tuple[str, int]]:
    written = [
        "".join(word.mark or str(len(word.syllables)) for word in chunk.words) for chunk in chunks
    ]
    return list(zip(written, [chunk.gap_ms for chunk in chunks], strict=True))


@given(st.lists(sizes | marks, max_size=60))
def test_every_syllable_is_in_exactly_one_piece_and_in_order(shapes: list[int | str]) -> None:
    words = words_of(shapes)
    chunks = chunks_of(words, RULES)
    assert [at for chunk in chunks for at in starts(chunk.words)] == starts(words)


@given(st.lists(sizes | marks, max_size=60))
def test_no_piece_is_empty_or_too_long(shapes: list[int | str]) -> None:
    for chunk in chunks_of(words_of(shapes), RULES):
        assert 1 <= len(starts(chunk.words)) <= RULES.most_syllables


@given(st.lists(sizes | marks, min_size=1, max_size=60))
def test_silence_stands_between_pieces_and_not_after_the_last(shapes: list[int | str]) -> None:
    gaps = [chunk.gap_ms for chunk in chunks_of(words_of(shapes), RULES)]
    assert all(gap >= RULES.word_gap_ms for gap in gaps[:-1])
    assert not any(gaps[-1:])


def test_a_text_of_marks_alone_gives_no_piece() -> None:
    assert chunks_of(words_of(["…", "。"]), RULES) == ()


def test_sentences_are_pieces_of_their_own() -> None:
    chunks = chunks_of(words_of([2, "，", 2, "。", 3, "！"]), RULES)
    assert shapes_of(chunks) == [("2，2。", 300), ("3！", 0)]


def test_marks_in_a_row_stay_with_the_sentence_they_close() -> None:
    chunks = chunks_of(words_of([2, "？", "！", "（", 1, "）", "。"]), RULES)
    assert shapes_of(chunks) == [("2？！（", 300), ("1）。", 0)]


def test_a_long_sentence_is_cut_at_its_strongest_marks() -> None:
    chunks = chunks_of(words_of([4, "，", 4, "；", 4, "、", 4, "。"]), RULES)
    assert shapes_of(chunks) == [("4，4；", 250), ("4、4。", 0)]


def test_the_parts_of_a_long_sentence_are_of_about_one_size() -> None:
    chunks = chunks_of(words_of([3, "，", 3, "，", 3, "，", 3, "。"]), RULES)
    assert shapes_of(chunks) == [("3，3，", 150), ("3，3。", 0)]


def test_without_marks_a_long_sentence_is_cut_between_words() -> None:
    assert shapes_of(chunks_of(words_of([4, 4, 4]), RULES)) == [("44", 30), ("4", 0)]


def test_a_word_longer_than_a_piece_is_cut_between_syllables() -> None:
    chunks = chunks_of(words_of([25]), RULES)
    assert [len(starts(chunk.words)) for chunk in chunks] == [10, 10, 5]
