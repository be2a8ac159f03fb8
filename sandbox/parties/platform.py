"""
The national payment platform: takes orders, is paid by citizens, calls the hub back.

Messages and check strings as public code sends them (version 1.0.6). ``MaXacThuc`` is the
SHA-256 of the values in the order given here, joined by ``|``, with the secret last. Only
``00`` is known of the codes in ``MaLoi``; the others are the sandbox's own.
"""

from __future__ import annotations

import hashlib
import hmac
import html
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox import wire
from sandbox.faults import Faults
from sandbox.parties.callbacks import SCHEMA as CALLBACKS
from sandbox.parties.callbacks import Callbacks
from sandbox.store import Store

INIT = (
    "LoaiBanTin PhienBan MaDoiTac MaThamChieu SoTien LoaiHinhThanhToan MaKenhThanhToan MaThietBi"
    " NgonNgu MaTienTe MaNganHang ThongTinGiaoDich ThoiGianGD Ip"
).split()
QUERY = "LoaiBanTin PhienBan MaDoiTac MaThamChieu ThoiGianGD".split()
CONFIRM = (
    "LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD"
    " ThongTinGiaoDich"
).split()

OK, UNKNOWN, CONFLICT, MALFORMED, REFUSED, FORGED = "00", "01", "02", "03", "06", "97"
WORDS: Mapping[str, str] = {
    OK: "Thành công",
    UNKNOWN: "Không tìm thấy giao dịch",
    CONFLICT: "Mã tham chiếu đã dùng với số tiền khác",
    MALFORMED: "Dữ liệu không hợp lệ",
    REFUSED: "Nền tảng từ chối giao dịch",
    FORGED: "Sai mã xác thực",
}
PAID, PENDING, FAILED = "1", "3", "4"
"""Values of ``TrangThaiGD``."""
PAYER_BANK = "VCB"

_SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS orders (
    reference TEXT PRIMARY KEY, amount INTEGER NOT NULL, note TEXT NOT NULL,
    stamp TEXT NOT NULL, account TEXT NOT NULL, body TEXT NOT NULL, dossier TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT '3', paid INTEGER, transaction_id TEXT UNIQUE, paid_at TEXT,
    settled INTEGER NOT NULL DEFAULT 0
);
"""
    + CALLBACKS
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Money that the platform hands to the beneficiary's bank."""

    account: str
    amount: int
    memo: str
    transaction: str
    at: str


class Settlement(Protocol):
    """The beneficiary's bank; told of the same transaction twice, it books once."""

    def __call__(self, credit: Credit) -> object:
        """Book *credit*."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What platform and hub agreed on."""

    partner: str
    secret: str
    url: str
    """The platform's own address, for the pages where citizens pay."""
    callback: str
    """Where the hub wants to be told; empty for nowhere."""
    account: str
    """Where money goes when an order names no account of the bank."""


def seal(fields: Iterable[str], message: Mapping[str, Any], secret: str) -> str:
    """Return the ``MaXacThuc`` over *fields* of *message*."""
    text = "|".join([*(str(message.get(name, "")) for name in fields), secret])
    return hashlib.sha256(text.encode()).hexdigest()


class Platform(wire.Party):
    """The payment platform as a WSGI application."""

    def __init__(self, path: Path, faults: Faults, terms: Terms, settle: Settlement) -> None:
        """Keep orders in *path*; settle what was paid but not settled when it last died."""
        self.store = Store(path, _SCHEMA)
        self._faults = faults
        self._terms = terms
        self._settle = settle
        self.callbacks = Callbacks(self.store, terms.callback, faults)
        for row in self.store.rows("SELECT reference FROM orders WHERE paid > 0 AND settled = 0"):
            self._settle_order(row["reference"])

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        match (request.method, request.path.strip("/").split("/")):
            case ("POST", ["init"]):
                return self._checked(request, "init", INIT, self._init)
            case ("POST", ["query"]):
                return self._checked(request, "query", QUERY, self._query)
            case ("GET", ["pay", reference]):
                return self._page(reference)
            case ("POST", ["pay", reference]):
                self.pay(reference)
                return redirect(f"{self._terms.url}/pay/{reference}", code=303)
            case ("GET", [""]):
                return wire.reply(self.state())
        raise NotFound

    # The interface

    def _checked(
        self,
        request: Request,
        operation: str,
        fields: list[str],
        answer: Callable[[dict[str, Any]], Response],
    ) -> Response:
        message = wire.json_object(wire.body(request))
        if message.get("MaDoiTac") != self._terms.partner or not hmac.compare_digest(
            str(message.get("MaXacThuc", "")).encode(),
            seal(fields, message, self._terms.secret).encode(),
        ):
            return _answer(FORGED)
        reference = str(message.get("MaThamChieu", ""))
        known = self.store.row("SELECT dossier FROM orders WHERE reference = ?", reference)
        subject = known["dossier"] if known else _dossier(message)
        fault = self._faults.draw("platform", operation, reference, subject=subject)
        return self._faults.misbehave(fault, lambda: answer(message), lambda: _answer(REFUSED))

    def _init(self, message: dict[str, Any]) -> Response:
        reference, amount = str(message["MaThamChieu"]), str(message["SoTien"])
        if not (reference.isalnum() and amount.isdecimal() and int(amount) > 0):
            return _answer(MALFORMED)
        receipt = message.get("ThongTinBienLai") or {}
        account = str(receipt.get("TKThuHuong") or self._terms.account)
        values = (reference, int(amount), message["ThongTinGiaoDich"], message["ThoiGianGD"])
        body = json.dumps(message, ensure_ascii=False)
        with self.store.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO orders"
                " (reference, amount, note, stamp, account, body, dossier)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*values, account, body, _dossier(message)),
            )
        order = self._order(reference)
        if order["amount"] != int(amount):
            return _answer(CONFLICT)
        url = f"{self._terms.url}/pay/{reference}"
        return _answer(OK, MaThamChieu=reference, UrlThanhToan=url)

    def _query(self, message: dict[str, Any]) -> Response:
        order = self.store.row(
            "SELECT * FROM orders WHERE reference = ? AND stamp = ?",
            *(str(message["MaThamChieu"]), str(message["ThoiGianGD"])),
        )
        if order is None:
            return _answer(UNKNOWN)
        return _answer(OK, **_facts(order), TrangThaiGD=order["state"])

    def _page(self, reference: str) -> Response:
        """Return the page where a citizen pays by pressing a button."""
        order = self._order(reference)
        state = {PAID: "Đã thanh toán", PENDING: "Chờ thanh toán"}.get(order["state"], "Thất bại")
        button = "<form method=post><button>Thanh toán</button></form>"
        return Response(
            "<!doctype html><html lang=vi><meta charset=utf-8><title>Nền tảng mô phỏng</title>"
            f"<h1>Nền tảng thanh toán (mô phỏng)</h1><p>{html.escape(order['note'])}</p>"
            f"<p>{order['amount']:,} đồng · {state}</p>{button * (order['state'] == PENDING)}",
            mimetype="text/html",
        )

    # The control side

    def pay(self, reference: str, *, amount: int | None = None, at: str = "") -> dict[str, Any]:
        """
        Let the citizen pay *amount*, or what was asked; settle it and call the hub back.

        Paying a paid order changes nothing. NotFound if there is no such order.
        """
        order = self._order(reference)
        if amount is not None and amount <= 0:
            message = "amount"
            raise BadRequest(message)
        if order["state"] == PENDING:
            transaction = "GD" + wire.number("platform", reference, digits=12)
            paid = order["amount"] if amount is None else amount
            self._close(reference, PAID, (paid, transaction, wire.instant(at).isoformat()))
            self._settle_order(reference)
        self.callbacks.wake()
        return self._order(reference)

    def fail(self, reference: str, *, at: str = "") -> dict[str, Any]:
        """Let the payment fail and call the hub back. NotFound if there is no such order."""
        if self._order(reference)["state"] == PENDING:
            self._close(reference, FAILED, (0, "", wire.instant(at).isoformat()))
        self.callbacks.wake()
        return self._order(reference)

    def _close(self, reference: str, state: str, outcome: tuple[int, str, str]) -> None:
        """Keep the outcome and the callback that tells it in one transaction."""
        paid, transaction, at = outcome
        with self.store.transaction() as db:
            db.execute(
                "UPDATE orders SET state = ?, paid = ?, transaction_id = ?, paid_at = ?"
                " WHERE reference = ?",
                (state, paid, transaction or None, at, reference),
            )
            order = dict(
                db.execute("SELECT * FROM orders WHERE reference = ?", (reference,)).fetchone()
            )
            about = (reference, order["dossier"])
            self.callbacks.add(db, about, self._confirm(order), self._forged(order))

    def _settle_order(self, reference: str) -> None:
        order = self._order(reference)
        values = (order["paid"], order["note"], order["transaction_id"], order["paid_at"])
        self._settle(Credit(order["account"], *values))
        with self.store.transaction() as db:
            db.execute("UPDATE orders SET settled = 1 WHERE reference = ?", (reference,))

    def _confirm(self, order: dict[str, Any]) -> dict[str, str]:
        message = {
            "LoaiBanTin": "CONFIRM",
            "MaLoi": OK if order["state"] == PAID else "99",
            "MaDoiTac": self._terms.partner,
            **_facts(order),
            "MaTienTe": "VND",
            "ThongTinGiaoDich": order["note"],
        }
        return message | {"MaXacThuc": seal(CONFIRM, message, self._terms.secret)}

    def _forged(self, order: dict[str, Any]) -> dict[str, str]:
        """Return what an enemy without the secret would send: paid, and more than asked."""
        message = self._confirm(order) | {"MaLoi": OK, "SoTien": str(order["amount"] * 10)}
        return message | {"MaXacThuc": seal(CONFIRM, message, "guessed")}

    def _order(self, reference: str) -> dict[str, Any]:
        order = self.store.row("SELECT * FROM orders WHERE reference = ?", reference)
        if order is None:
            message = f"no order {reference!r}"
            raise NotFound(message)
        return order

    def state(self) -> dict[str, Any]:
        """Return what the platform holds."""
        orders = self.store.rows(
            "SELECT reference, amount, note, stamp, account, state, paid, transaction_id, paid_at"
            " FROM orders ORDER BY rowid"
        )
        return {"orders": orders, "callbacks": self.callbacks.state()}

    def close(self) -> None:
        """Stop calling back and close the file."""
        self.callbacks.close()
        self.store.close()


def _dossier(message: dict[str, Any]) -> str:
    """Return the dossier that INIT tells of, empty if it tells of none."""
    return str((message.get("ThongTinBienLai") or {}).get("MaHoSo") or "")


def _facts(order: dict[str, Any]) -> dict[str, str]:
    """Return the values that QUERY and CONFIRM tell alike."""
    paid_at = order["paid_at"]
    local = wire.instant(paid_at).astimezone(wire.VIETNAM) if paid_at else None
    return {
        "MaThamChieu": order["reference"],
        "SoTien": str(order["amount"] if order["paid"] is None else order["paid"]),
        "MaGiaoDich": order["transaction_id"] or "",
        "MaNganHang": PAYER_BANK if order["transaction_id"] else "",
        "ThoiGianGD": f"{local:%Y%m%d%H%M%S}" if local else "",
    }


def _answer(code: str, **values: str) -> Response:
    return wire.reply({"MaLoi": code, "MoTaLoi": WORDS[code], **values})
