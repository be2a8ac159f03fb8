"""
A6 labels for envelopes: who sends, who receives, and the bars the post scans.

The label says nothing of the procedure: an envelope that names a divorce or a debt tells
the neighbours. Its QR code holds our own reference, for the Centre's desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import segno

from dispatch import code128
from dispatch.paper import Paper
from dispatch.sheets import Label
from dossiers import items

SIZE: Final = (105.0, 148.0)
_MARGIN: Final = 6.0
_INNER: Final = SIZE[0] - 2 * _MARGIN
_BAR_HEIGHT: Final = 18.0
"""S10 asks for 12.5 mm or more, and 15 % of the width."""
_MODULES: Final = (0.375, 0.25)
"""Widths of a module in millimetres: three and two dots of a 203 dpi label printer."""
_QR_SIDE: Final = 20.0


class TooLongError(ValueError):
    """Mã dài quá khổ tem. / This code is too long for the label's bars."""


def draw(labels: Iterable[Label], *, at: datetime) -> bytes:
    """
    Return a PDF with one A6 page for each of *labels*, made *at*; the same again is the same.

    MissingGlyphError if a text cannot be printed, TooLongError if a code does not fit.
    """
    paper = Paper(SIZE)
    paper.set_creation_date(at)
    for label in labels:
        paper.add_page()
        _sender(paper, label)
        _bars(paper, label.item)
        _recipient(paper, label)
        _foot(paper, label)
    return bytes(paper.output())


def _sender(paper: Paper, label: Label) -> None:
    _small(paper, _MARGIN, 9, "Người gửi / From")
    y = _lines(paper, 13.5, label.sender, size=9, bold=True)
    _lines(paper, y, label.sender_address, size=8)
    paper.line(_MARGIN, 26, SIZE[0] - _MARGIN, 26)


def _bars(paper: Paper, item: str) -> None:
    """Bars in the middle, with the quiet zone that readers need, and the number below in groups."""
    width = code128.modules(item)
    fitting = [x for x in _MODULES if (width + 2 * code128.QUIET) * x <= SIZE[0]]
    if not fitting:
        raise TooLongError(item)
    paper.barcode(
        (SIZE[0] - width * fitting[0]) / 2, 30, item, module=fitting[0], height=_BAR_HEIGHT
    )
    text = items.grouped(item)
    x = (SIZE[0] - paper.width_of(text, size=13, bold=True)) / 2
    paper.write_at(x, 54, text, size=13, bold=True)
    paper.line(_MARGIN, 58, SIZE[0] - _MARGIN, 58)


def _recipient(paper: Paper, label: Label) -> None:
    parcel = label.parcel
    _small(paper, _MARGIN, 63, "Người nhận / To")
    y = _lines(paper, 69, parcel.recipient.reveal(), size=14, bold=True)
    if parcel.phone:
        y = _lines(paper, y, parcel.phone.reveal(), size=12)
    y = _lines(paper, y, parcel.address.reveal(), size=12)
    _lines(paper, y, label.place, size=12, bold=True)


def _foot(paper: Paper, label: Label) -> None:
    top = SIZE[1] - _MARGIN - _QR_SIDE
    paper.line(_MARGIN, top - 4, SIZE[0] - _MARGIN, top - 4)
    _small(paper, _MARGIN, top + 3, label.office)
    _small(paper, _MARGIN, top + 7, f"Khối lượng / Weight: {label.parcel.weight} g")
    if label.parcel.cod:
        amount = f"{label.parcel.cod:,}".replace(",", ".")
        paper.write_at(_MARGIN, top + 13, f"Thu hộ / COD: {amount} ₫", size=11, bold=True)
    _small(paper, _MARGIN, top + _QR_SIDE - 1, label.parcel.reference)
    matrix = [list(row) for row in segno.make_qr(label.parcel.reference, error="m").matrix]
    side = _QR_SIDE / (len(matrix) + 8)
    start = SIZE[0] - _MARGIN - _QR_SIDE + 4 * side
    paper.squares(start, top + 4 * side, matrix, side)


def _small(paper: Paper, x: float, y: float, text: str) -> None:
    paper.write_at(x, y, text, size=7.5)


def _lines(paper: Paper, y: float, text: str, *, size: float, bold: bool = False) -> float:
    """Write *text* in as many lines as it needs; return the baseline of the next."""
    step = size * 0.46
    for line in paper.wrap(text, width=_INNER, size=size, bold=bold):
        paper.write_at(_MARGIN, y, line, size=size, bold=bold)
        y += step
    return y
