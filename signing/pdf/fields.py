"""
The two empty signature fields, made before anybody signs, each in its lawful place.

Order matters: a field that is added after the first signature would change what was signed;
a field that was there before may be filled, and both signatures stay valid.

Places by Decree 30/2020, App. I: the person's signature centred between the signer's title and
full name; the seal covering about one third of it, at its left.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdfium2 import raw

from signing.pdf.appearance import LEADING, MM, Box

OFFICIAL, SEAL = "KySo", "ConDau"

#: Size of a handwritten signature's picture where the gap allows, millimetres.
SIGNATURE = (50.0, 25.0)
#: Share of the signature that the seal covers.
OVERLAP = 1 / 3
#: Lines of text under the seal: number and date.
LINES = 2
#: Room for the widest number; the seal stays in the middle of it.
TEXT_WIDTH = 42 * MM
#: Where to sign when the page names nobody: middle of the right column, from the lower left.
DEFAULT = (0.70, 0.22)

_READ_ONLY = 1

Letters = tuple[str, list[int]]
"""A page's letters without blanks, and the number of the character each one begins at."""


@dataclass(frozen=True, slots=True)
class Signer:
    """What stands printed where the official will sign."""

    name: str
    title: str = ""
    seal_diameter: float = 36.0
    """Registered diameter of the agency's seal, millimetres."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the two signatures go."""

    page: int
    """Counted from 0."""
    official: Box
    seal: Box
    anchored: bool
    """True if the signer's name was found on the page."""


def add(data: bytes, places: Places) -> bytes:
    """
    Return *data* (a strict, unsigned PDF) with the two empty fields.

    Fields that the department's program left open become read-only now: the seal locks the
    form, and closing them only then would be a change after the official's signature.
    """
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=True)
    _freeze(writer, _at(_at(writer.root, "/AcroForm", {}), "/Fields", ()))
    for name, box in ((OFFICIAL, places.official), (SEAL, places.seal)):
        # pyHanko writes the corners to a thousandth of a point, though it asks for int.
        corners: Any = (box.left, box.bottom, box.right, box.top)
        append_signature_field(writer, SigFieldSpec(name, on_page=places.page, box=corners))
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # no types there
    return out.getvalue()


def find(data: bytes, signer: Signer) -> Places:
    """
    Return where *signer* signs and the agency seals in *data*.

    That is below the title on the last page that names the signer, for annexes come behind
    the signature; on the last page if none does.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        number, name, title = _named(document, signer)
        frame = Box(0, 0, *document[number].get_size())
    finally:
        document.close()
    official = _between(title, name) if name else _default(frame)
    official = _inside(official, frame)
    foot = name.bottom if name else official.bottom
    return Places(number, official, _seal(official, signer, foot, frame), anchored=bool(name))


def _named(document: pypdfium2.PdfDocument, signer: Signer) -> tuple[int, Box | None, Box | None]:
    """Return the last page that names *signer*, and where name and title stand on it."""
    last = len(document) - 1
    for number in range(last, -1, -1):
        text = document[number].get_textpage()
        letters = _page_letters(text)
        if name := _last(text, letters, signer.name):
            return number, name, _last(text, letters, signer.title, above=name)
    return last, None, None


def _freeze(writer: IncrementalPdfFileWriter, fields: Iterable[Any]) -> None:
    """Set the flag ReadOnly (ISO 32000-1, table 221) on *fields* and on those below them."""
    for reference in fields:
        field = reference.get_object()
        if "/T" not in field:
            continue
        flags = int(_at(field, "/Ff", 0)) | _READ_ONLY
        field["/Ff"] = generic.NumberObject(flags)  # type: ignore[no-untyped-call]
        writer.update_container(field)
        _freeze(writer, _at(field, "/Kids", ()))


def _at(dictionary: Any, key: str, default: Any) -> Any:
    """Return the entry itself; pyHanko's ``get`` would return the reference to it."""
    try:
        return dictionary[key]
    except KeyError:
        return default


def box_of(data: bytes, field: str) -> Box:
    """Return where the field called *field* lies; KeyError if there is none."""
    reader = PdfFileReader(BytesIO(data), strict=True)
    for item in reader.root["/AcroForm"]["/Fields"]:
        found = item.get_object()
        if found["/T"] == field:
            left, bottom, right, top = (float(edge) for edge in found["/Rect"])
            return Box(left, bottom, right - left, top - bottom)
    raise KeyError(field)


def _between(title: Box | None, name: Box | None) -> Box:
    """Return the block centred between *title* and *name*, as high as the gap allows."""
    assert name  # noqa: S101 - asked for by the caller
    width, height = SIGNATURE[0] * MM, SIGNATURE[1] * MM
    gap = title.bottom - name.top if title else height
    height = min(height, max(gap, 10 * MM))
    middle = name.top + gap / 2
    return Box(name.left + (name.width - width) / 2, middle - height / 2, width, height)


def _default(frame: Box) -> Box:
    width, height = SIGNATURE[0] * MM, SIGNATURE[1] * MM
    return Box(frame.width * DEFAULT[0] - width / 2, frame.height * DEFAULT[1], width, height)


def _seal(official: Box, signer: Signer, foot: float, frame: Box) -> Box:
    """Return the seal's field: the seal beside *official*, and room for text below *foot*."""
    side = signer.seal_diameter * MM
    width = max(side, TEXT_WIDTH)
    right = official.left + official.width * OVERLAP
    bottom = official.bottom + (official.height - side) / 2
    text = min(bottom, foot) - LINES * LEADING - 2
    return _inside(Box(right - side / 2 - width / 2, text, width, bottom + side - text), frame)


def _inside(box: Box, frame: Box) -> Box:
    """Move *box* as little as needed to lie on the page."""
    left = min(max(box.left, 0), frame.width - box.width)
    return Box(left, min(max(box.bottom, 0), frame.height - box.height), box.width, box.height)


def _last(
    text: pypdfium2.PdfTextPage, letters: Letters, words: str, *, above: Box | None = None
) -> Box | None:
    """
    Return where *words* stand last among the page's *letters*, or last above another box.

    Programs write Vietnamese as NFC or NFD and break lines anywhere, so letters are compared
    in NFC, without case and without blanks.
    """
    wanted = _letters(words)
    if not wanted:
        return None
    signs, places = letters
    end = len(signs)
    while (start := signs.rfind(wanted, 0, end)) >= 0:
        box = _around(text, places[start : start + len(wanted)])
        if above is None or box.bottom >= above.top:
            return box
        end = start + len(wanted) - 1
    return None


def _letters(words: str) -> str:
    return "".join(unicodedata.normalize("NFC", words).lower().split())


def _page_letters(text: pypdfium2.PdfTextPage) -> Letters:
    """Return the page's letters in NFC without blanks, and the character each one begins at."""
    signs: list[str] = []
    places: list[int] = []
    for index in range(text.count_chars()):
        # The raw call: a page has thousands of characters, and the helper is ten times slower.
        code = raw.FPDFText_GetUnicode(text, index)
        sign = chr(code).lower()[:1] if code <= sys.maxunicode else "?"
        if signs and unicodedata.combining(sign):
            joined = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(joined) == 1:
                signs[-1] = joined
                continue
        if not sign.isspace():
            signs.append(sign)
            places.append(index)
    return "".join(signs), places


def _around(text: pypdfium2.PdfTextPage, indices: Iterable[int]) -> Box:
    corners = [text.get_charbox(index) for index in indices]
    left, bottom = min(box[0] for box in corners), min(box[1] for box in corners)
    right, top = max(box[2] for box in corners), max(box[3] for box in corners)
    return Box(left, bottom, right - left, top - bottom)
