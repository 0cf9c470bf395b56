"""axe-core, fetched for the tests at a pinned version, run in the page and shipped with nothing."""

from __future__ import annotations

import json
from pathlib import Path

from chromium import Page
from node_packages import packed_file

AXE = "axe-core@4.14.1"
AXE_SHA512 = (
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_source(folder: Path) -> str:
    """The source of axe-core; skips where npm is missing, but not in CI."""
    return packed_file(AXE, AXE_SHA512, "package/axe.min.js", folder).decode()


def found_by_axe(page: Page, source: str) -> object:
    """What axe-core complains of in the page as it is shown: rules with the places they found."""
    page.send("Runtime.evaluate", expression=source)
    options = json.dumps({"runOnly": RULES})
    return page.do(
        f"axe.run(document, {options}).then((done) => done.violations.map((one) =>"
        "[one.id, one.nodes.map((node) => node.html.slice(0, 90) + node.failureSummary)]))"
    )
