"""Publishing to a server: a real OpenSSH server on loopback, and moto's S3 server."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from libraries import info, tree
from tingbao.errors import LibraryError, OptionError, OutputError
from tingbao.publish import publish_library, remove, render, verify, write_library
from tingbao.publish.remote import RECORD_FILE

pytestmark = pytest.mark.slow

DAY = "2026-03-14"

LONG_SECONDS = 30.0


@pytest.fixture
def library(three_days: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three_days, tmp_path / "library"))


def published(library: Path, address: str) -> list[str]:
    """The files that a publication writes, by path in the library."""
    written: list[str] = []
    publish_library(library, address, written.append)
    return [place.removeprefix(f"{address}/") for place in written]


# --- SFTP


@dataclass
class SshServer:
    """An OpenSSH server of our own: one key, one user, and a log."""

    home: Path
    port: int
    log: Path

    def address(self, folder: Path) -> str:
        return f"sftp://{getpass.getuser()}@127.0.0.1:{self.port}{folder}"


def _key(path: Path) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(command, check=True)
    return path


def _sftp_server() -> str | None:
    known = ("/usr/lib/openssh/sftp-server", "/usr/libexec/sftp-server", "/usr/lib/ssh/sftp-server")
    return next((path for path in known if Path(path).exists()), None)


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    daemon = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    server = _sftp_server()
    if daemon is None or server is None or shutil.which("ssh-keygen") is None:
        if os.environ.get("CI"):
            pytest.fail("CI installs an OpenSSH server")
        pytest.skip("no OpenSSH server is installed")
    home = tmp_path / "home"
    folder = tmp_path / "sshd"
    (home / ".ssh").mkdir(parents=True)
    folder.mkdir()
    user, host = _key(home / ".ssh" / "id_ed25519"), _key(folder / "host")
    shutil.copy(user.with_suffix(".pub"), folder / "authorized_keys")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kind, key, *_ = host.with_suffix(".pub").read_text().split()
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    config = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": host,
        "AuthorizedKeysFile": folder / "authorized_keys",
        "PasswordAuthentication": "no",
        "UsePAM": "no",
        "StrictModes": "no",
        "PidFile": "none",
        "Subsystem": f"sftp {server}",
    }
    (folder / "config").write_text("".join(f"{key} {value}\n" for key, value in config.items()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    Path("/run/sshd").mkdir(exist_ok=True) if os.geteuid() == 0 else None
    log = folder / "log"
    command = [daemon, "-D", "-e", "-f", str(folder / "config"), "-E", str(log)]
    with subprocess.Popen(command) as process:
        _await_port(port, process)
        yield SshServer(home, port, log)
        process.terminate()


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LONG_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the SSH server did not begin to listen")


def test_a_server_gets_the_library_whole_and_the_feeds_last(
    library: Path, ssh: SshServer, tmp_path: Path
) -> None:
    (library / DAY / "script.md").write_text("what was said")
    web = tmp_path / "web" / "paper"
    written = published(library, ssh.address(web))
    assert written[-2:] == ["articles.xml", "feed.xml"]
    last_sound = max(place for place, name in enumerate(written) if name.endswith(".mp3"))
    assert last_sound < min(place for place, name in enumerate(written) if name.endswith(".html"))
    there = tree(web)
    assert there.keys() - tree(library).keys() == {RECORD_FILE}
    (web / RECORD_FILE).unlink()
    assert verify(web) == ()


def test_only_what_changed_travels_and_what_went_goes_and_strangers_stay(
    library: Path, ssh: SshServer, tmp_path: Path
) -> None:
    web = tmp_path / "web"
    address = ssh.address(web)
    publish_library(library, address, lambda _place: None)
    assert published(library, address) == []
    (web / "CNAME").write_text("example.org")
    (web / DAY / "edition.mp3").write_bytes(b"cut")
    remove(library, "2026-03-15")
    written = published(library, address)
    assert f"{DAY}/edition.mp3" in written
    assert "feed.xml" in written
    assert not any(name.startswith("2026-03-16/") and name.endswith(".mp3") for name in written)
    assert not (web / "2026-03-15").exists()
    assert (web / "CNAME").exists()


def test_a_folder_may_be_named_from_the_users_home(
    library: Path, ssh: SshServer, tmp_path: Path
) -> None:
    home = Path("~" + getpass.getuser()).expanduser()
    below = Path("/~") / os.path.relpath(tmp_path / "web", home)
    assert "feed.xml" in published(library, ssh.address(below))
    assert (tmp_path / "web" / "feed.xml").is_file()
    assert published(library, ssh.address(below)) == []


def test_an_unknown_host_key_is_refused_in_one_line(
    library: Path, ssh: SshServer, tmp_path: Path
) -> None:
    (ssh.home / ".ssh" / "known_hosts").unlink()
    with pytest.raises(OutputError, match="cannot publish to sftp://") as refused:
        publish_library(library, ssh.address(tmp_path / "web"), lambda _place: None)
    assert "key" in str(refused.value).lower()
    assert not (tmp_path / "web").exists()


def test_a_key_that_the_server_does_not_know_is_refused_in_one_line(
    library: Path, ssh: SshServer, tmp_path: Path
) -> None:
    (ssh.home / ".ssh" / "id_ed25519").unlink()
    _key(ssh.home / ".ssh" / "id_ed25519")
    with pytest.raises(OutputError, match="cannot publish to sftp://") as refused:
        publish_library(library, ssh.address(tmp_path / "web"), lambda _place: None)
    assert len(str(refused.value).splitlines()) == 1


def test_another_papers_server_is_left_alone(library: Path, ssh: SshServer, tmp_path: Path) -> None:
    web = tmp_path / "web"
    publish_library(library, ssh.address(web), lambda _place: None)
    before = tree(web)
    write_library(library, info(paper="另一报"))
    render(library)
    with pytest.raises(OutputError, match="give another folder"):
        publish_library(library, ssh.address(web), lambda _place: None)
    assert tree(web) == before


# --- S3


@dataclass
class Bucket:
    """A bucket of moto's S3 server."""

    endpoint: str
    client: Any = field(repr=False)

    def objects(self) -> dict[str, int]:
        listed = self.client.list_objects_v2(Bucket="paper")
        return {each["Key"]: each["Size"] for each in listed.get("Contents", ())}

    def head(self, key: str) -> dict[str, object]:
        return dict(self.client.head_object(Bucket="paper", Key=key))

    def body(self, key: str) -> bytes:
        got = self.client.get_object(Bucket="paper", Key=key)
        return bytes(got["Body"].read())


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    client = boto3.client("s3")
    client.create_bucket(Bucket="paper")
    yield Bucket(endpoint, client)
    client.delete_objects(Bucket="paper", Delete=_all_of(client))
    client.delete_bucket(Bucket="paper")
    server.stop()


def _all_of(client: Any) -> dict[str, Any]:
    """What to delete: moto's servers of one process share their buckets."""
    listed = client.list_objects_v2(Bucket="paper").get("Contents", ())
    return {"Objects": [{"Key": each["Key"]} for each in listed] or [{"Key": "none"}]}


def test_a_bucket_gets_the_library_whole_with_its_types(library: Path, bucket: Bucket) -> None:
    written = published(library, "s3://paper/listen")
    assert written[-2:] == ["articles.xml", "feed.xml"]
    objects = bucket.objects()
    assert objects.keys() - {f"listen/{name}" for name in written} == {f"listen/{RECORD_FILE}"}
    for name in written:
        assert bucket.body(f"listen/{name}") == (library / name).read_bytes()
    sound, feed = bucket.head(f"listen/{DAY}/edition.mp3"), bucket.head("listen/feed.xml")
    assert sound["ContentType"] == "audio/mpeg"
    assert sound["CacheControl"] == "public, max-age=86400"
    assert feed["ContentType"] == "application/rss+xml"
    assert feed["CacheControl"] == "public, max-age=300"
    assert bucket.head(f"listen/{DAY}/chapters.json")["ContentType"] == (
        "application/json+chapters"
    )


def test_a_bucket_gets_only_what_changed_and_loses_what_went(library: Path, bucket: Bucket) -> None:
    publish_library(library, "s3://paper/listen", lambda _place: None)
    bucket.client.put_object(Bucket="paper", Key="listen/CNAME", Body=b"x")
    assert published(library, "s3://paper/listen") == []
    remove(library, "2026-03-15")
    assert "feed.xml" in published(library, "s3://paper/listen")
    left = bucket.objects()
    assert not any(key.startswith("listen/2026-03-15/") for key in left)
    assert "listen/CNAME" in left


def test_a_bucket_that_is_not_there_is_named_in_one_line(library: Path, bucket: Bucket) -> None:
    with pytest.raises(OutputError, match="cannot publish to s3://nobody/listen") as refused:
        publish_library(library, "s3://nobody/listen", lambda _place: None)
    assert len(str(refused.value).splitlines()) == 1
    assert bucket.objects() == {}


# --- Addresses


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.org/listen", "cannot publish over ftp://"),
        ("sftp://me:secret@example.org/listen", "a password does not belong in an address"),
        ("sftp:///listen", "names no host"),
        ("s3:///listen", "names no bucket"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_a_password(
    library: Path, address: str, reason: str
) -> None:
    with pytest.raises(OptionError, match=reason) as refused:
        publish_library(library, address, lambda _place: None)
    assert "secret" not in str(refused.value)


def test_a_library_with_a_missing_file_is_not_published(library: Path, bucket: Bucket) -> None:
    (library / DAY / "edition.mp3").unlink()
    with pytest.raises(LibraryError, match=r"edition\.mp3"):
        publish_library(library, "s3://paper/listen", lambda _place: None)
    assert bucket.objects() == {}
