"""The one voice of an edition: what is named, what is offered, what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.edition.events import Event, Noticed, VoiceChosen
from tingbao.edition.voice import VoiceChoice, choose_voice
from tingbao.errors import OptionError, VoiceUnavailableError
from tingbao.synthesis.profiles import Profile

HUM = 'name = "hum"\ntitle = "试音"\nengine = "fake"\nlicence = "x"\n[[readers]]\nvoice = "hum"\n'


def gone(profile: Profile) -> None:
    raise VoiceUnavailableError(f"the service no longer has {profile.name}")


def there(_profile: Profile) -> None:
    """The service has every voice."""


def chosen(
    choice: VoiceChoice, folder: Path, *, online: bool, withdrawn: bool = False
) -> tuple[Profile, list[Event]]:
    events: list[Event] = []
    taken = choose_voice(
        choice,
        folder / "cache",
        events.append,
        online=lambda: online,
        check=gone if withdrawn else there,
    )
    return taken.profile, events


@pytest.fixture
def hum(tmp_path: Path) -> str:
    path = tmp_path / "hum.toml"
    path.write_text(HUM, "utf-8")
    return str(path)


def test_auto_takes_the_online_voice_when_its_service_answers(tmp_path: Path) -> None:
    profile, events = chosen(VoiceChoice("auto"), tmp_path, online=True)
    assert profile.name == "edge-xiaoxiao"
    assert any(isinstance(one, VoiceChosen) for one in events)


def test_auto_keeps_the_voice_that_an_unfinished_edition_was_begun_with(
    tmp_path: Path, hum: str
) -> None:
    profile, _ = chosen(VoiceChoice("auto", begun_with=hum), tmp_path, online=True)
    assert profile.name == "hum"


def test_a_fallback_takes_over_the_whole_edition_and_is_told(tmp_path: Path, hum: str) -> None:
    choice = VoiceChoice("edge", fallback=hum)
    profile, events = chosen(choice, tmp_path, online=True, withdrawn=True)
    assert profile.name == "hum"
    assert any(isinstance(one, Noticed) and "no longer has" in one.message for one in events)
    told = [one.reason for one in events if isinstance(one, VoiceChosen)]
    assert told == ["fallback for edge"]


def test_a_fallback_that_nobody_knows_is_refused_before_it_is_needed(
    tmp_path: Path, hum: str
) -> None:
    with pytest.raises(OptionError, match="there is no voice 'nobody'"):
        chosen(VoiceChoice(hum, fallback="nobody"), tmp_path, online=True)


def test_a_voice_that_nobody_knows_is_an_option_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="there is no voice"):
        chosen(VoiceChoice("nobody"), tmp_path, online=True)


def test_a_service_is_asked_for_its_voices_only_when_something_is_to_be_spoken(
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def ask(profile: Profile) -> None:
        asked.append(profile.name)

    taken = choose_voice(VoiceChoice("edge"), tmp_path / "cache", lambda _event: None, check=ask)
    assert asked == []
    taken.require()
    assert asked == ["edge-xiaoxiao"]
