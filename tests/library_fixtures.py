"""Libraries with real sound, made once for all tests that read them or copy them."""

from __future__ import annotations

from pathlib import Path

import pytest

from libraries import real_library


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the encoded sound of all of them is kept: the same words are encoded once."""
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="session")
def two_day_library(tmp_path_factory: pytest.TempPathFactory, parts: Path) -> Path:
    """A rendered library of two editions, as it must stay."""
    return real_library(tmp_path_factory.mktemp("two") / "library", parts, days=2)


@pytest.fixture(scope="session")
def three_days(tmp_path_factory: pytest.TempPathFactory, parts: Path) -> Path:
    """A rendered library of three editions, as it must stay."""
    return real_library(tmp_path_factory.mktemp("three") / "library", parts, days=3)
