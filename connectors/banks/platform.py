"""
The national payment platform of the Public Service Portal ("Nền tảng thanh toán trực tuyến").

Messages of version 1.0.6 as two independent systems send them. ``MaXacThuc`` is the
SHA-256 of the values in a fixed order, joined by ``|`` and ended by the shared secret;
``ThongTinBienLai`` (who pays, for what) is not covered by it.

Because that seal is a plain hash over joined text, no value may hold a ``|``: neither what
we send, nor what we believe, nor what we seal in an answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors import Refused
from connectors.banks import Answer, Gateway
from connectors.http import reading, send_json, unclear
from connectors.wire import dong, json_object, read_stamp, said, same, stamp
from dossiers.orders import Line, Order, Outcome, Payment

# The values under MaXacThuc, in order. In INIT the note comes before the time, in the
# platform's confirmation after it.
INIT = (
    *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan"),
    *("MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang"),
    *("ThongTinGiaoDich", "ThoiGianGD", "Ip"),
)
CONFIRM = (
    *("LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe"),
    *("MaGiaoDich", "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"),
)
QUERY = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
ANSWER = ("MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "ThoiGianGD")

DONE, UNKNOWN, OTHER = "00", "01", "99"
"""MaLoi: done; no such transaction (QUERY only); anything else that went wrong."""

STATES = {"1": Outcome.PAID, "3": Outcome.PENDING, "4": Outcome.FAILED}
"""TrangThaiGD; 3 means that the platform itself waits for the bank."""

FIXED = {
    "LoaiBanTin": "INIT",
    "LoaiHinhThanhToan": "PAY",
    "MaKenhThanhToan": "1",
    "MaThietBi": "1",
    "NgonNgu": "vi-VN",
    "MaTienTe": "VND",
    "MaNganHang": "PAYMENT",
}
KINDS = {"phi": "1", "le_phi": "2"}
"""LoaiPhiLePhi."""


class Platform(Gateway):
    """One door to every bank that is joined to the national portal."""

    code = "platform"
    label = "Nền tảng thanh toán quốc gia"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """What the platform gave the province, and who receives the money."""

        url: str
        partner: str
        """MaDoiTac."""
        secret: str = field(repr=False, metadata={"secret": True})
        version: str = "1.0.6"
        ip: str = "127.0.0.1"
        """The address that the platform knows us by."""
        unit: str = ""
        unit_name: str = ""
        account: str = ""
        """TKThuHuong, the account that receives."""
        account_name: str = ""
        account_bank: str = ""

    settings: Settings

    def check(self) -> None:
        """Ask for a reference that cannot be; any clear answer means that we are known."""
        self._query("check", stamp(self.now()))

    def ask(self, order: Order) -> str:
        """Send INIT; Refused with the platform's own words if it says no."""
        if "|" in order.reference + order.note:
            error = "platform: nội dung không được có dấu | · no value may hold the sign |"
            raise Refused(error)
        message = FIXED | {
            **self._who(),
            "MaThamChieu": order.reference,
            "SoTien": str(order.amount),
            "ThongTinGiaoDich": order.note,
            "ThoiGianGD": stamp(order.at),
            "Ip": self.settings.ip,
        }
        receipt = {"ThongTinBienLai": self._receipt(order)}
        answer = send_json(
            self.http,
            "POST",
            f"{self.settings.url}/init",
            json=message | receipt | {"MaXacThuc": self._seal(INIT, message)},
        )
        with reading(question=False):
            if answer["MaLoi"] != DONE:
                raise _refused(answer)
            return _page(answer["UrlThanhToan"])

    def find(self, order: Order) -> Payment | None:
        """Send QUERY with exactly the instant that INIT carried."""
        answer = self._query(order.reference, stamp(order.at))
        with reading(question=True):
            if answer["MaLoi"] == UNKNOWN:
                return None
            if answer["MaThamChieu"] != order.reference:
                message = "platform: trả lời cho giao dịch khác · an answer about another order"
                raise unclear(message, question=True)
            state = str(answer["TrangThaiGD"])
            return _payment(answer, STATES.get(state, Outcome.PENDING), f"TrangThaiGD {state}")

    def read(self, body: bytes, headers: Mapping[str, str]) -> Payment:  # noqa: ARG002
        """Check MaXacThuc over the values as they came; MaLoi ``00`` means paid."""
        try:
            message = self._sealed(body)
            outcome = Outcome.PAID if message["MaLoi"] == DONE else Outcome.FAILED
            return _payment(message, outcome, f"MaLoi {message['MaLoi']}")
        except (KeyError, TypeError, ValueError):
            error = "platform: không phải tin của nền tảng · the platform did not make this notice"
            raise Refused(error) from None

    def answer(self, body: bytes, *, accepted: bool) -> Answer:
        """Answer a confirmation; sealed only when its own seal was right."""
        reply = {"MaLoi": DONE, "MoTaLoi": "Thành công"}
        if not accepted:
            reply = {"MaLoi": OTHER, "MoTaLoi": "Không xử lý được"}
        try:
            message = self._sealed(body)
            reply |= {name: message[name] for name in ANSWER[2:]}
            reply["MaXacThuc"] = self._seal(ANSWER, reply)
        except (KeyError, ValueError):
            reply = {"MaLoi": OTHER, "MoTaLoi": "Sai mã xác thực"}
        return Answer(200, "application/json", json.dumps(reply, ensure_ascii=False).encode())

    def _query(self, reference: str, at: str) -> dict[str, Any]:
        """Return an answer of code 00 or 01; Refused for any other."""
        message = {
            **self._who(),
            "LoaiBanTin": "QUERY",
            "MaThamChieu": reference,
            "ThoiGianGD": at,
        }
        message["MaXacThuc"] = self._seal(QUERY, message)
        url = f"{self.settings.url}/query"
        answer = send_json(self.http, "POST", url, question=True, json=message)
        if answer.get("MaLoi") not in (DONE, UNKNOWN):
            raise _refused(answer)
        return answer

    def _who(self) -> dict[str, str]:
        return {"PhienBan": self.settings.version, "MaDoiTac": self.settings.partner}

    def _receipt(self, order: Order) -> dict[str, Any]:
        ours = self.settings
        return {
            "MaDichVu": "2",
            "MaDonVi": ours.unit,
            "TenDonVi": ours.unit_name,
            "MaHoSo": order.dossier,
            "TKThuHuong": ours.account,
            "MaNHThuHuong": ours.account_bank,
            "TenTKThuHuong": ours.account_name,
            "NoiDungThanhToan": order.note,
            "HoTenNguoiNop": order.payer.reveal(),
            "PhiLePhi": [_line(line) for line in order.lines],
        }

    def _sealed(self, body: bytes) -> dict[str, Any]:
        """Return the confirmation in *body*; KeyError or ValueError if it is not one for us."""
        message = json_object(body)
        seal = self._seal(CONFIRM, message)
        if not same(seal, message["MaXacThuc"]) or message["MaDoiTac"] != self.settings.partner:
            error = "another seal or another partner"
            raise ValueError(error)
        return message

    def _seal(self, names: tuple[str, ...], message: Mapping[str, Any]) -> str:
        values = [_text(message[name]) for name in names]
        return hashlib.sha256("|".join([*values, self.settings.secret]).encode()).hexdigest()


def _text(value: object) -> str:
    """Return a JSON value as it stands under the seal."""
    if isinstance(value, bool) or not isinstance(value, int | str) or "|" in str(value):
        message = "a value that cannot be sealed"
        raise ValueError(message)
    return str(value)


def _refused(answer: Mapping[str, Any]) -> Refused:
    return Refused(f"platform {said(answer.get('MaLoi'))}: {said(answer.get('MoTaLoi'))}")


def _payment(message: Mapping[str, Any], outcome: Outcome, words: str) -> Payment:
    paid = outcome is Outcome.PAID
    at = message.get("ThoiGianGD")
    return Payment(
        reference=message["MaThamChieu"],
        outcome=outcome,
        amount=dong(message["SoTien"]),
        transaction=str(message["MaGiaoDich"]) if paid else "",
        at=read_stamp(at) if paid and at else None,
        words=words,
    )


def _line(line: Line) -> dict[str, str]:
    return {
        "LoaiPhiLePhi": KINDS[line.kind],
        "MaPhiLePhi": line.code,
        "TenPhiLePhi": line.name,
        "SoTien": str(line.amount),
    }


def _page(url: object) -> str:
    """Return the address that the citizen's browser is sent to; a web page, nothing else."""
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        return url
    message = "not a web page"
    raise ValueError(message)
