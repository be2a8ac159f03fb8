"""
A bank that tells over SOAP with WS-Security what arrived: statement of a day, one credit.

Namespace ``urn:vn:bank:statement:2026-11``; ``soap.wsdl`` beside this file is the contract.
Statements are camt.053.001.08. Every call is a question, so each may be asked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
from cryptography import x509

from connectors.banks import StatementBank
from connectors.http import reading
from connectors.keys import Key, PemKey
from connectors.soap import Endpoint

WSDL = Path(__file__).with_name("soap.wsdl")


@dataclass(frozen=True, slots=True)
class Credit:
    """One amount that arrived."""

    transaction: str
    """The bank's own reference; the same as on the statement."""
    amount: int
    at: datetime


class SoapBank(StatementBank):
    """A bank's statement service."""

    code = "soap_bank"
    label = "Ngân hàng (sổ phụ qua SOAP)"

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

    def _call(self, operation: str, **values: Any) -> Any:
        return self._endpoint.call(self.http, operation, now=self.now(), **values)
