"""Pages as OCR engines give them: how many of their articles come out as by hand, by form.

The pages are described once (see ``ocr_forms``) and written in each engine's form. ``floors.toml``
holds for each form what was reached, which never sinks, and what the form gave when it was scored
first: before any rule for such pages, or without a form's reader. The second lot was written with
the first, kept aside while the rules were, and scored once.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from ocr_forms import FORMS, Json, described
from scoring import without_space

from tingbao.parse import edition_as_json, parse_pages

PAGES = Path(__file__).parent / "ocr_pages"
FLOORS = tomllib.loads((PAGES / "floors.toml").read_text("utf-8"))
FACTS = ("kind", "kicker", "title", "subtitle", "byline", "dateline")


def whole(article: Json) -> str:
    paragraphs = [[p["kind"], p["text"]] for p in article["paragraphs"]]
    facts = [article[name] for name in FACTS]
    return json.dumps(without_space([facts, paragraphs]), ensure_ascii=False)


def exact(lot: str, form: str, folder: Path) -> tuple[int, int, int]:
    """How many articles of a lot come out as by hand, are found, and are wanted."""
    name, write = FORMS[form]
    right = found = wanted = 0
    for path in sorted((PAGES / lot).glob("*.txt")):
        page = described(path)
        written = folder / path.stem / name
        written.parent.mkdir()
        written.write_text(write(page), "utf-8")
        articles = edition_as_json(parse_pages([written]))["articles"]
        ours, theirs = Counter(map(whole, articles)), Counter(map(whole, page.articles))
        right += (ours & theirs).total()
        found += len(articles)
        wanted += len(page.articles)
    return right, found, wanted


@pytest.mark.parametrize(("lot", "form"), [(lot, form) for lot in FLOORS for form in FLOORS[lot]])
def test_articles_of_ocr_pages_come_out_as_by_hand_as_often_as_before(
    tmp_path: Path, lot: str, form: str
) -> None:
    right, found, wanted = exact(lot, form, tmp_path)
    assert right / wanted >= FLOORS[lot][form]["exact"]
    assert abs(found - wanted) <= 1
