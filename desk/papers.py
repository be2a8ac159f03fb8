"""
Pages of a document as images: drawn from the very bytes that are signed.

PDFium is not thread-safe: one lock for the process. A page is capped, so that a sheet of
ten metres cannot take the memory.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2

from desk import sources
from signing import kinds
from signing.pdf.reading import ONE_AT_A_TIME

DPI = 110
_MAX_SIDE = 2400
_POINTS_PER_INCH = 72


class NoPageError(LookupError):
    """The document has no such page, or cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a page without drawing it."""

    number: int
    text: str
    """Its text, for those who cannot see the image."""


def pages(data: bytes) -> list[Page]:
    """Return the pages of the PDF or XML *data*; NoPageError if it cannot be read."""
    if kinds.media_type_of(data) == kinds.XML:
        return [Page(number, text) for number, text in enumerate(sources.pages(data), start=1)]
    with ONE_AT_A_TIME, _opened(data) as document:
        return [
            Page(index + 1, document[index].get_textpage().get_text_bounded())
            for index in range(len(document))
        ]


def draw(data: bytes, number: int) -> bytes:
    """Return page *number* (from 1) of the PDF or XML *data* as PNG."""
    if kinds.media_type_of(data) == kinds.XML:
        return _source(data, number)
    with ONE_AT_A_TIME, _opened(data) as document:
        if not 1 <= number <= len(document):
            raise NoPageError(number)
        page = document[number - 1]
        scale = min(DPI / _POINTS_PER_INCH, _MAX_SIDE / max(page.get_size()))
        image = page.render(scale=scale, may_draw_forms=True).to_pil()
    out = io.BytesIO()
    image.convert("RGB").quantize(128).save(out, "PNG", optimize=False)
    return out.getvalue()


def _source(data: bytes, number: int) -> bytes:
    found = sources.pages(data)
    if not 1 <= number <= len(found):
        raise NoPageError(number)
    return sources.draw(found[number - 1])


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        message = "the file cannot be opened as a PDF"
        raise NoPageError(message) from error
