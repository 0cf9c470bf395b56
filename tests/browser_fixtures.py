"""One browser for all tests, and what judges how accessible its pages are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from axe import axe_source
from chromium import Chromium, chromium


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """A browser with a new profile."""
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, to be run in a page."""
    return axe_source(tmp_path_factory.mktemp("axe"))
