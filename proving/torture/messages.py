"""
What is sent: signed callbacks of the national platform, and results of a department.

Every message has an identity of its own and knows what its acknowledgement looks like, so that
an answer to another message is never taken for one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fpdf import FPDF

from dossiers import money
from register import fonts
from sandbox import day
from sandbox.parties import platform

CALLBACK, RESULT = "callback", "result"

#: Whose results they are, and which dossier's code they take.
UNIT, PROCEDURE = "H49.31", "1.013225"

#: Numbers of payment references from here on: far from those that the hub gives.
FIRST_NUMBER = 60_000_000

_JSON = {"Content-Type": "application/json"}
_BOUNDARY = "motcua-torture"


@dataclass(slots=True)
class Message:
    """One message and how it fared."""

    kind: str
    identity: str
    """The reference of a callback, the code of a dossier."""
    body: bytes
    headers: dict[str, str]
    due: float
    """Seconds from the start at which it is to be sent first."""
    tries: int = 0
    acknowledged: float | None = None
    """Seconds from the start."""
    answers: set[bytes] = field(default_factory=set)
    """Bodies of all acknowledgements; the same request has one answer for ever."""

    def accepts(self, status: int, body: bytes) -> bool:
        """Tell whether this answer acknowledges this message."""
        wanted, name, value = _ACKNOWLEDGED[self.kind]
        if status != wanted:
            return False
        try:
            said = json.loads(body)
        except ValueError:
            return False
        mine = said.get(_NAMES[self.kind]) == self.identity
        return mine and (not name or said.get(name) == value)


_ACKNOWLEDGED = {CALLBACK: (200, "MaLoi", "00"), RESULT: (201, "", "")}
_NAMES = {CALLBACK: "MaThamChieu", RESULT: "code"}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes messages that the hub of this *partner* and *api_token* accepts."""

    partner: str
    secret: str
    api_token: str
    day: str
    """The day in dossier codes, ``yymmdd``."""
    pdf: bytes
    """A small result; each one differs by its last line."""

    def callback(self, number: int, due: float) -> Message:
        """Return the platform's word that payment *number* was made: a hint, sealed."""
        reference = money.reference(FIRST_NUMBER + number)
        told: dict[str, Any] = {
            "LoaiBanTin": "CONFIRM",
            "MaLoi": "00",
            "MaDoiTac": self.partner,
            "MaThamChieu": reference,
            "SoTien": str(75_000 + number % 1000),
            "MaTienTe": "VND",
            "MaGiaoDich": f"GD{number:012d}",
            "MaNganHang": platform.PAYER_BANK,
            "ThoiGianGD": "20261123084200",
            "ThongTinGiaoDich": f"{reference} NOP LE PHI",
        }
        told["MaXacThuc"] = platform.seal(platform.CONFIRM, told, self.secret)
        return Message(CALLBACK, reference, json.dumps(told).encode(), dict(_JSON), due)

    def result(self, number: int, due: float) -> Message:
        """Return the hand-over of result *number*, under an idempotency key of its own."""
        code = f"{day.CENTRE}-{self.day}-{number:05d}"
        told = {
            "code": code,
            "procedure": PROCEDURE,
            "unit": UNIT,
            "centre": day.CENTRE,
            "delivery": "counter",
            "due_at": "2026-12-24T17:00:00+07:00",
            "applicant": {"name": f"Người Mẫu {number}", "phone": "0990000000"},
        }
        body = _form(json.dumps(told), self.pdf + f"% {number}\n".encode())
        headers = {
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
            "Authorization": f"Bearer {self.api_token}",
            "Idempotency-Key": code,
        }
        return Message(RESULT, code, body, headers, due)


def sha256(message: Message) -> str:
    """Return the digest of the PDF in the *message* of a result."""
    pdf = message.body.split(b"application/pdf\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]
    return hashlib.sha256(pdf).hexdigest()


def _form(data: str, pdf: bytes) -> bytes:
    """Return multipart/form-data of the two parts that the API wants."""
    lines = [
        f"--{_BOUNDARY}",
        'Content-Disposition: form-data; name="data"',
        "",
        data,
        f"--{_BOUNDARY}",
        'Content-Disposition: form-data; name="file"; filename="r.pdf"',
        "Content-Type: application/pdf",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + pdf + f"\r\n--{_BOUNDARY}--\r\n".encode()


def small_result(title: Sequence[str], name: str) -> bytes:
    """Return a PDF of one page with a place to sign: under the lines of *title*, above *name*."""
    pdf = FPDF()
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.add_page()
    pdf.set_font("serif", size=13)
    pdf.cell(0, 10, "GIẤY PHÉP XÂY DỰNG")
    lines = [(200 + 7 * number, line) for number, line in enumerate(title)]
    for y, text in [*lines, (240, name)]:
        pdf.set_xy(110, y)
        pdf.cell(80, 7, text, align="C")
    return bytes(pdf.output())
