"""
The minute of a daily close as a PDF on one or more A4 pages, in Vietnamese.

It is drawn from the close's JSON alone, and the same JSON gives the same bytes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from dossiers.money import in_words
from register import fonts

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_FACE: Final = "Liberation Serif"
_LINE: Final = 7
"""Millimetres."""

_SETS: Final = (
    ("agree", "Khớp hai bên"),
    ("ours_only", "Chỉ có ở cổng thanh toán, chưa thấy tiền về"),
    ("theirs_only", "Chỉ có ở ngân hàng, chưa rõ nội dung"),
    ("differing", "Có ở hai bên nhưng lệch"),
    ("outgoing", "Tiền ra khỏi tài khoản"),
)


def draw(body: dict[str, Any]) -> bytes:
    """Return the minute of the close *body* (see ``close``) as PDF."""
    pdf = FPDF(format="A4")
    # The same minute drawn again has the same hash.
    pdf.set_creation_date(datetime.fromisoformat(body["closed_at"]))
    pdf.set_margins(25, 20, 20)
    for style, face in (("", "LiberationSerif-Regular"), ("B", "LiberationSerif-Bold")):
        pdf.add_font(_FACE, style, fonts.path(face))
    pdf.add_page()
    day = date.fromisoformat(body["day"])
    _text(pdf, "BIÊN BẢN ĐỐI SOÁT PHÍ, LỆ PHÍ", bold=True, size=15)
    _text(pdf, f"Ngày {day:%d/%m/%Y}")
    _text(pdf, f"Tài khoản {body['account']} – {body['name']} ({body['unit']})")
    _balances(pdf, body)
    _sets(pdf, body)
    _differences(pdf, body)
    _foot(pdf, body)
    return bytes(pdf.output())


def amount(value: int) -> str:
    """Return *value* đồng as it is written in Vietnam: ``1.500.000 đồng``."""
    return f"{value:,}".replace(",", ".") + " đồng"


def _text(pdf: FPDF, text: str, *, bold: bool = False, size: int = 12) -> None:
    pdf.set_font(_FACE, "B" if bold else "", size)
    pdf.multi_cell(0, _LINE, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _balances(pdf: FPDF, body: dict[str, Any]) -> None:
    for key, words in (("opening", "Số dư đầu kỳ"), ("closing", "Số dư cuối kỳ")):
        value = body[key]
        _text(pdf, f"{words}: {'không có sao kê' if value is None else amount(value)}")


def _sets(pdf: FPDF, body: dict[str, Any]) -> None:
    pdf.ln(3)
    with pdf.table(col_widths=(50, 15, 35), text_align=("LEFT", "RIGHT", "RIGHT")) as table:
        table.row(("Nhóm", "Số giao dịch", "Số tiền"))
        for name, words in _SETS:
            row = body["sets"][name]
            table.row((words, str(row["count"]), amount(row["amount"])))
    pdf.ln(3)
    agreed = body["sets"]["agree"]["amount"]
    _text(pdf, f"Phí: {amount(body['phi'])}. Lệ phí: {amount(body['le_phi'])}.")
    _text(pdf, f"Tổng khớp bằng chữ: {in_words(agreed)}.")


def _differences(pdf: FPDF, body: dict[str, Any]) -> None:
    rows = body["discrepancies"]
    _text(pdf, f"Chênh lệch còn mở: {len(rows)}", bold=True)
    if not rows:
        return
    pdf.set_font(_FACE, "", 9)
    widths, alignment = (24, 44, 14, 18), ("LEFT", "LEFT", "LEFT", "RIGHT")
    with pdf.table(col_widths=widths, text_align=alignment) as table:
        table.row(("Loại", "Nội dung", "Người xử lý", "Số tiền"))
        for row in rows:
            table.row((row["code"], row["subject"], row["owner"], amount(row["amount"])))


def _foot(pdf: FPDF, body: dict[str, Any]) -> None:
    closed = datetime.fromisoformat(body["closed_at"]).astimezone(_VIETNAM)
    pdf.ln(3)
    _text(pdf, f"Chốt lúc {closed:%H:%M:%S ngày %d/%m/%Y} bởi {body['closed_by']}.")
    _text(pdf, f"Nối tiếp biên bản trước: {body['previous']}", size=9)
