"""An edition is believed by versions of the rooms, so these must not lag behind what rooms do."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import golden_edition
import pytest

from tingbao.edition import fingerprint
from tingbao.models import EditionInfo
from tingbao.settings import Settings
from tingbao.synthesis.profiles import load_profile

INFO = EditionInfo("2026-03-14", dt.date(2026, 3, 14), "试报")


def fingerprint_now(reads: str = "pages") -> str:
    voice = load_profile("kokoro"), "identity"
    return fingerprint.fingerprint_of(reads, INFO, Settings(), voice, None)


def test_no_room_makes_anything_else_of_the_same_pages_under_the_same_version() -> None:
    held = golden_edition.golden()
    if held["libraries"] != golden_edition.libraries():
        pytest.skip("the golden file was made with other versions of libraries")
    now = golden_edition.now()
    changed = ", ".join(sorted(golden_edition.changed_rooms(held, now)))
    if held["versions"] == now["versions"]:
        assert not changed, (
            f"{changed} changed under the same version; raise its number in "
            f"tingbao.edition.fingerprint.VERSIONS and run: {golden_edition.COMMAND}"
        )
    assert held == now, f"a version changed; run: {golden_edition.COMMAND}"


def test_every_version_of_a_room_is_held_against_a_result() -> None:
    assert golden_edition.golden()["results"].keys() == fingerprint.VERSIONS.keys()


@pytest.mark.parametrize("room", ["parse", "script", "audio", "artwork", "edition"])
def test_another_version_of_a_room_is_another_fingerprint(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint_now()
    raised = {**fingerprint.VERSIONS, room: fingerprint.VERSIONS[room] + 1}
    monkeypatch.setattr(fingerprint, "VERSIONS", MappingProxyType(raised))
    assert fingerprint_now() != before


def test_other_pages_are_another_fingerprint_and_unknown_pages_have_none() -> None:
    assert fingerprint_now() == fingerprint_now()
    assert fingerprint_now("other pages") != fingerprint_now()
    assert fingerprint_now("") == ""
