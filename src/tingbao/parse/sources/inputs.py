"""From what the user names to files with bytes and text: existence, order, names, encodings."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from tingbao.errors import InputError
from tingbao.files import is_folder
from tingbao.parse.blocks import SourceFile

LARGEST_BYTES = 64 << 20
"""Larger files are refused unread: a newspaper page holds some 20 kB of text."""

_LARGEST_PDF_BYTES = 512 << 20
"""The pages of an issue in one file, with their pictures and fonts."""

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:18|19|20)\d\d)(?P<mark>[-_./年]?)(?P<month>\d{1,2})(?P<second>[-_./月]?)"
    r"(?P<day>\d{1,2})日?(?!\d)"
)
_LABEL = re.compile(
    r"(?:^|[^0-9A-Za-z])(?:第|page|p)?[-_ ]?(?P<label>[A-Z]{0,2}\d{1,3})版?$", re.IGNORECASE
)
_PAGE_AND_ARTICLE = re.compile(r"[-_ ](?P<label>[A-Z]{0,2}\d{1,3})[-_ ]\d{1,3}", re.IGNORECASE)
"""20260314-01-02: date, page, article."""

_FEW_MARKS = (("", ""), ("", "/"))
"""With fewer marks than two a date needs all its digits: 20260315, 202603/15."""
_DEEPEST = 6
_ASSETS = ("_files", ".files")
"""Browsers save a page's pictures and frames in a folder that ends so."""

_ILLUSTRATIONS = frozenset({"images", "imgs", "img", "figures", "pictures", "assets"})
"""What OCR engines and web sites call the folder with the pictures of their pages."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"ID3", "an MP3 file"),
)
_COMMON = frozenset(
    "的一是不了在人有我他这这個中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "这们来国说时会对过个发后没为么还里样进种现经从实开学将与问关长门见两儿间书马车东报讯记者"
    "這們來國說時會對過個發後沒為麼還裡樣進種現經從實開學將與問關長門見兩兒間書馬車東報訊記者"
    "日月版市新第政府工作建全民公社区"
)


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The page files of one edition with their bytes: what is parsed, and nothing else.

    Attributes:
        inputs: what the user named, files and folders.
        files: the files that these stand for, in the order of their pages.
        linked: files beside them that their pages lead to, such as the articles of a saved
            e-paper.
    """

    inputs: tuple[Path, ...]
    files: tuple[SourceFile, ...]
    linked: tuple[SourceFile, ...] = ()

    @property
    def digest(self) -> str:
        """One SHA-256 over the names and bytes of all of them, in hex, whatever their order."""
        names = {
            f"{hashlib.sha256(file.data).hexdigest()} {file.path.name}"
            for file in (*self.files, *self.linked)
        }
        listed = "\n".join(sorted(names))
        return hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class Folders:
    """What of a folder is read.

    ``names`` leaves out what need not be opened, ``pages`` what is no page or a copy of one.
    """

    names: Callable[[Sequence[str]], Sequence[str]] = list
    pages: Callable[[Sequence[SourceFile]], Sequence[SourceFile]] = list


def date_of_name(path: PurePath) -> dt.date | None:
    """The date in a file's name, else in the nearest folder's name that has one.

    ``2026-03-15``, ``20260315``, ``2026_3_15``, ``2026年3月15日``, ``2026/03/15`` and ``202603/15``
    are read.
    """
    names = [path.stem, *(folder.name for folder in path.parents)]
    for name in names:
        if found := _date_in(name):
            return found
    return _date_in("/".join(reversed(names[1:4]))) or _date_in("/".join(reversed(names[:3])))


def label_of_name(path: Path) -> str | None:
    """The page label in a file's name (``A02.txt``, ``2026-03-15-03.md``), if any.

    In ``20260315-03-02.txt``, an article a file, the page comes before the article.
    """
    dated = _DATE.search(path.stem)
    if dated and (placed := _PAGE_AND_ARTICLE.fullmatch(path.stem[dated.end() :])):
        return placed["label"].upper()
    stem = _DATE.sub(" ", path.stem)
    found = _LABEL.search(stem.strip())
    return found["label"].upper() if found else None


def find_files(
    inputs: Sequence[Path], suffixes: tuple[str, ...], folders: Folders | None = None
) -> list[SourceFile]:
    """The files that ``inputs`` stand for, read.

    Raises:
        InputError: a file or folder is missing, unreadable, empty or too large, or a folder
            holds no page file, or those of several editions.
    """
    rules = folders or Folders()
    return [file for given in inputs for file in _files_of(given, suffixes, rules)]


def page_paths(
    folder: Path,
    suffixes: tuple[str, ...],
    wanted: Callable[[Sequence[str]], Sequence[str]] = list,
) -> list[Path]:
    """The page files directly in a folder, unread; ``wanted`` picks from their names.

    Raises:
        InputError: the folder cannot be read.
    """
    names = [
        path.name
        for path in in_natural_order(folder)
        if path.name.lower().endswith(suffixes)
        and not path.name.startswith((".", "README"))
        and not is_folder(path)
    ]
    return [folder / name for name in wanted(names)]


def may_hold_pages(path: Path) -> bool:
    """Whether this is a folder to be searched: not hidden, no link, no web page's pictures."""
    name = path.name.lower()
    hidden = name.startswith(".") or name.endswith(_ASSETS) or name in _ILLUSTRATIONS
    return not hidden and is_folder(path) and not path.is_symlink()


def in_natural_order(folder: Path) -> list[Path]:
    """What lies in a folder: ``2.md`` before ``10.md`` and ``A2`` before ``B1``.

    Raises:
        InputError: the folder cannot be read.
    """
    try:
        return sorted(folder.iterdir(), key=lambda path: _natural(path.name))
    except OSError as error:
        raise InputError(f"cannot read the folder: {error.strerror}", folder) from error


def read_file(path: Path) -> SourceFile:
    """A file with its bytes.

    Raises:
        InputError: it is missing, unreadable, empty or too large.
    """
    return SourceFile(path, _bytes_of(path))


def _date_in(name: str) -> dt.date | None:
    for found in _DATE.finditer(name):
        marks = found["mark"], found["second"]
        wide = len(found["month"] + found["day"]) == len("0315")
        if not all(marks) and not (wide and marks in _FEW_MARKS):
            continue
        try:
            return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
    return None


def _files_of(given: Path, suffixes: tuple[str, ...], rules: Folders) -> Iterator[SourceFile]:
    if not is_folder(given):
        yield read_file(given)
        return
    files = rules.pages([read_file(path) for path in page_paths(given, suffixes, rules.names)])
    if not files:  # what lay there was no page: settings, a list of the pictures
        files = rules.pages([read_file(path) for path in _below(given, suffixes, rules)])
    if not files:
        raise InputError(f"the folder holds no page file ({', '.join(suffixes)})", given)
    yield from files


def _below(folder: Path, suffixes: tuple[str, ...], rules: Folders) -> list[Path]:
    """The page files in the folders below one that holds none itself: all of one edition."""
    paths = [
        path
        for inner in _folders_below(folder)
        for path in page_paths(inner, suffixes, rules.names)
    ]
    dates = {date for path in paths if (date := date_of_name(path))}
    if len(dates) > 1:
        shown = ", ".join(map(str, sorted(dates)[:3]))
        raise InputError(f"the folder holds several editions ({shown}); give one of them", folder)
    return paths


def _folders_below(folder: Path, deep: int = _DEEPEST) -> Iterator[Path]:
    for path in in_natural_order(folder):
        if deep and may_hold_pages(path):
            yield path
            yield from _folders_below(path, deep - 1)


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.findall(r"[0-9]+|[^0-9]+", name.lower())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts)


def _limit(path: Path) -> int:
    return _LARGEST_PDF_BYTES if path.name.lower().endswith(".pdf") else LARGEST_BYTES


def _too_large(path: Path, size: int) -> InputError:
    limit = _limit(path) >> 20
    holder = "a PDF" if limit > LARGEST_BYTES >> 20 else "a page"
    message = f"{size / (1 << 20):,.0f} MB is more than {holder} can hold (limit {limit} MB)"
    return InputError(message, path)


def _bytes_of(path: Path) -> bytes:
    limit = _limit(path)
    try:
        size = path.stat().st_size
        if size > limit:
            raise _too_large(path, size)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise InputError("no such file", path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read: {reason}", path) from error
    if len(data) > limit:  # a pipe or a device tells no size before it is read
        raise _too_large(path, len(data))
    if not data.strip():
        raise InputError("the file is empty", path)
    return data


def decode(data: bytes, path: Path) -> str:
    """The text of ``data``.

    Raises:
        InputError: it is binary, or broken in the encoding that it looks like.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not text; run OCR on it first", path)
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding, name, path)
    if wide := _wide(data):
        return _strictly(data, wide, "UTF-16", path)
    if _is_binary(data):
        raise InputError("this is a binary file, not text", path)
    return _narrow(data, path)


def _narrow(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise _broken("UTF-8", data, error.start, path) from error
    return _legacy(data, path)


def _legacy(data: bytes, path: Path) -> str:
    """GB18030 or Big5: the one that gives more of the language's common characters."""
    readings = [
        (_commonness(data.decode(encoding, "replace")), encoding, name)
        for encoding, name in (("gb18030", "GB18030"), ("big5hkscs", "Big5"))
    ]
    score, encoding, name = max(readings)
    if score < 0.02:
        raise InputError("not UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8", path)
    return _strictly(data, encoding, name, path)


def _commonness(text: str) -> float:
    wide = [character for character in text[:200_000] if character > "\x7f"]
    if not wide:
        return 0.0
    return sum(character in _COMMON for character in wide) / len(wide)


def _strictly(data: bytes, encoding: str, name: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(name, data, error.start, path) from error


def _broken(name: str, data: bytes, at: int, path: Path) -> InputError:
    line = data.count(b"\n", 0, at) + 1
    return InputError(
        f"looks like {name}, but byte {at + 1} cannot be read as it; save it as UTF-8", path, line
    )


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: line feeds and ASCII leave a zero in every other byte."""
    head = data[:4096]
    if len(data) % 2 or b"\x00" not in head:
        return None
    if b"\n\x00" in head[: len(head) & ~1] and head[1::2].count(0) > head[::2].count(0):
        return "utf-16-le"
    if b"\x00\n" in head and head[::2].count(0) > head[1::2].count(0):
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    head = data[:8192]
    odd = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)
    return b"\x00" in head or odd > len(head) // 50


def _mostly_utf8(data: bytes) -> bool:
    """Whether a broken UTF-8 file is still UTF-8: nearly all its wide characters are well made."""
    text = data[:200_000].decode("utf-8", "replace")
    wide = sum(character > "\x7f" for character in text)
    return text.count("�") * 10 < wide
