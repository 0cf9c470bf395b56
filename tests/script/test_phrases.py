from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.errors import InputError
from tingbao.script import Phrase, load_phrases


def own(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_phrase_is_built_in() -> None:
    assert set(load_phrases(None).by_key) == set(Phrase)


def test_a_phrase_of_the_user_goes_before_the_built_in_one(tmp_path: Path) -> None:
    phrases = load_phrases(own(tmp_path, 'digest = "今日导读。"\n'))
    assert phrases.say(Phrase.DIGEST) == "今日导读。"
    assert phrases.say(Phrase.PHOTO) == load_phrases(None).say(Phrase.PHOTO)


def test_a_field_is_filled_in(tmp_path: Path) -> None:
    phrases = load_phrases(own(tmp_path, 'continued_to = "请翻到{page}。"\n'))
    assert phrases.say(Phrase.CONTINUED_TO, page="第二版") == "请翻到第二版。"


def test_a_phrase_can_be_silenced(tmp_path: Path) -> None:
    assert load_phrases(own(tmp_path, 'digest = ""\n')).say(Phrase.DIGEST) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('digest = "甲"\ndigset = "今日导读。"\n', "own.toml:2: .*unknown key 'digset'"),
        (
            '\nopener = "{titel}"\n',
            "own.toml:2: opener: unknown field {titel}; known here: {count}",
        ),
        ('digest = "{page}"\n', "own.toml:1: digest: unknown field {page}; known here: none"),
        ('closer = "{paper"\n', "own.toml:1: closer: a brace is wrong"),
        ('closer = "{}"\n', "own.toml:1: closer: .*"),
        ('closer = "{paper.name}"\n', "own.toml:1: closer: .*"),
        ('disclosure = ""\n', "own.toml:1: disclosure: must have words of its own"),
        ('item_disclosure = "{paper}——"\n', "own.toml:1: item_disclosure: must have words"),
        ("digest = 3\n", "own.toml:1: digest: must be text in quotes"),
        ("digest = \n", "own.toml:1: "),
    ],
)
def test_a_mistake_names_file_line_and_phrase(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load_phrases(own(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: cannot read the file of phrases"):
        load_phrases(tmp_path / "none.toml")
