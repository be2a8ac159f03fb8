"""OCSP over real HTTP: the answer is about the certificate that was asked after, or it is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from werkzeug.wrappers import Request, Response

from connectors import Refused, Unavailable
from connectors.revocation.ocsp import Ocsp, about
from tests.support.loopback import Switch, serve
from tests.support.revocation_contract import (
    AT,
    RevocationContract,
    RevocationWorld,
    authority,
    certificate,
    der,
    key,
)


def answer(one: x509.Certificate) -> bytes:
    """Return the answer "good" about *one*, by its issuer itself."""
    built = ocsp.OCSPResponseBuilder().add_response(
        cert=one,
        issuer=authority(),
        algorithm=SHA1(),  # noqa: S303 - names the issuer, proves nothing
        cert_status=ocsp.OCSPCertStatus.GOOD,
        this_update=AT,
        next_update=AT + timedelta(hours=1),
        revocation_time=None,
        revocation_reason=None,
    )
    signed = built.responder_id(ocsp.OCSPResponderEncoding.NAME, authority())
    return signed.sign(key("authority"), SHA256()).public_bytes(Encoding.DER)


class Responder:
    """A small responder that knows one certificate."""

    def __init__(self) -> None:
        self.asked: list[ocsp.OCSPRequest] = []
        self.body = answer(certificate())

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        if request.method == "POST":
            self.asked.append(ocsp.load_der_ocsp_request(request.get_data()))
        return Response(self.body, content_type="application/ocsp-response")(
            environ, start_response
        )


class Told(RevocationWorld):
    """The responder on loopback."""

    responder: Responder

    def connector(self, url: str) -> Ocsp:
        """Return the connector that asks at *url* where a certificate names nobody."""
        return Ocsp(self.http, Ocsp.Settings(f"{url}/ocsp" if url else ""))


class TestOcsp(RevocationContract):
    """What every source of revocation must do, and what only this one does."""

    question = "/ocsp"

    @pytest.fixture
    def world(self) -> Iterator[Told]:
        """A responder on loopback."""
        responder = Responder()
        made = Told(Switch(responder))
        made.responder = responder
        with serve(made.switch) as url:
            made.url = url
            yield made

    def test_a_certificate_names_its_place(self, world: RevocationWorld) -> None:
        """
        The certificate's own responder counts, the configured one where it has none.
        """
        connector = Ocsp(world.http, Ocsp.Settings("http://configured.test"))

        assert "http://there.test" == connector.address(der(certificate(ocsp="http://there.test")))
        assert "http://configured.test" == connector.address(der(certificate()))
        assert "http://configured.test" == connector.address(
            der(certificate(ocsp="ldap://there.test"))
        )

    def test_the_question_names_certificate_and_issuer(self, world: Told) -> None:
        """
        By serial number, and by digests of the issuer's name and key; the answer is given whole.
        """
        told = world.connector(world.url).fetch(der(certificate()), der(authority()))

        (asked,) = world.responder.asked
        assert certificate().serial_number == asked.serial_number
        assert world.responder.body == told
        one = about(ocsp.load_der_ocsp_response(told), certificate())
        assert one is not None
        assert ocsp.OCSPCertStatus.GOOD is one.certificate_status

    def test_an_answer_about_another_is_no_answer(self, world: Told) -> None:
        """
        A good answer of yesterday about somebody else is not taken.
        """
        world.responder.body = answer(certificate("somebody"))

        with pytest.raises(Unavailable):
            world.connector(world.url).fetch(der(certificate()), der(authority()))

    @pytest.mark.parametrize(
        ("status", "error"),
        [
            ("TRY_LATER", Unavailable),
            ("INTERNAL_ERROR", Unavailable),
            ("UNAUTHORIZED", Refused),
            ("MALFORMED_REQUEST", Refused),
            ("SIG_REQUIRED", Refused),
        ],
    )
    def test_a_responder_that_will_not(
        self, world: Told, status: str, error: type[Exception]
    ) -> None:
        """
        What passes is for later, what does not is a person's; the word is in the message.
        """
        said = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus[status])
        world.responder.body = said.public_bytes(Encoding.DER)

        with pytest.raises(error, match=status.lower()):
            world.connector(world.url).fetch(der(certificate()), der(authority()))

    def test_every_flipped_byte_is_a_failure_with_a_meaning(self, world: Told) -> None:
        """
        A damaged answer is Refused or Unavailable, or still about the certificate.
        """
        good = world.responder.body
        connector = world.connector(world.url)
        for place in range(0, len(good), 7):
            world.responder.body = good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]
            try:
                told = connector.fetch(der(certificate()), der(authority()))
            except (Refused, Unavailable):
                continue
            assert about(ocsp.load_der_ocsp_response(told), certificate())
