"""How far parsed editions are from the ones made by hand: the measures behind the floors."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tingbao.parse import edition_as_json, parse_pages

CORPUS = Path(__file__).parents[1] / "corpus"

Json = dict[str, Any]


@dataclass
class Score:
    """Counts over editions; the rates are read from them."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    invented: int = 0

    def add(self, name: str, found: Iterable[Any], wanted: Iterable[Any]) -> None:
        ours, theirs = Counter(found), Counter(wanted)
        self.right[name] += (ours & theirs).total()
        self.found[name] += ours.total()
        self.wanted[name] += theirs.total()

    def precision(self, name: str) -> float:
        return self.right[name] / self.found[name] if self.found[name] else 1.0

    def recall(self, name: str) -> float:
        return self.right[name] / self.wanted[name] if self.wanted[name] else 1.0

    def f1(self, name: str) -> float:
        both = self.found[name] + self.wanted[name]
        return 2 * self.right[name] / both if both else 1.0

    def rates(self) -> dict[str, float]:
        return {
            "exact_articles": self.recall("exact"),
            "boundary_f1": self.f1("boundary"),
            "join_f1": self.f1("join"),
            "skip_precision": self.precision("skip"),
            "skip_recall": self.recall("skip"),
            "characters_lost": float(self.lost),
            "characters_invented": float(self.invented),
        }


def editions(
    *, held_out: bool, suffixes: tuple[str, ...] = (".md", ".txt"), lot: int = 1
) -> list[str]:
    """The names of the editions in one part of the corpus, of one input form.

    ``lot`` is 1 for those written while the parser was built, 2 for those written afterwards
    without a look at its rules, 3 for those written when what lot 2 showed was corrected, 4 for
    those written when what lot 3 showed had been.
    """
    names = sorted(path.parent.name for path in CORPUS.glob("*/gold.json"))
    golds = ((name, gold_of(name)) for name in names)
    return [
        name
        for name, gold in golds
        if bool(gold.get("held_out")) is held_out
        and gold.get("lot", 1) == lot
        and all(page["source"].endswith(suffixes) for page in gold["pages"])
    ]


def gold_of(name: str) -> Json:
    gold: Json = json.loads((CORPUS / name / "gold.json").read_text("utf-8"))
    return gold


def digest_of(names: Sequence[str]) -> str:
    """What tells that pages or golds have changed, whatever the line ends of a checkout."""
    digest = hashlib.sha256()
    for name in names:
        for path in sorted((CORPUS / name).iterdir()):
            digest.update(f"{name}/{path.name}\n".encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def parse_edition(name: str) -> Json:
    return edition_as_json(parse_pages(inputs_of(name)))


def inputs_of(name: str) -> list[Path]:
    """What the edition is parsed from: its page files in order, or what its gold names."""
    gold = gold_of(name)
    given = gold.get("inputs") or dict.fromkeys(page["source"] for page in gold["pages"])
    return [CORPUS / name / source for source in given]


def score(names: Sequence[str], parse: Callable[[str], Json] = parse_edition) -> Score:
    total = Score()
    for name in names:
        _add(total, without_space(parse(name)), without_space(gold_of(name)))
    return total


def without_space(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_space(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_space(item) for item in value]
    return re.sub(r"\s", "", value) if isinstance(value, str) else value


def _add(total: Score, ours: Json, gold: Json) -> None:
    total.add("exact", map(_whole, ours["articles"]), map(_whole, gold["articles"]))
    total.add("boundary", map(_start, ours["articles"]), map(_start, gold["articles"]))
    total.add("join", _joins(ours), _joins(gold))
    total.add("skip", map(_skip, ours["skipped"]), map(_skip, gold["skipped"]))
    found, wanted = Counter(_han(ours)), Counter(_han(gold))
    total.lost += (wanted - found).total()
    total.invented += (found - wanted).total()


def _whole(article: Json) -> str:
    return json.dumps({key: article[key] for key in article if key != "id"}, sort_keys=True)


def _start(article: Json) -> tuple[int, str]:
    return article["pages"][0], "".join(_texts(article))[:12]


def _joins(edition: Json) -> list[tuple[str, tuple[int, ...]]]:
    articles = edition["articles"]
    return [
        ("".join(_texts(article))[:12], tuple(article["pages"]))
        for article in articles
        if len(article["pages"]) > 1
    ]


def _skip(skip: Json) -> tuple[str, str, int]:
    return skip["reason"], skip["text"], skip["page"]


def _texts(article: Json) -> list[str]:
    parts = [article[key] for key in ("kicker", "title", "subtitle", "byline", "dateline")]
    return [*filter(None, parts), *(paragraph["text"] for paragraph in article["paragraphs"])]


def _han(edition: Json) -> str:
    texts = [text for article in edition["articles"] for text in _texts(article)]
    texts += [skip["text"] for skip in edition["skipped"]]
    return "".join(re.findall(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]", "".join(texts)))
