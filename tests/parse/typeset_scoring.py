"""How far a parsed edition is from the pages that were set: the same measures for every form.

``python tests/parse/typeset_scoring.py FOLDER`` scores ``STYLE.pdf`` (or ``STYLE.md``, the same
items in plain order: what the geometry alone cannot better) against ``STYLE.json``.
"""

from __future__ import annotations

import bisect
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from scoring import Score, without_space

Json = dict[str, Any]

ALIKE = 0.7
"""Of the first characters of an item; a recogniser misreads some."""
_FIRST = 12
_GRAM = 4
_SHORTEST_LINE = 6


def typeset_score(pairs: Iterable[tuple[Json, Json]]) -> dict[str, float]:
    """Rates over (parsed edition, gold) pairs, both in the shape of ``inspect --json``.

    ``order`` is Kendall's tau over the printed lines as they come in the items' texts;
    ``characters`` the share of the items' characters that stand, in order, in the item most like
    it; ``exact`` leaves the place of a caption open, which a page does not show.
    """
    total, taus = Score(), []
    right = wanted = placed = lines = 0
    for ours, gold in ((without_space(ours), without_space(gold)) for ours, gold in pairs):
        total.add("exact", map(_whole, ours["articles"]), map(_whole, gold["articles"]))
        starts = [_start(one) for one in gold["articles"]]
        total.add("boundary", _alike(map(_start, ours["articles"]), starts), starts)
        total.add("join", _joins(ours, starts), _joins(gold, starts))
        texts = [_text(one) for one in gold["articles"]]
        found = [_text(one) for one in ours["articles"]]
        right += sum(_agreeing(text, found) for text in texts)
        wanted += sum(map(len, texts))
        tau, of, among = _order(gold, "".join(found), "".join(texts))
        taus.append(tau)
        placed, lines = placed + of, lines + among
    return {
        "exact": total.recall("exact"),
        "boundary_f1": total.f1("boundary"),
        "join_f1": total.f1("join"),
        "order": statistics.mean(taus),
        "lines_found": placed / lines,
        "characters": right / wanted,
    }


def characters_read(read: str, gold: Json) -> float:
    """Of the printed characters those that were read at all, wherever they ended up."""
    wanted = Counter(re.sub(r"\s", "", "".join(line["text"] for line in gold["lines"])))
    return (Counter(re.sub(r"\s", "", read)) & wanted).total() / wanted.total()


def as_markdown(gold: Json, page: int) -> str:
    """The items that begin on a page in plain order, as they would be read without a mistake."""
    parts = []
    for article in gold["articles"]:
        if article["pages"][0] != page:
            continue
        heads = [article[name] for name in ("kicker", "title", "subtitle") if article[name]]
        parts += [f"# {head}" for head in heads]
        parts += [article["byline"]] if article["byline"] else []
        for paragraph in article["paragraphs"]:
            mark = "## " if paragraph["kind"] == "heading" else ""
            parts.append(mark + paragraph["text"])
    return "\n\n".join(parts) + "\n"


def _whole(article: Json) -> str:
    kept = {key: article[key] for key in ("kind", "kicker", "title", "subtitle", "byline", "pages")}
    paragraphs = sorted(article["paragraphs"], key=lambda one: str(one["kind"]) == "caption")
    return json.dumps(kept | {"paragraphs": paragraphs}, sort_keys=True)


def _texts(article: Json) -> list[str]:
    heads = [article[key] for key in ("kicker", "title", "subtitle", "byline", "dateline")]
    return [*filter(None, heads), *(paragraph["text"] for paragraph in article["paragraphs"])]


def _text(article: Json) -> str:
    return "".join(_texts(article))


def _start(article: Json) -> tuple[int, str]:
    return article["pages"][0], _text(article)[:_FIRST]


def _alike(
    starts: Iterable[tuple[int, str]], wanted: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    """The starts, each as in ``wanted`` where it is much like one there that is still free."""
    free, found = list(wanted), []
    for page, text in starts:
        near = next((one for one in free if one[0] == page and _ratio(text, one[1]) > ALIKE), None)
        if near:
            free.remove(near)
        found.append(near or (page, text))
    return found


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _joins(edition: Json, starts: Sequence[tuple[int, str]]) -> list[tuple[Any, ...]]:
    joined = [one for one in edition["articles"] if len(one["pages"]) > 1]
    return [
        (start, tuple(one["pages"]))
        for one, start in zip(joined, _alike(map(_start, joined), starts), strict=True)
    ]


def _grams(text: str) -> set[str]:
    return {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}


def _agreeing(text: str, found: Sequence[str]) -> int:
    """How many characters of ``text`` the text most like it has in the same order."""
    grams = _grams(text)
    best = max(found, key=lambda one: len(grams & _grams(one)), default="")
    blocks = SequenceMatcher(None, text, best, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _order(gold: Json, ours: str, theirs: str) -> tuple[float, int, int]:
    """Kendall's tau, and how many of how many lines of the items were found."""
    long = (line["text"] for line in gold["lines"] if line["item"] is not None)
    lines = [line for line in long if len(line) >= _SHORTEST_LINE and theirs.count(line) == 1]
    places = _places_of_grams(ours)
    pairs = sorted(
        (theirs.index(line), place)
        for line in lines
        if (place := _place(line, ours, places)) is not None
    )
    return _tau([place for _, place in pairs]), len(pairs), len(lines)


def _places_of_grams(text: str) -> dict[str, int]:
    """Where each run of a few characters stands that the text has once."""
    places: dict[str, int] = {}
    for at in range(len(text) - _GRAM + 1):
        gram = text[at : at + _GRAM]
        places[gram] = -1 if gram in places else at
    return {gram: at for gram, at in places.items() if at >= 0}


def _place(line: str, text: str, places: dict[str, int]) -> float | None:
    if text.count(line) == 1:
        return text.index(line)
    votes = [
        places[line[at : at + _GRAM]] - at
        for at in range(len(line) - _GRAM + 1)
        if line[at : at + _GRAM] in places
    ]
    return statistics.median(votes) if votes else None


def _tau(places: Sequence[float]) -> float:
    """1 for an order that rises throughout, -1 for one that falls."""
    before: list[float] = []
    rising = 0
    for place in places:
        at = bisect.bisect_left(before, place)
        rising += at
        before.insert(at, place)
    pairs = len(places) * (len(places) - 1) / 2
    return 2 * rising / pairs - 1 if pairs else 1.0


def scored(folder: Path, suffix: str, parse: Callable[[Path], Json]) -> dict[str, dict[str, float]]:
    """The rates of each style in a folder, and of all together."""
    golds = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    pairs = {
        name: (parse(folder / f"{name}{suffix}"), gold)
        for name, gold in sorted(golds.items())
        if (folder / f"{name}{suffix}").exists()
    }
    rates = {name: typeset_score([pair]) for name, pair in pairs.items()}
    return rates | {"all": typeset_score(pairs.values())}


def _parsed(path: Path) -> Json:
    from tingbao.parse import edition_as_json, parse_pages

    return edition_as_json(parse_pages([path]))


if __name__ == "__main__":
    pages = Path(sys.argv[1])
    ending = sys.argv[2] if len(sys.argv) > 2 else ".pdf"
    if ending == ".md":
        for path in pages.glob("*.json"):
            gold = json.loads(path.read_text("utf-8"))
            path.with_suffix(".md").mkdir(exist_ok=True)
            for page in gold["pages"]:
                file = path.with_suffix(".md") / f"{page['number']}.md"
                file.write_text(as_markdown(gold, page["number"]), "utf-8")
    for name, rates in scored(pages, ending, _parsed).items():
        shown = "  ".join(f"{key} {value:.3f}" for key, value in rates.items())
        sys.stdout.write(f"{name:24} {shown}\n")
