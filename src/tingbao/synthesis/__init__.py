"""Voices: an utterance in, a verified clip with its timings out.

``Runner.open(profile, cache)`` speaks many utterances in one voice; a voice is named by its
:class:`Profile`, and everything spoken is kept in the :class:`ClipStore`.
"""

from tingbao.synthesis.engine import Engine, Speech, VoiceSettings
from tingbao.synthesis.fake import FakeEngine
from tingbao.synthesis.profiles import Profile, load_profile, profile_names
from tingbao.synthesis.runner import Outcome, Runner
from tingbao.synthesis.store import ClipStore

__all__ = [
    "ClipStore",
    "Engine",
    "FakeEngine",
    "Outcome",
    "Profile",
    "Runner",
    "Speech",
    "VoiceSettings",
    "load_profile",
    "profile_names",
]
