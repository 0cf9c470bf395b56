"""The whole way once: two sentences built, served on this machine, and fetched back.

Nothing of the user's is touched: it happens in a temporary folder, which only sees the weights.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from tingbao.doctor.examination import Finding, fault, ok
from tingbao.edition import BuildRequest, produce
from tingbao.models import Manifest
from tingbao.publish import EDITIONS_FEED, verify
from tingbao.serve.server import listen, server_of
from tingbao.settings import Settings
from tingbao.synthesis.assets import installed
from tingbao.synthesis.profiles import load_profile

NAME = "self-test"
HOST = "127.0.0.1"
PATIENCE_SECONDS = 30.0
DEFAULT_VOICE = "kokoro"

PAGE = "# 自检报 2026年1月1日\n\n## 自检\n\n这是一句自检的话。听到它，就一切正常。\n"
HUM = 'name = "hum"\ntitle = "自检"\nengine = "fake"\nlicence = "-"\n\n[[readers]]\nvoice = "hum"\n'
"""A voice without weights, for machines where none is installed."""

Serve = Callable[[Path], AbstractContextManager[int]]


def voice_for(named: str, cache: Path) -> str | None:
    """The embedded voice to test with: the one that is set, else the default; None: neither is."""
    for name in (named, DEFAULT_VOICE):
        if name == "auto":
            continue
        profile = load_profile(name)
        if profile.engine != "edge" and installed(profile, cache):
            return name
    return None


def check_loopback(voice: str | None, cache: Path, serve: Serve | None = None) -> Finding:
    """Whether an edition of two sentences can be built, served and fetched; None hums it."""
    with tempfile.TemporaryDirectory(prefix="tingbao-doctor-") as name:
        folder = Path(name)
        manifest = _built(folder, voice, cache)
        library = folder / "library"
        problem = next(map(str, verify(library)), None)
        if problem is None:
            with (serve or served)(library) as port:
                problem = next(_Client(port, manifest).problems(), None)
    if problem is not None:
        return fault(NAME, problem, "install Tingbao again; if it stays, report this line")
    size, chapters = manifest.edition.bytes, len(manifest.chapters)
    message = f"two sentences in {manifest.voice} built, served on {HOST} and fetched back"
    return ok(NAME, f"{message}: {size / 1000:.0f} kB, {chapters} chapters")


def _built(folder: Path, voice: str | None, cache: Path) -> Manifest:
    (folder / "page.md").write_text(PAGE, "utf-8")
    (folder / "hum.toml").write_text(HUM, "utf-8")
    (folder / "cache").mkdir()
    if voice is not None:
        (folder / "cache" / "voices").symlink_to(cache.absolute() / "voices")
    request = BuildRequest(
        inputs=(folder / "page.md",),
        output=folder / "library",
        cache=folder / "cache",
        settings=Settings(),
        voice=voice or str(folder / "hum.toml"),
        jobs=1,
    )
    return produce(request).manifest


@contextlib.contextmanager
def served(library: Path) -> Iterator[int]:
    """Serve a library on a free port of this machine, and yield the port."""
    with listen(HOST, 0) as listener:
        server = server_of(library)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)


@dataclass(frozen=True, slots=True)
class _Client:
    """A podcast app in small: it reads the feed, and fetches what the feed leads to."""

    port: int
    manifest: Manifest

    def problems(self) -> Iterator[str]:
        """What does not come back as it was published."""
        yield from self._sound_problems()
        yield from self._chapter_problems()

    def _sound_problems(self) -> Iterator[str]:
        status, feed = self._get(f"/{EDITIONS_FEED}")
        address, length = _enclosure(feed) if status == 200 else ("", 0)
        if not address.startswith(f"http://{HOST}:{self.port}/"):
            yield f"the feed came with HTTP {status} and leads to {address or 'nothing'}"
            return
        edition = self.manifest.edition
        status, sound = self._get(urlsplit(address).path)
        came = status, len(sound), hashlib.sha256(sound).hexdigest()
        if came != (200, length, edition.sha256):
            yield f"{edition.file} came with HTTP {status} and is not the file that was published"

    def _chapter_problems(self) -> Iterator[str]:
        """The chapters inside the sound are held against the manifest by :func:`verify`."""
        wanted = [chapter.start_ms for chapter in self.manifest.chapters]
        status, raw = self._get(f"/{self.manifest.id}/chapters.json")
        came = json.loads(raw)["chapters"] if status == 200 else ()
        if [round(1000 * one["startTime"]) for one in came] != wanted:
            yield f"chapters.json came with HTTP {status} and {len(came)} of {len(wanted)} chapters"

    def _get(self, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        with contextlib.closing(connection):
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()


def _enclosure(feed: bytes) -> tuple[str, int]:
    """Address and length of the newest episode's sound."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found = etree.fromstring(feed, parser).find("channel/item/enclosure")
    return ("", 0) if found is None else (found.get("url"), int(found.get("length")))
