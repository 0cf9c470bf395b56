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
engine = "kokoro"
licence = "none"
sentence_pause = 250

[pauses]
headline = 1000

[[readers]]
voice = "zm_yunxi"

[[readers]]
voice = "zf_xiaoyi"
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
    assert [profile.reader(n).voice for n in (1, 2, 3)] == [
        "zm_yunxi",
        "zf_xiaoyi",
        "zm_yunxi",
    ]
    assert profile.reader(2) == VoiceSettings("zf_xiaoyi", 1.1, 0)


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
        (
            "rate = 1.1",
            "rate = 2.5",
            "own.toml:15: voice profile: readers.rate: Expected `float` <=",
        ),
        ("rate = 1.1", "pitch_hz = 10", "kokoro cannot change a voice's pitch"),
        ("= 250", "= -1", "own.toml:5: voice profile: sentence_pause: Expected `int` >= 0"),
        ('engine = "kokoro"', "", "missing required field `engine`"),
        ('"kokoro"', '"sapi"', "there is no engine 'sapi'; known: baker, edge, fake, kokoro"),
        ('"zf_xiaoyi"', '"zf_xiaoni"', "kokoro has no voice 'zf_xiaoni'; known: zf_xiaobei, "),
        ('"kokoro"', '"baker"', "baker has no voice 'zm_yunxi'; known: baker"),
        ('"kokoro"', '"edge"', "'zm_yunxi' is no voice of the online service"),
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


def test_a_users_own_profile_needs_no_weights_of_its_own(own: Path) -> None:
    files = [asset.file for asset in load_profile(str(own)).assets]
    assert files == ["kokoro-quantized.onnx", "zf_xiaoyi.bin", "zm_yunxi.bin"]


def test_weights_of_voices_that_do_not_read_are_not_fetched() -> None:
    files = {name: {a.file for a in load_profile(name).assets} for name in profile_names()}
    assert files["kokoro"] == {"kokoro-quantized.onnx", "zm_yunyang.bin"}
    assert files["kokoro-xiaobei"] == {"kokoro-quantized.onnx", "zf_xiaobei.bin"}
    assert files["kokoro-duo"] == files["kokoro"] | files["kokoro-xiaobei"]
    assert not files["edge-duo"]


@pytest.mark.parametrize("name", ["edge-duo", "kokoro-duo"])
def test_a_duo_has_two_readers(name: str) -> None:
    assert len({reader.voice for reader in load_profile(name).readers}) == 2


def test_the_voices_of_the_contract_are_shipped() -> None:
    assert profile_names() == (
        *("baker", "edge-duo", "edge-xiaoxiao", "edge-yunyang"),
        *("kokoro", "kokoro-duo", "kokoro-xiaobei"),
    )
