"""What an edition becomes in each room, for the pages of ``data/edition.json``: the golden file.

An edition that stands in its library is believed as long as its fingerprint stays the same. So a
change of what a room makes of the same pages needs a higher number in ``VERSIONS`` of
``tingbao.edition.fingerprint``. After raising it, ``python tests/edition/golden_edition.py`` writes
the file anew; it refuses to where a result has changed and no version has.

Sound is compared by length and loudness, for processors differ in the last bit of a sample.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from newsroom import Newsroom
from tingbao import media
from tingbao.edition import BuildRequest, plan_edition, script_of
from tingbao.edition.fingerprint import LIBRARIES, VERSIONS
from tingbao.models import Manifest
from tingbao.parse import edition_as_json, parse_pages
from tingbao.publish.inventory import SCRIPT_FILE, media_of, published_files
from tingbao.script import script_as_json
from tingbao.settings import Settings
from tingbao.synthesis.fake import hum
from tingbao.synthesis.profiles import load_profile

GOLDEN = Path(__file__).parent / "data" / "edition.json"
CORPUS = Path(__file__).parents[1] / "corpus"
COMMAND = "python tests/edition/golden_edition.py"

FOLDERS = (
    "big5-plain",
    "county-two-pages",
    "epaper-people-new",
    "evening-listings",
    "finance-tables",
    "fourth-literary",
    "fourth-tw",
    "front-page",
)

Golden = dict[str, Any]


def golden() -> Golden:
    """The committed file."""
    held: Golden = json.loads(GOLDEN.read_text("utf-8"))
    return held


def libraries() -> Mapping[str, str]:
    """The versions of what else decides on a result."""
    return {name: metadata.version(name) for name in (*LIBRARIES, "jinja2")}


def now() -> Golden:
    """The whole file as it would be written now."""
    return {"versions": dict(VERSIONS), "libraries": libraries(), "results": _results()}


def changed_rooms(held: Golden, made: Golden) -> set[str]:
    """The rooms whose results differ."""
    old, new = held["results"], made["results"]
    return {room for room in {*old, *new} if old.get(room) != new.get(room)}


def _results() -> Mapping[str, Mapping[str, object]]:
    with tempfile.TemporaryDirectory() as name:
        newsroom = Newsroom(Path(name), hum)
        manifest = newsroom.build().manifest
        folder = newsroom.output / manifest.id
        return {
            "parse": {name: _digest(_parsed(CORPUS / name)) for name in FOLDERS},
            "script": {
                **{name: _digest(_script(CORPUS / name)) for name in FOLDERS},
                SCRIPT_FILE: _sha256((folder / SCRIPT_FILE).read_bytes()),
            },
            "edition": _described(json.loads((folder / "manifest.json").read_bytes())),
            "audio": _sound(folder),
            "artwork": {
                path.relative_to(folder).as_posix(): _sha256(path.read_bytes())
                for path in sorted(folder.rglob("*.jpg"))
            },
            "publish": _pages(newsroom.output, manifest),
        }


def _parsed(folder: Path) -> object:
    return edition_as_json(parse_pages([folder]))


def _script(folder: Path) -> object:
    request = BuildRequest(
        inputs=(folder,), output=folder, cache=folder, settings=Settings(), date="2026-03-14"
    )
    plan = plan_edition(request)
    return script_as_json(script_of(plan, load_profile("kokoro"), Settings()))


def _described(manifest: Any) -> Any:
    """The manifest without digests: of the sound, and of the versions themselves."""
    if isinstance(manifest, list):
        return [_described(one) for one in manifest]
    if isinstance(manifest, dict):
        left_out = ("sha256", "made_from")
        return {k: _described(one) for k, one in manifest.items() if k not in left_out}
    return manifest


def _sound(folder: Path) -> Mapping[str, object]:
    raw = (folder / "edition.mp3").read_bytes()
    tag_bytes = 10 + int("".join(f"{byte:07b}" for byte in raw[6:10]), 2)
    loudness = media.measure_encoded(raw)
    return {
        "bytes": len(raw),
        "loudness_lufs": round(loudness.integrated_lufs),
        "tag": _sha256(raw[:tag_bytes]),
    }


def _pages(library: Path, manifest: Manifest) -> Mapping[str, str]:
    others = {*media_of(manifest), f"{manifest.id}/manifest.json"}
    pages = (name for name in published_files(manifest) if name not in others)
    return {name: _sha256((library / name).read_bytes()) for name in pages}


def _digest(value: object) -> str:
    return _sha256(json.dumps(value, ensure_ascii=False, default=str).encode())


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def main() -> None:
    """Write the golden file, unless that would hide a change without a version."""
    made = now()
    held = golden() if GOLDEN.exists() else made
    changed = changed_rooms(held, made)
    same = held["versions"] == made["versions"] and held["libraries"] == made["libraries"]
    if changed and same:
        sys.exit(f"{', '.join(sorted(changed))} changed: raise its number in VERSIONS first")
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
