"""
Certificates as signing needs them: the exact bytes of issuer and serial, and the public key.

Names are kept as the issuer wrote them: a re-encoded name is another name to a strict reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256


class WrongKeyError(Exception):
    """The signature does not belong to this certificate; nothing was embedded."""


@dataclass(frozen=True)
class Certificate:
    """A signer's certificate, with the certificates above it that go into the file."""

    der: bytes
    chain: tuple[bytes, ...] = ()
    """DER of the issuing CAs, without the root."""

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in hex."""
        return sha256(self.der).hexdigest()

    @cached_property
    def parsed(self) -> x509.Certificate:
        """The certificate as ``cryptography`` reads it."""
        return x509.load_der_x509_certificate(self.der)

    @cached_property
    def issuer(self) -> bytes:
        """DER of the issuer's name, byte for byte."""
        return bytes(self._asn1["tbs_certificate"]["issuer"].dump())

    @cached_property
    def serial(self) -> bytes:
        """DER of the serial number."""
        return bytes(self._asn1["tbs_certificate"]["serial_number"].dump())

    @cached_property
    def _asn1(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.der)

    @property
    def is_rsa(self) -> bool:
        """Tell an RSA key from an elliptic one."""
        return isinstance(self.parsed.public_key(), rsa.RSAPublicKey)

    def holds_at(self, at: datetime) -> bool:
        """Tell whether *at* (aware) lies in the certificate's time."""
        return self.parsed.not_valid_before_utc <= at <= self.parsed.not_valid_after_utc

    def wire(self, signature: bytes) -> bytes:
        """Return a token's raw *signature* as CMS carries it: ECDSA's r and s become DER."""
        if self.is_rsa:
            return signature
        half = len(signature) // 2
        r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
        return encode_dss_signature(r, s)

    def check(self, signature: bytes, text: bytes) -> None:
        """Return quietly if the wire *signature* over *text* is by this key; else WrongKeyError."""
        key = self.parsed.public_key()
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, text, padding.PKCS1v15(), SHA256())
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, text, ec.ECDSA(SHA256()))
            else:
                raise WrongKeyError(type(key).__name__)
        except InvalidSignature as error:
            raise WrongKeyError(self.fingerprint) from error


@lru_cache(maxsize=256)
def load(der: bytes, chain: tuple[bytes, ...] = ()) -> Certificate:
    """Return the certificate *der*; parsed once per process, because a batch uses one."""
    return Certificate(der, chain)


def read_folder(folder: Path) -> list[x509.Certificate]:
    """Return every certificate in the PEM files (``*.pem``, ``*.crt``, ``*.cer``) of *folder*."""
    files = sorted(file for file in folder.iterdir() if file.suffix in {".pem", ".crt", ".cer"})
    return [found for file in files for found in x509.load_pem_x509_certificates(file.read_bytes())]
