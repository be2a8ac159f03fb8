"""
Tinos, the free face with the measures of Times New Roman, ready to be put into a PDF.

Every PDF that embeds a font anew pays for it (fpdf2: 60 ms a document, measured); so the
font objects are made once and are the same bytes in every paper. The files in ``fonts/``
are cut to Vietnamese and Latin letters (SIL Open Font License, no reserved name).
"""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).with_name("fonts")
REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Regular", "Bold", "Italic", "BoldItalic"
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)
OBJECTS = 5
"""PDF objects that one face takes."""
EM = 1000


@dataclass(frozen=True, slots=True)
class Face:
    """One face: which glyph a letter has, how wide each is, and its five PDF objects."""

    name: str
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    """Thousandths of the font size, by glyph."""
    outlines: bytes
    """The font file, deflated."""
    outlines_length: int
    box: tuple[int, int, int, int]

    def width(self, text: str, size: float) -> float:
        """Return how wide *text* is at *size* points. KeyError for a letter it lacks."""
        return sum(self.widths[self.glyphs[sign]] for sign in text) * size / EM

    def code(self, text: str) -> bytes:
        """Return *text* as a hexadecimal string of glyphs."""
        return b"<" + "".join(f"{self.glyphs[sign]:04x}" for sign in text).encode() + b">"

    def objects(self, first: int) -> list[bytes]:
        """Return the PDF objects of this face, numbered from *first*, which is the font."""
        name = f"Tinos-{self.name}".encode()
        widths = b" ".join(b"%d" % width for width in self.widths)
        angle = -12 if self.name in (ITALIC, BOLD_ITALIC) else 0
        unicodes = zlib.compress(self._unicodes())
        return [
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)"
            b"/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity"
            b"/W[0[%s]]>>" % (name, first + 2, widths),
            b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle %d"
            b"/Ascent 891/Descent -216/CapHeight 662/StemV 80/FontFile2 %d 0 R>>"
            % (name, *self.box, angle, first + 3),
            b"<</Length %d/Length1 %d/Filter/FlateDecode>>\nstream\n%s\nendstream"
            % (len(self.outlines), self.outlines_length, self.outlines),
            b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(unicodes), unicodes),
        ]

    def _unicodes(self) -> bytes:
        """Return the map from glyphs to letters, so that text can be searched and copied."""
        # Two signs may share a glyph (hyphen and soft hyphen): the lower is the one meant.
        letters = {glyph: sign for sign, glyph in sorted(self.glyphs.items(), reverse=True)}
        pairs = sorted(letters.items())
        lines = [
            "/CIDInit/ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName/Sandbox def/CMapType 2 def",
            "1 begincodespacerange<0000><ffff>endcodespacerange",
        ]
        for start in range(0, len(pairs), 100):
            part = pairs[start : start + 100]
            rows = "".join(f"<{glyph:04x}><{ord(sign):04x}>\n" for glyph, sign in part)
            lines.append(f"{len(part)} beginbfchar\n{rows}endbfchar")
        lines.append("endcmap CMapName currentdict/CMap defineresource pop end end")
        return "\n".join(lines).encode()


@cache
def face(name: str) -> Face:
    """Return the face called *name*, one of ``FACES``."""
    path = FONTS / f"Tinos-{name}.ttf"
    data = path.read_bytes()
    with TTFont(path, lazy=True) as font:
        scale = EM / font["head"].unitsPerEm
        order = font.getGlyphOrder()
        numbers = {glyph: number for number, glyph in enumerate(order)}
        letters = {chr(code): numbers[glyph] for code, glyph in font.getBestCmap().items()}
        advances = font["hmtx"].metrics
        head = font["head"]
        low = (round(head.xMin * scale), round(head.yMin * scale))
        high = (round(head.xMax * scale), round(head.yMax * scale))
        widths = tuple(round(advances[glyph][0] * scale) for glyph in order)
    return Face(name, letters, widths, zlib.compress(data), len(data), (*low, *high))


@cache
def objects(first: int) -> list[bytes]:
    """Return the objects of all faces, numbered from *first*."""
    return [
        thing
        for place, name in enumerate(FACES)
        for thing in face(name).objects(first + place * OBJECTS)
    ]


def nfc(text: str) -> str:
    """Return *text* as Vietnamese is drawn: one sign per letter."""
    return unicodedata.normalize("NFC", text)
