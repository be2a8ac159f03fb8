"""
VNPAY 2.1.0.

The payment page is a signed address: asking sends nothing. VNPAY then calls us by GET
(IPN), and ``querydr`` tells the truth.

``vnp_SecureHash`` of addresses and calls: HMAC-SHA512 over the form-encoded pairs (blank is
``+``), sorted, empty ones left out; of ``querydr``: over values joined by ``|``. An answer
without it is no answer.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from connectors import Refused, Unavailable
from connectors.banks import Answer, Gateway
from connectors.http import reading, send_json, unclear
from connectors.wire import dong, read_stamp, said, same, stamp
from dossiers.orders import Order, Outcome, Payment

QUESTION = (
    *("vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef"),
    *("vnp_TransactionDate", "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo"),
)
REPLY = (
    *("vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode"),
    *("vnp_TxnRef", "vnp_Amount", "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo"),
    *("vnp_TransactionType", "vnp_TransactionStatus", "vnp_OrderInfo"),
    *("vnp_PromotionCode", "vnp_PromotionAmount"),
)

DONE = "00"
NOT_FOUND = "91"
AGAIN = frozenset({"94", "99"})
"""vnp_ResponseCode of a question: asked twice within five minutes; an error of theirs."""

STATUSES = {
    "00": Outcome.PAID,
    "01": Outcome.PENDING,  # not finished
    "02": Outcome.FAILED,
    "04": Outcome.PENDING,  # the bank took the money, VNPAY did not get it
    "05": Outcome.PENDING,  # a refund is on its way
    "06": Outcome.PENDING,  # a refund was sent to the bank
    "07": Outcome.PENDING,  # suspected of fraud
    "09": Outcome.PENDING,  # a refund was refused
}
"""vnp_TransactionStatus; where money hangs in the air nothing follows until a person looks."""

CONFIRMED = {"RspCode": "00", "Message": "Confirm Success"}
BAD_SEAL = {"RspCode": "97", "Message": "Invalid Checksum"}
NOT_NOW = {"RspCode": "99", "Message": "Unknown error"}

_PLAIN = re.compile(r"[A-Za-z0-9 _.:-]*")
"""Encoders disagree on the other signs; an address with them may be refused as unsigned."""


class Vnpay(Gateway):
    """VNPAY, for provinces that have their own contract with it."""

    code = "vnpay"
    label = "VNPAY"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """What VNPAY gave, and where the citizen comes back to."""

        terminal: str
        """vnp_TmnCode."""
        secret: str = field(repr=False, metadata={"secret": True})
        return_url: str
        pay_url: str = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html"
        query_url: str = "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction"
        ip: str = "127.0.0.1"
        minutes: int = 15
        """How long the page stays open; 0 leaves it to VNPAY."""

    settings: Settings

    def check(self) -> None:
        """Ask for an order that cannot be; any sealed answer means that we are known."""
        self._query("check", stamp(self.now()), "Check")

    def ask(self, order: Order) -> str:
        """Return the signed address; Refused if reference or note hold signs beyond plain ones."""
        if not (_PLAIN.fullmatch(order.reference) and _PLAIN.fullmatch(order.note)):
            message = (
                "vnpay: nội dung chỉ gồm chữ không dấu, số, dấu cách, gạch ngang · "
                "only plain letters, digits, blanks and dashes"
            )
            raise Refused(message)
        ours = self.settings
        ends = order.at + timedelta(minutes=ours.minutes)
        pairs = {
            "vnp_Version": "2.1.0",
            "vnp_Command": "pay",
            "vnp_TmnCode": ours.terminal,
            "vnp_Amount": str(order.amount * 100),
            "vnp_CreateDate": stamp(order.at),
            "vnp_ExpireDate": stamp(ends) if ours.minutes else "",
            "vnp_CurrCode": "VND",
            "vnp_IpAddr": ours.ip,
            "vnp_Locale": "vn",
            "vnp_OrderInfo": order.note,
            "vnp_OrderType": "other",
            "vnp_ReturnUrl": ours.return_url,
            "vnp_TxnRef": order.reference,
        }
        query = _query_string(pairs)
        return f"{ours.pay_url}?{query}&vnp_SecureHash={self._hmac(query)}"

    def find(self, order: Order) -> Payment | None:
        """Send ``querydr``, with the instant at which the address was made."""
        answer = self._query(order.reference, stamp(order.at), order.note)
        with reading(question=True):
            if answer["vnp_ResponseCode"] == NOT_FOUND:
                return None
            if answer["vnp_TxnRef"] != order.reference:
                message = "vnpay: trả lời cho giao dịch khác · an answer about another order"
                raise unclear(message, question=True)
            return _payment(answer)

    def read(self, body: bytes, headers: Mapping[str, str]) -> Payment:  # noqa: ARG002
        """Read an IPN call; *body* is its raw query string."""
        try:
            pairs = self._sealed(body)
            if pairs["vnp_ResponseCode"] != pairs["vnp_TransactionStatus"] == DONE:
                # The two disagree (07: taken but suspicious): not paid until querydr says so.
                pairs["vnp_TransactionStatus"] = f"{DONE}/{pairs['vnp_ResponseCode']}"
            return _payment(pairs)
        except (KeyError, ValueError):
            message = "vnpay: không phải tin của VNPAY · VNPAY did not make this call"
            raise Refused(message) from None

    def answer(self, body: bytes, *, accepted: bool) -> Answer:
        """Answer an IPN call; VNPAY calls again unless it is confirmed."""
        try:
            self._sealed(body)
            reply = CONFIRMED if accepted else NOT_NOW
        except (KeyError, ValueError):
            reply = BAD_SEAL
        return Answer(200, "application/json", json.dumps(reply).encode())

    def _query(self, reference: str, at: str, note: str) -> dict[str, Any]:
        """Return a sealed answer of code 00 or 91; Unavailable or Refused for the others."""
        asked = stamp(self.now())
        message = {
            # New for each second: VNPAY refuses the same question within five minutes anyway.
            "vnp_RequestId": hashlib.sha256(f"{reference}|{asked}".encode()).hexdigest()[:32],
            "vnp_Version": "2.1.0",
            "vnp_Command": "querydr",
            "vnp_TmnCode": self.settings.terminal,
            "vnp_TxnRef": reference,
            "vnp_TransactionDate": at,
            "vnp_CreateDate": asked,
            "vnp_IpAddr": self.settings.ip,
            "vnp_OrderInfo": note,
        }
        message["vnp_SecureHash"] = self._joined(QUESTION, message)
        url = self.settings.query_url
        answer = send_json(self.http, "POST", url, question=True, json=message)
        code = said(answer.get("vnp_ResponseCode"))
        if not same(self._joined(REPLY, answer), answer.get("vnp_SecureHash")):
            error = f"vnpay {code}: câu trả lời sai chữ ký · an answer without a right seal"
            raise unclear(error, question=True)
        if code in (DONE, NOT_FOUND):
            return answer
        words = f"vnpay {code}: {said(answer.get('vnp_Message'))}"
        raise Unavailable(words) if code in AGAIN else Refused(words)

    def _sealed(self, query: bytes) -> dict[str, str]:
        """Return the pairs of *query*; KeyError or ValueError if VNPAY did not seal them for us."""
        text = query.decode("ascii")
        pairs = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
        signed = {
            name: value
            for name, value in pairs.items()
            if name not in ("vnp_SecureHash", "vnp_SecureHashType")
        }
        seal = self._hmac(_query_string(signed))
        known = same(seal, pairs["vnp_SecureHash"].lower())
        if not known or signed["vnp_TmnCode"] != self.settings.terminal:
            message = "another seal or another terminal"
            raise ValueError(message)
        return signed

    def _joined(self, names: tuple[str, ...], message: Mapping[str, Any]) -> str:
        values = (message.get(name) for name in names)
        return self._hmac("|".join("" if value is None else str(value) for value in values))

    def _hmac(self, text: str) -> str:
        return hmac.new(self.settings.secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def _query_string(pairs: Mapping[str, str]) -> str:
    return urlencode(sorted((name, value) for name, value in pairs.items() if value))


def _payment(message: Mapping[str, Any]) -> Payment:
    """Read the fields that a call and a reply share; amounts are in hundredths of a đồng."""
    amount, rest = divmod(dong(message["vnp_Amount"]), 100)
    if rest:
        error = "a fraction of a đồng"
        raise ValueError(error)
    status = str(message["vnp_TransactionStatus"])
    outcome = STATUSES.get(status, Outcome.PENDING)
    paid = outcome is Outcome.PAID
    return Payment(
        reference=message["vnp_TxnRef"],
        outcome=outcome,
        amount=amount,
        transaction=str(message["vnp_TransactionNo"]) if paid else "",
        at=read_stamp(message["vnp_PayDate"]) if paid else None,
        words=f"vnp_TransactionStatus {status}",
    )
