"""The real service, asked for one sentence. Never run unless asked for: ``pytest -m live``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.synthesis import Runner, Speech, VoiceSettings, load_profile
from tingbao.synthesis.edge import require_voices

pytestmark = pytest.mark.live


def test_the_real_service_speaks_one_sentence_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TINGBAO_EDGE_ENDPOINT", raising=False)
    profile = load_profile("edge")
    require_voices(profile)
    text = "本报讯，今天全市喜降大雨，旱情得到缓解。"
    voice: VoiceSettings = profile.reader(1)
    with Runner.open(profile, tmp_path) as runner:
        (outcome,) = runner([Speech(text, voice)])
        assert outcome.error is None
        assert outcome.key is not None
        clip = runner.clip(outcome.key)
    assert 2 < clip.seconds < 8
    heard = "".join(text[timing.start : timing.end] for timing in clip.timings)
    assert heard == "本报讯今天全市喜降大雨旱情得到缓解"
