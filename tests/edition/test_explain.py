"""Why a text is said as it is: each piece with the rule or the lexicon that decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.cli import main
from tingbao.edition.explain import NAME, WORDS, YOUR_LEXICON, ExplainedPiece, explain
from tingbao.pronunciation import UserLexicon

NOTHING = UserLexicon()


def piece_of(text: str, printed: str, lexicon: UserLexicon = NOTHING) -> ExplainedPiece:
    (found,) = [one for one in explain(text, lexicon) if one.printed == printed]
    return found


def test_a_piece_that_a_rule_reads_names_the_rule() -> None:
    piece = piece_of("增长5%。", "5%")
    assert (piece.spoken, piece.dictionary) == ("百分之五", "bai3 fen1 zhi1 wu3")
    assert piece.decided_by == "percent"


def test_words_that_are_said_as_printed_stand_one_by_one_with_both_tones() -> None:
    piece = piece_of("展览开幕。", "展览")
    assert (piece.dictionary, piece.heard) == ("zhan3 lan3", "zhan2 lan3")
    assert piece.decided_by == WORDS


def test_a_name_of_the_built_in_lexicon_says_so() -> None:
    assert piece_of("请曾先生去。", "曾").decided_by == NAME


def test_a_users_lexicon_says_so_for_its_pinyin_and_for_its_words() -> None:
    lexicon = UserLexicon({"重楼": "chong2 lou2"}, {"GDP": "国内生产总值"})
    pinyin = piece_of("药材重楼涨价。", "重楼", lexicon)
    assert (pinyin.dictionary, pinyin.decided_by) == ("chong2 lou2", YOUR_LEXICON)
    words = piece_of("全市GDP增长。", "GDP", lexicon)
    assert (words.spoken, words.decided_by) == ("国内生产总值", YOUR_LEXICON)


@pytest.mark.parametrize(
    "text",
    ["会议于22:58结束，工号10086。", "3月5日，增长5%（见A02版）——比去年多1.2万吨！", "abc 12-3"],
)
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    printed = "".join(one.printed for one in explain(text, NOTHING))
    assert "".join(printed.split()) == "".join(text.split())


def test_the_command_prints_a_row_a_piece(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["explain", "增長5%"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0][:2] == ["printed", "spoken"]
    assert ["5%", "百分之五", "bai3", "fen1", "zhi1", "wu3", "percent"] in rows
