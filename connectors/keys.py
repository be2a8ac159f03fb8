"""
Private keys of the hub itself, wherever they lie.
"""

from __future__ import annotations

from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


class Key(Protocol):
    """A private RSA key, wherever it lies: in memory, or in a token (PKCS#11)."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of this key."""

    def sign(self, data: bytes) -> bytes:
        """Return the PKCS #1 v1.5 signature with SHA-256 over *data*."""


class PemKey:
    """A private key in memory."""

    def __init__(self, key: str, certificate: str) -> None:
        """Take both as PEM text; ValueError if they are not, or the key is not RSA."""
        private = serialization.load_pem_private_key(key.encode(), password=None)
        if not isinstance(private, rsa.RSAPrivateKey):
            message = "WS-Security needs an RSA key"
            raise ValueError(message)  # noqa: TRY004  a wrong setting, not a wrong call
        self._key = private
        self.certificate = x509.load_pem_x509_certificate(certificate.encode())

    def sign(self, data: bytes) -> bytes:
        """Return the PKCS #1 v1.5 signature with SHA-256 over *data*."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
