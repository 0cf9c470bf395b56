"""Same input, same bytes, whoever finishes first; and files that a web server may read."""

from __future__ import annotations

import os
import stat
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from rounds import PAGE, brief

from newsroom import Newsroom
from tingbao.edition import produce
from tingbao.edition.events import ignore
from tingbao.models import Clip
from tingbao.synthesis import ClipStore, Runner, Speech
from tingbao.synthesis.fake import IDENTITY, FakeEngine
from tingbao.synthesis.pool import EmbeddedVoice, PoolSpeakers

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Uneven:
    """Speaks each text after a pause of its own, another one with each seed."""

    seed: int

    def __call__(self, speech: Speech) -> Clip:
        time.sleep(zlib.crc32(f"{self.seed} {speech.spoken}".encode()) % 50 / 1000)
        return brief(speech)


def pooled(folder: Path, jobs: int, seed: int) -> Mapping[str, bytes]:
    """The library that so many worker processes make, finished in an order that the seed says."""
    newsroom = Newsroom(folder)
    folder.mkdir()
    store = ClipStore(folder / "cache" / "clips")
    voice = EmbeddedVoice(partial(FakeEngine, Uneven(seed)), IDENTITY)
    runner = Runner(PoolSpeakers(voice, store, jobs, print), store)
    request = replace(newsroom.request(newsroom.page(PAGE)), jobs=jobs)
    produce(request, ignore, open_runner=lambda *_: runner)
    return newsroom.tree()


def test_as_many_workers_as_there_are_in_any_order_make_the_same_bytes(tmp_path: Path) -> None:
    whole = pooled(tmp_path / "alone", 1, 0)
    for jobs, seed in ((2, 1), (3, 2)):
        assert pooled(tmp_path / f"jobs-{jobs}", jobs, seed) == whole


@pytest.mark.parametrize(("mask", "file", "folder"), [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700)])
def test_published_files_may_be_read_by_whom_the_user_lets_read_files(
    newsroom: Newsroom, mask: int, file: int, folder: int
) -> None:
    newsroom.say = brief
    before = os.umask(mask)
    try:
        newsroom.build(newsroom.page(PAGE))
    finally:
        os.umask(before)
    published = [path for path in newsroom.output.rglob("*") if not path.name.startswith(".")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in published if path.is_file()} == {file}
    assert {stat.S_IMODE(path.stat().st_mode) for path in published if path.is_dir()} == {folder}


def test_what_the_user_lets_others_read_changes_no_byte(tmp_path: Path) -> None:
    trees = []
    for mask in (0o022, 0o077):
        newsroom = Newsroom(tmp_path / f"{mask:o}", brief)
        newsroom.folder.mkdir()
        before = os.umask(mask)
        try:
            newsroom.build(newsroom.page(PAGE))
        finally:
            os.umask(before)
        trees.append(newsroom.tree())
    assert trees[0] == trees[1]
