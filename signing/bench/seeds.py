"""
Signed files of every kind that the verifier reads, made with a software key: PDF, XML, p7m, p7s.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from register import world
from signing.bench import stage
from signing.cades import signatures
from signing.certificates import Certificate, load
from signing.pdf import appearance, fields, pades
from signing.xml import xades
from signing.xml.xades import Form

#: What is signed where it is no PDF.
RECORD = (
    "<KetQua><So>1284/GPXD</So><Ten>Nguyễn Thị Hồng Gấm</Ten><Phi>75000</Phi></KetQua>"
).encode()


@dataclass(frozen=True)
class Seed:
    """One signed file."""

    name: str
    data: bytes
    beside: bytes | None = None
    """The content of a detached signature."""


@dataclass(frozen=True)
class Signatory:
    """A software key, RSA or P-256, with its certificate below a root."""

    key: stage.Key

    @cached_property
    def pem(self) -> bytes:
        """The root, to be trusted."""
        return self._certificates[0].public_bytes(Encoding.PEM)

    @cached_property
    def certificate(self) -> Certificate:
        """The certificate as signing takes it."""
        return load(self._certificates[1].public_bytes(Encoding.DER))

    @cached_property
    def _certificates(self) -> tuple[x509.Certificate, x509.Certificate]:
        """The root, and what it issued; both for two days."""
        own = ec.generate_private_key(ec.SECP256R1())
        return _issued(own, own, "Seeds Root"), _issued(own, self.key, "Seeds")

    def sign(self, text: bytes) -> bytes:
        """Answer as a token does."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(text, padding.PKCS1v15(), SHA256())
        assert isinstance(self.key, ec.EllipticCurvePrivateKey)  # noqa: S101 - there are two
        r, s = decode_dss_signature(self.key.sign(text, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def pdf(self, at: datetime) -> bytes:
        """Return a result that is signed and visibly sealed."""
        made = stage.document()
        places = fields.find(made, fields.Signer("Nguyễn Thị Hồng Gấm", "CHỦ TỊCH"))
        request = pades.Request(fields.OFFICIAL, self.certificate, at, first=True)
        signed = self._finish(pades.prepare(fields.add(made, places), request))
        looks = appearance.seal(places.seal, stage.seal_png(), diameter=36.0, lines=stage.LINES)
        request = pades.Request(fields.SEAL, self.certificate, at, looks, last=True)
        return self._finish(pades.prepare(signed, request))

    def xml(self, at: datetime, form: Form) -> bytes:
        """Return a signed record."""
        request = xades.Request("CanBo", self.certificate, at, form=form, name="ban-ve.dwg")
        return self._finish(xades.prepare(RECORD, request))

    def p7m(self, at: datetime) -> bytes:
        """Return a CMS with its content inside."""
        request = signatures.Request(self.certificate, at)
        return self._finish(signatures.attach(RECORD, request))

    def p7s(self, at: datetime) -> bytes:
        """Return a CMS whose content stands beside it."""
        request = signatures.Request(self.certificate, at)
        return self._finish(signatures.detach(hashlib.sha256(RECORD).digest(), request))

    def _finish(self, prepared: pades.Prepared | xades.Prepared | signatures.Prepared) -> bytes:
        return prepared.finish(self.sign(prepared.attributes))


def _issued(issuer: ec.EllipticCurvePrivateKey, key: stage.Key, name: str) -> x509.Certificate:
    ca = issuer is key
    now = world.now()
    usage = dict.fromkeys(("key_cert_sign", "crl_sign"), ca)
    usage |= dict.fromkeys(("digital_signature", "content_commitment"), not ca)
    other = ("key_encipherment", "data_encipherment", "key_agreement")
    no = dict.fromkeys((*other, "encipher_only", "decipher_only"), False)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named("Seeds Root"))
        .public_key(key.public_key())
        .serial_number(2 - ca)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **no), critical=True)
        .sign(issuer, SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def make(signatory: Signatory) -> list[Seed]:
    """Return one valid file of every kind."""
    at = world.now() - timedelta(minutes=1)
    return [
        Seed("pdf", signatory.pdf(at)),
        Seed("xml enveloped", signatory.xml(at, Form.ENVELOPED)),
        Seed("xml enveloping", signatory.xml(at, Form.ENVELOPING)),
        Seed("xml detached", signatory.xml(at, Form.DETACHED), RECORD),
        Seed("p7m", signatory.p7m(at)),
        Seed("p7s", signatory.p7s(at), RECORD),
    ]
