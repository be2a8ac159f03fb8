"""
What all remote signing services have: subscribers' keys, and lists that wait for a telephone.

A service is a face of the vault; the telephone is the control endpoint. A list is kept before it
is answered, and what a subscriber decided once stays decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from werkzeug.exceptions import NotFound

from sandbox import wire
from sandbox.store import Store

WAITING, CONFIRMED, REJECTED, EXPIRED = "waiting", "confirmed", "rejected", "expired"
DECISIONS = (CONFIRMED, REJECTED, EXPIRED)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS lists (
    reference TEXT PRIMARY KEY, theirs TEXT NOT NULL UNIQUE, face TEXT NOT NULL,
    subscriber TEXT NOT NULL, hashes TEXT NOT NULL, title TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', signed INTEGER NOT NULL DEFAULT 0
);
"""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Whoever signs from afar."""

    number: str
    """Personal identification number; made up."""
    key_file: Path
    chain: tuple[Path, ...]
    """Certificates as PEM, the subscriber's first."""

    @property
    def certificates(self) -> list[bytes]:
        """The chain, each in DER."""
        return [
            x509.load_pem_x509_certificate(file.read_bytes()).public_bytes(Encoding.DER)
            for file in self.chain
        ]

    @property
    def serial(self) -> str:
        """Serial number of the certificate, in hex: the services' name of the key."""
        return f"{x509.load_der_x509_certificate(self.certificates[0]).serial_number:x}"

    def sign(self, digest: bytes) -> bytes:
        """Return the signature over *digest*, in DER for a key on a curve."""
        key = load_pem_private_key(self.key_file.read_bytes(), None)
        hashed = utils.Prehashed(SHA384() if len(digest) > SHA256.digest_size else SHA256())
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(digest, ec.ECDSA(hashed))
        if not isinstance(key, rsa.RSAPrivateKey):
            message = "no key that signs"
            raise TypeError(message)
        return key.sign(digest, padding.PKCS1v15(), hashed)


class Vault:
    """The keys, and every list that was sent."""

    def __init__(self, path: Path, subscribers: Iterable[Subscriber]) -> None:
        """Keep lists in *path*."""
        self.store = Store(path, _SCHEMA)
        self.subscribers: Mapping[str, Subscriber] = {one.number: one for one in subscribers}

    def by_serial(self, serial: str) -> Subscriber | None:
        """Return whose certificate has this *serial* number."""
        return next((one for one in self.subscribers.values() if one.serial == serial), None)

    def ask(
        self, face: str, reference: str, subscriber: Subscriber, hashes: Sequence[Mapping[str, str]]
    ) -> dict[str, Any]:
        """Keep the list *reference* and let the telephone ring; the same list again is the same."""
        theirs = wire.number(face, reference, digits=16)
        with self.store.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO lists (reference, theirs, face, subscriber, hashes, title)"
                " VALUES (?, ?, ?, ?, ?, '')",
                (reference, theirs, face, subscriber.number, json.dumps(list(hashes))),
            )
        return self.of(theirs)

    def find(self, name: str) -> dict[str, Any] | None:
        """Return the list of this reference or of this number of ours, None if there is none."""
        return self.store.row("SELECT * FROM lists WHERE reference = ? OR theirs = ?", name, name)

    def of(self, name: str) -> dict[str, Any]:
        """Return the list called *name*; NotFound if there is none."""
        found = self.find(name)
        if found is None:
            message = f"no list {name!r}"
            raise NotFound(message)
        return found

    def decide(self, name: str, decision: str) -> dict[str, Any]:
        """Let the subscriber press a button; only the first time counts."""
        with self.store.transaction() as db:
            db.execute(
                "UPDATE lists SET state = ? WHERE (reference = ? OR theirs = ?) AND state = ?",
                (decision, name, name, WAITING),
            )
        return self.of(name)

    def signatures(self, row: Mapping[str, Any]) -> list[tuple[str, bytes]]:
        """Return the signatures of a confirmed list, by the id of each hash."""
        subscriber = self.subscribers[row["subscriber"]]
        with self.store.transaction() as db:
            db.execute(
                "UPDATE lists SET signed = signed + 1 WHERE reference = ?", (row["reference"],)
            )
        return [
            (one["id"], subscriber.sign(bytes.fromhex(one["digest"])))
            for one in json.loads(row["hashes"])
        ]

    def state(self) -> dict[str, Any]:
        """Return what is kept."""
        rows = self.store.rows(
            "SELECT reference, theirs, face, hashes, state, signed FROM lists ORDER BY rowid"
        )
        return {"lists": [row | {"hashes": len(json.loads(row["hashes"]))} for row in rows]}

    def close(self) -> None:
        """Close the file."""
        self.store.close()
