"""
Certificates as signing needs them: the exact bytes of issuer and serial, and the public key.

Names are kept as the issuer wrote them: a re-encoded name is another name to a strict reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm


class WrongKeyError(Exception):
    """The signature does not belong to this certificate; nothing was embedded."""


class Scheme(StrEnum):
    """How a key signs; the token process knows the same words."""

    RSA = "rsa-sha256"
    """PKCS#1 v1.5, whatever the key's length."""
    PSS = "pss-sha256"
    """RSASSA-PSS, its salt as long as the digest."""
    P256 = "ecdsa-sha256"
    P384 = "ecdsa-sha384"


@dataclass(frozen=True)
class Certificate:
    """A signer's certificate, with the certificates above it that go into the file."""

    der: bytes
    chain: tuple[bytes, ...] = ()
    """DER of the issuing CAs, without the root."""
    pss: bool = False
    """True if an ordinary RSA key is to sign by RSASSA-PSS; a key made for PSS always does."""

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

    @cached_property
    def scheme(self) -> Scheme:
        """How this certificate's key signs; WrongKeyError for a key that nobody here can use."""
        key = self._public_key
        if isinstance(key, rsa.RSAPublicKey):
            made_for_pss = self._asn1.public_key.algorithm == "rsassa_pss"
            return Scheme.PSS if self.pss or made_for_pss else Scheme.RSA
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
            return _CURVES[key.curve.name]
        raise WrongKeyError(type(key).__name__)

    @property
    def is_rsa(self) -> bool:
        """Tell an RSA key from an elliptic one."""
        return self.scheme in {Scheme.RSA, Scheme.PSS}

    @property
    def digest(self) -> str:
        """Name of the digest that goes with the key, for documents and attributes alike."""
        return self.scheme.rpartition("-")[2]

    @cached_property
    def _public_key(self) -> object:
        return self.parsed.public_key()

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
        key, hashed = self._public_key, _HASHES[self.digest]
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, text, ec.ECDSA(hashed))
            elif isinstance(key, rsa.RSAPublicKey):
                filled = _SALTED if self.scheme is Scheme.PSS else padding.PKCS1v15()
                key.verify(signature, text, filled, hashed)
        except InvalidSignature as error:
            raise WrongKeyError(self.fingerprint) from error


_CURVES = {"secp256r1": Scheme.P256, "secp384r1": Scheme.P384}
_HASHES: dict[str, HashAlgorithm] = {"sha256": SHA256(), "sha384": SHA384()}
_SALTED = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)


@lru_cache(maxsize=256)
def load(der: bytes, chain: tuple[bytes, ...] = ()) -> Certificate:
    """Return the certificate *der*; parsed once per process, because a batch uses one."""
    return Certificate(der, chain)


def read_folder(folder: Path) -> list[x509.Certificate]:
    """Return the certificates of the PEM files (``*.pem``, ``*.crt``, ``*.cer``) below *folder*."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in {".pem", ".crt", ".cer"})
    return [found for file in files for found in x509.load_pem_x509_certificates(file.read_bytes())]
