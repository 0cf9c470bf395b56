"""One process for all rounds of builds: it reads what a build reads only once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from rounds import warm

Apart = Callable[..., str]


@pytest.fixture(scope="session")
def apart() -> Iterator[Apart]:
    """Runs a function in a process without threads, which may fork; gives its result."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(1, get_context("spawn"), warm) as pool:

        def run(function: Callable[..., str], *arguments: Any) -> str:
            return pool.submit(function, *arguments).result()

        yield run
