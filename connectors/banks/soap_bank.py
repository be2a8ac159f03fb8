"""
A bank over SOAP with WS-Security: the statement of a day, one credit, and orders to send money.

Namespace ``urn:vn:bank:statement:2026-11``; ``soap.wsdl`` beside this file is the contract.
Statements are camt.053.001.08. Every call but ``Transfer`` is a question, so each may be asked
again; an order is taken once under its reference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from cryptography import x509

from connectors.banks import PayingBank, StatementBank
from connectors.http import reading
from connectors.keys import Key, PemKey
from connectors.soap import Endpoint
from dossiers.orders import Transfer, Transferred

WSDL = Path(__file__).with_name("soap.wsdl")


@dataclass(frozen=True, slots=True)
class Credit:
    """One amount that arrived."""

    transaction: str
    """The bank's own reference; the same as on the statement."""
    amount: int
    at: datetime


class SoapBank(StatementBank, PayingBank):
    """A bank's statement and payment service."""

    code = "soap_bank"
    label = "Ngân hàng (sổ phụ và lệnh chi qua SOAP)"
    shows_within = timedelta(seconds=30)

    @dataclass(frozen=True, slots=True)
    class Settings:
        """Where the service is, who we are, whose answers we believe."""

        url: str
        certificate: str
        """Ours, PEM."""
        bank_certificate: str
        """The bank's, PEM; two in one text while it is renewed."""
        key: str = field(default="", repr=False, metadata={"secret": True})
        """Ours, PEM; empty when the key lies in a token."""

    settings: Settings

    def __init__(
        self, http: httpx.Client, settings: Settings, *, key: Key | None = None, **given: Any
    ) -> None:
        """Take *key* where it lies in a token; ValueError if settings hold no good PEM."""
        super().__init__(http, settings, **given)
        self._endpoint = Endpoint(
            WSDL,
            f"{settings.url}/statement",
            key=key or PemKey(settings.key, settings.certificate),
            peers=x509.load_pem_x509_certificates(settings.bank_certificate.encode()),
        )

    def check(self) -> None:
        """Ping: proves the way, both certificates and both clocks."""
        self._call("Ping")

    def statement(self, account: str, day: date) -> bytes:
        """Return the camt.053 of *day*; Refused if the bank has none."""
        answer = self._call("GetStatement", Account=account, Day=day)
        with reading(question=True):
            return bytes(answer["Statement"])

    def find_credit(self, account: str, reference: str) -> Credit | None:
        """Return the credit whose memo holds *reference*; None while none has arrived."""
        answer = self._call("FindCredit", Account=account, Reference=reference)
        with reading(question=True):
            if not answer["Found"]:
                return None
            return Credit(answer["BankReference"], int(answer["Amount"]), answer["BookedAt"])

    def transfer(self, order: Transfer) -> str:
        """Order the transfer; the bank takes one reference once, and knows it at once."""
        answer = self._call(
            "Transfer",
            question=False,
            Account=order.account,
            Reference=order.reference,
            Amount=order.amount,
            PayeeName=order.payee.reveal(),
            PayeeBank=order.payee_bank,
            PayeeAccount=order.payee_account.reveal(),
            Memo=order.note,
        )
        with reading(question=False):
            return str(answer["BankReference"])

    def find_transfer(self, account: str, reference: str) -> Transferred | None:
        """Return the transfer that bears *reference*."""
        answer = self._call("FindTransfer", Account=account, Reference=reference)
        with reading(question=True):
            if not answer["Found"]:
                return None
            return Transferred(answer["BankReference"], int(answer["Amount"]), answer["BookedAt"])

    def _call(self, operation: str, *, question: bool = True, **values: Any) -> Any:
        now = self.now()
        return self._endpoint.call(self.http, operation, now=now, question=question, **values)
