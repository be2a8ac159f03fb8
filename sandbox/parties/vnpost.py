"""
The post office: VNPost's interface for public services over NGSP, as OpenCPS calls it.

Field names and paths are those of public code; the status texts are ours. The sandbox
refuses an address that says ``không rõ`` ("unknown"), so that a day can have one.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Request, Response

from sandbox import wire
from sandbox.faults import Fault, Faults
from sandbox.parties import s10
from sandbox.store import Store

#: Status codes of the deliver flow in this sandbox, with the words of the feed.
STATUSES: Mapping[str, str] = {
    "1": "Đã đăng ký chuyển phát",
    "2": "Bưu cục đã chấp nhận",
    "3": "Đang vận chuyển",
    "5": "Đang đi phát",
    "6": "Phát không thành công",
    "4": "Đã phát thành công",
    "7": "Đã chuyển hoàn",
}
ENDED = ("4", "7")

#: What a booking must bring: OpenCPS marks these.
REQUIRED = (
    "CustomerCode OrderNumber SenderProvince SenderAddress SenderName SenderTel"
    " ReceiverName ReceiverAddress ReceiverTel ReceiverProvince"
).split()
API = "/apiVNPostNGSP/p1.0/order"
LARGEST_PAGE = 1000
TOKEN_LIFE = timedelta(hours=1)
OFFICE = "200000"
"""Postcode of the post office at the Centre (made up)."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, expires_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS orders (
    number TEXT PRIMARY KEY, item_code TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
    booked_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL REFERENCES orders,
    code TEXT NOT NULL, at TEXT NOT NULL
);
"""


class VNPost(wire.Party):
    """The post office as a WSGI application."""

    def __init__(self, path: Path, faults: Faults, *, key: str, secret: str, customer: str) -> None:
        """Keep orders and events in *path*; *key* and *secret* are the hub's credentials."""
        self.store = Store(path, _SCHEMA)
        self._faults = faults
        self._credentials = f"{key}:{secret}"
        self._customer = customer

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        match (request.method, request.path):
            case ("POST", "/token"):
                return self._token(request)
            case ("POST", path) if path == f"{API}/post":
                return self._authorised(request) or self._book(request)
            case ("GET", path) if path == f"{API}/tracking":
                return self._authorised(request) or self._tracking(request)
            case ("GET", "/"):
                return wire.reply(self.state())
        raise NotFound

    # The interface

    def _token(self, request: Request) -> Response:
        given = request.headers.get("Authorization", "").removeprefix("Basic ")
        wanted = base64.b64encode(self._credentials.encode()).decode()
        if not hmac.compare_digest(given.encode(), wanted.encode()):
            return wire.reply({"error": "invalid_client"}, 401)
        if request.form.get("grant_type") != "client_credentials":
            return wire.reply({"error": "unsupported_grant_type"}, 400)
        fault = self._faults.draw("vnpost", "token", self._customer)
        return self._faults.misbehave(
            fault, self._issue, lambda: wire.reply({"error": "invalid_client"}, 401)
        )

    def _issue(self) -> Response:
        token, expires = secrets.token_hex(16), wire.now() + TOKEN_LIFE
        with self.store.transaction() as db:
            db.execute("INSERT INTO tokens VALUES (?, ?)", (token, expires.isoformat()))
        seconds = int(TOKEN_LIFE.total_seconds())
        return wire.reply({"access_token": token, "token_type": "Bearer", "expires_in": seconds})

    def _authorised(self, request: Request) -> Response | None:
        """Return the refusal, or None if the token is good."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        row = self.store.row("SELECT expires_at FROM tokens WHERE token = ?", token)
        if row and datetime.fromisoformat(row["expires_at"]) > wire.now():
            return None
        return wire.reply({"fault": {"code": 900901, "message": "Invalid Credentials"}}, 401)

    def _book(self, request: Request) -> Response:
        order = wire.json_object(wire.body(request))
        number = str(order.get("OrderNumber", ""))
        fault = self._faults.draw("vnpost", "order", number)
        return self._faults.misbehave(
            fault,
            lambda: self._take(order, twice=fault is Fault.DUPLICATE),
            lambda: _status("199", "Đơn hàng bị từ chối"),
        )

    def _take(self, order: dict[str, Any], *, twice: bool) -> Response:
        number = str(order.get("OrderNumber", ""))
        if problem := self._problem(order):
            return _status("102", problem)
        with self.store.transaction() as db:
            if db.execute("SELECT 1 FROM orders WHERE number = ?", (number,)).fetchone():
                return _status("101", "Đơn hàng đã được tiếp nhận trước đó")
            serial = db.execute("SELECT count(*) FROM orders").fetchone()[0]
            code = s10.item_code(10_000_000 + serial)
            at = wire.now().isoformat()
            text = json.dumps(order, ensure_ascii=False)
            db.execute("INSERT INTO orders VALUES (?, ?, ?, ?)", (number, code, text, at))
            for _ in range(2 if twice else 1):
                self._event(db, number, "1", at)
        return _status("100", "Tiếp nhận đơn hàng thành công")

    def _problem(self, order: dict[str, Any]) -> str:
        """Say what is wrong with *order*; empty if nothing is."""
        missing = [name for name in REQUIRED if order.get(name) in (None, "")]
        if missing:
            return f"Thiếu thông tin: {', '.join(missing)}"
        if order["CustomerCode"] != self._customer:
            return "Mã khách hàng không đúng"
        if "không rõ" in str(order["ReceiverAddress"]).lower():
            return "Địa chỉ người nhận không xác định"
        telephone = str(order["ReceiverTel"])
        if not (telephone.isdecimal() and telephone.startswith("0")):
            return "Số điện thoại người nhận không đúng"
        return ""

    def _tracking(self, request: Request) -> Response:
        last = request.args.get("lastId", "0" * 24)
        size = request.args.get("pagesize", 50, type=int)
        if not 0 < size <= LARGEST_PAGE:
            message = "pagesize"
            raise BadRequest(message)
        try:
            after = int(last, 16)
        except ValueError as error:
            message = "lastId"
            raise BadRequest(message) from error
        fault = self._faults.draw("vnpost", "tracking", last)
        return self._faults.misbehave(
            fault, lambda: self._feed(after, size), lambda: wire.reply({}, 403)
        )

    def _feed(self, after: int, size: int) -> Response:
        """Return a page of the feed in the envelope of RESTHeart."""
        rows = self.store.rows(
            "SELECT events.*, item_code FROM events JOIN orders USING (number)"
            " WHERE id > ? ORDER BY id LIMIT ?",
            *(after, size),
        )
        total = self.store.count("events")
        return wire.reply(
            {
                "_size": total,
                "_total_pages": -(-total // size),
                "_returned": len(rows),
                "_embedded": {"rh:doc": [self._document(row) for row in rows]},
            }
        )

    def _document(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "_id": {"$oid": f"{row['id']:024x}"},
            "CustomerCode": self._customer,
            "OrderNumber": row["number"],
            "EventTime": row["at"],
            "POSID": OFFICE,
            "ItemCode": row["item_code"],
            "StatusCode": row["code"],
            "StatusMessage": STATUSES.get(row["code"], "Trạng thái khác"),
            "Notes": "",
        }

    # The control side

    def advance(self, code: str, *, order: str = "", at: str = "") -> list[str]:
        """
        Add an event with *code* to *order*, else to every order that has not ended.

        The code may be one that the table does not know. NotFound if there is no such order.
        """
        numbers = [row["number"] for row in self.store.rows("SELECT number FROM orders")]
        if order and order not in numbers:
            message = f"no order {order!r}"
            raise NotFound(message)
        ended = {
            row["number"]
            for row in self.store.rows("SELECT number FROM events WHERE code IN (?, ?)", *ENDED)
        }
        chosen = [order] if order else [number for number in numbers if number not in ended]
        with self.store.transaction() as db:
            for number in chosen:
                self._event(db, number, code, wire.instant(at).isoformat())
        return chosen

    @staticmethod
    def _event(db: Any, number: str, code: str, at: str) -> None:
        local = datetime.fromisoformat(at).astimezone(wire.VIETNAM).isoformat(timespec="seconds")
        db.execute("INSERT INTO events (number, code, at) VALUES (?, ?, ?)", (number, code, local))

    def state(self) -> dict[str, Any]:
        """Return what the post office holds; personal data stay out."""
        orders = self.store.rows(
            "SELECT orders.number, item_code, booked_at, (SELECT code FROM events"
            " WHERE events.number = orders.number ORDER BY id DESC LIMIT 1) AS code"
            " FROM orders ORDER BY rowid"
        )
        return {"orders": orders, "events": self.store.count("events")}

    def close(self) -> None:
        """Close the file."""
        self.store.close()


def _status(status: str, message: str) -> Response:
    return wire.reply({"Status": status, "Message": message})
