"""Option > variable > file > default; every mistake names its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tingbao.errors import InputError, OptionError
from tingbao.settings import Settings, cache_folder, load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "working"
    folder.mkdir()
    monkeypatch.chdir(folder)


def test_without_file_and_variables_the_defaults_hold() -> None:
    assert load_settings(environ={}) == Settings()


def test_the_file_beside_the_input_wins_over_the_one_in_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "tingbao.toml").write_text('[build]\npaper = "beside"\n')
    Path("tingbao.toml").write_text('[build]\npaper = "working"\n')
    assert load_settings(tmp_path, environ={}).build.paper == "beside"
    assert load_settings(environ={}).build.paper == "working"


def test_a_variable_wins_over_the_file() -> None:
    Path("tingbao.toml").write_text('[build]\nvoice = "baker"\njobs = 1\n')
    settings = load_settings(environ={"TINGBAO_VOICE": "kokoro", "TINGBAO_JOBS": "3"})
    assert (settings.build.voice, settings.build.jobs) == ("kokoro", 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[build]\nvoce = 1\n", "tingbao.toml:2: settings: unknown key 'voce'"),
        ("[bild]\n", "tingbao.toml:1: settings: unknown key 'bild'"),
        ("[build]\n\njobs = 'x'\n", "tingbao.toml:3: settings: build.jobs: Expected"),
        ("[build]\njobs = \n", "tingbao.toml:2: cannot read the settings as TOML: Invalid value"),
    ],
)
def test_a_mistake_in_the_file_names_file_and_line(text: str, message: str) -> None:
    Path("tingbao.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        load_settings(environ={})
    assert message in str(caught.value)


def test_a_file_that_is_not_utf8_is_named() -> None:
    Path("tingbao.toml").write_bytes('[build]\npaper = "日报"\n'.encode("gb18030"))
    with pytest.raises(InputError, match="is not UTF-8"):
        load_settings(environ={})


@pytest.mark.parametrize(
    "text",
    [
        "[audio]\nloudness_lufs = 3.0\n",
        "[audio]\nbitrate_kbps = 65\n",
        "[audio]\nsample_rate_hz = 22050\n",
        '[feed]\ntime = "25:00"\n',
        '[feed]\ntime_zone = "CST"\n',
        "[build]\njobs = 0\n",
        '[build]\nprogress = "loud"\n',
    ],
)
def test_a_value_out_of_its_range_is_refused(text: str) -> None:
    Path("tingbao.toml").write_text(text)
    with pytest.raises(OptionError):
        load_settings(environ={})


def test_jobs_in_a_variable_must_be_a_number() -> None:
    with pytest.raises(OptionError, match="TINGBAO_JOBS must be a whole number"):
        load_settings(environ={"TINGBAO_JOBS": "many"})


def test_the_cache_folder_is_the_variable_or_the_users_own(tmp_path: Path) -> None:
    assert cache_folder({"TINGBAO_CACHE": str(tmp_path)}) == tmp_path
    assert cache_folder({}).is_absolute()
