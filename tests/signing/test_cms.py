"""Our small CMS encoder, held against pyHanko's and OpenSSL's for every kind of key."""

from __future__ import annotations

import asyncio
import subprocess
from functools import cache
from hashlib import new
from pathlib import Path

import pytest
from asn1crypto import cms as asn1
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing import cms
from signing.certificates import Certificate, Scheme, WrongKeyError
from tests.support import signing_kit as kit

TEXT = "Giấy phép xây dựng số 1284/GPXD\n".encode()
KINDS = ("rsa2048", "rsa3072", "rsa4096", "pss", "p256", "p384")

Pair = tuple[kit.Key, Certificate]


@cache
def _pair(kind: str) -> Pair:
    """Return a key of *kind* and its certificate; keys are dear, so one per process."""
    made: kit.Key
    if kind in {"p256", "p384"}:
        made = ec.generate_private_key(ec.SECP256R1() if kind == "p256" else ec.SECP384R1())
    else:
        size = {"rsa3072": 3072, "rsa4096": 4096}.get(kind, 2048)
        made = kit.rsa_key(kind) if size == 2048 else rsa.generate_private_key(65537, size)
    der = kit.authority().issue(kind, made)
    return made, Certificate(der, pss=kind == "pss")


def _raw(key: kit.Key, certificate: Certificate, text: bytes) -> bytes:
    """Return what a token answers: RSA as it is, ECDSA as r and s side by side."""
    if isinstance(key, rsa.RSAPrivateKey):
        salted = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
        pss = certificate.scheme is Scheme.PSS
        return key.sign(text, salted if pss else padding.PKCS1v15(), SHA256())
    hashed = SHA384() if certificate.digest == "sha384" else SHA256()
    size = key.curve.key_size // 8
    pair = decode_dss_signature(key.sign(text, ec.ECDSA(hashed)))
    return b"".join(part.to_bytes(size, "big") for part in pair)


def _ours(kind: str) -> bytes:
    key, certificate = _pair(kind)
    attributes = cms.signed_attributes(new(certificate.digest, TEXT).digest(), certificate)
    wire = certificate.wire(_raw(key, certificate, attributes))
    certificate.check(wire, attributes)
    return cms.signed_data(attributes, wire, certificate)


def _theirs(kind: str) -> asn1.ContentInfo:
    """Return pyHanko's CMS over the same text with the same key."""
    key, certificate = _pair(kind)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.der),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        prefer_pss=certificate.scheme is Scheme.PSS,
    )
    digest, name = new(certificate.digest, TEXT).digest(), certificate.digest
    return asyncio.run(signer.async_sign(digest, name, use_pades=True))


def _parts(content: asn1.ContentInfo) -> dict[str, object]:
    """
    Return everything that two encoders must agree on, as bytes where there is one way only.

    pyHanko writes NULL as a digest's parameters, we write none (RFC 5754 §2 allows both to be
    read and asks for none to be written).
    """
    data = content["content"]
    signer = data["signer_infos"][0]
    attributes = {item["type"].native: item.dump() for item in signer["signed_attrs"]}
    return {
        "versions": data["version"].dump() + signer["version"].dump(),
        "sid": signer["sid"].dump(),
        "digest": signer["digest_algorithm"].native,
        "digests": data["digest_algorithms"].native,
        "content": data["encap_content_info"].dump(),
        "certificates": b"".join({one.dump() for one in data["certificates"]}),
        "content_type": attributes["content_type"],
        "message_digest": attributes["message_digest"],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_pyhanko_writes_the_same(kind: str) -> None:
    """
    Byte for byte the same versions, signer, digests, content, certificates and attributes.
    """
    ours, theirs = asn1.ContentInfo.load(_ours(kind)), _theirs(kind)

    assert _parts(theirs) == _parts(ours)
    mine, other = (content["content"]["signer_infos"][0] for content in (ours, theirs))
    assert _algorithm(other) == _algorithm(mine)
    assert _named(other) == _named(mine)


def _algorithm(signer: asn1.SignerInfo) -> object:
    """Return the signature's algorithm; for PSS pyHanko takes a longer salt than we."""
    told = signer["signature_algorithm"].native
    if told["parameters"]:
        told["parameters"].pop("salt_length")
    return told


def _named(signer: asn1.SignerInfo) -> object:
    """Return which certificate the signing-certificate-v2 attribute names."""
    kinds = {item["type"].native: item["values"][0] for item in signer["signed_attrs"]}
    named = kinds["signing_certificate_v2"]["certs"][0]
    return named["cert_hash"].native, named["issuer_serial"].native


@pytest.mark.parametrize("kind", KINDS)
def test_openssl_verifies(kind: str, tmp_path: Path) -> None:
    """
    OpenSSL verifies what we wrote, up to the root, for every kind of key.
    """
    der, text = tmp_path / "s.der", tmp_path / "text"
    der.write_bytes(_ours(kind))
    text.write_bytes(TEXT)
    root = kit.authority().write(tmp_path / "trust") / "root.pem"
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", der, "-content", text]
    options = ["-binary", "-CAfile", root, "-purpose", "any", "-out", "/dev/null"]
    done = subprocess.run([*command, *options], capture_output=True, check=False)

    assert 0 == done.returncode, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_another_text_is_found(kind: str) -> None:
    """
    A signature over other bytes is not by this key over these, whatever the key.
    """
    key, certificate = _pair(kind)
    wire = certificate.wire(_raw(key, certificate, b"this"))

    certificate.check(wire, b"this")
    with pytest.raises(WrongKeyError):
        certificate.check(wire, b"that")


def test_a_key_that_nobody_uses_is_refused() -> None:
    """
    A curve that no reader here knows is named at once, not embedded.
    """
    key = ec.generate_private_key(ec.SECP256K1())
    with pytest.raises(WrongKeyError):
        _ = Certificate(kit.authority().issue("odd", key)).scheme
