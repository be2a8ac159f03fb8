"""Two signatures in one file, judged by programs that are not ours."""

from __future__ import annotations

import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms as asn1
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from signing import cms
from signing.certificates import WrongKeyError, load
from signing.devices.tokens import Tokens
from signing.pdf import appearance, fields, pades, readback
from signing.verification.verify import Trust, verify
from tests.support import signing_kit as kit


def test_both_signatures_hold_everywhere(two: kit.Two, trust: Trust, tmp_path: Path) -> None:
    """
    Official, then seal: both valid for poppler, for OpenSSL up to the root, and for us.
    """
    assert trust.folder

    assert ["Signature is Valid."] * 2 == kit.pdfsig(two.sealed, tmp_path)
    assert [True, True] == kit.openssl(two.sealed, tmp_path, trust.folder / "root.pem")
    verdict = verify(two.sealed, trust, at=kit.AT)
    assert ("VALID", ()) == (verdict.word, verdict.reasons)
    assert ["KySo", "ConDau"] == [seen.field for seen in verdict.signatures]


def test_the_seal_changes_nothing_that_was_signed(two: kit.Two) -> None:
    """
    Each step only adds bytes: what the official signed is the beginning of what is sealed.
    """
    assert two.signed.startswith(two.ready)
    assert two.sealed.startswith(two.signed)


def test_an_elliptic_key_signs_too(tmp_path: Path, trust: Trust) -> None:
    """
    A P-256 token offers no hashing mechanism here; its raw signature becomes valid CMS.
    """
    token = kit.make_token(tmp_path, "p256", key=ec.generate_private_key(ec.SECP256R1()))
    ready = fields.add(kit.result_pdf(), fields.find(kit.result_pdf(), fields.Signer(kit.NAME)))
    request = pades.Request(fields.OFFICIAL, token.certificate, kit.AT, first=True)
    with Tokens(kit.MODULE, environment=token.environment) as tokens:
        tokens.login(token.label, token.pin_file)
        signed = kit.give(ready, request, tokens, token)

    assert trust.folder
    assert [True] == kit.openssl(signed, tmp_path, trust.folder / "root.pem")
    assert verify(signed, trust, at=kit.AT).valid


def test_another_keys_signature_is_never_embedded(
    two: kit.Two, tokens: Tokens, official: kit.SoftToken, seal: kit.SoftToken
) -> None:
    """
    A signature by the wrong token is found by the public key before it reaches the file.
    """
    prepared = pades.prepare(
        two.ready, pades.Request(fields.OFFICIAL, official.certificate, kit.AT)
    )
    wrong = tokens.sign(seal.label, "01", [prepared.attributes])[0]

    with pytest.raises(WrongKeyError):
        prepared.finish(wrong)


def test_reading_back_finds_a_damaged_file(
    two: kit.Two, tokens: Tokens, official: kit.SoftToken
) -> None:
    """
    A file that was damaged while it was written is not stored as signed.
    """
    request = pades.Request(fields.OFFICIAL, official.certificate, kit.AT, first=True)
    prepared = pades.prepare(two.ready, request)
    signed = prepared.finish(tokens.sign(official.label, "01", [prepared.attributes])[0])
    damaged = bytearray(signed)
    damaged[3000] ^= 1

    readback.check(signed, fields.OFFICIAL, prepared)
    for bad in (bytes(damaged), signed + b"\n", two.ready):
        with pytest.raises(readback.UnreadableError):
            readback.check(bad, fields.OFFICIAL, prepared)


def test_the_signature_is_a_pades_baseline_one(two: kit.Two, official: kit.SoftToken) -> None:
    """
    SubFilter, attributes and certificates are what EN 319 142-1 asks of B-B, each once.
    """
    first = PdfFileReader(BytesIO(two.sealed)).embedded_signatures[0]
    attributes = [attribute["type"].native for attribute in first.signer_info["signed_attrs"]]

    assert "/ETSI.CAdES.detached" == first.sig_object["/SubFilter"]
    assert {"content_type", "message_digest", "signing_certificate_v2"} == set(attributes)
    assert [official.certificate.der] == [
        found.dump() for found in first.signed_data["certificates"]
    ]


def test_openssl_reads_our_der(tmp_path: Path, two: kit.Two) -> None:
    """
    OpenSSL's strict printer understands every byte that the small encoder wrote.
    """
    first = PdfFileReader(BytesIO(two.sealed)).embedded_signatures[0]
    file = tmp_path / "s.der"
    file.write_bytes(first.pkcs7_content)
    command = ["openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", str(file)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)

    assert "id-smime-aa-signingCertificateV2" in done.stdout


@settings(deadline=None, max_examples=10)  # asn1crypto is slow at writing all of it afresh
@given(st.binary(min_size=32, max_size=32))
def test_our_der_is_what_asn1crypto_writes(digest: bytes) -> None:
    """
    For any digest, another encoder reads our attributes and writes back the same bytes.
    """
    certificate = load(kit.authority().issue("canbo", kit.rsa_key("canbo")))
    ours = cms.signed_attributes(digest, certificate)
    whole = cms.signed_data(ours, bytes(256), certificate)

    assert ours == asn1.CMSAttributes.load(ours).copy().dump(force=True)
    assert whole == asn1.ContentInfo.load(whole).copy().dump(force=True)


@given(st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 2**40), max_size=6))
def test_object_identifiers(first: int, second: int, rest: list[int]) -> None:
    """
    Any object identifier is written as ASN.1 says.
    """
    dotted = ".".join(str(arc) for arc in (first, second, *rest))

    assert asn1.ObjectIdentifier(dotted).dump() == cms.oid(dotted)


def test_text_may_come_composed_or_not(two: kit.Two) -> None:
    """
    A name in NFD is drawn with the same glyphs as in NFC.
    """
    box = two.places.seal
    nfc = "Số: 12/GPXD – Ủy ban"
    nfd = unicodedata.normalize("NFD", nfc)
    drawn = [
        appearance.seal(box, kit.seal_png(), diameter=36.0, lines=(text,))._content()
        for text in (nfc, nfd)
    ]

    assert drawn[0] == drawn[1]
    assert b"003f" not in drawn[0]
