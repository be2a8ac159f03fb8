"""Revocation lists over real HTTP: of the certificate's own issuer, and not too large."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from werkzeug.wrappers import Response

from connectors import Unavailable
from connectors.revocation import crl
from connectors.revocation.crl import Crl
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


@cache
def revocations(issuer: str = "authority") -> x509.CertificateRevocationList:
    """Return an empty list of *issuer*."""
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority(issuer).subject)
        .last_update(AT)
        .next_update(AT + timedelta(days=1))
        .sign(key(issuer), SHA256())
    )


class Shelf:
    """A place where a list lies."""

    def __init__(self) -> None:
        self.body: Any = revocations().public_bytes(Encoding.DER)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return Response(self.body, content_type="application/pkix-crl")(environ, start_response)


class Told(RevocationWorld):
    """The list on loopback."""

    shelf: Shelf

    def connector(self, url: str) -> Crl:
        """Return the connector that looks at *url* where a certificate names no list."""
        return Crl(self.http, Crl.Settings(f"{url}/list.crl" if url else ""))


class TestCrl(RevocationContract):
    """What every source of revocation must do, and what only this one does."""

    question = "/list.crl"

    @pytest.fixture
    def world(self) -> Iterator[Told]:
        """A list on loopback."""
        shelf = Shelf()
        made = Told(Switch(shelf))
        made.shelf = shelf
        with serve(made.switch) as url:
            made.url = url
            yield made

    def test_a_certificate_names_its_place(self, world: RevocationWorld) -> None:
        """
        The first list over HTTP that the certificate names, else the configured one.
        """
        connector = Crl(world.http, Crl.Settings("http://configured.test"))
        named = certificate(crl=("ldap://there.test", "http://there.test/x.crl"))

        assert "http://there.test/x.crl" == connector.address(der(named))
        assert "http://configured.test" == connector.address(der(certificate()))
        assert "http://configured.test" == connector.address(
            der(certificate(crl=("ldap://there.test",)))
        )

    @pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
    def test_a_list_comes_as_der(self, world: Told, encoding: Encoding) -> None:
        """
        As the standard serves it or as PEM: what is given on is DER.
        """
        world.shelf.body = revocations().public_bytes(encoding)

        told = world.connector(world.url).fetch(der(certificate()), der(authority()))

        assert revocations().public_bytes(Encoding.DER) == told

    def test_a_list_of_another_authority_is_none(self, world: Told) -> None:
        """
        A sound list of somebody else says nothing.
        """
        world.shelf.body = revocations("somebody").public_bytes(Encoding.DER)

        with pytest.raises(Unavailable):
            world.connector(world.url).fetch(der(certificate()), der(authority()))

    def test_a_list_too_large_is_not_read(self, world: Told) -> None:
        """
        Beyond 20 MB the reading ends, however long the list goes on.
        """
        sent: list[int] = []

        def drip() -> Iterator[bytes]:
            for _ in range(2 * crl.LARGEST // 2**20):
                sent.append(2**20)
                yield bytes(2**20)

        world.shelf.body = drip()
        with pytest.raises(Unavailable, match="large"):
            world.connector(world.url).fetch(der(certificate()), der(authority()))
        assert sum(sent) < 2 * crl.LARGEST
