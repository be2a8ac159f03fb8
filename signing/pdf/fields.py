"""
The two empty signature fields, made before anybody signs, each in its lawful place.

Order matters: a field that is added after the first signature would change what was signed;
a field that was there before may be filled, and both signatures stay valid. ``finding`` decides
where they go.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from signing.pdf import geometry, pdfobjects
from signing.pdf.anchors import Signer
from signing.pdf.finding import find
from signing.pdf.geometry import Box, Sheet
from signing.pdf.places import Places

__all__ = ["OFFICIAL", "SEAL", "Places", "Signer", "add", "box_of", "find", "put"]

OFFICIAL, SEAL = "KySo", "ConDau"

_READ_ONLY = 1


def add(data: bytes, places: Places) -> bytes:
    """
    Return *data* (a strict, unsigned PDF) with the two empty fields.

    Fields that the department's program left open become read-only now: the seal locks the
    form, and closing them only then would be a change after the official's signature. A field
    that the program left for a signature gives way to ours.
    """
    both = {OFFICIAL: places.official, SEAL: places.seal}
    return put(data, both, page=places.page, sheet=places.sheet, instead=places.placement.field)


def put(data: bytes, boxes: dict[str, Box], *, page: int, sheet: Sheet, instead: str = "") -> bytes:
    """Return *data* with an empty signature field for each of *boxes* on *page* (from 0)."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=True)
    form = _at(writer.root, "/AcroForm", {})
    _give_way(writer, form, {*boxes, instead})
    _freeze(writer, _at(form, "/Fields", ()))
    for name, box in boxes.items():
        # pyHanko writes the corners to a thousandth of a point, though it asks for int.
        corners: Any = sheet.within(box)
        spec = SigFieldSpec(name, on_page=page, box=corners)
        append_signature_field(writer, spec)
        if sheet.turn or sheet.unit != 1:
            _turn(writer, name, sheet)
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # no types there
    return out.getvalue()


def _give_way(writer: IncrementalPdfFileWriter, form: Any, names: set[str]) -> None:
    """Take empty signature fields called one of *names* out of the form and off their pages."""
    listed = _at(form, "/Fields", [])
    gone = [
        place
        for place, reference in enumerate(listed)
        if (field := reference.get_object()).get("/FT") == "/Sig"
        and "/V" not in field
        and "/Kids" not in field
        and field.get("/T") in names
    ]
    for place in reversed(gone):
        reference = listed.raw_get(place)
        page = _at(reference.get_object(), "/P", None)
        if page is not None and "/Annots" in page:
            _drop(writer, page["/Annots"], reference)
        del listed[place]
        writer.update_container(listed)


def _drop(writer: IncrementalPdfFileWriter, listed: Any, gone: Any) -> None:
    for place in range(len(listed) - 1, -1, -1):
        if listed.raw_get(place) == gone:
            del listed[place]
            writer.update_container(listed)


def _turn(writer: IncrementalPdfFileWriter, name: str, sheet: Sheet) -> None:
    """Say in the field how its page is turned (ISO 32000-1, table 189); ``box_of`` asks for it."""
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field.get("/T") == name:
            turned = pdfobjects.value({"/R": sheet.turn})
            field[pdfobjects.name("/MK")] = turned
            writer.mark_update(reference.reference)


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
    """
    Return where the field called *field* is seen, KeyError if there is none.

    Real points, upright: on a page that is turned or has a unit of its own, as ``find`` said it.
    """
    reader = PdfFileReader(BytesIO(data), strict=True)
    for item in reader.root["/AcroForm"]["/Fields"]:
        found = item.get_object()
        if found["/T"] == field:
            left, bottom, right, top = (float(edge) for edge in found["/Rect"])
            return _sheet(found).seen((left, bottom, right, top))
    raise KeyError(field)


def _sheet(field: Any) -> Sheet:
    """Return the page of *field*, turned as the field says: text may lie on a page's side."""
    page = geometry.sheet_of(field["/P"])
    turn = int(field["/MK"]["/R"]) if "/MK" in field else 0
    return Sheet(page.corners, turn, page.unit)
