"""
The minute of a key's hand-over ("biên bản bàn giao"): a row, and the paper that both sides sign.

Law: Decree 30/2020, Art. 32(2): whoever hands a seal or a key to another minutes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from dossiers.signing_status import HandOver, SealMode
from register import documents, fonts, world
from signing.models import CustodyMinute, SealCustody

PDF: Final = "application/pdf"
_FAMILY: Final = "serif"
_WIDTH: Final = 80.0
"""Of each of the two columns in which the sides sign, millimetres."""

_MODES: Final = {
    SealMode.SECONDED: "A. Con dấu thứ hai, văn thư của cơ quan giữ tại Trung tâm",
    SealMode.REMOTE: "B. Con dấu giữ tại trụ sở cơ quan, đóng dấu từ xa",
    SealMode.KEPT: "C. Con dấu giữ tại Trung tâm, hai người cùng mở",
    SealMode.OWN: "D. Con dấu của Trung tâm",
}
_TITLES: Final = {
    HandOver.GIVEN: "BIÊN BẢN BÀN GIAO THIẾT BỊ LƯU KHÓA BÍ MẬT CON DẤU",
    HandOver.TAKEN_BACK: "BIÊN BẢN THU HỒI THIẾT BỊ LƯU KHÓA BÍ MẬT CON DẤU",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the two sides agree on."""

    kind: HandOver
    giver: str
    """Name and title."""
    receiver: str
    place: str


def write(custody: SealCustody, said: Said, *, by: str) -> CustodyMinute:
    """Minute what was *said* about the key of *custody* now, and draw its paper."""
    now = world.now()
    digest = documents.put(draw(custody, said, now), PDF)
    with transaction.atomic():
        return CustodyMinute.objects.create(
            custody=custody,
            kind=said.kind,
            giver=said.giver,
            receiver=said.receiver,
            place=said.place,
            at=now,
            by=by,
            document=digest,
        )


def draw(custody: SealCustody, said: Said, at: datetime) -> bytes:
    """Return the minute as PDF; the same words at the same instant are the same bytes."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(at)
    pdf.set_lang("vi")
    pdf.add_font(_FAMILY, fname=fonts.path("LiberationSerif-Regular"))
    pdf.add_font(_FAMILY, "B", fname=fonts.path("LiberationSerif-Bold"))
    pdf.set_margins(30, 20, 15)
    pdf.add_page()
    _line(pdf, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=Align.C)
    _line(pdf, "Độc lập - Tự do - Hạnh phúc", bold=True, align=Align.C)
    pdf.ln(8)
    _line(pdf, _TITLES[said.kind], bold=True, align=Align.C)
    pdf.ln(6)
    for text in _lines(custody, said, at):
        _line(pdf, text)
    pdf.ln(10)
    for side in ("BÊN GIAO", "BÊN NHẬN"):
        pdf.set_font(_FAMILY, "B", 13)
        pdf.cell(_WIDTH, 7, side, align=Align.C)
    return bytes(pdf.output())


def _lines(custody: SealCustody, said: Said, at: datetime) -> list[str]:
    local = at.astimezone(world.VIETNAM)
    until = f" đến hết ngày {custody.valid_to:%d/%m/%Y}" if custody.valid_to else ""
    covered = ", ".join(custody.procedures) or "tất cả thủ tục của cơ quan"
    return [
        f"Hồi {local:%H giờ %M} phút, ngày {local:%d/%m/%Y}, tại {said.place}.",
        f"Cơ quan có con dấu: {custody.unit.name}.",
        f"Thiết bị: {custody.token_id}.",
        f"Hình thức: {_MODES[SealMode(custody.mode)]}.",
        f"Căn cứ: {custody.authority}, hiệu lực từ ngày {custody.valid_from:%d/%m/%Y}{until}.",
        f"Phạm vi: {covered}.",
        f"Bên giao: {said.giver}.",
        f"Bên nhận: {said.receiver}.",
        "Hai bên đã kiểm tra thiết bị; mã PIN do người giữ tự đặt và không ghi vào biên bản này.",
        "Biên bản lập thành hai bản, mỗi bên giữ một bản.",
    ]


def _line(pdf: FPDF, text: str, *, bold: bool = False, align: Align = Align.J) -> None:
    pdf.set_font(_FAMILY, "B" if bold else "", 13)
    pdf.multi_cell(0, 7, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
