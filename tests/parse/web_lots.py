"""Saved pages of many sites, written lot by lot before the rules that read them; all is invented.

A lot is one file. `%%% name key=value ...` begins a page: the file it is saved as, its encoding,
and what the page says (date, label, byline, kicker, subtitle; a byline of ? stands for a name that
nothing marks as an author's). In its markup ⟪ ⟫ are around the
headline and ⟦ ⟧ around each paragraph, so that what must be read is written nowhere else.
`%%part address` begins a part of a page saved as one file.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from opencc import OpenCC

from tingbao.text.han import squash

LOTS = Path(__file__).parent / "web_lots"
_OPTION = re.compile(r"(\w+)=(.*?)(?=\s\w+=|$)")
_MARKS = re.compile(r"[⟦⟧⟪⟫]")
_PART = re.compile(r"^%%part (\S+)\n", re.MULTILINE)


@dataclass(frozen=True)
class SavedPage:
    """A page with its options, and its markup with the marks."""

    name: str
    options: dict[str, str]
    marked: str

    @property
    def title(self) -> str:
        found = re.search(r"⟪(.*?)⟫", self.marked, re.DOTALL)
        assert found
        return self._text(found[1])

    @property
    def paragraphs(self) -> list[str]:
        return [self._text(text) for text in re.findall(r"⟦(.*?)⟧", self.marked, re.DOTALL)]

    @property
    def shown(self) -> list[str]:
        """The markup of the page, or of each of its parts."""
        parts = _PART.split(_MARKS.sub("", self.marked))
        return parts[2::2] or parts

    def save(self, folder: Path) -> Path:
        path = folder / self.options["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        encoding = self.options.get("encoding", "utf-8")
        addresses = _PART.findall(self.marked)
        if not addresses:
            path.write_bytes(self.shown[0].encode(encoding, "xmlcharrefreplace"))
            return path
        head = (
            f"Snapshot-Content-Location: {addresses[0]}\nMIME-Version: 1.0\n"
            'Content-Type: multipart/related;\n\tboundary="=_B"\n\n'
        )
        parts = (
            f"--=_B\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n"
            f"Content-Location: {address}\n\n{base64.encodebytes(part.encode()).decode()}\n"
            for address, part in zip(addresses, self.shown, strict=True)
        )
        path.write_text(f"{head}{''.join(parts)}--=_B--\n", "ascii")
        return path

    def _text(self, marked: str) -> str:
        text = squash(unescape(re.sub(r"<[^>]*>", "", marked)))
        return OpenCC("t2s").convert(text) if self.options.get("script") == "hant" else text


def saved_pages() -> Iterator[SavedPage]:
    for path in sorted(LOTS.glob("*.txt")):
        for page in re.split(r"^%%% ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, markup = page.partition("\n")
            name, _, options = head.partition(" ")
            yield SavedPage(f"{path.stem}-{name}", dict(_OPTION.findall(options)), markup)
