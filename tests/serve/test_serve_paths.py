"""The root cannot be left, however a path is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingbao.serve.app import locate


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    (folder / "2026-03-14" / "articles").mkdir(parents=True)
    for name in ("index.html", "feed.xml", "2026-03-14/index.html", "2026-03-14/articles/01.mp3"):
        (folder / name).write_text("inside")
    (folder / ".tingbao-lock").write_text("inside")
    (tmp_path / "secret.txt").write_text("outside")
    return folder


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/feed.xml", "feed.xml"),
        ("/2026-03-14/", "2026-03-14/index.html"),
        ("/2026-03-14/articles/01.mp3", "2026-03-14/articles/01.mp3"),
        ("/2026-03-14", "2026-03-14"),
    ],
)
def test_files_of_the_library_are_found(root: Path, path: str, file: str) -> None:
    assert locate(root, path) == root / file


@pytest.mark.parametrize(
    "path",
    [
        "",
        "feed.xml",
        "//feed.xml",
        "/../secret.txt",
        "/2026-03-14/../feed.xml",
        "/./feed.xml",
        "/..\\secret.txt",
        "/C:\\secret.txt",
        "/C:/secret.txt",
        "/feed.xml::$DATA",
        "/feed.xml.",
        "/feed.xml ",
        "/feed.xml\0",
        "/\0",
        "/feed.xml\n",
        "/con",
        "/NUL.txt",
        "/aux.mp3",
        "/com1",
        "/.tingbao-lock",
        "/~",
        "/none.mp3",
        "/feed.xml/",
        "/feed.xml/more",
        "/" + "a" * 5000,
        "/报.mp3",
        "/\udcff",
    ],
)
def test_anything_else_is_not_there(root: Path, path: str) -> None:
    assert locate(root, path) is None


def test_links_that_lead_outside_or_nowhere_are_not_followed(root: Path) -> None:
    (root / "out.txt").symlink_to(root.parent / "secret.txt")
    (root / "folder").symlink_to(root.parent)
    (root / "circle.txt").symlink_to(root / "circle.txt")
    (root / "inside.xml").symlink_to(root / "feed.xml")
    assert locate(root, "/out.txt") is None
    assert locate(root, "/folder/secret.txt") is None
    assert locate(root, "/circle.txt") is None
    assert locate(root, "/inside.xml") == root / "feed.xml"


def test_a_library_behind_a_link_is_served(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    assert locate(link, "/feed.xml") == root / "feed.xml"


@given(st.text(st.sampled_from("./\\%:~a0\0 "), max_size=20))
def test_no_path_of_any_kind_leads_outside(
    tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "empty"
    folder.mkdir(exist_ok=True)
    found = locate(folder, path)
    assert found is None or found.is_relative_to(folder)
