"""One text in one voice into one MP3 file: how a voice is tried out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tingbao.audio import Mastering, PartClip, Tags, aigc_label, make_part, write_mp3
from tingbao.edition.events import Listener, Noticed
from tingbao.edition.voice import VoiceChoice, choose_voice
from tingbao.errors import OptionError, SynthesisError
from tingbao.models import is_speakable
from tingbao.parse import simplify
from tingbao.script import normalize
from tingbao.synthesis import Runner, Speech
from tingbao.synthesis.profiles import Profile

UNDATED = dt.date(1970, 1, 1)
"""A trial belongs to no day, and the clock would make each file another one."""


def say_text(text: str, voice: str, output: Path, cache: Path, listener: Listener) -> None:
    """Let ``voice`` say ``text``, read as in an edition, into the MP3 file ``output``.

    Raises:
        OptionError: there is no such voice, or nothing in the text can be said.
        VoiceUnavailableError: the voice cannot be had.
        SynthesisError: it cannot say this text.
        OutputError: the file cannot be written.
    """
    read = normalize(simplify(text))
    if not is_speakable(read.spoken):
        raise OptionError("there is nothing to say in the given text")
    chosen = choose_voice(VoiceChoice(voice), cache, listener)
    chosen.require()
    profile = chosen.profile
    speech = Speech(read.spoken, profile.reader(1), read.readings)
    with Runner.open(profile, cache, 1, lambda message: listener(Noticed(message))) as runner:
        (outcome,) = runner([speech])
        if outcome.key is None:
            raise outcome.error or SynthesisError("the voice said nothing")
        key = outcome.key
        part = make_part([PartClip(key, lambda: runner.clip(key))], Mastering(), cache / "parts")
    write_mp3(output, [part], _tags(text, profile))


def _tags(text: str, profile: Profile) -> Tags:
    return Tags(
        title=text,
        album="听报",
        artist=profile.title,
        date=UNDATED,
        aigc=aigc_label("Tingbao", "voice-trial"),
    )
