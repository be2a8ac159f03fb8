"""
What every source of revocation must do, and the certificates that it is asked after.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from connectors.revocation import RevocationSource
from tests.support.contract import QUESTION, ConnectorContract, World
from tests.support.loopback import Switch

AT = datetime(2026, 11, 23, 2, 15, 42, tzinfo=UTC)
SERIAL = 1284


@cache
def key(_which: str) -> EllipticCurvePrivateKey:
    """Return one key per name and process."""
    return generate_private_key(SECP256R1())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def certificate(
    common: str = "signer",
    issuer: str = "authority",
    *,
    ocsp: str = "",
    crl: tuple[str, ...] = (),
    usage: x509.ExtendedKeyUsage | None = None,
) -> x509.Certificate:
    """Return a certificate for *common* that names these places to ask after it."""
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(_name(issuer))
        .public_key(key(common).public_key())
        .serial_number(SERIAL if common == "signer" else sum(common.encode()))
        .not_valid_before(AT - timedelta(days=365))
        .not_valid_after(AT + timedelta(days=365))
    )
    if ocsp:
        place = x509.UniformResourceIdentifier(ocsp)
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
        built = built.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    if crl:
        places = [x509.UniformResourceIdentifier(url) for url in crl]
        point = x509.DistributionPoint(places, None, None, None)
        built = built.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if usage:
        built = built.add_extension(usage, critical=False)
    return built.sign(key(issuer), SHA256())


@cache
def authority(common: str = "authority") -> x509.Certificate:
    """Return the self-signed certificate of an authority."""
    return certificate(common, common)


def der(one: x509.Certificate) -> bytes:
    """Return *one* as connectors take it."""
    return one.public_bytes(Encoding.DER)


class RevocationWorld(World):
    """Somebody who tells of revocation, over HTTP on loopback."""

    def __init__(self, switch: Switch) -> None:
        """Be reached through *switch*."""
        self.switch = switch

    @abstractmethod
    def connector(self, url: str) -> RevocationSource:
        """Return the connector under test, asking at *url*."""


class RevocationContract(ConnectorContract):
    """Every source of revocation passes these."""

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    def test_a_failure_has_a_meaning(
        self, world: RevocationWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Whatever goes wrong on the way is Refused or Unavailable, never Unsure.
        """
        call = self.fail(world, fault, self.question, error)

        call("fetch", der(certificate()), der(authority()))

    @abstractmethod
    def test_a_certificate_names_its_place(self, world: RevocationWorld) -> None:
        """The certificate's own address counts, and the configured one where it has none."""

    def test_nobody_to_ask_is_told(self, world: RevocationWorld) -> None:
        """
        No address in the certificate and none configured: there is nobody to ask.
        """
        assert "" == world.connector("").address(der(certificate()))
