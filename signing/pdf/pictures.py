"""
The pages as pictures: a mended file must look as it came, and all its text must be seen.

PDFium draws, as it does for the official (``desk.papers``), at a low resolution: enough to see
that a page is another, that a line is missing, or that a word leaves no ink.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from signing.pdf.unfit import Unfit, UnfitError

#: Dots per point: 45 dpi, at which a line of 6 points still leaves ink.
_SCALE = 0.625
_LONGEST = 1600
"""Pixels of a page's longer side at most, whatever its size."""
_SAME = 40
"""How far a pixel may differ (of 255): antialiasing and colour conversion, not a letter."""
_STRAY = 0.0005
"""Share of a page's pixels that may differ by more."""
_SCAN = 0.5
"""A page is a scan if one picture covers this share of it; then invisible text is its OCR."""
_LETTERS = 3
"""Fewer letters or digits without ink on a page are an accident of the program."""
_OBJECTS = 20_000
"""Text objects of one page that are looked at; no page of a result has more."""
_SIDES = (3, 14_400)
"""Points of a page's shorter and longer side (ISO 19005-2, 6.1.13)."""
_MARKS = frozenset({"PoweredbyTCPDFwwwtcpdforg"})
"""What programs leave unseen on a page, as letters and digits: TCPDF by default."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Where something stands on a page's picture, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        return max(self.right - self.left, 0) * max(self.bottom - self.top, 0)


def judge(data: bytes, original: bytes | None) -> None:
    """
    Raise UnfitError if text of *data* cannot be seen, or if it looks other than *original*.

    *original* is None if nothing was mended.
    """
    document = _opened(data, Unfit.BROKEN)
    before = _opened(original, Unfit.LOOKS_DIFFERENT) if original is not None else None
    try:
        if before is not None and len(before) != len(document):
            raise UnfitError(Unfit.LOOKS_DIFFERENT)
        for number in range(len(document)):
            page = _page(document, number)
            _judge_size(page)
            picture = _draw(page)
            if before is not None and not _same(_draw(_page(before, number)), picture):
                raise UnfitError(Unfit.LOOKS_DIFFERENT)
            _judge_text(page, picture)
    finally:
        document.close()
        if before is not None:
            before.close()


def _opened(data: bytes, otherwise: Unfit) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnfitError(otherwise) from error


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number]
    except pypdfium2.PdfiumError as error:
        raise UnfitError(Unfit.BROKEN) from error


def _judge_size(page: pypdfium2.PdfPage) -> None:
    shortest, longest = _SIDES
    if min(page.get_size()) < shortest or max(page.get_size()) > longest:
        raise UnfitError(Unfit.PAGE_SIZE)


def _draw(page: pypdfium2.PdfPage, *, annotations: bool = True) -> Image.Image:
    scale = min(_SCALE, _LONGEST / max(*page.get_size(), 1))
    try:
        bitmap = page.render(scale=scale, draw_annots=annotations, may_draw_forms=True)
    except ValueError as error:
        raise UnfitError(Unfit.PAGE_SIZE) from error
    drawn: Image.Image = bitmap.to_pil()
    return drawn.convert("RGB")


def _same(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    if one.tobytes() == other.tobytes():
        return True
    far = ImageChops.difference(one, other).convert("L").point(lambda value: value > _SAME)
    return sum(far.histogram()[1:]) <= max(_STRAY * one.width * one.height, 4)


def _judge_text(page: pypdfium2.PdfPage, picture: Image.Image) -> None:
    """Refuse a page with letters that leave no ink, unless they are the text of a scan."""
    drawn = _Sight(page, picture)
    places = (drawn.place(found) for found in _objects(page, raw.FPDF_PAGEOBJ_IMAGE))
    images = [place for place in places if place]
    unseen, text = [], page.get_textpage()
    for found in islice(_objects(page, raw.FPDF_PAGEOBJ_TEXT), _OBJECTS):
        place = drawn.place(found)
        if place and place.area and not drawn.inked(place) and _letters(found, text) not in _MARKS:
            unseen.append((place, found))
    if not unseen or any(one.area >= _SCAN * picture.width * picture.height for one in images):
        return
    words = "".join(_letters(found, text) for _place, found in unseen)
    if len(words) < _LETTERS:
        return
    bare = _draw(page, annotations=False)
    covered = any(_Sight(page, bare).inked(place) for place, _found in unseen)
    raise UnfitError(Unfit.COVERED_TEXT if covered else Unfit.HIDDEN_TEXT)


class _Sight:
    """A page and its picture."""

    def __init__(self, page: pypdfium2.PdfPage, picture: Image.Image) -> None:
        self._picture = picture
        self._page = page

    def place(self, found: pypdfium2.PdfObject) -> _Drawn | None:
        """
        Return where *found* is on the picture, without area if it is beyond its edges.

        None if PDFium has no outlines for it, and so cannot tell.
        """
        left, bottom, right, top = found.get_bounds()
        if right <= left or top <= bottom:
            return None
        corners = [self._pixel(x, y) for x in (left, right) for y in (bottom, top)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return _Drawn(
            max(min(across) - 1, 0),
            max(min(down) - 1, 0),
            min(max(across) + 1, self._picture.width),
            min(max(down) + 1, self._picture.height),
        )

    def inked(self, place: _Drawn) -> bool:
        """Tell whether there is more than one colour at *place*."""
        crop = self._picture.crop((place.left, place.top, place.right, place.bottom))
        red, green, blue = crop.split()
        bands: list[Any] = [band.getextrema() for band in (red, green, blue)]
        return any(low != high for low, high in bands)

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._picture.size, 0, x, y, across, down)
        return across.value, down.value


def _objects(page: pypdfium2.PdfPage, kind: int) -> Iterator[pypdfium2.PdfObject]:
    """Yield the page's own objects of a *kind*; those inside of forms have places of their own."""
    yield from page.get_objects(filter=(kind,), max_depth=1)


def _letters(found: pypdfium2.PdfObject, text: pypdfium2.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(found, text, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(found, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return "".join(sign for sign in buffer.raw.decode("utf-16-le", "ignore") if sign.isalnum())
