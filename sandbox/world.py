"""
All parties together, what they agreed on with the hub, and the letter that says so.

``endpoints.json`` is all that the hub needs to know: addresses, and the files that hold
what is secret. It is written in one step, when everything is ready.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from sandbox import images, keys, people, tokens, wire
from sandbox.authority import Authority
from sandbox.control import Control
from sandbox.faults import Faults, Plan
from sandbox.parties.bank import Bank, Identity
from sandbox.parties.camt import Account
from sandbox.parties.csc import Csc
from sandbox.parties.mysign import MySign
from sandbox.parties.platform import Platform, Terms
from sandbox.parties.smartca import SmartCA
from sandbox.parties.vault import Subscriber, Vault
from sandbox.parties.vnpost import VNPost

ENDPOINTS = "endpoints.json"
PARTNER = "QNI-SANDBOX"
CUSTOMER = "QNI-HCC"
CONSUMER_KEY = "motcua-hub"

#: The Centre's accounts at the bank; numbers are made up, 970436 is Vietcombank's BIN.
ACCOUNTS = (
    Account(
        number="1017000022333",
        name="TRUNG TAM PHUC VU HANH CHINH CONG TINH QUANG NINH",
        opened_on=date(2026, 1, 1),
        balance=1_250_000_000,
    ),
    Account(
        number="1017000044555",
        name="UBND PHUONG HONG GAI",
        opened_on=date(2026, 1, 1),
        balance=87_500_000,
    ),
)
BIN = "970436"


@dataclass(frozen=True, slots=True)
class Order:
    """How a sandbox is wanted."""

    data: Path
    callback: str = ""
    """Address at the hub that the payment platform calls back."""
    faults: Plan = field(default_factory=Plan)
    with_tokens: bool = True
    """Whether to make tokens, which needs SoftHSM 2."""


class World:
    """A running other side, without the server that carries it."""

    def __init__(self, order: Order, url: str) -> None:
        """Start every party below *url*, with everything kept in ``order.data``."""
        self._order = order
        self._url = url
        self._data = order.data
        self.faults = Faults(self._data / "faults.sqlite3", order.faults)
        self.authority = Authority(
            self._data / "authority", f"{url}/ca", people.holders(), at=wire.now()
        )
        self.bank = Bank(self._data / "bank.sqlite3", self.faults, self._identity(), list(ACCOUNTS))
        self.platform = Platform(
            self._data / "platform.sqlite3", self.faults, self._terms(), self.bank.settle
        )
        self.vnpost = VNPost(
            self._data / "vnpost.sqlite3",
            self.faults,
            key=CONSUMER_KEY,
            secret=keys.secret(self._file("vnpost.secret")),
            customer=CUSTOMER,
        )
        self.vault = Vault(self._data / "vault.sqlite3", self._subscribers())
        remote = (self.vault, self.faults, PARTNER, keys.secret(self._file("signers.secret")))
        mounts: dict[str, WSGIApplication] = {
            "/smartca": SmartCA(*remote),
            "/mysign": MySign(*remote),
            "/csc": Csc(*remote),
            "/ca": self.authority,
            "/bank": self.bank,
            "/platform": self.platform,
            "/vnpost": self.vnpost,
            "/control": Control(self),
        }
        self.application = DispatcherMiddleware(NotFound(), mounts)

    def state(self) -> dict[str, Any]:
        """Return what every party holds and what went wrong so far."""
        return {
            "platform": self.platform.state(),
            "bank": self.bank.state(),
            "vnpost": self.vnpost.state(),
            "authority": self.authority.state(),
            "signers": self.vault.state(),
            "faults": self.faults.state(),
        }

    def announce(self) -> Path:
        """Make what the endpoints tell of and write them; return the file."""
        path = self._data / ENDPOINTS
        text = json.dumps(self._endpoints(), ensure_ascii=False, indent=2)
        keys.write(path, text.encode(), mode=0o644)
        return path

    def close(self) -> None:
        """Stop the platform's letters and close all files."""
        for party in (self.platform, self.bank, self.vnpost, self.vault, self.faults):
            party.close()

    # What was agreed

    def _file(self, name: str) -> Path:
        return self._data / "secrets" / name

    def _pair(self, name: str, common_name: str) -> tuple[RSAPrivateKey, x509.Certificate]:
        key = keys.private(self._file(f"{name}.key"))
        return key, keys.self_signed(self._file(f"{name}.crt"), key, common_name, wire.now())

    def _identity(self) -> Identity:
        key, certificate = self._pair("bank", "Sandbox Bank")
        _, customer = self._pair("bank-customer", "Mot Cua Hub")
        return Identity(key, certificate, customer, f"{self._url}/bank")

    def _subscribers(self) -> list[Subscriber]:
        """Return every official, who could also sign from afar, with the key of the token."""
        above = self.authority.certificate_file("issuing")
        return [
            Subscriber(
                number=wire.number("subscriber", holder.label, digits=12),
                key_file=self.authority.key_file(holder.label),
                chain=(self.authority.certificate_file(holder.label), above),
            )
            for holder in people.holders()
        ]

    def _terms(self) -> Terms:
        return Terms(
            partner=PARTNER,
            secret=keys.secret(self._file("platform.secret")),
            url=f"{self._url}/platform",
            callback=self._order.callback,
            account=ACCOUNTS[0].number,
        )

    def _endpoints(self) -> dict[str, Any]:
        return {
            "url": self._url,
            "control": f"{self._url}/control",
            "platform": {
                "url": f"{self._url}/platform",
                "partner": PARTNER,
                "secret_file": str(self._file("platform.secret")),
                "callback": self._order.callback,
            },
            "bank": {
                "url": f"{self._url}/bank",
                "wsdl": f"{self._url}/bank/statement?wsdl",
                "certificate": str(self._file("bank.crt")),
                "client_key": str(self._file("bank-customer.key")),
                "client_certificate": str(self._file("bank-customer.crt")),
                "accounts": [
                    {"number": account.number, "name": account.name, "bin": BIN}
                    for account in ACCOUNTS
                ],
            },
            "vnpost": {
                "url": f"{self._url}/vnpost",
                "customer_code": CUSTOMER,
                "consumer_key": CONSUMER_KEY,
                "consumer_secret_file": str(self._file("vnpost.secret")),
            },
            "signers": {
                "client": PARTNER,
                "secret_file": str(self._file("signers.secret")),
                **{face: f"{self._url}/{face}" for face in ("smartca", "mysign", "csc")},
                "subscribers": sorted(self.vault.subscribers),
            },
            "authority": self.authority.endpoints(),
            "tokens": self._tokens(),
        }

    def _tokens(self) -> dict[str, Any] | None:
        """Make tokens and pictures; return where they are, None if they are not wanted."""
        if not self._order.with_tokens:
            return None
        folder = self._data / "tokens"
        wanted = [
            tokens.Token(
                label=holder.label,
                key=str(self.authority.key_file(holder.label)),
                certificate=str(self.authority.certificate_file(holder.label)),
                pin_file=str(folder / f"{holder.label}.pin"),
            )
            for holder in people.holders()
        ]
        configuration = tokens.ensure(folder, wanted)
        rows = zip(people.holders(), wanted, strict=True)
        return {
            "module": tokens.module(),
            "configuration": str(configuration),
            "environment": {"SOFTHSM2_CONF": str(configuration)},
            "tokens": [self._token(holder, token) for holder, token in rows],
        }

    def _token(self, holder: people.Holder, token: tokens.Token) -> dict[str, Any]:
        picture = self._data / "pictures" / f"{holder.label}.png"
        keys.keep(picture, lambda: images.picture(holder))
        return {
            "label": holder.label,
            "kind": holder.kind,
            "name": holder.common_name,
            "title": list(holder.agency.title) if holder.kind == "official" else [],
            "unit": holder.agency.code,
            "unit_name": holder.agency.name,
            "pin_file": token.pin_file,
            "certificate": token.certificate,
            "picture": str(picture),
            "width_mm": images.width_mm(holder),
        }
