"""
Responders that speak OCSP (RFC 6960) over HTTP, at the address in the certificate.

An answer about another certificate is no answer. There is no nonce: authorities sign their
answers ahead, and how old one may be it says itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from connectors import Refused, Unavailable
from connectors.http import Limits, reading, send
from connectors.revocation import RevocationSource

_QUERY, _REPLY = "application/ocsp-request", "application/ocsp-response"

#: An answer has some 2 KB; one with a chain in it perhaps ten.
_LIMITS = Limits(longest=60, largest=2**18)

#: RFC 6960 §2.3: the responder cannot now; every other failure is a no.
LATER = frozenset(
    {ocsp.OCSPResponseStatus.INTERNAL_ERROR, ocsp.OCSPResponseStatus.TRY_LATER},
)


class Ocsp(RevocationSource):
    """Every responder that a certificate names."""

    code = "ocsp"
    label = "Trạng thái chứng thư (OCSP)"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """Where to ask about certificates that name no responder."""

        url: str = ""

    settings: Settings

    def address(self, certificate: bytes) -> str:
        """Return the first HTTP address of the certificate's "authority information access"."""
        one = x509.load_der_x509_certificate(certificate)
        try:
            told = one.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
        except x509.ExtensionNotFound:
            return self.settings.url
        places = (
            access.access_location.value
            for access in told
            if access.access_method == AuthorityInformationAccessOID.OCSP
        )
        found = (str(place) for place in places if str(place).startswith("http"))
        return next(found, self.settings.url)

    def fetch(self, certificate: bytes, issuer: bytes) -> bytes:
        """Ask the certificate's responder."""
        one, above = (x509.load_der_x509_certificate(der) for der in (certificate, issuer))
        # SHA-1 names the issuer here and proves nothing; many responders know no other name.
        asked = ocsp.OCSPRequestBuilder().add_certificate(one, above, SHA1()).build()  # noqa: S303
        reply = send(
            self.http,
            "POST",
            self.address(certificate),
            question=True,
            limits=_LIMITS,
            content=asked.public_bytes(Encoding.DER),
            headers={"Content-Type": _QUERY, "Accept": _REPLY},
        )
        with reading(question=True):
            answer = ocsp.load_der_ocsp_response(reply.body)
            _judge(answer.response_status)
            if about(answer, one) is None:
                message = "an answer about another certificate"
                raise ValueError(message)
        return reply.body

    def check(self) -> None:
        """Knock at the configured address, if there is one; certificates name the others."""
        if self.settings.url:
            send(self.http, "GET", self.settings.url, question=True, judged=range(400, 500))


def about(
    answer: ocsp.OCSPResponse, certificate: x509.Certificate
) -> ocsp.OCSPSingleResponse | None:
    """Return what *answer* says of *certificate*, by its serial number; None if it says nothing."""
    for one in answer.responses:
        if one.serial_number == certificate.serial_number:
            return one
    return None


def _judge(status: ocsp.OCSPResponseStatus) -> None:
    if status is ocsp.OCSPResponseStatus.SUCCESSFUL:
        return
    word = status.name.lower()
    if status in LATER:
        message = f"chưa trả lời được trạng thái chứng thư · no status just now ({word})"
        raise Unavailable(message)
    message = f"bị từ chối cho biết trạng thái chứng thư · a certificate's status refused ({word})"
    raise Refused(message)
