"""A whole edition in the online voice, against a loopback service that speaks its protocol."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edge_service import EdgeService
from newsroom import Newsroom
from tingbao.edition import BuildResult, produce
from tingbao.errors import VoiceUnavailableError

pytestmark = pytest.mark.slow

AWAY = "ws://127.0.0.1:9"
"""The discard port, at which nothing listens."""


def build(newsroom: Newsroom, voice: str = "edge") -> BuildResult:
    return produce(replace(newsroom.request(), voice=voice))


def test_an_edition_is_spoken_whole_and_an_unchanged_one_asks_for_nothing(
    newsroom: Newsroom, service: EdgeService
) -> None:
    manifest = build(newsroom).manifest
    assert manifest.voice == "edge-xiaoxiao"
    assert all(article.complete for article in manifest.articles)
    before, asked = newsroom.tree(), len(service.asked)
    newsroom.forget_receipts()
    build(newsroom)
    assert newsroom.tree() == before
    assert len(service.asked) == asked


def test_auto_takes_the_online_voice_that_answers(newsroom: Newsroom, service: EdgeService) -> None:
    assert build(newsroom, "auto").manifest.voice == "edge-xiaoxiao"
    assert service.listings


def test_a_service_that_is_away_is_not_needed_for_what_was_spoken_before(
    newsroom: Newsroom, service: EdgeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(newsroom)
    before, asked = newsroom.tree(), len(service.asked)
    monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", AWAY)
    newsroom.forget_receipts()
    build(newsroom)
    assert newsroom.tree() == before
    assert len(service.asked) == asked


def test_a_service_that_is_away_stops_a_build_before_anything_is_touched(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", AWAY)
    with pytest.raises(VoiceUnavailableError, match="does not answer"):
        build(newsroom)
    assert newsroom.tree() == {}


def test_a_corrected_paragraph_is_one_request(
    newsroom: Newsroom, service: EdgeService, tmp_path: Path
) -> None:
    build(newsroom)
    asked = len(service.asked)
    page = tmp_path / "01.md"
    request = replace(newsroom.request(), voice="edge")
    page.write_text(page.read_text("utf-8").replace("农资储备充足", "农资储备十分充足"), "utf-8")
    produce(replace(request, inputs=(page,)))
    assert len(service.asked) == asked + 1
