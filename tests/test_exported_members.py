"""What each room exports is what it says it exports."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import tingbao

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(tingbao.__path__, "tingbao.")
    if not found.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_every_name_in_all_exists_and_stands_there_once(name: str) -> None:
    module = importlib.import_module(name)
    exported = list(module.__all__)
    assert len(exported) == len(set(exported))
    assert [one for one in exported if not hasattr(module, one)] == []


# Commands are reached through the app that they are added to, not by import.
IMPORTED = [name for name in MODULES if not name.startswith("tingbao.cli.")]


@pytest.mark.parametrize("name", IMPORTED)
def test_every_public_definition_of_a_module_is_in_its_all(name: str) -> None:
    module = importlib.import_module(name)
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    defined = {
        one.name
        for one in tree.body
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_")
    }
    assert defined <= set(module.__all__)
