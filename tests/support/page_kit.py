"""Pages to be signed, and what is measured on them: millimetres and colours of the drawn page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
from fpdf import FPDF
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from register import fonts
from signing.pdf import appearance, fields, pdfobjects
from signing.pdf.appearance import Appearance
from signing.pdf.geometry import Box
from tests.support import signing_kit as kit

DPI = 300
PIXEL = 25.4 / DPI

Colour = tuple[int, int, int]
BLUE, RED, BLACK = (0, 0, 200), (200, 0, 0), (0, 0, 0)
Write = Callable[[FPDF], None]


def paper(write: Write, *, size: tuple[float, float] = (210, 297), lines: int = 8) -> bytes:
    """Return one page of *size* millimetres with *lines* of text, and what *write* adds."""
    pdf = FPDF(unit="mm", format=size)
    pdf.set_creation_date(kit.AT)
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.add_font("serif", "B", fname=fonts.path("LiberationSerif-Bold"))
    pdf.add_page()
    pdf.set_font("serif", size=13)
    for row in range(lines):
        pdf.text(25, 30 + 8 * row, "Ủy ban nhân dân phường Hồng Gai cấp giấy phép xây dựng")
    write(pdf)
    return bytes(pdf.output())


def centred(pdf: FPDF, middle: float, y: float, text: str) -> None:
    """Write *text* in bold around *middle*, its foot *y* millimetres from above."""
    pdf.set_font("serif", "B", 13)
    pdf.text(middle - pdf.get_string_width(text) / 2, y, text)


def block(
    *titles: str, name: str = kit.NAME, middle: float = 150, top: float = 180, gap: float = 30
) -> Write:
    """Return what writes title and name with *gap* millimetres between, as departments do."""

    def write(pdf: FPDF) -> None:
        for row, title in enumerate(titles):
            centred(pdf, middle, top + 6 * row, title)
        centred(pdf, middle, top + 6 * (len(titles) - 1) + gap, name)

    return write


def changed(data: bytes, change: Callable[[pikepdf.Page], None]) -> bytes:
    """Return *data* with every page changed."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        for page in document.pages:
            change(page)
        document.save(out)
    return out.getvalue()


def turned(data: bytes, turn: int) -> bytes:
    """Return *data* as a program writes that lays its pages on a side and turns them back."""
    matrices = {
        90: "0 1 -1 0 {h} 0 cm",
        180: "-1 0 0 -1 {w} {h} cm",
        270: "0 -1 1 0 0 {w} cm",
    }

    def turn_page(page: pikepdf.Page) -> None:
        _left, _bottom, width, height = (float(edge) for edge in page.mediabox)
        matrix = matrices[turn].format(w=width, h=height).encode()
        page.contents_add(b"q " + matrix, prepend=True)
        page.contents_add(b"Q")
        sides = [height, width] if turn % 180 else [width, height]
        page.MediaBox = [0, 0, *sides]
        page.Rotate = turn

    return changed(data, turn_page)


def dressed(data: bytes, places: fields.Places) -> bytes:
    """Return *data* with the looks of signature and seal in their fields, without signatures."""
    ready = fields.add(data, places)
    return worn(
        ready,
        {
            fields.OFFICIAL: appearance.signature(
                fields.box_of(ready, fields.OFFICIAL), kit.signature_png()
            ),
            fields.SEAL: appearance.seal(
                fields.box_of(ready, fields.SEAL),
                kit.seal_png(),
                diameter=36.0,
                lines=("Số: 1284/GPXD", "Ngày 23/11/2026"),
            ),
        },
    )


def worn(ready: bytes, looks: dict[str, Appearance]) -> bytes:
    """Return *ready* with each field's looks put on it."""
    writer = IncrementalPdfFileWriter(BytesIO(ready), strict=True)
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field["/T"] in looks:
            field[pdfobjects.name("/AP")] = looks[field["/T"]].dictionary(writer)
            writer.mark_update(reference.reference)
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # no types there
    return out.getvalue()


def drawn(data: bytes, number: int = -1, *, unit: float = 1.0) -> Image.Image:
    """Return a page as people see it, at 300 dpi of paper; PDFium does not know page units."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[number % len(document)]
    image = page.render(scale=DPI / 72 * unit, may_draw_forms=True).to_pil().convert("RGB")
    document.close()
    return image


def extent(image: Image.Image, colour: Colour, *, near: int = 30) -> Box:
    """Return the box of all pixels of *colour* in millimetres, from the lower left corner."""
    bands = [
        band.point([255 * (abs(value - wanted) <= near) for value in range(256)])
        for band, wanted in zip(image.split(), colour, strict=True)
    ]
    both = Image.composite(bands[0], Image.new("L", image.size), bands[1])
    edges = Image.composite(both, Image.new("L", image.size), bands[2]).getbbox()
    assert edges, "no such colour on the page"
    left, top, right, bottom = (edge * PIXEL for edge in edges)
    return Box(left, image.height * PIXEL - bottom, right - left, bottom - top)


def share(image: Image.Image, colour: Colour, box: Box) -> float:
    """Return the share of *box* (millimetres) that has *colour*."""
    height = image.height
    pixels = (box.left, height * PIXEL - box.top, box.right, height * PIXEL - box.bottom)
    part = image.crop(tuple(round(edge / PIXEL) for edge in pixels))  # type: ignore[arg-type]
    wanted = sum(
        count
        for count, found in part.getcolors(part.width * part.height) or []
        if all(abs(a - b) <= 60 for a, b in zip(found, colour, strict=True))  # type: ignore[arg-type]
    )
    return wanted / (part.width * part.height)


def save(data: bytes, path: Path) -> None:
    """Draw the last page into *path*, to be looked at."""
    drawn(data).save(path)
