"""
The manifest as a spreadsheet.
"""

from __future__ import annotations

import io
from typing import Final

import xlsxwriter

from dispatch.sheets import COLUMNS, TITLE, Sheet

_WIDTHS: Final = (6, 26, 28, 34, 24, 14, 16)
_OPTIONS: Final = {
    "constant_memory": True,
    "in_memory": True,
    # A name like =HYPERLINK(…) is a name, and a code of digits keeps its zeros.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def draw(sheet: Sheet) -> bytes:
    """Return *sheet* as XLSX; the same sheet is the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": f"{TITLE} {sheet.number}", "created": sheet.closed_at})
    bold = book.add_format({"bold": True})
    page = book.add_worksheet("Bảng kê")
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, TITLE, bold)
    for line, (label, text) in enumerate(sheet.heading(), start=1):
        page.write_string(line, 0, label)
        page.write_string(line, 3, text)
    head = len(sheet.heading()) + 1
    page.write_row(head, 0, COLUMNS, bold)
    page.freeze_panes(head + 1, 0)
    for line, row in enumerate(sheet.rows, start=head + 1):
        page.write_row(line, 0, row.cells())
    page.write_string(head + sheet.parcels + 1, 0, sheet.totals(), bold)
    book.close()
    return out.getvalue()
