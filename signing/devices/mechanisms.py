"""
Which mechanisms a key can sign with, best first, and what the token must be given for each.

A token that hashes by itself is asked to; one that cannot gets a hash: RSA's wrapped in a
DigestInfo (RFC 8017 §9.2), ECDSA's bare, PSS's bare with its parameters. Every driver answers
with what CMS needs but for ECDSA, where PKCS#11 says r and s side by side and some answer DER.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import new as hashed
from typing import Any

from pkcs11 import MGF, KeyType, Mechanism

#: DER of DigestInfo{sha256} up to the hash itself (RFC 8017 §9.2, note 1).
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")

#: Parameters of PSS with SHA-256 throughout and a salt as long as the hash (RFC 4055 §3.1).
_SALTED = (Mechanism.SHA256, MGF.SHA256, 32)

#: Length in bits and hash of a curve, by the DER of its name (RFC 5480 §2.1.1.1).
CURVES = {
    bytes.fromhex("06082a8648ce3d030107"): (256, "sha256"),
    bytes.fromhex("06052b81040022"): (384, "sha384"),
    bytes.fromhex("06052b81040023"): (521, "sha512"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to sign: a mechanism, its parameter, and what is done to the text before."""

    mechanism: Mechanism
    parameter: Any = None
    digest: str = ""
    """Name of the hash that we make; empty if the token makes it."""
    head: bytes = b""
    """Stands before our hash."""

    def prepared(self, text: bytes) -> bytes:
        """Return what the token is given to sign *text*."""
        return self.head + hashed(self.digest, text).digest() if self.digest else text


_RSA = (
    Way(Mechanism.SHA256_RSA_PKCS),
    Way(Mechanism.RSA_PKCS, digest="sha256", head=DIGEST_INFO),
)
_PSS = (
    Way(Mechanism.SHA256_RSA_PKCS_PSS, _SALTED),
    Way(Mechanism.RSA_PKCS_PSS, _SALTED, digest="sha256"),
)
#: By the words of ``signing.certificates.Scheme``.
WAYS = {
    "rsa-sha256": _RSA,
    "pss-sha256": _PSS,
    **{
        f"ecdsa-{name.lower()}": (
            Way(Mechanism[f"ECDSA_{name}"]),
            Way(Mechanism.ECDSA, digest=name.lower()),
        )
        for name in ("SHA256", "SHA384", "SHA512")
    },
}


def scheme_of(kind: KeyType, curve: bytes) -> str:
    """Return how a key signs if nobody says: PKCS#1 v1.5, or ECDSA with the curve's own hash."""
    if kind is KeyType.RSA:
        return "rsa-sha256"
    if kind is KeyType.EC:
        return f"ecdsa-{CURVES.get(curve, (256, 'sha256'))[1]}"
    return ""


def ways(scheme: str, offered: Collection[Mechanism]) -> list[Way]:
    """Return the ways of *scheme* that the token says it offers, best first."""
    return [way for way in WAYS.get(scheme, ()) if way.mechanism in offered]


def side_by_side(signature: bytes, curve: bytes) -> bytes:
    """
    Return an ECDSA *signature* as r and s of the curve's length, whichever way it came.

    DER is longer than that by six bytes or more, but for r and s that begin with as many zeros:
    one signature in 2**48, and that one the check with the public key refuses.
    """
    size = (CURVES.get(curve, (256, ""))[0] + 7) // 8
    if len(signature) == 2 * size:
        return signature
    parts = _two_integers(signature)
    return b"".join(part.to_bytes(size, "big") for part in parts) if parts else signature


def _two_integers(der: bytes) -> tuple[int, ...]:
    """Read SEQUENCE{INTEGER, INTEGER}; nothing if it is none."""
    head = 3 if der[1:2] == b"\x81" else 2
    if der[:1] != b"\x30" or head + der[head - 1] != len(der):
        return ()
    numbers, rest = [], der[head:]
    while rest[:1] == b"\x02":
        numbers.append(int.from_bytes(rest[2 : 2 + rest[1]], "big"))
        rest = rest[2 + rest[1] :]
    return tuple(numbers) if len(numbers) == 2 and not rest else ()
