"""Small PDFs written by hand: text at its places, and whatever a page may hold beside it.

Every character is drawn as a filled square; what it says is in the table of its font.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GLYPH = b"1000 0 0 -140 1000 860 d1 100 0 800 700 re f"


@dataclass(frozen=True)
class Text:
    """A string with its base line's start, in points from the page's lower left corner.

    ``mode`` is the text render mode, ``grey`` 0 for black to 1 for white, ``turn`` in degrees.
    """

    text: str
    x: float
    y: float
    size: float = 10
    mode: int = 0
    grey: float = 0
    turn: int = 0

    def drawn(self, signs: str) -> str:
        a, b, c, d = {
            0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)
        }[self.turn]  # fmt: skip
        codes = "".join(f"{signs.index(sign):02X}" for sign in self.text)
        return (
            f"BT /F {self.size} Tf {self.mode} Tr {self.grey} g "
            f"{a} {b} {c} {d} {self.x} {self.y} Tm <{codes}> Tj ET"
        )


@dataclass(frozen=True)
class Page:
    """What is drawn on a page; ``size`` in points, ``extra`` goes into its dictionary."""

    texts: Sequence[Text]
    before: str = ""
    size: tuple[int, int] = (600, 800)
    extra: str = ""


def pdf_of(pages: Sequence[Page], *, catalog: str = "", trailer: str = "") -> bytes:
    """The bytes of a PDF with these pages."""
    signs = "".join(dict.fromkeys(sign for page in pages for t in page.texts for sign in t.text))
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font(signs),
        _stream(_table(signs)),
        _stream(GLYPH),
    ]
    for at, page in enumerate(pages):
        wide, high = page.size
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {7 + 2 * at} 0 R "
            f"/MediaBox [0 0 {wide} {high}] "
            f"/Resources << /Font << /F 3 0 R >> >> {page.extra} >>".encode()
        )
        drawn = "\n".join([page.before, *(text.drawn(signs) for text in page.texts)])
        objects.append(_stream(drawn.encode()))
    return _file(objects, trailer)


def _font(signs: str) -> bytes:
    last = max(0, len(signs) - 1)
    widths = " ".join("1000" for _ in range(last + 1))
    names = " ".join(f"/c{code}" for code in range(last + 1))
    drawn = " ".join(f"/c{code} 5 0 R" for code in range(last + 1))
    return (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -140 1000 860] /FontMatrix [.001 0 0 .001 0 0]"
        f" /FirstChar 0 /LastChar {last} /Widths [{widths}] /ToUnicode 4 0 R /Resources << >>"
        f" /Encoding << /Type /Encoding /Differences [0 {names}] >> /CharProcs << {drawn} >> >>"
    ).encode()


def _table(signs: str) -> bytes:
    rows = "\n".join(f"<{code:02X}> <{ord(sign):04X}>" for code, sign in enumerate(signs))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(signs)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >> stream\n%s\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    made = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF"
    return made + f"xref\n0 {size}\n0000000000 65535 f \n{rows}{end}".encode()
