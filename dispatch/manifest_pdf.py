"""
The manifest as PDF/A-3B: every parcel with its bars, the sums, two lines to sign, and the data.

The same rows are embedded as ``manifest.json`` and ``manifest.csv``, so that whoever holds the
signed paper holds the data. Each row has Code 128 of at least 9 mm and ten modules of blank on
both sides: with less, one of two readers tried could read nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dispatch import code128
from dispatch.paper import Paper, clean
from dispatch.sheets import TITLE, Row, Sheet, as_csv, as_json, thousands
from dossiers import items

SIZE: Final = (210.0, 297.0)
_LEFT, _RIGHT, _TOP = 10.0, 200.0, 12.0
_HEADING: Final = 38.0
"""Height of what stands above the table on the first page."""
_HEAD: Final = 8.0
_ROW: Final = 14.5
_BAR: Final = 9.0
_BOTTOM: Final = 284.0
_SIGNATURES: Final = 48.0
"""Height of the sum line and the two signatures."""
_MODULES: Final = (0.33, 0.25)
"""Widths of a module in millimetres; S10 recommends 0.33 and allows 0.25."""
_LINES: Final = 3
"""Lines of a name that fit into a row."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column of the table begins, and how wide its text may be."""

    title: str
    x: float
    width: float


_STT = Column("STT", 10, 10)
_BARS = Column("Mã bưu gửi", 20, 91)
_NAME = Column("Người nhận", 111, 38)
_PLACE = Column("Phường, xã", 149, 23)
_WEIGHT = Column("Gam", 172, 10)
_COD = Column("Thu hộ (đ)", 182, 18)
_TABLE: Final = (_STT, _BARS, _NAME, _PLACE, _WEIGHT, _COD)


class TooLongError(ValueError):
    """Mã dài quá khổ bảng kê. / This code is too long for the manifest's bars."""


def draw(sheet: Sheet) -> bytes:
    """
    Return *sheet* as PDF/A-3B; the same sheet is the same bytes.

    MissingGlyphError or TooLongError if a row cannot be printed; ask :func:`check` before.
    """
    paper = Paper(SIZE, compliance="PDF/A-3B")
    paper.declare(f"{TITLE} {sheet.number}", sheet.closed_at)
    pages = list(_pages(sheet.rows))
    for count, rows in enumerate(pages, start=1):
        paper.add_page()
        y = _TOP if count > 1 else _heading(paper, sheet)
        y = _table(paper, rows, y)
        if count == len(pages):
            _signatures(paper, sheet, y)
        _footer(paper, sheet, f"Trang {count}/{len(pages)}")
    _embed(paper, sheet)
    return bytes(paper.output())


def check(row: Row) -> None:
    """Return quietly if *row* can be printed; raise MissingGlyphError or TooLongError otherwise."""
    _module(row.item)
    for text in (row.item, row.reference, row.recipient.reveal(), row.commune):
        clean(text)


def _module(item: str) -> float:
    """The widest module with which the bars of *item* fit into their column."""
    for width in _MODULES:
        if (code128.modules(item) + 2 * code128.QUIET) * width <= _BARS.width:
            return width
    raise TooLongError(item)


def _pages(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Share *rows* out, so that the last page has one or more of them and the signatures."""
    room = _BOTTOM - _TOP - _HEAD - _HEADING
    while len(rows) * _ROW + _SIGNATURES > room:
        fit = min(int(room // _ROW), len(rows) - 1)
        yield rows[:fit]
        rows, room = rows[fit:], _BOTTOM - _TOP - _HEAD
    yield rows


def _heading(paper: Paper, sheet: Sheet) -> float:
    paper.write_at(_LEFT, _TOP + 5, TITLE, size=14, bold=True)
    y = _TOP + 12
    for label, text in sheet.heading():
        paper.write_at(_LEFT, y, label, size=9)
        paper.write_at(_LEFT + 42, y, text, size=9, bold=True)
        y += 5
    return _TOP + _HEADING


def _table(paper: Paper, rows: tuple[Row, ...], y: float) -> float:
    for column in _TABLE:
        paper.write_at(column.x + 1, y + 5.5, column.title, size=8, bold=True)
    y += _HEAD
    paper.line(_LEFT, y, _RIGHT, y)
    for row in rows:
        _row(paper, row, y)
        y += _ROW
        paper.line(_LEFT, y, _RIGHT, y)
    return y


def _row(paper: Paper, row: Row, y: float) -> None:
    paper.write_at(_STT.x + 1, y + 8, str(row.position), size=8)
    width = _module(row.item)
    x = _BARS.x + code128.QUIET * width
    paper.barcode(x, y + 1, row.item, module=width, height=_BAR)
    paper.write_at(x, y + 13.3, items.grouped(row.item), size=8.5)
    if row.item != row.reference:
        paper.write_right(_NAME.x - 2, y + 13.3, row.reference, size=7)
    _fitted(paper, _NAME, y, row.recipient.reveal())
    _fitted(paper, _PLACE, y, row.commune)
    paper.write_right(_WEIGHT.x + _WEIGHT.width, y + 8, thousands(row.weight), size=8)
    paper.write_right(_RIGHT, y + 8, thousands(row.cod), size=8)


def _fitted(paper: Paper, column: Column, y: float, text: str) -> None:
    """Write *text* in up to three lines; longer text ends in dots, the data holds all of it."""
    lines = paper.wrap(text, width=column.width - 2, size=8.5)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1][:-1] + "…"]
    for place, line in enumerate(lines):
        paper.write_at(column.x + 1, y + 4.5 + 4 * place, line, size=8.5)


def _signatures(paper: Paper, sheet: Sheet, y: float) -> None:
    paper.write_at(_LEFT, y + 7, sheet.totals(), size=10, bold=True)
    for x, side, who in (
        (_LEFT + 15, "BÊN GIAO", sheet.centre),
        (_LEFT + 115, "BÊN NHẬN", sheet.office),
    ):
        paper.write_at(x, y + 16, side, size=10, bold=True)
        for place, line in enumerate(paper.wrap(who, width=70, size=8)):
            paper.write_at(x, y + 20.5 + 3.6 * place, line, size=8)
        paper.write_at(x, y + 30, "(ký, ghi rõ họ tên, giờ)", size=8)


def _footer(paper: Paper, sheet: Sheet, page: str) -> None:
    paper.write_at(_LEFT, 291, f"{sheet.number}  {sheet.day:%d/%m/%Y}", size=8)
    paper.write_right(_RIGHT, 291, page, size=8)


def _embed(paper: Paper, sheet: Sheet) -> None:
    for name, data, kind in (
        ("manifest.json", as_json(sheet), "application/json"),
        ("manifest.csv", as_csv(sheet), "text/csv"),
    ):
        paper.embed_file(
            bytes=data,
            basename=name,
            mime_type=kind,
            modification_date=sheet.closed_at,
            associated_file_relationship="Data",
            compress=True,
        )
