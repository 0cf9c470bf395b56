"""Answers that are proved but wait for others, kept on the disk: a killed run asks for none twice.

How a service ends its answers is known from several texts only (``proof.TailDetector``), and a
long text is whole when all its parts are: until then an answer is no clip, and would be lost with
the run.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import msgspec

from tingbao import files
from tingbao.synthesis.edge.proof import Answer
from tingbao.synthesis.engine import VoiceSettings
from tingbao.synthesis.store import UNSETTLED_SUFFIX


class AnswerCache:
    """Answers beside the clips in ``folder``, each under its text and voice, verified on reading.

    A file is a line with the SHA-256 of all that follows, and the answer as MessagePack.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, text: str, voice: VoiceSettings) -> Answer | None:
        """The answer to this text, or None: one that is damaged is the same as none."""
        try:
            checksum, _, body = self._path(text, voice).read_bytes().partition(b"\n")
            if checksum != _checksum(body):
                return None
            return msgspec.msgpack.decode(body, type=Answer)
        except (OSError, msgspec.DecodeError):
            return None

    def keep(self, text: str, voice: VoiceSettings, answer: Answer) -> None:
        """Keep an answer.

        Raises:
            OutputError: it cannot be written.
        """
        body = msgspec.msgpack.encode(answer)
        files.write(self._path(text, voice), _checksum(body) + b"\n" + body)

    def drop(self, text: str, voice: VoiceSettings) -> None:
        """Forget the answer to this text, if there is one.

        Raises:
            OutputError: it cannot be removed.
        """
        files.remove(self._path(text, voice))

    def _path(self, text: str, voice: VoiceSettings) -> Path:
        key = hashlib.sha256(json.dumps([text, asdict(voice)]).encode()).hexdigest()
        return self._folder / key[:2] / f"{key}{UNSETTLED_SUFFIX}"


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
