"""A real Chromium, driven over its debugging pipe: no driver and no library in between."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PATIENCE_S = 300
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--remote-debugging-pipe",
    "--lang=zh-CN",
)
KEYS = {
    " ": ("Space", 32, " "),
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "ArrowLeft": ("ArrowLeft", 37, ""),
    "ArrowUp": ("ArrowUp", 38, ""),
    "ArrowRight": ("ArrowRight", 39, ""),
    "ArrowDown": ("ArrowDown", 40, ""),
}
SHIFT = 8


def demanded(missing: str) -> str:
    """Skip where a tool of the tests is missing, but not in CI, which installs it."""
    if os.environ.get("CI"):
        pytest.fail(f"CI needs {missing}: see .ci/run")
    pytest.skip(f"{missing} is not installed")


@contextlib.contextmanager
def chromium(profile: Path) -> Iterator[Chromium]:
    """Start a browser with a new profile; it has no audio device and needs none."""
    found = next(filter(None, map(shutil.which, NAMES)), None) or demanded("Chromium")
    # Ends above 4: the browser reads from descriptor 3 and writes to 4.
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (*os.pipe(), *os.pipe())]
    to_browser_read, to_browser_write, from_browser_read, from_browser_write = ends

    def connect() -> None:
        os.dup2(to_browser_read, 3)
        os.dup2(from_browser_write, 4)

    process = subprocess.Popen(
        [found, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=connect,  # noqa: PLW1509  - the tests start no threads before this
        pass_fds=(3, 4),
    )
    os.close(to_browser_read)
    os.close(from_browser_write)
    browser = Chromium(to_browser_write, from_browser_read)
    try:
        yield browser
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        os.close(to_browser_write)
        os.close(from_browser_read)


@dataclass
class Chromium:
    """The browser's end of the pipe: JSON messages, each ended by a NUL."""

    writer: int
    reader: int
    serial: int = 0
    held: bytes = b""
    events: list[dict[str, Any]] = field(default_factory=list)

    def send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Send one command of the DevTools protocol and wait for its answer."""
        self.serial += 1
        message = {"id": self.serial, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE_S
        while True:
            got = self._receive(deadline)
            if got.get("id") == self.serial:
                assert "error" not in got, (method, got["error"])
                return dict(got["result"])
            self.events.append(got)

    def _receive(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self.held:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self.reader], [], [], max(left, 0))
            assert ready, "the browser does not answer"
            chunk = os.read(self.reader, 1 << 20)
            assert chunk, "the browser has ended"
            self.held += chunk
        message, _, self.held = self.held.partition(b"\0")
        return dict(json.loads(message))

    @contextlib.contextmanager
    def page(self, width: int = 1200, height: int = 900) -> Iterator[Page]:
        """A page in a context of its own: nothing is remembered from other pages."""
        context = self.send("Target.createBrowserContext")["browserContextId"]
        target = self.send("Target.createTarget", url="about:blank", browserContextId=context)
        target_id = target["targetId"]
        session = self.send("Target.attachToTarget", targetId=target_id, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.send(f"{domain}.enable")
        page.resize(width, height)
        try:
            yield page
        finally:
            self.send("Target.disposeBrowserContext", browserContextId=context)
            self.events.clear()


@dataclass
class Page:
    """One page of the browser."""

    browser: Chromium
    session: str

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self.browser.send(method, self.session, **parameters)

    def resize(self, width: int, height: int) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def prefer(self, **features: str) -> None:
        """Set media features, such as ``prefers_color_scheme="dark"``."""
        wanted = [{"name": n.replace("_", "-"), "value": v} for n, v in features.items()]
        self.send("Emulation.setEmulatedMedia", features=wanted)

    def without_javascript(self) -> None:
        self.send("Emulation.setScriptExecutionDisabled", value=True)

    def open(self, address: str) -> None:
        self.send("Page.navigate", url=address)
        # An evaluation from here works with the page's own scripts turned off, too.
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def do(self, script: str) -> Any:
        """The value of an expression, awaited, as if a user's hand were behind it."""
        got = self.send(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in got, got["exceptionDetails"]
        return got["result"].get("value")

    def until(self, script: str) -> Any:
        """Wait until an expression is true; how long that takes decides nothing."""
        return wait(lambda: self.do(script), script)

    def press(self, key: str, *, shift: bool = False) -> None:
        code, number, text = KEYS[key]
        usual = {
            "key": key,
            "code": code,
            "windowsVirtualKeyCode": number,
            "modifiers": SHIFT if shift else 0,
        }
        self.send(
            "Input.dispatchKeyEvent", type="keyDown", **usual, **({"text": text} if text else {})
        )
        self.send("Input.dispatchKeyEvent", type="keyUp", **usual)

    def click(self, selector: str) -> None:
        """Click with the mouse in the middle of the first box of an element."""
        x, y = self.do(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            "one.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const box = one.getClientRects()[0];"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path: Path) -> None:
        """Save what is seen, for people."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))

    def requested(self) -> set[str]:
        """The addresses that this page has asked for so far."""
        return {
            event["params"]["request"]["url"]
            for event in self.browser.events
            if event["method"] == "Network.requestWillBeSent"
        }

    def complaints(self) -> list[str]:
        """What the page's console holds of errors."""
        told = []
        for event in self.browser.events:
            if event["method"] == "Runtime.exceptionThrown":
                told.append(str(event["params"]["exceptionDetails"]))
            if event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
                told.append(str(event["params"]["entry"]))
        return told


def wait(condition: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        got = condition()
        if got:
            return got
        time.sleep(0.05)
    pytest.fail(f"waited in vain for {what}")
