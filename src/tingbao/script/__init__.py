"""Who says what, in which role, with which pause; and how that is written down."""

from tingbao.script.file_form import FORM
from tingbao.script.phrases import Phrase, Phrases, load_phrases
from tingbao.script.programme import build_script, digest_script, missing_segment
from tingbao.script.reading import Spoken
from tingbao.script.reading import read as normalize
from tingbao.script.script_file import parse_script_text, script_as_json, script_as_text

__all__ = [
    "FORM",
    "Phrase",
    "Phrases",
    "Spoken",
    "build_script",
    "digest_script",
    "load_phrases",
    "missing_segment",
    "normalize",
    "parse_script_text",
    "script_as_json",
    "script_as_text",
]
