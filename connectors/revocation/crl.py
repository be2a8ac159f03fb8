"""
Revocation lists (RFC 5280) over HTTP, from the place that the certificate names.

The second choice after OCSP: a list grows with every certificate that its authority took back.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from connectors.http import Limits, reading, send
from connectors.revocation import RevocationSource

LARGEST = 20 * 2**20
"""Bytes; a larger list is not read."""

_LIMITS = Limits(longest=120, largest=LARGEST)


class Crl(RevocationSource):
    """Every list that a certificate names."""

    code = "crl"
    label = "Danh sách thu hồi (CRL)"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """Where the list lies for certificates that name none."""

        url: str = ""

    settings: Settings

    def address(self, certificate: bytes) -> str:
        """Return the first HTTP address among the certificate's distribution points."""
        one = x509.load_der_x509_certificate(certificate)
        try:
            told = one.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        except x509.ExtensionNotFound:
            return self.settings.url
        names = (name.value for point in told for name in point.full_name or ())
        found = (str(name) for name in names if str(name).startswith("http"))
        return next(found, self.settings.url)

    def fetch(self, certificate: bytes, issuer: bytes) -> bytes:
        """Fetch the list of the certificate's issuer."""
        above = x509.load_der_x509_certificate(issuer)
        reply = send(self.http, "GET", self.address(certificate), question=True, limits=_LIMITS)
        with reading(question=True):
            found = _read(reply.body)
            if found.issuer != above.subject:
                message = "a list of another authority"
                raise ValueError(message)
            return found.public_bytes(Encoding.DER)

    def check(self) -> None:
        """Knock at the configured address, if there is one; certificates name the others."""
        if self.settings.url:
            send(self.http, "HEAD", self.settings.url, question=True, judged=range(400, 500))


def _read(body: bytes) -> x509.CertificateRevocationList:
    """Return the list in *body*, DER as the standard has it or PEM as some serve it."""
    if body.startswith(b"-----"):
        return x509.load_pem_x509_crl(body)
    return x509.load_der_x509_crl(body)
