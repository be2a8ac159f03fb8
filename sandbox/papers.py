"""
The results that departments hand over, as PDF in the layout of Decree 30/2020.

National motto, agency, blanks for number and date (the clerk fills them in after the
signature), title, body, the signer's title with room above the name, and who gets a copy.
The same case makes the same bytes. Bad papers for the intake are in ``badpapers``.
"""

from __future__ import annotations

import io
import random
import tomllib
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from sandbox import sheet
from sandbox.day import Case
from sandbox.sheet import HEIGHT, MM, WIDTH, Sheet
from sandbox.typeface import BOLD, BOLD_ITALIC, ITALIC, nfc

LEFT, RIGHT = 30 * MM, WIDTH - 15 * MM
TOP, BOTTOM = HEIGHT - 20 * MM, 20 * MM
LEFT_MIDDLE, RIGHT_MIDDLE = 66 * MM, 150 * MM
"""Middles of the two columns of the letterhead; the signature stands in the right one."""
INDENT = 12.7 * MM
LEADING = 19.0
"""From one line to the next, points."""
SIGNATURE_ROOM = 28 * MM
"""Between the signer's title and name: the picture of the signature goes there."""
SCAN_DPI = 200

_TEXT = tomllib.loads(Path(__file__).with_name("papers.toml").read_text("utf-8"))


def result(case: Case) -> bytes:
    """Return the result of *case* as the department made it: no signature, no number."""
    if case.form == "scan":
        return _scanned(case)
    return _written(case)


def _written(case: Case) -> bytes:
    page = Sheet()
    y = _head(page, case)
    sheets, y = _body(page, y, case)
    if y < BOTTOM + 70 * MM:
        sheets.append(Sheet())
        y = TOP
    _foot(sheets[-1], y, case)
    while len(sheets) < case.pages:
        sheets.append(_annex(case, len(sheets) + 1))
    for number, later in enumerate(sheets[1:], 2):
        later.centred(WIDTH / 2, HEIGHT - 12 * MM, str(number))
    return sheet.pdf(sheets, title=nfc(case.result))


def _head(page: Sheet, case: Case) -> float:
    """Draw the letterhead and the title; return where the body begins."""
    agency = case.agency
    y = TOP
    page.centred(LEFT_MIDDLE, y, nfc(agency.superior), size=11.5)
    page.centred(LEFT_MIDDLE, y - 16, nfc(agency.letterhead), face=BOLD, size=11.5)
    page.rule(LEFT_MIDDLE - 12 * MM, y - 23, 24 * MM)
    page.centred(RIGHT_MIDDLE, y, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", face=BOLD, size=11.5)
    page.centred(RIGHT_MIDDLE, y - 16, "Độc lập - Tự do - Hạnh phúc", face=BOLD, size=13)
    page.rule(RIGHT_MIDDLE - 27 * MM, y - 23, 54 * MM)
    page.centred(LEFT_MIDDLE, y - 40, f"Số:             /{nfc(case.symbol)}")
    year = case.received_at.year
    date_line = f"{agency.place}, ngày       tháng       năm {year}"
    page.centred(RIGHT_MIDDLE, y - 40, nfc(date_line), face=ITALIC)
    y -= 78
    for row in sheet.lines(nfc(case.result).upper(), RIGHT - LEFT - 20 * MM, size=15):
        page.centred((LEFT + RIGHT) / 2, y, " ".join(row), face=BOLD, size=14)
        y -= LEADING
    return y - 12


def _body(page: Sheet, y: float, case: Case) -> tuple[list[Sheet], float]:
    """Write the grounds and the articles; return the pages so far and where the last ends."""
    words = {
        "code": case.code,
        "procedure": case.procedure_name,
        "result": case.result.lower(),
        "name": case.applicant.name,
        "id_number": case.applicant.id_number,
        "address": case.applicant.address,
    }
    sheets = [page]
    for template in (*_TEXT["grounds"], "", *_TEXT["articles"]):
        if not template:
            sheets[-1].centred((LEFT + RIGHT) / 2, y - 6, "QUYẾT ĐỊNH:", face=BOLD)
            y -= LEADING + 16
            continue
        y = _paragraph(sheets[-1], y, nfc(template.format(**words)))
    if case.form == "form":
        y = _fields(sheets[-1], y, case)
    return sheets, y


def _paragraph(page: Sheet, y: float, text: str) -> float:
    rows = sheet.lines(text, RIGHT - LEFT, indent=INDENT)
    for number, row in enumerate(rows):
        indent = INDENT if number == 0 else 0
        if number == len(rows) - 1:
            page.text(LEFT + indent, y, " ".join(row))
        else:
            page.justified(LEFT + indent, y, row, RIGHT - LEFT - indent)
        y -= LEADING
    return y - 5


def _fields(page: Sheet, y: float, case: Case) -> float:
    """Add two form fields, as departments' templates have them."""
    rows = (("NguoiNhan", "Người nhận:", case.applicant.name), ("GhiChu", "Ghi chú:", "Không"))
    for name, label, value in rows:
        page.text(LEFT, y, label)
        page.fields.append((name, nfc(value), (LEFT + 28 * MM, y - 5, RIGHT, y + 13)))
        y -= LEADING + 4
    return y


def _foot(page: Sheet, y: float, case: Case) -> None:
    """Draw who gets a copy and the signature's place, the name below it."""
    agency = case.agency
    y -= 14
    page.text(LEFT, y, "Nơi nhận:", face=BOLD_ITALIC, size=12)
    for number, line in enumerate(_TEXT["copies"], 1):
        page.text(LEFT, y - 14 * number, line, size=11)
    for line in agency.title:
        page.centred(RIGHT_MIDDLE, y, nfc(line), face=BOLD)
        y -= 17
    page.centred(RIGHT_MIDDLE, y - SIGNATURE_ROOM, nfc(agency.official_name), face=BOLD)


def _annex(case: Case, number: int) -> Sheet:
    page = Sheet()
    page.centred((LEFT + RIGHT) / 2, TOP, "PHỤ LỤC", face=BOLD, size=14)
    title = nfc(f"(Kèm theo kết quả của hồ sơ {case.code})")
    page.centred((LEFT + RIGHT) / 2, TOP - LEADING, title, face=ITALIC)
    y = TOP - 3 * LEADING
    for item in range(1, 9):
        y = _paragraph(page, y, nfc(_TEXT["annex"].format(n=8 * (number - 2) + item)))
    return page


def _scanned(case: Case) -> bytes:
    """Return the paper as a scanner sees it: tinted, a little crooked, with grain."""
    rng = random.Random(case.code)
    with pypdfium2.PdfDocument(_written(case)) as document:
        pages = [
            _photograph(page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil(), rng)
            for page in document
        ]
    return sheet.pdf(pages, title=nfc(case.result))


def _photograph(image: Image.Image, rng: random.Random) -> Sheet:
    image = image.rotate(rng.uniform(-0.6, 0.6), Image.Resampling.BILINEAR, fillcolor=255)
    image = ImageChops.subtract(image.filter(ImageFilter.BoxBlur(0.6)), _grain(rng, image.size))
    paper = (rng.randint(244, 250), rng.randint(242, 248), rng.randint(232, 240))
    tints = [[value * tint // 255 for value in range(256)] for tint in paper]
    colour = Image.merge("RGB", [image.point(tint) for tint in tints])
    out = io.BytesIO()
    colour.save(out, "JPEG", quality=38, dpi=(SCAN_DPI, SCAN_DPI))
    return Sheet(picture=out.getvalue(), picture_size=colour.size)


def _grain(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    """Return soft spots: grain as fine as the scanner's would not fit into a small file."""
    small = (size[0] // 12, size[1] // 12)
    spots = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    return spots.point([value // 24 for value in range(256)]).resize(
        size, Image.Resampling.BILINEAR
    )
