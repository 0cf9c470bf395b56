"""What each room exports is what it says it exports, and nothing public lies unused."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import tingbao

SOURCE = Path(tingbao.__path__[0])
ROOMS = sorted(
    found.name for found in pkgutil.walk_packages(tingbao.__path__, "tingbao.") if found.ispkg
)


@pytest.mark.parametrize("name", ROOMS)
def test_every_name_that_a_room_exports_exists_and_stands_there_once(name: str) -> None:
    module = importlib.import_module(name)
    exported = list(getattr(module, "__all__", ()))
    assert len(exported) == len(set(exported))
    assert [one for one in exported if not hasattr(module, one)] == []


def test_only_the_face_of_a_room_lists_what_it_exports() -> None:
    """Inside a room an underscore says what is private; one list is enough for the rest."""
    listing = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path.name != "__init__.py" and "__all__ = " in path.read_text("utf-8")
    ]
    assert listing == []


def test_every_function_is_used_by_the_program() -> None:
    """What only a test calls is dead."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py")}
    named = {name for tree in trees.values() for name in _names(tree)}
    unused = [
        f"{path.relative_to(SOURCE).as_posix()}: {one.name}"
        for path, tree in trees.items()
        for one in tree.body
        if isinstance(one, ast.FunctionDef) and not one.decorator_list and one.name not in named
    ]
    assert unused == []


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
