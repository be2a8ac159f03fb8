"""
The bank: a ledger, and a SOAP service that tells what arrived on an account and sends money.

Each real payment is a row of its own, even when two look the same to the letter.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from lxml import etree
from werkzeug.exceptions import BadRequest, Conflict, NotFound
from werkzeug.wrappers import Request, Response

from sandbox import wire
from sandbox.faults import Faults
from sandbox.parties import camt, soap, wsse
from sandbox.parties.platform import Credit
from sandbox.parties.soap import SoapFault
from sandbox.store import Store

WSDL = Path(__file__).with_name("bank.wsdl")
PLACEHOLDER = b"http://bank.invalid/statement"

#: Under which name the faults of an operation are armed.
_FAULTS_OF = {
    "GetStatement": "statement",
    "FindCredit": "find",
    "Transfer": "transfer",
    "FindTransfer": "find_transfer",
}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, amount INTEGER NOT NULL,
    memo TEXT NOT NULL, payer TEXT NOT NULL, payer_account TEXT NOT NULL, day TEXT NOT NULL,
    booked_at TEXT NOT NULL, bank_reference TEXT NOT NULL UNIQUE, end_to_end TEXT NOT NULL,
    reversal INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS entries_by_day ON entries (account, day);
CREATE UNIQUE INDEX IF NOT EXISTS orders ON entries (account, end_to_end)
    WHERE amount < 0 AND NOT reversal;
CREATE TABLE IF NOT EXISTS heard (signature TEXT PRIMARY KEY);
"""


_ORDER = """
SELECT * FROM entries WHERE account = ? AND end_to_end = ? AND amount < 0 AND NOT reversal
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """The bank's key and certificate, the one customer's certificate, and where it is."""

    key: RSAPrivateKey
    certificate: x509.Certificate
    customer: x509.Certificate
    url: str


class Bank(wire.Party):
    """The bank as a WSGI application."""

    def __init__(
        self, path: Path, faults: Faults, identity: Identity, accounts: list[camt.Account]
    ) -> None:
        """Keep the ledger of *accounts* in *path*."""
        self.store = Store(path, _SCHEMA)
        self._faults = faults
        self._identity = identity
        self._accounts = {account.number: account for account in accounts}
        self._operations: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {
            "GetStatement": self._get_statement,
            "FindCredit": self._find_credit,
            "Transfer": self._transfer,
            "FindTransfer": self._find_transfer,
            "Ping": lambda _: {"Time": wire.now().isoformat(timespec="seconds")},
        }

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        match (request.method, request.path):
            case ("GET", "/statement") if "wsdl" in request.args:
                address = f"{self._identity.url}/statement".encode()
                wsdl = WSDL.read_bytes().replace(PLACEHOLDER, address)
                return Response(wsdl, mimetype="text/xml")
            case ("POST", "/statement"):
                return self._soap(wire.body(request))
            case ("GET", "/"):
                return wire.reply(self.state())
        raise NotFound

    # The service

    def _soap(self, data: bytes) -> Response:
        try:
            name, values = self._read(data)
        except SoapFault as problem:
            return self._said(soap.fault(problem), 500)
        reference = f"{values.get('Account')}/{values.get('Day') or values.get('Reference')}"
        operation = _FAULTS_OF.get(name)
        fault = self._faults.draw("bank", operation, reference) if operation else None
        refusal = SoapFault(soap.CLIENT, "Ngân hàng từ chối yêu cầu")
        return self._faults.misbehave(
            fault,
            lambda: self._perform(name, values),
            lambda: self._said(soap.fault(refusal), 500),
        )

    def _read(self, data: bytes) -> tuple[str, dict[str, str]]:
        """Return the operation and its values as the customer signed them, once only."""
        envelope = soap.parse(data)
        try:
            body, signature = wsse.verify(envelope, self._identity.customer, at=wire.now())
        except wsse.NotTrustedError as error:
            raise SoapFault(soap.CLIENT, f"chữ ký không hợp lệ: {error}") from error
        with self.store.transaction() as db:
            heard = db.execute("INSERT OR IGNORE INTO heard VALUES (?)", (signature,))
            if not heard.rowcount:
                raise SoapFault(soap.CLIENT, "thông điệp đã được gửi trước đó")
        return soap.operation(body)

    def _perform(self, name: str, values: dict[str, str]) -> Response:
        perform = self._operations.get(name)
        if perform is None:
            return self._said(soap.fault(SoapFault(soap.CLIENT, f"no operation {name}")), 500)
        try:
            return self._said(soap.answer(name, perform(values)), 200)
        except SoapFault as problem:
            return self._said(soap.fault(problem), 500)

    def _said(self, content: etree._Element, status: int) -> Response:
        envelope = soap.envelope(content)
        wsse.sign(envelope, self._identity.key, self._identity.certificate, at=wire.now())
        data = etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
        return Response(data, status=status, content_type="text/xml; charset=utf-8")

    def _get_statement(self, values: dict[str, str]) -> dict[str, str]:
        try:
            day = date.fromisoformat(values.get("Day", ""))
        except ValueError as error:
            raise SoapFault(soap.CLIENT, "Day") from error
        account = self._accounts.get(values.get("Account", ""))
        if account is None:
            raise SoapFault(soap.CLIENT, "Tài khoản không tồn tại")
        if day < account.opened_on:
            raise SoapFault(soap.CLIENT, "Tài khoản chưa mở vào ngày này")
        data = base64.b64encode(self.statement(account.number, day)).decode()
        return {"Sequence": str(account.sequence(day)), "Statement": data}

    def _account(self, values: dict[str, str]) -> camt.Account:
        account = self._accounts.get(values.get("Account", ""))
        if account is None:
            raise SoapFault(soap.CLIENT, "Tài khoản không tồn tại")
        if not values.get("Reference"):
            raise SoapFault(soap.CLIENT, "Reference")
        return account

    def _transfer(self, values: dict[str, str]) -> dict[str, str]:
        """Send money; an order under a reference that was taken moves nothing a second time."""
        account = self._account(values)
        row = _ordered(values)
        with self.store.transaction() as db:
            known = db.execute(_ORDER, (account.number, row["end_to_end"])).fetchone()
            if known is None:
                moved = db.execute(
                    "SELECT coalesce(sum(amount), 0) FROM entries WHERE account = ?",
                    (account.number,),
                ).fetchone()[0]
                if account.balance + moved + row["amount"] < 0:
                    raise SoapFault(soap.CLIENT, "Số dư không đủ")
                number = db.execute("SELECT coalesce(max(number), 0) + 1 FROM entries")
                row["bank_reference"] = f"SBX{number.fetchone()[0]:011d}"
                names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
                db.execute(f"INSERT INTO entries ({names}) VALUES ({marks})", row)  # noqa: S608
                known = db.execute(_ORDER, (account.number, row["end_to_end"])).fetchone()
        if any(known[name] != row[name] for name in ("amount", "payer", "payer_account")):
            raise SoapFault(soap.CLIENT, "Số tham chiếu đã dùng cho lệnh khác")
        return {"BankReference": known["bank_reference"], "BookedAt": known["booked_at"]}

    def _find_transfer(self, values: dict[str, str]) -> dict[str, str]:
        """Look for what was sent under a reference of the customer's."""
        row = self.store.row(_ORDER, self._account(values).number, values["Reference"])
        if row is None:
            return {"Found": "false"}
        return {
            "Found": "true",
            "BankReference": row["bank_reference"],
            "Amount": str(-row["amount"]),
            "BookedAt": row["booked_at"],
        }

    def _find_credit(self, values: dict[str, str]) -> dict[str, str]:
        """Look for our own reference or the platform's: as end-to-end id, bank's id, in a memo."""
        account, wanted = self._account(values).number, values["Reference"]
        row = self.store.row(
            "SELECT * FROM entries WHERE account = ? AND amount > 0 AND (end_to_end = ?"
            " OR bank_reference = ? OR instr(upper(memo), upper(?)) > 0) ORDER BY number LIMIT 1",
            *(account, wanted, wanted, wanted),
        )
        if row is None:
            return {"Found": "false"}
        return {
            "Found": "true",
            "BankReference": row["bank_reference"],
            "Amount": str(row["amount"]),
            "BookedAt": row["booked_at"],
        }

    def statement(self, number: str, day: date) -> bytes:
        """Return the statement of account *number* for *day*."""
        account = self._accounts[number]
        before = self.store.rows(
            "SELECT coalesce(sum(amount), 0) AS n FROM entries WHERE account = ? AND day < ?",
            *(number, day.isoformat()),
        )
        rows = self.store.rows(
            "SELECT * FROM entries WHERE account = ? AND day = ? ORDER BY number",
            *(number, day.isoformat()),
        )
        opening = account.balance + int(before[0]["n"])
        return camt.statement(account, day, opening, [_entry(row) for row in rows])

    # The control side

    def transfer(self, given: dict[str, Any]) -> dict[str, Any]:
        """
        Book a credit.

        It has ``account``, ``amount``, ``memo``, ``payer``, ``booked_at`` and, if wished,
        ``payer_account``, ``bank_reference``, ``end_to_end``. The same bank reference again
        changes nothing; with other content it is a Conflict.
        """
        values = self._checked(given)
        with self.store.transaction() as db:
            number = db.execute("SELECT coalesce(max(number), 0) + 1 FROM entries").fetchone()[0]
            values["bank_reference"] = given.get("bank_reference") or f"SBX{number:011d}"
            names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
            db.execute(f"INSERT OR IGNORE INTO entries ({names}) VALUES ({marks})", values)  # noqa: S608
        row = self._by_reference(values["bank_reference"])
        told = values.keys() - (() if given.get("booked_at") else {"day", "booked_at"})
        if any(row[name] != values[name] for name in told):
            message = f"{values['bank_reference']} is booked with other content"
            raise Conflict(message)
        return row

    def _checked(self, given: dict[str, Any]) -> dict[str, Any]:
        account, amount = str(given.get("account", "")), given.get("amount")
        if account not in self._accounts:
            message = f"no account {account!r}"
            raise NotFound(message)
        if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
            message = "amount is a whole number of đồng above 0"
            raise BadRequest(message)
        booked_at = wire.instant(given.get("booked_at")).astimezone(wire.VIETNAM)
        words = {
            name: str(given.get(name) or "")
            for name in ("memo", "payer", "payer_account", "end_to_end")
        }
        return {
            "account": account,
            "amount": amount,
            "day": booked_at.date().isoformat(),
            "booked_at": booked_at.isoformat(timespec="seconds"),
            **words,
        }

    def settle(self, credit: Credit) -> dict[str, Any]:
        """Book what the payment platform hands over; its number is the end-to-end id."""
        return self.transfer(
            {
                "account": credit.account,
                "amount": credit.amount,
                "memo": credit.memo.upper(),
                "payer": "NEN TANG THANH TOAN",
                "booked_at": credit.at,
                "bank_reference": f"FT{credit.transaction}",
                "end_to_end": credit.transaction,
            }
        )

    def reverse(self, bank_reference: str, *, at: str = "") -> dict[str, Any]:
        """Take the money of *bank_reference* back, once. NotFound if there is no such credit."""
        credit = self._by_reference(bank_reference)
        booked_at = wire.instant(at).astimezone(wire.VIETNAM)
        credit |= {
            "amount": -credit["amount"],
            "day": booked_at.date().isoformat(),
            "booked_at": booked_at.isoformat(timespec="seconds"),
            "bank_reference": f"R{bank_reference}",
            "reversal": 1,
        }
        del credit["number"]
        names, marks = ", ".join(credit), ", ".join(f":{name}" for name in credit)
        with self.store.transaction() as db:
            db.execute(f"INSERT OR IGNORE INTO entries ({names}) VALUES ({marks})", credit)  # noqa: S608
        return self._by_reference(f"R{bank_reference}")

    def _by_reference(self, bank_reference: str) -> dict[str, Any]:
        row = self.store.row("SELECT * FROM entries WHERE bank_reference = ?", bank_reference)
        if row is None:
            message = f"no entry {bank_reference!r}"
            raise NotFound(message)
        return row

    def state(self) -> dict[str, Any]:
        """Return what the bank holds: per account and day, how many lines and how much."""
        days = self.store.rows(
            "SELECT account, day, count(*) AS entries, sum(amount) AS amount FROM entries"
            " GROUP BY account, day ORDER BY account, day"
        )
        return {"accounts": list(self._accounts), "days": days}

    def close(self) -> None:
        """Close the file."""
        self.store.close()


def _ordered(values: dict[str, str]) -> dict[str, Any]:
    """Return the line that an order makes; SoapFault if it is none."""
    needed = ("PayeeName", "PayeeBank", "PayeeAccount", "Memo")
    if missing := [name for name in needed if not values.get(name)]:
        raise SoapFault(soap.CLIENT, missing[0])
    amount = values.get("Amount", "")
    if not (amount.isascii() and amount.isdecimal() and int(amount)):
        raise SoapFault(soap.CLIENT, "Amount")
    booked_at = wire.now().astimezone(wire.VIETNAM)
    return {
        "account": values["Account"],
        "amount": -int(amount),
        "memo": values["Memo"].upper(),
        "payer": values["PayeeName"],
        "payer_account": f"{values['PayeeBank']}-{values['PayeeAccount']}",
        "day": booked_at.date().isoformat(),
        "booked_at": booked_at.isoformat(timespec="seconds"),
        "end_to_end": values["Reference"],
    }


def _entry(row: dict[str, Any]) -> camt.Entry:
    values = {name: row[name] for name in ("number", "amount", "memo", "bank_reference")}
    names = {name: row[name] for name in ("payer", "payer_account", "end_to_end")}
    booked_at = datetime.fromisoformat(row["booked_at"])
    return camt.Entry(**values, **names, booked_at=booked_at, reversal=bool(row["reversal"]))
