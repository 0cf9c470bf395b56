"""An archive in one process: what is made, what is left alone, what is set aside."""

from __future__ import annotations

import re
import threading
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import msgspec
import pytest

from archives import Archive, Here, day, page_of, tree_of
from tingbao.archive.driver import DEATHS_PER_TASK, WINDOW_PER_WORKER
from tingbao.archive.events import (
    ArchiveEvent,
    EditionEnded,
    Found,
    LibraryUpdated,
    TaskEnded,
    TaskRepeated,
)
from tingbao.archive.tasks import Call, Done, Task
from tingbao.archive.work import work_on
from tingbao.edition import BuildRequest, produce
from tingbao.errors import OptionError, OutputError, SynthesisError, WorkersLostError
from tingbao.models import Clip
from tingbao.publish import edition_folders, read_manifest, verify
from tingbao.settings import LibrarySettings, Settings
from tingbao.synthesis import FakeEngine, Profile, Speech
from tingbao.synthesis.fake import hum
from tingbao.workers import FailureKind

pytestmark = pytest.mark.slow


def endings(archive: Archive) -> list[EditionEnded]:
    return [one for one in archive.events if isinstance(one, EditionEnded)]


def tasks(archive: Archive) -> list[TaskEnded]:
    return [one for one in archive.events if isinstance(one, TaskEnded)]


def test_an_archive_is_byte_for_byte_what_the_editions_are_when_built_one_by_one(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)
    archive.build(1)
    archive.build(2)
    assert tree_of(archive.output) == tree_of(whole_archive.output)
    assert verify(whole_archive.output) == ()


def test_it_reports_what_it_found_how_editions_ended_and_when_the_library_knows_them(
    whole_archive: Archive,
) -> None:
    assert whole_archive.events[0] == Found(2, 2)
    assert whole_archive.events[-1] == LibraryUpdated(2)
    assert [(one.edition, one.outcome, one.pages, one.items) for one in endings(whole_archive)] == [
        (day(1), "made", 1, 2),
        (day(2), "made", 1, 2),
    ]
    assert all(one.audio_seconds > 1 and one.cpu_seconds > 0 for one in endings(whole_archive))


def test_each_item_is_a_task_and_every_edition_is_joined_once(whole_archive: Archive) -> None:
    first = [one for one in tasks(whole_archive) if one.edition == day(1)]
    spoken = [one for one in first if one.kind == "speak"]
    assert [one.kind for one in first] == ["plan", "speak", "speak", "speak", "join"]
    assert [one.item for one in spoken] == [None, "01", "02"]
    lengths = [one.characters for one in spoken]
    assert lengths == sorted(lengths, reverse=True)
    assert all(one.audio_seconds > 0 for one in spoken)


def test_a_second_run_reads_and_leaves_everything_as_it_is(made: Archive) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.output.rglob("*.*")}
    result = made.run()
    assert (result.made, result.unchanged) == (0, 2)
    assert {one.kind for one in tasks(made)} == {"plan"}
    after = {path: path.stat().st_mtime_ns for path in made.output.rglob("*.*")}
    assert {path.name for path in after if before.get(path) != after[path]} <= {".tingbao-lock"}


def test_pages_are_read_once_and_no_worker_looks_at_them_again(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)

    def remove_pages(event: ArchiveEvent) -> None:
        if isinstance(event, TaskEnded) and event.kind == "plan":
            (archive.pages / event.edition / "01.md").unlink()

    archive.listener = remove_pages
    assert archive.run(paper="试报").made == 2
    assert tree_of(archive.output) == tree_of(whole_archive.output)


def test_what_a_build_made_is_known_again(archive: Archive) -> None:
    archive.days(1, 2)
    archive.build(2)
    result = archive.run()
    assert (result.made, result.unchanged) == (1, 1)


def test_a_corrected_page_makes_its_edition_anew_and_speaks_only_the_correction(
    made: Archive,
) -> None:
    made.put(f"{day(2)}/01.md", page_of(2).replace("第2日第1项工作", "第2日第1项任务"))
    result = made.run()
    assert (result.made, result.unchanged) == (1, 1)
    spoken = [one for one in tasks(made) if one.characters]
    assert [(one.edition, one.item) for one in spoken] == [(day(2), "01")]


@pytest.mark.parametrize("harm", ["a file is gone", "another setting", "another rate"])
def test_an_edition_that_is_not_what_its_pages_would_give_is_made_again(
    made: Archive, harm: str
) -> None:
    settings = Settings()
    if harm == "a file is gone":
        (made.output / day(1) / "articles" / "01.mp3").unlink()
    elif harm == "another rate":
        made.voice.write_text(made.voice.read_text().replace("2.0", "1.5"))
    else:
        audio = msgspec.structs.replace(settings.audio, loudness_lufs=-18.0)
        settings = msgspec.structs.replace(settings, audio=audio)
    assert made.run(settings=settings).made == (1 if harm == "a file is gone" else 2)
    assert made.run(settings=settings).unchanged == 2
    assert verify(made.output) == ()


def test_a_script_that_was_corrected_by_hand_stays_while_its_pages_do(made: Archive) -> None:
    script = made.output / day(1) / "script.md"
    edited = made.folder / "edited.md"
    edited.write_text(script.read_text("utf-8").replace("工作全部完成", "工作如期完成"), "utf-8")
    produce(
        BuildRequest(
            inputs=(),
            output=made.output,
            cache=made.folder / "cache",
            settings=Settings(),
            voice=str(made.voice),
            jobs=1,
            script=edited,
        )
    )
    assert made.run().unchanged == 2
    assert "工作如期完成" in script.read_text("utf-8")


def test_an_edition_that_cannot_be_read_is_named_and_the_others_go_on(archive: Archive) -> None:
    archive.days(1, 3)
    archive.put(f"{day(2)}/01.md", "\0\1\2")
    archive.put("undated/01.md", "## 标题\n\n本报讯 正文。\n")
    result = archive.run()
    assert result.made == 2
    (undated, no_date), (second, broken) = result.failed
    assert (undated, second) == (str(archive.pages / "undated"), day(2))
    assert "no date is printed, and none is in the names" in no_date
    assert "01.md" in broken
    assert [one.reason for one in endings(archive) if one.edition == day(2)] == [broken]


def test_of_two_editions_printed_with_one_date_the_second_is_set_aside_and_both_are_named(
    archive: Archive,
) -> None:
    archive.put("one/01.md", page_of(1))
    archive.put("two/01.md", page_of(1).replace("要闻", "新闻"))
    result = archive.run()
    ((name, reason),) = result.failed
    assert name == str(archive.pages / "two")
    assert str(archive.pages / "one") in reason
    assert result.made == 1


def test_another_papers_pages_are_set_aside_unless_a_paper_is_named(archive: Archive) -> None:
    archive.days(1)
    archive.put(f"{day(2)}/01.md", page_of(2).replace("试报", "通辽日报"))
    archive.put(f"{day(3)}/01.md", page_of(3).replace("试报 ", ""))
    result = archive.run()
    assert result.made == 2  # a page without a name is of the library's paper
    assert result.failed[0][0] == day(2)
    assert "these are pages of 通辽日报, not 试报" in result.failed[0][1]
    assert archive.run(paper="试报").made == 1


def refusing(_profile: Profile, _cache: Path) -> FakeEngine:
    def say(speech: Speech) -> Clip:
        if "第二日第二项" in speech.spoken:
            raise SynthesisError("no such sound")
        return hum(speech)

    return FakeEngine(say)


def test_an_item_that_cannot_be_spoken_is_named_and_the_edition_is_published_without_it(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)
    result = archive.run(call=partial(work_on, opener=refusing))
    ((name, reason),) = result.incomplete
    assert (result.made, name) == (1, day(2))
    assert reason.startswith("item 02 第2日要闻之2: ")
    assert reason.endswith(": no such sound")
    manifest = read_manifest(archive.output / day(2))
    assert manifest is not None
    assert [article.complete for article in manifest.articles] == [True, False]
    assert archive.run().made == 1
    assert tree_of(archive.output) == tree_of(whole_archive.output)


def test_an_online_voice_is_refused_in_one_line(archive: Archive) -> None:
    archive.days(1)
    with pytest.raises(OptionError, match="--voice edge asks an online service"):
        archive.run(voice="edge")


def test_settings_say_how_many_editions_are_kept_and_no_more_are_made(made: Archive) -> None:
    made.days(3)
    keep = msgspec.structs.replace(Settings(), library=LibrarySettings(keep=1))
    assert (made.run(settings=keep).made, made.run(settings=keep).unchanged) == (1, 1)
    assert [folder.name for folder in edition_folders(made.output)] == [day(3)]


def test_a_second_archive_into_the_same_library_is_told_who_holds_it(archive: Archive) -> None:
    archive.days(1)
    refusals: list[str] = []

    def listener(event: ArchiveEvent) -> None:
        if isinstance(event, EditionEnded):
            with pytest.raises(OutputError) as refused:
                Archive(archive.folder).run()
            refusals.append(str(refused.value))

    archive.listener = listener
    archive.run()
    assert len(refusals) == 1
    assert "is in use by process" in refusals[0]


def test_meanwhile_the_feeds_lead_only_to_what_is_there(made: Archive) -> None:
    made.days(3)
    made.put(f"{day(2)}/01.md", page_of(2, items=1))
    seen: list[str] = []

    def listener(_event: ArchiveEvent) -> None:
        for feed in ("feed.xml", "articles.xml"):
            text = (made.output / feed).read_text("utf-8")
            names = re.findall(r'enclosure url="http://127.0.0.1:8765/([^"]+)"', text)
            assert names
            seen.extend(name for name in names if not (made.output / name).is_file())

    made.listener = listener
    assert made.run().made == 2
    assert seen == []


# --- workers that do not answer ------------------------------------------------------------


class _Counting(Here):
    """Counts the tasks that are under way."""

    size = 2

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(1)
        self.most = self._now = 0
        self._guard = threading.Lock()

    def submit(self, call: Call, task: Task) -> Future[Done]:
        with self._guard:
            self._now += 1
            self.most = max(self.most, self._now)
        future = self._threads.submit(call, task)
        future.add_done_callback(self._ended)
        return future

    def close(self) -> None:
        self._threads.shutdown()

    def _ended(self, _future: Future[Done]) -> None:
        with self._guard:
            self._now -= 1


def test_only_a_window_of_tasks_is_under_way(archive: Archive) -> None:
    for number in range(1, 25):
        archive.put(f"{day(number)}/01.md", "[")  # nothing that is worth a join
    executor = _Counting()
    archive.run(executor, paper="试报")
    assert len(endings(archive)) == 24
    assert 1 < executor.most <= WINDOW_PER_WORKER * executor.size


class _Stuck(Here):
    """Answers the first task only when nothing else is left to do."""

    def __init__(self) -> None:
        super().__init__()
        self._first: tuple[Future[Done], Done] | None = None
        self.waited_for = 0

    def submit(self, call: Call, task: Task) -> Future[Done]:
        future = super().submit(call, task)
        if self._first is None:
            done, future = future.result(), Future()
            self._first = future, done
        return future

    def is_lost(self) -> bool:
        assert self._first is not None
        future, done = self._first
        if not future.done():
            self.waited_for = len(self.tasks)
            future.set_result(done)
        return False


def test_one_edition_that_takes_long_to_read_does_not_let_the_plans_of_all_others_pile_up(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tingbao.archive.driver.QUIET_SECONDS", 0.1)
    archive.days(*range(1, 3 * WINDOW_PER_WORKER))
    executor = _Stuck()
    result = archive.run(executor, paper="试报")
    assert executor.waited_for == WINDOW_PER_WORKER
    assert result.made == 3 * WINDOW_PER_WORKER - 1


class _Lossy(Here):
    """A scheduler that goes away at the tasks in ``losses``, with all that was submitted."""

    def __init__(self, *losses: int) -> None:
        super().__init__(
            lambda error: FailureKind.LOST if isinstance(error, ConnectionError) else None
        )
        self._losses = losses
        self.reconnections = 0

    def submit(self, call: Call, task: Task) -> Future[Done]:
        if len(self.tasks) in self._losses:
            self.tasks.append(task)
            future: Future[Done] = Future()
            future.set_exception(ConnectionError("gone"))
            return future
        return super().submit(call, task)

    def reconnect(self) -> None:
        self.reconnections += 1


def test_a_scheduler_that_was_lost_is_found_again_and_its_tasks_are_repeated(
    archive: Archive, whole_archive: Archive
) -> None:
    archive.days(1, 2)
    executor = _Lossy(0, 4, 9)
    assert archive.run(executor, paper="试报").made == 2
    assert executor.reconnections == 3
    assert sum(isinstance(one, TaskRepeated) for one in archive.events) >= 3
    assert tree_of(archive.output) == tree_of(whole_archive.output)


class _Gone(_Lossy):
    def reconnect(self) -> None:
        raise WorkersLostError("the scheduler is gone")


def test_when_the_workers_are_gone_for_good_the_next_run_does_the_rest(archive: Archive) -> None:
    archive.days(1, 2)
    with pytest.raises(WorkersLostError):
        archive.run(_Gone(4), paper="试报")
    spoken = {one.item for one in tasks(archive) if one.characters}
    assert archive.run(paper="试报").made == 2
    again = {(one.edition, one.item) for one in tasks(archive) if one.characters}
    assert not {(day(1), item) for item in spoken} & again
    assert verify(archive.output) == ()


class _Deadly(Here):
    def __init__(self) -> None:
        super().__init__(
            lambda error: FailureKind.DIED if isinstance(error, BrokenExecutor) else None
        )

    def submit(self, _call: Call, task: Task) -> Future[Done]:
        self.tasks.append(task)
        future: Future[Done] = Future()
        future.set_exception(BrokenExecutor("worker 1 ended (signal 9)"))
        return future


def test_when_workers_only_die_the_run_ends_and_asks_for_memory(archive: Archive) -> None:
    archive.days(1)
    executor = _Deadly()
    with pytest.raises(WorkersLostError, match=r"signal 9.*enough memory"):
        archive.run(executor, paper="试报")
    assert len(executor.tasks) <= (DEATHS_PER_TASK + 2) * WINDOW_PER_WORKER
    assert executor.is_closed


@pytest.mark.parametrize("at", [3, 5, 8, 10])
def test_a_run_that_is_stopped_anywhere_goes_on_to_the_same_library(
    archive: Archive, whole_archive: Archive, at: int
) -> None:
    archive.days(1, 2)

    def stop(event: ArchiveEvent) -> None:
        if len(archive.events) == at and not isinstance(event, Found):
            raise KeyboardInterrupt

    archive.listener = stop
    with pytest.raises(KeyboardInterrupt):
        archive.run()
    archive.listener = lambda _event: None
    archive.run()
    assert verify(archive.output) == ()
    assert tree_of(archive.output) == tree_of(whole_archive.output)
