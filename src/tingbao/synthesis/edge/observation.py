"""How the real service behaves, from a few requests that a user asks for: a report to send us.

Nobody who develops Tingbao can reach the service; what :mod:`proof` takes for granted stands here.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tingbao.errors import IncompleteClipError
from tingbao.synthesis.edge.client import ask
from tingbao.synthesis.edge.parts import TextPart, decode_part
from tingbao.synthesis.edge.policy import USUAL
from tingbao.synthesis.edge.proof import (
    Answer,
    Question,
    Tail,
    audio_seconds,
    prove,
    with_last_word,
)
from tingbao.synthesis.edge.service import point_client
from tingbao.synthesis.engine import VoiceSettings

TEXTS = (
    "本报讯，今天全市喜降大雨，旱情得到缓解。",
    "农民忙着补种秋粮。",
    "会议强调，要稳中求进，抓好落实！",
    "明天多云。",
    "他问：“你们去哪儿？”",
)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One answer: how long it took, what its proof says, and how it ends."""

    question: Question
    answer: Answer
    seconds: float
    fault: str
    tail: Tail | None


def observe(voice: VoiceSettings) -> str:
    """Ask the service for five sentences, the first three times, and say how it answers.

    Raises:
        SynthesisError: it does not answer.
        OptionError: the endpoint that is set cannot be used.
    """
    point_client()
    words = [Question(text, voice) for text in TEXTS]
    asked = [*words, words[0], replace(words[0], boundary="SentenceBoundary")]
    return _report(asyncio.run(_heard(asked)))


async def _heard(asked: Sequence[Question]) -> list[_Heard]:
    return [await _one(question) for question in asked]


async def _one(question: Question) -> _Heard:
    began = time.monotonic()
    answer = await ask(question, USUAL.timeouts(question.text, 0, question.voice.rate))
    seconds = time.monotonic() - began
    fault, tail = "", None
    try:
        prove(question.text, answer, question.voice.rate)
    except IncompleteClipError as error:
        fault = str(error)
    told = with_last_word(question, answer) or answer
    try:
        tail = decode_part(TextPart(0, question.text), told).tail
    except IncompleteClipError as error:
        fault = fault or str(error)
    return _Heard(question, answer, seconds, fault, tail)


def _report(heard: Sequence[_Heard]) -> str:
    tails = [one.tail for one in heard if one.tail is not None]
    sound = [audio_seconds(one.answer.audio) for one in heard]
    paces = [
        length / sum(sign.isalnum() for sign in one.question.text)
        for one, length in zip(heard, sound, strict=True)
    ]
    repeated = "the same" if heard[0].answer.audio == heard[-2].answer.audio else "other"
    return "; ".join(
        (
            f"{len(heard)} answers of {heard[0].question.voice.voice}",
            _boundaries(heard),
            "speech ends " + _range([tail.slack for tail in tails], "s after the last word's end"),
            _range([tail.sound - tail.speech for tail in tails], "s of silence behind it"),
            _range(paces, "s a character"),
            _range([n / one.seconds for n, one in zip(sound, heard, strict=True)], "x real time"),
            f"asked again, it sends {repeated} bytes",
            *(
                f"{one.question.boundary} of {one.question.text}: {one.fault}"
                for one in heard
                if one.fault
            ),
        )
    )


def _boundaries(heard: Sequence[_Heard]) -> str:
    """Which kinds of boundaries came when which was asked for."""
    pairs: Counter[tuple[str, str]] = Counter()
    for one in heard:
        kinds: set[str] = {boundary.kind for boundary in one.answer.boundaries}
        pairs.update((one.question.boundary, kind) for kind in kinds or {"none"})
    return ", ".join(f"{asked} gives {kind} {n} times" for (asked, kind), n in pairs.items())


def _range(values: Sequence[float], unit: str) -> str:
    if not values:
        return f"unknown {unit}"
    return f"{min(values):.2f} to {max(values):.2f} {unit}"
