"""Real worker processes: killed ones are replaced, none outlives its parent."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from processes import is_alive
from tingbao.errors import OutputError, SynthesisError, VoiceUnavailableError
from tingbao.models import Clip
from tingbao.synthesis import ClipStore, FakeEngine, Speech, VoiceSettings
from tingbao.synthesis.fake import hum
from tingbao.synthesis.pool import TIME_LIMITS, EmbeddedVoice, PoolSpeakers
from tingbao.synthesis.work import Settled, Task, balanced
from tingbao.workers import TimeLimits

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals"),
]

VOICE = VoiceSettings("fake")


def ignore(_line: str) -> None:
    """Takes a notice."""


class TouchyEngine(FakeEngine):
    """Dies of “杀” each time, of “一次” once (``folder`` remembers), and is slow at “慢”."""

    def __init__(self, folder: Path) -> None:
        super().__init__(self._say_touchily)
        self._folder = folder
        (folder / f"worker-{os.getpid()}").touch()

    def _say_touchily(self, speech: Speech) -> Clip:
        if "杀" in speech.spoken:
            os.kill(os.getpid(), signal.SIGKILL)
        if "一次" in speech.spoken and not (self._folder / "died").exists():
            (self._folder / "died").touch()
            os.kill(os.getpid(), signal.SIGSEGV)
        if "慢" in speech.spoken:
            (self._folder / "slow").touch()
            time.sleep(600)
        return hum(speech)


class HastyWithTwo(TimeLimits):
    """Time for all texts but those of two characters."""

    def of_text(self, characters: int) -> float:
        return 0.2 if characters == 2 else 3600.0


def engine_that_cannot_load() -> FakeEngine:
    raise VoiceUnavailableError("its weights are gone")


def engine_that_breaks() -> FakeEngine:
    raise MemoryError


def engine_that_kills() -> FakeEngine:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def tasks(*texts: str) -> list[Task]:
    wanted = [Speech(text, VOICE) for text in texts]
    return [Task(ClipStore.key_of(speech, "fake 1"), speech) for speech in wanted]


def pool_of(
    folder: Path,
    jobs: int,
    notices: list[str] | None = None,
    limits: TimeLimits = TIME_LIMITS,
) -> PoolSpeakers:
    notice = ignore if notices is None else notices.append
    opener = functools.partial(TouchyEngine, folder)
    voice, store = EmbeddedVoice(opener, "fake 1"), ClipStore(folder / "clips")
    return PoolSpeakers(voice, store, jobs, notice, limits)


def wait_until_dead(pids: list[int]) -> None:
    for _ in range(1200):
        if not any(map(is_alive, pids)):
            return
        time.sleep(0.05)
    pytest.fail("a worker is still there")


def workers_of(folder: Path) -> list[int]:
    return [int(path.name.removeprefix("worker-")) for path in folder.glob("worker-*")]


def test_workers_put_every_clip_into_the_store(tmp_path: Path) -> None:
    wanted = tasks(*"甲乙丙丁戊己庚")
    pool = pool_of(tmp_path, 2)
    assert pool.identity() == "fake 1"
    settled = list(pool.speak_all(wanted))
    pool.close()
    assert {each.key for each in settled} == {task.key for task in wanted}
    assert all(each.error is None and each.seconds == 0.12 for each in settled)
    store = ClipStore(tmp_path / "clips")
    assert [store.get(task.key) for task in wanted] == [hum(task.speech) for task in wanted]
    wait_until_dead(workers_of(tmp_path))


def test_the_last_few_are_spoken_longest_first_and_all_before_them_in_order() -> None:
    wanted = tasks(*(sign * length for length, sign in enumerate("甲乙丙丁戊己庚辛壬癸", start=1)))
    spoken = [len(task.speech.spoken) for task in balanced(wanted, 2)]
    assert spoken == [1, 2, 10, 9, 8, 7, 6, 5, 4, 3]


def test_a_killed_worker_is_replaced_and_its_work_repeated(tmp_path: Path) -> None:
    notices: list[str] = []
    pool = pool_of(tmp_path, 2, notices)
    settled = list(pool.speak_all(tasks("甲", "一次", "乙", "丙")))
    pool.close()
    assert len(settled) == 4
    assert all(each.error is None for each in settled)
    assert notices == ["a worker died while speaking “一次”; another takes its place"]


def test_a_text_that_kills_its_workers_is_given_up_and_named(tmp_path: Path) -> None:
    pool = pool_of(tmp_path, 1)
    settled = list(pool.speak_all(tasks("甲", "杀", "乙")))
    pool.close()
    errors = [each.error for each in settled if each.error]
    assert len(settled) == 3
    assert [type(error) for error in errors] == [SynthesisError]
    assert "“杀”: 3 workers died speaking it" in str(errors[0])


def test_a_text_that_comes_to_no_end_is_given_up_and_named(tmp_path: Path) -> None:
    notices: list[str] = []
    pool = pool_of(tmp_path, 1, notices, HastyWithTwo())
    settled = list(pool.speak_all(tasks("甲", "很慢", "乙")))
    pool.close()
    (error,) = [each.error for each in settled if each.error]
    assert len(settled) == 3
    assert "“很慢”: 3 workers hung speaking it; it is given up" in str(error)
    assert notices == ["a worker hung while speaking “很慢”; another takes its place"] * 2


def test_what_is_given_up_half_way_does_not_mix_with_what_comes_next(tmp_path: Path) -> None:
    pool = pool_of(tmp_path, 1)
    given_up = pool.speak_all(tasks("甲", "慢", "乙"))
    next(given_up)
    while not (tmp_path / "slow").exists():
        time.sleep(0.01)
    given_up.close()
    (only,) = pool.speak_all(tasks("丁"))
    pool.close()
    assert only == Settled(tasks("丁")[0].key, 0.12, only.cpu_seconds)


@pytest.mark.parametrize(
    ("opener", "said"),
    [
        (engine_that_cannot_load, "its weights are gone"),
        (engine_that_breaks, "the voice cannot be loaded: MemoryError"),
        (engine_that_kills, "its process ended 3 times"),
    ],
)
def test_a_voice_that_cannot_be_loaded_is_one_clear_error(
    tmp_path: Path, opener: object, said: str
) -> None:
    assert callable(opener)
    pool = PoolSpeakers(EmbeddedVoice(opener, "fake 1"), ClipStore(tmp_path), 1, ignore)
    with pytest.raises(VoiceUnavailableError, match=said):
        list(pool.speak_all(tasks("甲")))
    pool.close()


def test_a_store_that_cannot_be_written_ends_the_run_with_our_error(tmp_path: Path) -> None:
    pool = pool_of(tmp_path, 1)
    (tmp_path / "clips").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write"):
        list(pool.speak_all(tasks("甲")))
    pool.close()


DRIVER = """
import functools, sys
from pathlib import Path
sys.path[:0] = {paths!r}
from test_pool import TouchyEngine, pool_of, tasks

if __name__ == "__main__":
    try:
        for settled in pool_of(Path({folder!r}), 2).speak_all(tasks("慢一", "慢二")):
            print(settled)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_a_parent_that_is_killed_or_interrupted(
    tmp_path: Path, how: signal.Signals
) -> None:
    paths = [str(folder) for folder in Path(__file__).parents[:2]]
    script = tmp_path / "driver.py"
    script.write_text(textwrap.dedent(DRIVER.format(paths=paths, folder=str(tmp_path))))
    with subprocess.Popen(
        [sys.executable, script], stderr=subprocess.PIPE, start_new_session=True
    ) as driver:
        while len(workers_of(tmp_path)) < 2 or not (tmp_path / "slow").exists():
            assert driver.poll() is None
            time.sleep(0.02)
        # As the terminal does it: Ctrl-C goes to the workers too.
        os.killpg(driver.pid, how) if how is signal.SIGINT else driver.send_signal(how)
        _, said = driver.communicate(timeout=600)
    assert driver.returncode == (130 if how is signal.SIGINT else -how)
    assert said == b""
    wait_until_dead(workers_of(tmp_path))
