"""Whether the settings are valid, and whether the terminal shows Chinese."""

from __future__ import annotations

import locale
import sys
from pathlib import Path

from tingbao.doctor.findings import Finding, fault, note, ok, one_line
from tingbao.edition import BuildRequest
from tingbao.edition.request import check_request
from tingbao.errors import UnusableError
from tingbao.pronunciation import load_lexicon
from tingbao.script import load_phrases
from tingbao.settings import Settings, cache_folder, load_settings, settings_file

SHOWN = "《听报》，“试听”…"


def check_settings() -> Finding:
    """Whether settings file and variables are valid, with every file and voice that they name."""
    path = settings_file()
    try:
        settings = load_settings()
        check_request(_request(settings))
        load_phrases(settings.script.phrases_path)
        load_lexicon(settings.script.lexicon_path)
    except UnusableError as error:
        return fault("settings", one_line(error), "correct it; docs/settings.md has every key")
    found = f"{path} is valid" if path else "no tingbao.toml in this folder: the defaults hold"
    return ok("settings", found)


def _request(settings: Settings) -> BuildRequest:
    usual = settings.build
    return BuildRequest(
        inputs=(),
        output=Path(usual.output),
        cache=cache_folder(),
        settings=settings,
        date=usual.date,
        voice=usual.voice,
        fallback=usual.fallback,
        base_url=usual.base_url,
    )


def check_terminal(
    encoding: str | None = None, file_names: str = sys.getfilesystemencoding()
) -> Finding:
    """Whether standard output and the names of files can hold Chinese."""
    encoding = encoding or sys.stdout.encoding or locale.getpreferredencoding(do_setlocale=False)
    cure = "set LANG to a UTF-8 locale, such as C.UTF-8"
    if not _holds_chinese(encoding):
        told = f"its encoding {encoding} has no Chinese: titles are shown as ???"
        return note("terminal", told, cure)
    if not _holds_chinese(file_names):
        return note("terminal", f"names of files are in {file_names}, without Chinese", cure)
    return ok("terminal", f"{encoding}, names of files {file_names}")


def _holds_chinese(encoding: str) -> bool:
    try:
        SHOWN.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
