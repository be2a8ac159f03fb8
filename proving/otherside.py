"""
The other side of one simulated day: the sandbox's own parties, in memory, on the virtual clock.
"""

from __future__ import annotations

from typing import Any

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from connectors import Connector, settings
from connectors.banks.platform import Platform as PlatformConnector
from connectors.banks.soap_bank import SoapBank
from connectors.carriers.vnpost import VNPost as VNPostConnector
from connectors.revocation.crl import Crl
from connectors.revocation.ocsp import Ocsp
from connectors.stamps.rfc3161 import Rfc3161
from proving.chance import Chance, Fault
from proving.house import CENTRE, URL, House
from proving.network import Director, Wire
from register import world
from sandbox import faults as sandbox_faults
from sandbox.parties.bank import Bank, Identity
from sandbox.parties.platform import Platform, Terms
from sandbox.parties.vnpost import VNPost
from sandbox.store import MEMORY, Store
from sandbox.world import ACCOUNTS, CONSUMER_KEY, CUSTOMER, PARTNER
from scheduler.connections import Connections

SECRET = "canary-secret-of-the-platform"
CONSUMER_SECRET = "canary-secret-of-the-post"

_PEM, _PLAIN = Encoding.PEM, (PrivateFormat.PKCS8, NoEncryption())

#: Where a party may say no.
REFUSING = frozenset({("platform", "init"), ("vnpost", "order"), ("bank", "transfer")})


class OtherSide:
    """Platform, bank and post of one day, and the hub's connectors to them."""

    def __init__(self, house: House, chance: Chance, director: Director, seed: int) -> None:
        """Open every party's books, empty."""
        self._house = house
        # A stamp costs as much as the rest of a dossier: only days with trouble there have them.
        self._proof = bool({Fault.OCSP_DOWN, Fault.OCSP_SLOW} & chance.rates.keys())
        self._stamps = self._proof or bool({Fault.TSA_DOWN, Fault.TSA_SLOW} & chance.rates.keys())
        plan = sandbox_faults.Plan(
            seed=str(seed),
            rates={sandbox_faults.Fault.REFUSED: chance.rates.get(Fault.REFUSED, 0.0)},
            only=REFUSING,
        )
        self.faults = sandbox_faults.Faults(MEMORY, plan)
        (bank_key, bank), (self._key, self._certificate) = house.pair("bank"), house.pair("hub")
        self._bank_certificate = bank
        identity = Identity(bank_key, bank, self._certificate, f"{URL}/bank")
        self.bank = Bank(MEMORY, self.faults, identity, list(ACCOUNTS))
        terms = Terms(PARTNER, SECRET, f"{URL}/platform", "", ACCOUNTS[0].number)
        self.platform = Platform(MEMORY, self.faults, terms, self.bank.settle)
        self.vnpost = VNPost(
            MEMORY, self.faults, key=CONSUMER_KEY, secret=CONSUMER_SECRET, customer=CUSTOMER
        )
        application = DispatcherMiddleware(
            NotFound(),
            {
                "/bank": self.bank,
                "/platform": self.platform,
                "/vnpost": self.vnpost,
                "/ca": house.authority,
            },
        )
        self._http = httpx.Client(transport=Wire(application, chance, director))

    def connections(self) -> Connections:
        """Return the hub's connectors, fresh as after a start."""
        made: list[Connector] = [
            self._made(
                PlatformConnector,
                url=f"{URL}/platform",
                partner=PARTNER,
                secret=SECRET,
                unit=CENTRE,
                account=ACCOUNTS[0].number,
                account_name=ACCOUNTS[0].name,
            ),
            self._soap_bank(),
            self._made(
                VNPostConnector,
                url=f"{URL}/vnpost",
                consumer_key=CONSUMER_KEY,
                consumer_secret=CONSUMER_SECRET,
                customer=CUSTOMER,
                sender_name="Trung tâm",
                sender_phone="02033000000",
                sender_address="Hạ Long",
            ),
        ]
        if self._stamps:
            made.append(self._made(Rfc3161, url=f"{URL}/ca/official/tsa/tsa"))
        if self._proof:
            made += [self._made(Ocsp), self._made(Crl)]
        return Connections({one.code: one for one in made})

    def _soap_bank(self) -> Connector:
        """Return the bank's connector; its keys are read once per house, for they are dear."""
        if self._house.soap_bank is None:
            self._house.soap_bank = self._made(
                SoapBank,
                url=f"{URL}/bank",
                certificate=self._certificate.public_bytes(_PEM).decode(),
                bank_certificate=self._bank_certificate.public_bytes(_PEM).decode(),
                key=self._key.private_bytes(_PEM, *_PLAIN).decode(),
            )
        self._house.soap_bank.http = self._http
        return self._house.soap_bank

    def letters(self) -> list[dict[str, Any]]:
        """Return the platform's letters to the hub that nobody has carried yet."""
        return self.platform.callbacks.hand_out()

    def sent_back(self, charge: str) -> int:
        """Return how much the bank really sent back of what *charge* brought, đồng."""
        row = self.bank.store.row(
            "SELECT -coalesce(sum(amount), 0) AS n FROM entries"
            " WHERE amount < 0 AND NOT reversal AND end_to_end LIKE ? || 'R%'",
            charge,
        )
        return int(row["n"]) if row else 0

    def dump(self) -> list[bytes]:
        """Return what every party remembers."""
        return [store.dump() for store in self._stores]

    def load(self, books: list[bytes]) -> None:
        """Let every party remember what a dump says."""
        for store, book in zip(self._stores, books, strict=True):
            store.load(book)

    @property
    def _stores(self) -> list[Store]:
        return [self.platform.store, self.bank.store, self.vnpost.store, self.faults.store]

    def close(self) -> None:
        """Close every party's books."""
        self._http.close()
        for store in self._stores:
            store.close()

    def _made(self, kind: type[Connector], **given: Any) -> Connector:
        return kind(self._http, settings(kind, given), now=world.now)
