"""
Papers that the intake must refuse, or look at twice.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pikepdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sandbox.sheet import HEIGHT, Sheet, pdf

CHUNK = 1 << 20


class Bad(StrEnum):
    """What is wrong with a paper."""

    EMPTY = "empty"
    """No bytes at all."""
    NOT_PDF = "not_pdf"
    """A web page that somebody renamed."""
    TRUNCATED = "truncated"
    """The second half did not come."""
    ENCRYPTED = "encrypted"
    """Opens only with a password."""
    SIGNED = "signed"
    """Somebody has signed it already, with a key that nobody trusts."""
    SCRIPTED = "scripted"
    """Runs JavaScript when it is opened."""


def bad(kind: Bad | str) -> bytes:
    """Return a paper of this *kind*. ValueError if there is no such kind."""
    match Bad(kind):
        case Bad.EMPTY:
            return b""
        case Bad.NOT_PDF:
            return "<!doctype html><title>Kết quả</title><p>Đây không phải là PDF".encode()
        case Bad.TRUNCATED:
            whole = _good()
            return whole[: len(whole) // 2]
        case Bad.ENCRYPTED:
            return _changed(encryption=pikepdf.Encryption(owner="chu", user="nguoi-dung"))
        case Bad.SCRIPTED:
            return _changed(script="app.alert('Xin chào')")
    return _signed()


def huge(size: int) -> Iterator[bytes]:
    """
    Give a PDF of at least *size* bytes, piece by piece: it opens, and its page is blank.

    The weight is one stream that nothing refers to.
    """
    weight = -(-size // CHUNK) * CHUNK
    head = b"%%PDF-1.7\n1 0 obj\n<</Length %d>>\nstream\n" % weight
    yield head
    for _ in range(weight // CHUNK):
        yield b"\0" * CHUNK
    things = [
        b"\nendstream\nendobj\n",
        b"2 0 obj\n<</Type/Catalog/Pages 3 0 R>>\nendobj\n",
        b"3 0 obj\n<</Type/Pages/Count 1/Kids[4 0 R]>>\nendobj\n",
        b"4 0 obj\n<</Type/Page/Parent 3 0 R/MediaBox[0 0 595 842]/Resources<<>>>>\nendobj\n",
    ]
    places, length = [9], len(head) + weight
    for number, thing in enumerate(things):
        length += len(thing)
        if number < len(things) - 1:
            places.append(length)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    yield b"".join(things)
    yield b"xref\n0 5\n0000000000 65535 f \n%s" % rows
    yield b"trailer\n<</Size 5/Root 2 0 R>>\nstartxref\n%d\n%%%%EOF\n" % length


def _good() -> bytes:
    page = Sheet()
    page.text(100, HEIGHT - 100, "Kết quả giải quyết thủ tục hành chính")
    return pdf([page], title="Kết quả")


def _changed(*, encryption: pikepdf.Encryption | bool = False, script: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_good())) as document:
        if script:
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
            document.Root.OpenAction = document.make_indirect(action)
        document.save(out, encryption=encryption)
    return out.getvalue()


def _signed() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Người lạ")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(
            certificate.public_bytes(serialization.Encoding.DER)
        ),
        signing_key=asn1_keys.PrivateKeyInfo.load(
            key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(_good()))
    sign_pdf(writer, PdfSignatureMetadata(field_name="NguoiLa"), signer=signer, output=out)
    return out.getvalue()
