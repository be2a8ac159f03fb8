"""
The one shape of a bank statement, whatever format it came in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dossiers.personal import Name, Personal


class Reason(StrEnum):
    """Why a file is not taken; the words for people are in ``WORDS``."""

    NOT_A_STATEMENT = "not_a_statement"
    NO_NAMESPACE = "no_namespace"
    DTD = "dtd"
    MALFORMED = "malformed"
    NO_BALANCE = "no_balance"
    BALANCE = "balance"
    CURRENCY = "currency"
    BATCH_SUM = "batch_sum"
    ENTRY = "entry"
    ZERO_ENTRY = "zero_entry"
    AMOUNT = "amount"
    DATE = "date"
    WRONG_ACCOUNT = "wrong_account"
    NOT_DONG = "not_dong"


#: What happened and what to do next, Vietnamese and English.
WORDS: Final = {
    Reason.NOT_A_STATEMENT: (
        "Tệp không phải sao kê camt.052/053/054 hoặc MT940. Hãy tải lại sao kê từ ngân hàng.",
        "This is no camt.052/053/054 or MT940 statement. Download it from the bank again.",
    ),
    Reason.NO_NAMESPACE: (
        "Tệp XML không ghi phiên bản (namespace). Hãy yêu cầu ngân hàng gửi tệp chuẩn ISO 20022.",
        "The XML names no version (namespace). Ask the bank for a file by ISO 20022.",
    ),
    Reason.DTD: (
        "Tệp XML chứa DTD, không an toàn nên không được đọc. Hãy yêu cầu ngân hàng gửi lại.",
        "The XML holds a DTD, which is unsafe and not read. Ask the bank to send it again.",
    ),
    Reason.MALFORMED: (
        "Tệp bị hỏng hoặc bị cắt. Hãy tải lại từ ngân hàng.",
        "The file is broken or cut off. Download it from the bank again.",
    ),
    Reason.NO_BALANCE: (
        "Sao kê thiếu số dư đầu kỳ hoặc cuối kỳ. Hãy yêu cầu ngân hàng gửi bản đầy đủ.",
        "The opening or closing balance is missing. Ask the bank for the whole statement.",
    ),
    Reason.BALANCE: (
        "Số dư đầu kỳ cộng các giao dịch không bằng số dư cuối kỳ. Hãy liên hệ ngân hàng.",
        "Opening balance and entries do not make the closing balance. Ask the bank.",
    ),
    Reason.CURRENCY: (
        "Sao kê lẫn nhiều loại tiền. Hãy yêu cầu ngân hàng gửi riêng từng tài khoản.",
        "The statement mixes currencies. Ask the bank for one statement per account.",
    ),
    Reason.BATCH_SUM: (
        "Các khoản trong một lô không cộng đúng bằng giao dịch. Hãy liên hệ ngân hàng.",
        "The parts of a batch do not make its entry. Ask the bank.",
    ),
    Reason.ENTRY: (
        "Có giao dịch không đọc được. Hãy gửi dòng này cho quản trị hệ thống và ngân hàng.",
        "An entry cannot be read. Show this line to the administrator and the bank.",
    ),
    Reason.ZERO_ENTRY: (
        "Có giao dịch số tiền bằng không. Hãy hỏi ngân hàng.",
        "An entry has the amount zero. Ask the bank.",
    ),
    Reason.AMOUNT: (
        "Có số tiền không hợp lệ với loại tiền của nó. Hãy hỏi ngân hàng.",
        "An amount does not fit its currency. Ask the bank.",
    ),
    Reason.DATE: (
        "Có ngày không tồn tại hoặc bị thiếu. Hãy hỏi ngân hàng.",
        "A date is missing or does not exist. Ask the bank.",
    ),
    Reason.WRONG_ACCOUNT: (
        "Sao kê của tài khoản khác. Hãy chọn đúng tài khoản rồi nhập lại.",
        "The statement is of another account. Choose the right account and import again.",
    ),
    Reason.NOT_DONG: (
        "Tài khoản không phải tiền đồng. Trục chỉ đối soát tài khoản VND.",
        "The account is not in đồng. The hub reconciles VND accounts only.",
    ),
}


class StatementRefused(ValueError):
    """The file is not taken; ``vi`` and ``en`` say why and what to do next."""

    def __init__(self, reason: Reason, where: str = "") -> None:
        """Keep the *reason* and *where* it was seen (a line or tag, never a person's data)."""
        self.reason, self.where = reason, where
        self.vi, self.en = WORDS[reason]
        place = f" [{where}]" if where else ""
        super().__init__(f"{self.vi} · {self.en}{place}")


@dataclass(frozen=True, slots=True)
class Head:
    """What a statement says before its lines. Balances in minor units of ``currency``."""

    format: str
    """``camt.053.001.08`` or ``MT940``."""
    id: str
    account: str
    currency: str
    sequence: int | None
    opening: int | None
    """None where the format tells none (an intraday report, a notice)."""
    closing: int | None
    day: date | None
    """Of the closing balance; of the message's making where there is none."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """
    One booked movement on an account.

    Two lines that look alike are two movements of money: a reader never drops one.
    """

    booked_on: date
    value_on: date
    amount: int
    """In minor units of ``currency``, above 0 for money that came in."""
    currency: str
    reference: str
    """The bank's own; empty where it gives none."""
    end_to_end: str
    """What the payer's side called it (``EndToEndId``, customer reference)."""
    transaction: str
    """Number of the transaction in the clearing (``TxId``, ``UETR``)."""
    memo: Personal
    """What the payer wrote, raw; people put their names there."""
    party: Name
    """Who paid, or who was paid."""
    reversal: bool = False


#: Decimal places by ISO 4217 (2026) where they are not two.
EXPONENTS: Final = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"), 0),
    **dict.fromkeys(("PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_CURRENCY = re.compile(r"[A-Z]{3}")
_DIGITS = 18
_AMOUNT = re.compile(rf"([0-9]{{1,{_DIGITS}}})(?:[.,]([0-9]{{0,5}}))?")
_BLANK_IDS = frozenset({"", "NONREF", "NOTPROVIDED", "NOT PROVIDED"})


def minor_units(text: str, currency: str) -> int:
    """
    Return *text* (``8.850``, ``620,3``) in minor units of *currency*.

    StatementRefused if the currency is no code, or has fewer decimals than are given.
    """
    exponent = EXPONENTS.get(currency, 2)
    if not exponent and text.isdecimal() and text.isascii() and len(text) <= _DIGITS:
        return int(text)
    found = _AMOUNT.fullmatch(text)
    if not found or not _CURRENCY.fullmatch(currency):
        raise StatementRefused(Reason.AMOUNT)
    whole, decimals = found.group(1), (found.group(2) or "").rstrip("0")
    if len(decimals) > exponent:
        raise StatementRefused(Reason.AMOUNT)
    return int(whole + decimals.ljust(exponent, "0"))


def identity(text: str) -> str:
    """Return *text* without blanks around it, empty if it only says that there is no identity."""
    bare = text.strip()
    return "" if bare.upper() in _BLANK_IDS else bare


class Sum:
    """Adds the lines of one statement and holds them against its balances."""

    def __init__(self, head: Head) -> None:
        """Begin at the opening balance of *head*."""
        self._head, self._total = head, 0

    def add(self, line: StatementLine, where: str) -> StatementLine:
        """Count *line* and return it; StatementRefused if it is zero or of another currency."""
        if not line.amount:
            raise StatementRefused(Reason.ZERO_ENTRY, where)
        if line.currency != self._head.currency:
            raise StatementRefused(Reason.CURRENCY, where)
        self._total += line.amount
        return line

    def check(self) -> None:
        """Raise StatementRefused unless opening balance and lines make the closing balance."""
        head = self._head
        if head.opening is None or head.closing is None:
            return
        if head.opening + self._total != head.closing:
            raise StatementRefused(Reason.BALANCE, head.id)
