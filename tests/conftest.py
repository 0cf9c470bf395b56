"""Fixtures that several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)
