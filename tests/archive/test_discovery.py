"""Which editions are found below the given roots, and which files each is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tingbao.archive.discovery import discover
from tingbao.errors import InputError


def found(root: Path, *names: str, roots: Sequence[str] = ("",)) -> Mapping[str, list[str]]:
    """The inputs of each edition by its name, relative to ``root``."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("文", "utf-8")
    finds, aside = discover([root / one for one in roots])
    assert aside == ()
    return {
        Path(find.name).name: [path.relative_to(root).as_posix() for path in find.inputs]
        for find in finds
    }


DAYS = {"2026-03-14": ["2026-03-14"], "2026-03-15": ["2026-03-15"]}


def test_folders_with_a_date_are_editions_in_order_of_date(tmp_path: Path) -> None:
    assert found(tmp_path, "2026-03-15/01.md", "2026-03-14/01.md", "2026-03-14/02.md") == DAYS
    assert list(found(tmp_path)) == ["2026-03-14", "2026-03-15"]


@pytest.mark.parametrize(
    "folder",
    ["20260314", "2026/03/14", "2026-03/14", "202603/14", "2026年3月14日", "2026/2026-03-14"],
)
def test_a_date_is_read_in_every_usual_form(tmp_path: Path, folder: str) -> None:
    assert found(tmp_path, f"{folder}/A01.txt") == {"2026-03-14": [folder]}


def test_dates_in_file_names_part_the_files_of_one_folder_pages_in_order(tmp_path: Path) -> None:
    names = ["2026-03-14-10.md", "2026-03-14-02.md", "2026-03-15-01.md", "20260315_A02.md"]
    assert found(tmp_path, *names) == {
        "2026-03-14": ["2026-03-14-02.md", "2026-03-14-10.md"],
        "2026-03-15": ["2026-03-15-01.md", "20260315_A02.md"],
    }


def test_a_folder_for_each_page_belongs_to_the_folder_with_the_date(tmp_path: Path) -> None:
    names = [
        "2026-03-14/A01/auto/A01_content_list.json",
        "2026-03-14/A02/auto/A02_content_list.json",
    ]
    assert found(tmp_path, *names) == {"2026-03-14": ["2026-03-14"]}


def test_pages_beside_folders_of_pages_are_all_taken(tmp_path: Path) -> None:
    names = ["2026-03-14/01.md", "2026-03-14/special/02.md"]
    assert found(tmp_path, *names) == {"2026-03-14": ["2026-03-14", "2026-03-14/special"]}


def test_a_folder_without_any_date_is_an_edition_whose_pages_decide(tmp_path: Path) -> None:
    assert found(tmp_path, "first/01.md", "second/01.md") == {
        "first": ["first"],
        "second": ["second"],
    }


def test_one_dated_file_dates_its_neighbours(tmp_path: Path) -> None:
    names = ["x/nbs.D110000renmrb_01.htm", "x/nw.D110000renmrb_20260314_1-01.htm"]
    assert found(tmp_path, *names) == {"2026-03-14": ["x"]}


def test_an_e_paper_saved_over_two_trees_is_one_edition(tmp_path: Path) -> None:
    names = ["layout/202603/14/node_01.html", "content/202603/14/content_9.html"]
    assert found(tmp_path, *names) == {"2026-03-14": ["content/202603/14", "layout/202603/14"]}


def test_what_an_ocr_engine_writes_beside_its_pages_is_not_read_twice(tmp_path: Path) -> None:
    names = ["2026-03-14_content_list.json", "2026-03-14.md", "2026-03-14_middle.json"]
    also = ["2026-03-15_content_list.json", "2026-03-15.md"]
    assert found(tmp_path, *names, *also) == {
        "2026-03-14": ["2026-03-14_content_list.json"],
        "2026-03-15": ["2026-03-15_content_list.json"],
    }


def test_what_is_hidden_linked_or_made_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path)
    names = [".git/2026-03-13/01.md", "2026-03-14/01.md", "2026-03-14/01_files/x.html", "README.md"]
    library = ["library/library.json", "library/2026-03-14/index.html"]
    report = ["library-report/editions.csv", "library-report/report.html"]
    assert found(tmp_path, *names, *library, *report) == {"2026-03-14": ["2026-03-14"]}


def test_a_folder_that_is_left_out_is_not_entered(tmp_path: Path) -> None:
    for name in ("2026-03-14/01.md", "output/2026-03-13/script.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("文", "utf-8")
    finds, _ = discover([tmp_path], [tmp_path / "output"])
    assert [find.name for find in finds] == ["2026-03-14"]


def test_roots_may_be_files_and_a_root_given_twice_counts_once(tmp_path: Path) -> None:
    names = ["a/2026-03-14.md", "a/2026-03-15.md", "b/2026-03-16/01.md"]
    roots = ["a/2026-03-14.md", "b", "b/2026-03-16"]
    assert found(tmp_path, *names, roots=roots) == {
        "2026-03-14": ["a/2026-03-14.md"],
        "2026-03-16": ["b/2026-03-16"],
    }


def test_of_two_editions_of_a_day_the_second_is_set_aside_and_both_are_named(
    tmp_path: Path,
) -> None:
    for name in ("one/2026-03-14/01.md", "two/2026-03-14/01.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("文", "utf-8")
    (find,), (aside,) = discover([tmp_path])
    assert find.date == dt.date(2026, 3, 14)
    assert find.inputs == (tmp_path / "one/2026-03-14",)
    assert aside.name == f"2026-03-14 in {tmp_path / 'two/2026-03-14'}"
    assert str(tmp_path / "one/2026-03-14") in aside.reason


def test_a_root_that_is_missing_or_holds_no_page_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the folder: No such file"):
        discover([tmp_path / "missing"])
    with pytest.raises(InputError, match="no page file was found"):
        discover([tmp_path])


def test_a_thousand_editions_in_one_folder_are_found_without_opening_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "2026"
    folder.mkdir()
    first = dt.date(1999, 1, 1)
    days = [first + dt.timedelta(days=number) for number in range(1000)]
    for day in days:
        (folder / f"{day}-01.md").symlink_to("/dev/full")  # reading it would end in an error
    finds, _ = discover([tmp_path])
    assert [find.date for find in finds] == days
