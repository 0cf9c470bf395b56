"""What every embedded engine does alike: words to chunks, chunks to sound, sound to one clip."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from tingbao import pronunciation
from tingbao.errors import InputError, SynthesisError, VoiceUnavailableError
from tingbao.models import Clip
from tingbao.pronunciation import pronounce
from tingbao.synthesis.embedded.chunks import Chunk, ChunkRules, chunks_of
from tingbao.synthesis.embedded.sound import SpokenChunk, joined
from tingbao.synthesis.engine import Speech, VoiceSettings
from tingbao.synthesis.profiles import Profile


class EmbeddedEngine(ABC):
    """An engine with a model that runs here, on one thread: the same speech gives the same bytes.

    ``name`` is what it is called in messages; ``identity`` is known without the model.
    """

    def __init__(self, name: str, identity: str, rules: ChunkRules) -> None:
        self._name = name
        self._identity = identity
        self._rules = rules

    @property
    def identity(self) -> str:
        """What made the audio, for the clip store's key."""
        return self._identity

    def speak(self, speech: Speech) -> Clip:
        """Speak the whole text: mono 24 kHz, each character timed, silent edges cut to 20 ms.

        Raises:
            SynthesisError: a sound, voice, rate or pitch that is not to be had.
            IncompleteClipError: a part of the text got no sound, or too little or much time.
        """
        check_settings(speech.voice, self._name)
        chunks = chunks_of(pronounce(speech.spoken, speech.readings), self._rules)
        spoken = [
            self.speak_chunk(chunk, speech.voice, is_last=chunk is chunks[-1]) for chunk in chunks
        ]
        return joined(spoken, [chunk.gap_ms for chunk in chunks])

    @abstractmethod
    def speak_chunk(self, chunk: Chunk, voice: VoiceSettings, *, is_last: bool) -> SpokenChunk:
        """The sound of one chunk; ``is_last`` of the text.

        Raises:
            SynthesisError, IncompleteClipError: as :meth:`speak`.
        """

    @abstractmethod
    def close(self) -> None:
        """Free the model; the engine is not used again."""


SLOWEST_RATE, FASTEST_RATE = 0.5, 2.0


def check_ready(profile: Profile, assets: Path, files: Iterable[str]) -> None:
    """Make sure that ``files`` are in the folder and that the readers' settings can be had.

    Raises:
        VoiceUnavailableError: a file is not there.
        InputError: the profile asks for what the voice cannot do.
    """
    missing = [name for name in files if not (assets / name).is_file()]
    if missing:
        raise VoiceUnavailableError(
            f"voice {profile.name}: {', '.join(missing)} is not in {assets}; "
            f"run: tingbao voices fetch {profile.name}"
        )
    for reader in profile.readers:
        try:
            check_settings(reader.settings, profile.engine)
        except SynthesisError as error:
            raise InputError(str(error), f"voice profile {profile.name}") from error


def check_settings(voice: VoiceSettings, engine: str) -> None:
    """Make sure that rate and pitch can be had.

    Raises:
        SynthesisError: they cannot.
    """
    if voice.pitch_hz:
        raise SynthesisError(f"{engine} cannot change a voice's pitch; leave pitch_hz out")
    if not SLOWEST_RATE <= voice.rate <= FASTEST_RATE:
        raise SynthesisError(
            f"{engine} speaks at a rate of {SLOWEST_RATE} to {FASTEST_RATE}, not {voice.rate}"
        )


def identity_of(profile: Profile, version: int, libraries: tuple[str, ...]) -> str:
    """The engine and its ``version``, the pronunciation, their libraries, pauses and weights.

    The versions are raised by hand; ``tests/synthesis/test_versions.py`` fails where the model is
    sent something else under an old version.
    """
    versions = " ".join(f"{name}={metadata.version(name)}" for name in ("pypinyin", *libraries))
    pins = " ".join(f"{asset.file}={asset.sha256}" for asset in profile.assets)
    return (
        f"{profile.engine} {version} pronunciation={pronunciation.VERSION} {versions} "
        f"sentence_pause={profile.sentence_pause} {pins}"
    )


@contextlib.contextmanager
def mapped_errors(kind: type[SynthesisError], what: str) -> Iterator[None]:
    """Raise whatever a model's runtime raises as ``kind``; ``what`` says what went wrong."""
    try:
        yield
    except Exception as error:  # the runtimes' own errors share no other base
        reason = " ".join(str(error).split())
        raise kind(f"{what}: {reason}") from error
