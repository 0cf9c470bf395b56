"""The online voice's service, to which all requests of a test go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from edge_service import EdgeService


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[EdgeService]:
    """A service on loopback that meets no fault until the test tells it to."""
    with EdgeService() as running:
        monkeypatch.setenv("TINGBAO_EDGE_ENDPOINT", running.endpoint)
        yield running
