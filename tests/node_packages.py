"""Packages of Node that tests read or run: fetched at pinned versions, known by their digests."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

from chromium import demanded

PATIENCE_S = 180
FOLDER = Path(__file__).parent / "node"


def packed_file(package: str, sha512: str, name: str, folder: Path) -> bytes:
    """One file of a package (``name@version``), whose archive has this SHA-512 in base64."""
    npm = shutil.which("npm") or demanded("npm")
    command = [npm, "pack", package, "--pack-destination", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_S)
    packed = next(folder.glob("*.tgz"), None) or demanded(f"{package} ({done.stderr[-200:]!r})")
    digest = hashlib.sha512(Path(packed).read_bytes()).digest()
    assert base64.b64encode(digest).decode() == sha512
    with tarfile.open(packed) as archive:
        source = archive.extractfile(name)
        assert source is not None
        return source.read()


def readers(folder: Path) -> Path:
    """``tests/node`` with the packages of its lock file, none of whose own scripts is run."""
    npm = shutil.which("npm") or demanded("npm")
    place = folder / "node"
    shutil.copytree(FOLDER, place)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=place, capture_output=True, check=False, timeout=PATIENCE_S)
    if done.returncode:
        demanded(f"the packages of tests/node ({done.stderr[-200:]!r})")
    return place
