"""Archives to begin with: an empty one, and one of two days that was made before."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import Archive

MEMORY = Path("/dev/shm")
"""Every file that is made is flushed to the disk: a busy one takes seconds for an edition."""


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder in memory, where there is such a thing."""
    at = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="tingbao-archive-", dir=at) as folder:
        yield Path(folder)


@pytest.fixture
def quick_path(quick_folder: Path) -> Iterator[Path]:
    """A fresh folder in memory."""
    folder = Path(tempfile.mkdtemp(dir=quick_folder))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def archive(quick_path: Path) -> Archive:
    """An archive without pages."""
    return Archive(quick_path / "archive")


@pytest.fixture(scope="session")
def whole_archive(quick_folder: Path) -> Archive:
    """Two days in their library, made in one process and never disturbed; it is not changed."""
    whole = Archive(quick_folder / "two days")
    whole.days(1, 2)
    whole.run()
    return whole


@pytest.fixture
def made(quick_path: Path, whole_archive: Archive) -> Archive:
    """A copy of the two days, to go on from."""
    shutil.copytree(whole_archive.folder, quick_path / "made")
    return Archive(quick_path / "made")
