"""Voice profiles: the shipped ones load, a user's own by path, mistakes name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.errors import InputError, OptionError
from tingbao.models import Role
from tingbao.synthesis.engine import VoiceSettings
from tingbao.synthesis.profiles import load_profile, profile_names

OWN = """\
name = "own"
title = "自用"
engine = "fake"
licence = "none"
sentence_pause = 250

[pauses]
headline = 1000

[[readers]]
voice = "a"

[[readers]]
voice = "b"
rate = 1.1
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    return path


@pytest.mark.parametrize("name", profile_names())
def test_every_shipped_profile_loads_under_its_own_name(name: str) -> None:
    profile = load_profile(name)
    assert profile.name == name
    assert profile.licence


def test_edge_is_short_for_edge_xiaoxiao() -> None:
    assert load_profile("edge") == load_profile("edge-xiaoxiao")


def test_a_users_own_profile_is_named_by_its_path(own: Path) -> None:
    assert load_profile(str(own)).title == "自用"


def test_an_unknown_voice_is_answered_with_the_known_ones() -> None:
    with pytest.raises(OptionError, match=r"no voice 'xiaomei'; known: .*kokoro"):
        load_profile("xiaomei")


def test_readers_beyond_the_voices_share_them_in_turn(own: Path) -> None:
    profile = load_profile(str(own))
    assert [profile.reader(n).voice for n in (1, 2, 3)] == ["a", "b", "a"]
    assert profile.reader(2) == VoiceSettings("b", 1.1, 0)


def test_pauses_of_a_profile_lie_over_the_usual_ones(own: Path) -> None:
    plan = load_profile(str(own)).pause_plan
    assert plan.by_role[Role.HEADLINE] == 1000
    assert plan.by_role[Role.BODY] > 0
    assert plan.sentence == 250


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("headline = 1000", "headlin = 1000", "own.toml:8: voice profile: unknown key 'headlin'"),
        ("rate = 1.1", 'rate = "x"', "own.toml:15: voice profile: readers.rate: Expected `float`"),
        ('engine = "fake"', "", "missing required field `engine`"),
        ('name = "own"', "name = own", "own.toml:1: cannot read the voice profile as TOML"),
    ],
)
def test_a_mistake_names_file_and_line(own: Path, old: str, new: str, message: str) -> None:
    own.write_text(OWN.replace(old, new), "utf-8")
    with pytest.raises(InputError) as caught:
        load_profile(str(own))
    assert message in str(caught.value)


def test_a_profile_without_a_reader_is_refused(own: Path) -> None:
    own.write_text(OWN.partition("[[readers]]")[0].replace("[pauses]", "readers = []\n[pauses]"))
    with pytest.raises(InputError, match="at least one"):
        load_profile(str(own))
