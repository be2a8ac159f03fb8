"""
What a token can do, asked before anything is signed with it.

The driver runs in its own process, so that one that crashes is a sentence and not the hub's end.
Without a PIN most tokens hide their keys; with one they tell what each key can do and asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

from signing.devices.tokens import Tokens

#: The mechanisms that the hub signs with; ``mechanisms.WAYS`` has them for the token process.
SIGNING = frozenset(
    "SHA256_RSA_PKCS RSA_PKCS SHA256_RSA_PKCS_PSS RSA_PKCS_PSS"
    " ECDSA ECDSA_SHA256 ECDSA_SHA384 ECDSA_SHA512".split()
)

SECONDS = 40.0
"""A driver that is silent for longer is ended and named."""


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate on a token."""

    key: str
    """CKA_ID in hex."""
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Key:
    """A private key on a token."""

    id: str
    label: str
    kind: str
    """For example ``RSA 2048`` or ``EC P-256``."""
    signs: bool
    pin_each_time: bool
    """The token wants the PIN before every signature of this key (CKA_ALWAYS_AUTHENTICATE)."""
    mechanism: str
    """What the hub signs with; empty if the token offers nothing that we can use."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One token."""

    label: str
    serial: str
    model: str
    manufacturer: str
    firmware: str
    pin: str
    """``fine``, ``refused_before``, ``last_try``, ``locked`` or ``to_be_changed``."""
    pad: bool
    """The PIN is typed on the reader itself; none is sent."""
    begins_anew: bool
    """The driver saw it only after it was made to begin anew."""
    mechanisms: tuple[str, ...]
    certificates: tuple[Held, ...]
    keys: tuple[Key, ...]

    def warnings(self) -> Iterator[str]:
        """Yield what a person must know before a batch is begun, as words of ``WARNINGS``."""
        if self.pin != "fine":
            yield self.pin
        if self.pad:
            yield "pad"
        if any(key.pin_each_time for key in self.keys):
            yield "pin_each_time_on_pad" if self.pad else "pin_each_time"
        if any(key.signs and not key.mechanism for key in self.keys):
            yield "no_mechanism"


#: What each warning means to its reader: Vietnamese · English.
WARNINGS = {
    "refused_before": "đã có lần sai mã PIN · a wrong PIN was sent before",
    "last_try": "chỉ còn MỘT lần thử mã PIN · ONE try is left before it locks",
    "locked": "mã PIN đã bị khóa, hãy liên hệ nơi cấp · locked, ask the issuer",
    "to_be_changed": "phải đổi mã PIN trước khi ký · the PIN must be changed before signing",
    "pad": "nhập mã PIN trên đầu đọc · the PIN is typed on the reader",
    "pin_each_time": (
        "có khóa đòi mã PIN cho từng chữ ký: tệp mã PIN được đọc lại mỗi lần"
        " · a key wants the PIN for every signature: the PIN file is read each time"
    ),
    "pin_each_time_on_pad": (
        "khóa đòi nhập mã PIN trên đầu đọc cho từng chữ ký: không ký theo phiên được"
        " · a key wants the PIN typed for every signature: it cannot sign batches"
    ),
    "no_mechanism": "có khóa không ký được bằng cách nào · a key has no mechanism that we can use",
}


def read(
    module: Path,
    *,
    environment: Mapping[str, str] | None = None,
    pin_file: Path | None = None,
    token: str = "",
) -> list[Probe]:
    """
    Return what every token behind *module* says of itself; a TokenError if the driver fails.

    With *pin_file* the token labelled *token*, or the only one there, is opened as well: the
    PIN is sent once, and not at all where the token warns that few tries are left.
    """
    with Tokens(module, environment=environment, seconds=SECONDS) as driver:
        if pin_file:
            labels = {found["label"] for found in driver.probe()}
            driver.login(token or (labels.pop() if len(labels) == 1 else ""), pin_file)
        return [_told(found) for found in driver.probe()]


def _told(found: Mapping[str, Any]) -> Probe:
    said = {name: found[name] for name in Probe.__dataclass_fields__ if name in found}
    return Probe(
        **said
        | {
            "mechanisms": tuple(found["mechanisms"]),
            "certificates": tuple(_held(one) for one in found["certificates"]),
            "keys": tuple(Key(**one) for one in found["keys"]),
        }
    )


def _held(found: Mapping[str, str]) -> Held:
    certificate = x509.load_der_x509_certificate(bytes.fromhex(found["der"]))
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(names[0].value) if names else certificate.subject.rfc4514_string()
    return Held(found["id"], name, certificate.not_valid_after_utc)
