"""The one place that writes: old or new, never half."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tingbao import files
from tingbao.errors import OutputError


def test_a_written_file_appears_whole_and_leaves_no_temporary(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "page.html"
    files.write(target, "听报")
    assert target.read_text("utf-8") == "听报"
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_a_failing_write_keeps_the_old_file_and_leaves_no_temporary(tmp_path: Path) -> None:
    target = tmp_path / "feed.xml"
    files.write(target, "old")
    with pytest.raises(TypeError), files.writing(target) as stream:
        stream.writelines([b"half of the new", "not bytes"])  # type: ignore[list-item]
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_writing_the_same_content_again_does_not_touch_the_file(tmp_path: Path) -> None:
    target = tmp_path / "feed.xml"
    files.write(target, "same")
    os.utime(target, (1, 1))
    files.write(target, "same")
    assert target.stat().st_mtime == 1


def test_a_copy_holds_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(bytes(range(256)) * 9000)
    files.copy(source, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == source.read_bytes()


def test_a_target_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"cannot write .*file/inside: "):
        files.write(tmp_path / "file" / "inside", "x")


def killed_while_writing(target: Path) -> None:
    """Hold the folder, begin to write, and be killed."""
    program = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from tingbao import files
        target = Path({str(target)!r})
        with files.locked(target.parents[1]), files.writing(target) as stream:
            stream.write(b"half")
            stream.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    """)
    subprocess.run([sys.executable, "-c", program], check=False)


def test_taking_the_lock_sweeps_what_a_dead_run_left(tmp_path: Path) -> None:
    killed_while_writing(tmp_path / "articles" / "01.mp3")
    assert len(list(tmp_path.rglob(f"{files.TEMPORARY_PREFIX}*"))) == 1
    with files.locked(tmp_path):
        assert not list(tmp_path.rglob(f"{files.TEMPORARY_PREFIX}*"))


def test_what_lies_beside_is_swept_even_where_no_holder_left_its_name(tmp_path: Path) -> None:
    stale = tmp_path / f"{files.TEMPORARY_PREFIX}0-.tingbao-holder"
    stale.write_bytes(b"half")
    with files.locked(tmp_path):
        assert not stale.exists()


def test_a_sweep_leaves_what_a_living_writer_has_begun(tmp_path: Path) -> None:
    with files.writing(tmp_path / "clip") as stream:
        stream.write(b"half")
        assert files.sweep(tmp_path) == 0
    assert (tmp_path / "clip").read_bytes() == b"half"


def test_a_held_folder_is_refused_and_its_holder_named(tmp_path: Path) -> None:
    holder = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from tingbao import files
        with files.locked(Path({str(tmp_path)!r})):
            print("held", flush=True)
            sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with (
            pytest.raises(OutputError, match=f"in use by process {process.pid}"),
            files.locked(tmp_path),
        ):
            pass
        process.kill()
    with files.locked(tmp_path):
        pass  # a holder that died is no obstacle


def test_removing_a_folder_that_is_not_there_is_fine(tmp_path: Path) -> None:
    files.write(tmp_path / "edition" / "manifest.json", "{}")
    files.remove_tree(tmp_path / "edition")
    files.remove_tree(tmp_path / "edition")
    assert not (tmp_path / "edition").exists()
