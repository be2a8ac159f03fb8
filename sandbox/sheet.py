"""
A small writer of PDF: A4 sheets with text, rules, a picture, form fields.

It does what the sandbox's papers need and no more, and the same paper is the same bytes.
Lengths are points (72 to the inch), the origin is at the bottom left.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

from sandbox import typeface
from sandbox.typeface import BOLD, FACES, REGULAR

WIDTH, HEIGHT = 595.28, 841.89
MM = 72 / 25.4
FIRST_FONT = 3
"""Objects 1 and 2 are the catalogue and the pages; fonts follow, at the same place always."""


@dataclass(slots=True)
class Sheet:
    """One page being written."""

    content: list[bytes] = field(default_factory=list)
    picture: bytes = b""
    """A JPEG that fills the page."""
    picture_size: tuple[int, int] = (0, 0)
    fields: list[tuple[str, str, tuple[float, float, float, float]]] = field(default_factory=list)
    """Name, value and box of form fields."""

    def text(self, x: float, y: float, text: str, *, face: str = REGULAR, size: float = 13) -> None:
        """Write *text* with its left end at *x*."""
        code = typeface.face(face).code(text)
        self.content.append(
            b"BT/F%d %g Tf %.2f %.2f Td %s Tj ET" % (FACES.index(face), size, x, y, code)
        )

    def centred(
        self, x: float, y: float, text: str, *, face: str = REGULAR, size: float = 13
    ) -> None:
        """Write *text* with its middle at *x*."""
        width = typeface.face(face).width(text, size)
        self.text(x - width / 2, y, text, face=face, size=size)

    def justified(
        self, x: float, y: float, words: list[str], width: float, *, size: float = 13
    ) -> None:
        """Write *words* so that they fill *width*."""
        font = typeface.face(REGULAR)
        used = font.width(" ".join(words), size)
        gap = -(width - used) / max(len(words) - 1, 1) * typeface.EM / size
        glue = b" %.0f " % gap
        codes = glue.join(font.code(f"{word} ") for word in words[:-1])
        codes += glue + font.code(words[-1])
        self.content.append(b"BT/F0 %g Tf %.2f %.2f Td [%s] TJ ET" % (size, x, y, codes))

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a thin line."""
        self.content.append(b"0.6 w %.2f %.2f m %.2f %.2f l S" % (x, y, x + width, y))


def lines(text: str, width: float, *, indent: float = 0, size: float = 13) -> list[list[str]]:
    """Break *text* into lines of words that fit *width*; the first is *indent* shorter."""
    font = typeface.face(REGULAR)
    space = font.width(" ", size)
    rows: list[list[str]] = [[]]
    left = width - indent
    for word in text.split():
        needed = font.width(word, size)
        if rows[-1] and needed > left:
            rows.append([])
            left = width
        rows[-1].append(word)
        left -= needed + space
    return rows


def pdf(sheets: list[Sheet], *, title: str) -> bytes:
    """Return *sheets* as a PDF 1.7 file called *title*."""
    writer = _Writer()
    for thing in typeface.objects(FIRST_FONT):
        writer.add(thing)
    resources = b"".join(
        b"/F%d %d 0 R" % (place, FIRST_FONT + place * typeface.OBJECTS)
        for place in range(len(FACES))
    )
    pages, fields = [], []
    for sheet in sheets:
        page, own = _page(writer, sheet, resources)
        pages.append(page)
        fields += own
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    writer.put(2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    form = b""
    if fields:
        names = b" ".join(b"%d 0 R" % number for number in fields)
        form = b"/AcroForm<</Fields[%s]/DR<</Font<<%s>>>>/DA(/F0 12 Tf 0 g)>>" % (names, resources)
    writer.put(1, b"<</Type/Catalog/Pages 2 0 R/Lang(vi-VN)%s>>" % form)
    info = writer.add(b"<</Title%s/Producer(Sandbox)>>" % _utf16(title))
    return writer.finish(info)


def _page(writer: _Writer, sheet: Sheet, fonts: bytes) -> tuple[int, list[int]]:
    """Add the objects of *sheet*; return the number of its page and those of its fields."""
    content, pictures = b"\n".join(sheet.content), b""
    if sheet.picture:
        width, height = sheet.picture_size
        number = writer.add(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB"
            b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream"
            % (width, height, len(sheet.picture), sheet.picture)
        )
        pictures = b"/XObject<</P %d 0 R>>" % number
        content = b"q %.2f 0 0 %.2f 0 0 cm /P Do Q\n" % (WIDTH, HEIGHT) + content
    packed = zlib.compress(content)
    stream = writer.add(
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    )
    page = writer.reserve()
    fields = [writer.add(_field(writer, page, given, fonts)) for given in sheet.fields]
    annotations = b" ".join(b"%d 0 R" % number for number in fields)
    writer.put(
        page,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Resources<</Font<<%s>>%s>>"
        b"/Contents %d 0 R%s>>"
        % (WIDTH, HEIGHT, fonts, pictures, stream, b"/Annots[%s]" % annotations if fields else b""),
    )
    return page, fields


def _field(
    writer: _Writer,
    page: int,
    given: tuple[str, str, tuple[float, float, float, float]],
    fonts: bytes,
) -> bytes:
    """Return a text field with the picture of its value."""
    name, value, (left, bottom, right, top) = given
    code = typeface.face(REGULAR).code(value)
    drawn = b"/Tx BMC BT/F0 12 Tf 0 g 2 4 Td %s Tj ET EMC" % code
    look = writer.add(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<</Font<<%s>>>>/Length %d>>"
        b"\nstream\n%s\nendstream" % (right - left, top - bottom, fonts, len(drawn), drawn)
    )
    return (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T%s/V%s/Rect[%.2f %.2f %.2f %.2f]/P %d 0 R/F 4"
        b"/DA(/F0 12 Tf 0 g)/AP<</N %d 0 R>>>>"
        % (_utf16(name), _utf16(value), left, bottom, right, top, page, look)
    )


def _utf16(text: str) -> bytes:
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


class _Writer:
    """Numbered objects, and the file they make."""

    def __init__(self) -> None:
        self._objects: dict[int, bytes] = {1: b"", 2: b""}

    def reserve(self) -> int:
        """Return the number of an object that comes later."""
        return self.add(b"")

    def add(self, thing: bytes) -> int:
        """Add an object; return its number."""
        number = len(self._objects) + 1
        self._objects[number] = thing
        return number

    def put(self, number: int, thing: bytes) -> None:
        """Set the object with *number*."""
        self._objects[number] = thing

    def finish(self, info: int) -> bytes:
        """Return the file."""
        parts, length, places = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], 15, []
        for number, thing in self._objects.items():
            places.append(length)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, thing))
            length += len(parts[-1])
        count = len(self._objects) + 1
        rows = b"".join(b"%010d 00000 n \n" % place for place in places)
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows))
        identity = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
        parts.append(
            b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (count, info, identity, identity, length)
        )
        return b"".join(parts)


__all__ = ["BOLD", "HEIGHT", "MM", "WIDTH", "Sheet", "lines", "pdf"]
