"""The errors of Tingbao. One class for each decision that a caller can take.

::

    TingbaoError                      exit 1
    ├── UnusableError                 exit 2: nothing was started, correct the input or the options
    │   ├── InputError                a page, script, profile or settings file; names file and line
    │   ├── OptionError               an option or a setting
    │   ├── OutputError               a library's folder: missing, not writable, held, another's
    │   └── VoiceUnavailableError     a voice that is not installed and cannot be fetched
    ├── SynthesisError                one utterance could not be spoken
    │   ├── TransientSynthesisError   asking again may help
    │   ├── IncompleteClipError       audio came, but not for the whole text
    │   └── EngineDownError           no utterance can be spoken now: stop
    ├── MediaError                    audio bytes that cannot be decoded, encoded or framed
    ├── StoreError                    an entry of the clip store that is not what was put there
    ├── LibraryError                  a manifest or library file that cannot be used
    ├── WorkersLostError              the workers of an archive are gone; what is done is kept
    └── AccountingError               a character lost or repeated on the way: a defect of Tingbao

A room may refine one of these for decisions of its own, which no other room takes.

Every message is one or two plain lines: what is wrong, where, what to do.
"""

from __future__ import annotations

from pathlib import Path


class TingbaoError(Exception):
    """The root of everything that Tingbao raises on purpose."""

    exit_code = 1


class UnusableError(TingbaoError):
    """Input or options that cannot be used; nothing was changed."""

    exit_code = 2


class InputError(UnusableError):
    """A file given by the user cannot be used; names it, and its line where that is known."""

    def __init__(
        self, message: str, path: Path | str | None = None, line: int | None = None
    ) -> None:
        self.path = path
        self.line = line
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(f"{where}{message}")


class OptionError(UnusableError):
    """An option or a setting has a value that cannot be used."""


class OutputError(UnusableError):
    """The folder of the library, or of a copy of it, cannot be used."""


class VoiceUnavailableError(UnusableError):
    """A voice is not installed and cannot be fetched; the message says how to get it."""


class SynthesisError(TingbaoError):
    """One utterance could not be spoken; its article is incomplete."""


class TransientSynthesisError(SynthesisError):
    """The engine failed in a way that another attempt may get over."""


class IncompleteClipError(SynthesisError):
    """The engine returned audio that does not hold the whole text."""


class EngineDownError(SynthesisError):
    """The engine cannot speak anything now; going on would fail every article."""


class MediaError(TingbaoError):
    """Audio bytes could not be decoded, encoded or split into frames."""


class StoreError(TingbaoError):
    """An entry of the clip store is damaged; it can be made again."""


class LibraryError(TingbaoError):
    """A library or manifest file cannot be used."""


class WorkersLostError(TingbaoError):
    """The workers of an archive are gone for good; what they have done is kept."""


class AccountingError(TingbaoError):
    """A character was lost or invented between the page and its articles: a defect of Tingbao."""
