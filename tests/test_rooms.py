"""The walls of the house: which room may know which."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "tingbao"

COMMON = {"models", "errors", "settings", "tables", "files", "on_demand", "text"}
MAY_KNOW = {
    "parse": COMMON,
    "script": COMMON,
    "pronunciation": COMMON,
    "workers": COMMON,
    "synthesis": COMMON | {"pronunciation", "media", "workers"},
    "audio": COMMON | {"media"},
    "artwork": COMMON,
    "publish": COMMON | {"audio"},
}


def imported_rooms(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
    parts = [name.split(".") for name in names if name.startswith("tingbao.")]
    return {one[1] for one in parts if not one[1].startswith("__")}


@pytest.mark.parametrize("room", MAY_KNOW)
def test_a_room_knows_only_what_the_plan_of_the_house_allows(room: str) -> None:
    for path in sorted((SOURCE / room).rglob("*.py")):
        stranger = imported_rooms(path) - MAY_KNOW[room] - {room}
        assert not stranger, f"{path.relative_to(SOURCE)} knows {stranger}"


def test_values_errors_and_the_writing_of_files_know_no_room() -> None:
    values = map(imported_rooms, (SOURCE / "models").rglob("*.py"))
    assert set().union(*values) == {"models"}
    assert imported_rooms(SOURCE / "errors.py") == set()
    assert imported_rooms(SOURCE / "files.py") == {"errors"}


def test_foreign_libraries_are_met_at_one_place_each() -> None:
    """A library that is to be exchanged one day must be known in one place only."""
    seams = {"av": 1, "pydub": 1, "opencc": 1, "edge_tts": 3, "onnxruntime": 1}
    for library, most in seams.items():
        users = [
            path.relative_to(SOURCE).as_posix()
            for path in sorted(SOURCE.rglob("*.py"))
            if _imports(path, library)
        ]
        assert 1 <= len(users) <= most, (library, users)


def _imports(path: Path, library: str) -> bool:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        elif isinstance(node, ast.Import):
            modules = [one.name for one in node.names]
        else:
            continue
        if any(module.split(".")[0] == library for module in modules):
            return True
    return False
