from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.errors import InputError
from tingbao.pronunciation import UserLexicon, load_lexicon


@pytest.fixture
def lexicon_file(tmp_path: Path) -> Path:
    return tmp_path / "lexicon.toml"


def test_the_pinyin_of_words_is_kept_as_written(lexicon_file: Path) -> None:
    lexicon_file.write_text(
        '[pinyin]\n"那木斯来" = "na4 mu4 si1 lai2"\n"重三" = "chong2 san1"\n', "utf-8"
    )

    assert load_lexicon(lexicon_file).pinyin == {
        "那木斯来": "na4 mu4 si1 lai2",
        "重三": "chong2 san1",
    }


def test_spoken_forms_are_kept_as_written(lexicon_file: Path) -> None:
    lexicon_file.write_text('[spoken]\n"LPR" = "贷款市场报价利率"\n', "utf-8")

    assert load_lexicon(lexicon_file).spoken == {"LPR": "贷款市场报价利率"}


def test_without_a_file_the_lexicon_is_empty() -> None:
    assert load_lexicon(None) == UserLexicon()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[pinyin]\n"好" = "hao3"\n"单县" = "shan4 xiam4"\n', 3, "'xiam4'.*'单县'"),
        ('[pinyin]\n\n"单县" = "shan4"\n', 3, "2 characters but 1 syllables"),
        ('[pinyin]\n"单县" = ""\n', 2, "2 characters but 0 syllables"),
        ('[pinyin]\n"" = ""\n', 2, "an empty word"),
        ('[pinyn]\n"单县" = "shan4 xian4"\n', 1, "pinyn"),
        ('[pinyin]\n"单县" = 7\n', 2, "no text; put it in quotes"),
        ("[pinyin\n", 1, "TOML"),
    ],
)
def test_a_mistake_names_file_and_line(
    lexicon_file: Path, text: str, line: int, reason: str
) -> None:
    lexicon_file.write_text(text, "utf-8")

    with pytest.raises(InputError, match=reason) as caught:
        load_lexicon(lexicon_file)

    assert (caught.value.path, caught.value.line) == (lexicon_file, line) or (
        str(caught.value).startswith(f"{lexicon_file}:{line}:")
    )


def test_a_missing_file_is_reported(lexicon_file: Path) -> None:
    with pytest.raises(InputError, match="cannot read the lexicon"):
        load_lexicon(lexicon_file)
