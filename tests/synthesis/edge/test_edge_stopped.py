"""A run that is stopped at any moment leaves nothing behind: no connection, no untold failure."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from studio import VOICE

from tingbao.synthesis.edge.client import ask
from tingbao.synthesis.edge.policy import Timeouts
from tingbao.synthesis.edge.proof import Question
from tingbao.synthesis.edge.service import point_client

pytestmark = pytest.mark.slow

QUESTION = Question("第一条新闻。", VOICE)
LIMITS = Timeouts(5.0, 5.0, 20.0, 60.0)
TURNS = 60
"""More turns of the loop than a request needs to be refused on this machine."""


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=TURNS) as listener:
        yield listener.getsockname()[1]


async def stopped_after(turns: int, troubles: list[str]) -> None:
    """Ask, stop after so many turns of the loop, and note what the loop complains of."""
    asyncio.get_running_loop().set_exception_handler(
        lambda _, reported: troubles.append(str(reported))
    )
    request = asyncio.create_task(ask(QUESTION, LIMITS))
    for _ in range(turns):
        await asyncio.sleep(0)
    request.cancel()
    outcome: Any = (await asyncio.gather(request, return_exceptions=True))[0]
    assert isinstance(outcome, BaseException)


def stop_everywhere(port: int, step: int) -> list[str]:
    point_client({"TINGBAO_EDGE_ENDPOINT": f"ws://127.0.0.1:{port}"})
    troubles: list[str] = []
    for turns in range(0, TURNS, step):
        asyncio.run(stopped_after(turns, troubles))
    gc.collect()
    return troubles


def test_a_request_that_is_stopped_while_it_is_refused_prints_nothing() -> None:
    # The discard port, at which nothing listens.
    assert stop_everywhere(9, 1) == []


def test_a_request_that_is_stopped_in_its_handshake_closes_its_connection(silent: int) -> None:
    # A connection that is left to the collector would be a ResourceWarning, which is an error.
    assert stop_everywhere(silent, 3) == []
