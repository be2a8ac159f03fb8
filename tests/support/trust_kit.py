"""
A small world of certificates for verdicts, with revocation lists and time stamps.

A root, an issuing authority, a time-stamping authority, signers; with P-256, but for the stamps,
so that making them costs little.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.certificates import Certificate, load

AT = datetime(2026, 11, 23, 2, 15, 42, tzinfo=UTC)
BEGIN, YEAR = datetime(2025, 1, 1, tzinfo=UTC), timedelta(days=365)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Party:
    """Somebody with a key and a certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate's DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def ours(self) -> Certificate:
        """The certificate as signing takes it: the leaf alone."""
        return load(self.der)

    def raw(self, text: bytes) -> bytes:
        """Sign *text* as a token does: r and s side by side."""
        assert isinstance(self.key, ec.EllipticCurvePrivateKey)
        r, s = decode_dss_signature(self.key.sign(text, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    @property
    def asn1(self) -> tuple[asn1.Certificate, asn1_keys.PrivateKeyInfo]:
        """Certificate and key as pyHanko takes them."""
        der = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return asn1.Certificate.load(self.der), asn1_keys.PrivateKeyInfo.load(der)

    def issue(
        self, common: str, *, years: int = 10, ca: bool = False, stamps: bool = False
    ) -> Party:
        """Return *common* with a certificate from this authority that names a revocation list."""
        # pyHanko's small stamper knows RSA only.
        key: Key = _rsa(common) if stamps else ec.generate_private_key(ec.SECP256R1())
        place = x509.UniformResourceIdentifier(f"http://crl.invalid/{common}.crl")
        point = x509.DistributionPoint([place], None, None, None)
        built = (
            x509.CertificateBuilder()
            .subject_name(_name(common))
            .issuer_name(self.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGIN)
            .not_valid_after(BEGIN + years * YEAR)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(_usage(ca=ca), critical=True)
            .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        )
        if stamps:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            built = built.add_extension(purpose, critical=True)
        return Party(key, built.sign(self.key, SHA256()))

    def crl(self, *revoked: Party, at: datetime = AT, since: datetime = AT) -> bytes:
        """Return the DER of this authority's list as of *at*, good for a week."""
        built = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(at - timedelta(hours=1))
            .next_update(at + timedelta(days=7))
        )
        for party in revoked:
            entry = x509.RevokedCertificateBuilder(party.certificate.serial_number, since)
            built = built.add_revoked_certificate(entry.build())
        return built.sign(self.key, SHA256()).public_bytes(serialization.Encoding.DER)


@cache
def _rsa(_which: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def root(common: str = "Trust Root") -> Party:
    """Return the self-signed root called *common*."""
    key = ec.generate_private_key(ec.SECP256R1())
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(_name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + 30 * YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(ca=True), critical=True)
        .sign(key, SHA256())
    )
    return Party(key, built)


@dataclass(frozen=True)
class World:
    """One tree with all its parties."""

    root: Party
    issuing: Party
    official: Party
    short: Party
    """A signer whose certificate ends after two years."""
    tsa: Party

    def folder(self, place: Path, *crls: bytes, issuing: bool = True) -> Path:
        """Write a trust folder: the root, the issuing authority if wanted, revocation lists."""
        place.mkdir(parents=True, exist_ok=True)
        (place / "root.pem").write_bytes(self.root.pem)
        if issuing:
            (place / "issuing.pem").write_bytes(self.issuing.pem)
        for number, der in enumerate(crls):
            (place / f"{number}.crl").write_bytes(der)
        return place

    def lists(self, *revoked: Party, at: datetime = AT, since: datetime = AT) -> tuple[bytes, ...]:
        """Return the root's and the issuing authority's lists."""
        return self.root.crl(at=at), self.issuing.crl(*revoked, at=at, since=since)


@cache
def world(common: str = "Trust Root") -> World:
    """Return the world below the root called *common*."""
    top = root(common)
    issuing = top.issue(f"{common} Issuing", years=20, ca=True)
    return World(
        top,
        issuing,
        issuing.issue("official"),
        issuing.issue("short", years=2),
        issuing.issue("tsa", years=15, stamps=True),
    )


class _PunctualSigner(signers.PdfSigner):
    """pyHanko's signer, told the time."""

    at: datetime
    zone: timedelta = timedelta(0)

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.at + self.zone
        return session


def pdf(
    data: bytes,
    signer: Party,
    told: World,
    *,
    at: datetime = AT,
    level: str = "B",
    late: timedelta = timedelta(0),
) -> bytes:
    """
    Return *data* signed by pyHanko at *level* ``B``, ``T``, ``LT`` or ``LTA``, stamped at *at*.

    *late* is by how much the claimed time is too late.
    """
    certificate, key = signer.asn1
    store = SimpleCertificateStore.from_certs([asn1.Certificate.load(told.issuing.der)])
    stamper = DummyTimeStamper(*told.tsa.asn1, certs_to_embed=store, fixed_dt=at)
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(told.root.der)],
        other_certs=list(store),
        crls=list(told.lists(at=at)),
        moment=at,
        revocation_mode="hard-fail",
    )
    lasting = level in ("LT", "LTA")
    metadata = signers.PdfSignatureMetadata(
        field_name=f"{level}{at:%y}",
        subfilter=SigSeedSubFilter.PADES,
        validation_context=context if lasting else None,
        embed_validation_info=lasting,
        use_pades_lta=level == "LTA",
    )
    maker = signers.SimpleSigner(certificate, key, store)
    out = _PunctualSigner(metadata, maker, timestamper=None if level == "B" else stamper)
    out.at, out.zone = at, late
    made = out.sign_pdf(IncrementalPdfFileWriter(BytesIO(data)))
    return bytes(made.getvalue())


def token(imprint: bytes, *, at: datetime = AT) -> bytes:
    """Return the DER of a time-stamp token over the SHA-256 *imprint*, by the first world."""
    told = world()
    store = SimpleCertificateStore.from_certs([asn1.Certificate.load(told.issuing.der)])
    stamper = DummyTimeStamper(*told.tsa.asn1, certs_to_embed=store, fixed_dt=at)
    return bytes(asyncio.run(stamper.async_timestamp(imprint, "sha256")).dump())
