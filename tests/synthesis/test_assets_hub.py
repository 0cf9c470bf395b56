"""The model hub's own client against a real loopback server."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tingbao.errors import VoiceUnavailableError
from tingbao.synthesis.assets import FetchProgress, fetch
from tingbao.synthesis.profiles import Asset, Profile, Reader, Source

pytestmark = pytest.mark.slow

MODEL = bytes(range(256)) * 4000
COMMIT = "0123456789" * 4


@dataclass
class Hub:
    files: Mapping[str, bytes]
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)
    cut_at: int | None = None

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        self.requests.append((asked.command, asked.path, asked.headers.get("Authorization")))
        name = asked.path.partition("/resolve/main/")[2] or asked.path.rpartition(COMMIT + "/")[2]
        data = self.files.get(name)
        asked.send_response(404 if data is None else 200)
        if data is None:
            asked.send_header("X-Error-Code", "EntryNotFound")
        asked.send_header("X-Repo-Commit", COMMIT)
        asked.send_header("ETag", f'"{hashlib.sha256(data or b"").hexdigest()}"')
        asked.send_header("Content-Length", str(len(data or b"")))
        asked.end_headers()
        if asked.command == "GET" and data:
            asked.wfile.write(data[: self.cut_at])


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    hub = Hub({"onnx/model.bin": MODEL})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hub.answer(self)

        do_HEAD = do_GET  # noqa: N815 - the name http.server looks for

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("HF_TOKEN", "a token that must not travel")
    monkeypatch.delenv("TINGBAO_WEIGHTS", raising=False)
    yield hub
    server.shutdown()
    server.server_close()
    thread.join()


def profile_of(path: str, data: bytes = MODEL) -> Profile:
    source = Source(kind="hub", name="owner/model", version="main", path=path)
    asset = Asset("model.bin", hashlib.sha256(data).hexdigest(), len(data), (source,))
    return Profile("tiny", "tiny", "tiny", "MIT", (Reader("v"),), assets=(asset,))


def test_a_file_comes_from_the_hub_that_the_environment_names(hub: Hub, tmp_path: Path) -> None:
    reported: list[FetchProgress] = []
    folder = fetch(profile_of("onnx/model.bin"), tmp_path, reported.append)
    assert (folder / "model.bin").read_bytes() == MODEL
    assert reported[-1].done_bytes == reported[-1].total_bytes == len(MODEL)
    assert any(method == "GET" for method, _, _ in hub.requests)


def test_no_token_of_the_user_travels_to_the_hub(hub: Hub, tmp_path: Path) -> None:
    fetch(profile_of("onnx/model.bin"), tmp_path)
    assert hub.requests
    assert {token for _, _, token in hub.requests} == {None}


@pytest.mark.usefixtures("hub")
def test_nothing_but_the_weights_is_left_in_the_cache(tmp_path: Path) -> None:
    folder = fetch(profile_of("onnx/model.bin"), tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == [".tingbao-fetch-lock", "model.bin"]


@pytest.mark.usefixtures("hub")
def test_a_file_that_the_hub_does_not_hold_is_reported_in_two_lines(tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailableError, match=r"hub owner/model main: .*NotFound") as caught:
        fetch(profile_of("onnx/other.bin"), tmp_path)
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.usefixtures("hub")
def test_other_bytes_than_the_pinned_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailableError, match="wrong SHA-256"):
        fetch(profile_of("onnx/model.bin", MODEL[::-1]), tmp_path)


def test_a_download_that_is_cut_short_is_never_taken(hub: Hub, tmp_path: Path) -> None:
    hub.cut_at = 1000
    with pytest.raises(VoiceUnavailableError, match="hub owner/model main: "):
        fetch(profile_of("onnx/model.bin"), tmp_path)
    assert not list(tmp_path.rglob("model.bin"))


def test_a_hub_that_is_not_there_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(VoiceUnavailableError, match="hub owner/model main: "):
        fetch(profile_of("onnx/model.bin"), tmp_path)


def test_a_hub_that_takes_the_call_and_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(VoiceUnavailableError, match="hub owner/model main: "):
            fetch(profile_of("onnx/model.bin"), tmp_path)
