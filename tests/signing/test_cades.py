"""CAdES signatures: made by the hub's own builder, judged by OpenSSL and pyHanko's parser."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from asn1crypto import cms as asn1
from cryptography.hazmat.primitives.asymmetric import ec

from signing.cades import signatures, stamping
from signing.cades.signatures import NotCmsError, Request
from signing.certificates import Certificate, WrongKeyError
from tests.support import signing_kit as kit
from tests.support import stamp_kit, xml_kit
from tests.support.xml_kit import Holder

PLAN = b"\x00\xff ban ve\r\n" * 200


@cache
def official() -> Holder:
    """The official."""
    return xml_kit.holder("canbo")


@cache
def seal() -> Holder:
    """The agency."""
    return xml_kit.holder("condau")


def attached(by: Holder, data: bytes = PLAN, **how: Any) -> bytes:
    """Return *data* inside a signature of *by*."""
    prepared = signatures.attach(data, Request(by.certificate, kit.AT, **how))
    return prepared.finish(by.sign(prepared.attributes))


def detached(by: Holder, data: bytes = PLAN) -> bytes:
    """Return the signature of *by* beside *data*, which is read as a stream."""
    digest = signatures.digest_of(BytesIO(data), by.certificate)
    prepared = signatures.detach(digest, Request(by.certificate, kit.AT, "image/vnd.dwg"))
    return prepared.finish(by.sign(prepared.attributes))


def joined(data: bytes, by: Holder, digest: bytes = b"") -> bytes:
    """Return the CMS *data* with one more signature."""
    request = Request(by.certificate, kit.AT, description="Số: 1284/GPXD")
    prepared = signatures.join(data, request, digest=digest)
    return prepared.finish(by.sign(prepared.attributes))


KEYS = {
    "rsa-2048": official,
    "pss": lambda: Holder(official().key, Certificate(official().certificate.der, pss=True)),
    "p-256": lambda: xml_kit.holder("ec256", ec.generate_private_key(ec.SECP256R1())),
    "p-384": lambda: xml_kit.holder("ec384", ec.generate_private_key(ec.SECP384R1())),
}


@pytest.mark.parametrize("key", KEYS)
def test_openssl_accepts_both_forms_with_every_key(key: str, tmp_path: Path) -> None:
    """
    The content comes out as it went in, or is taken from beside.
    """
    holder = KEYS[key]()

    assert PLAN == xml_kit.openssl(attached(holder), tmp_path)
    assert PLAN == xml_kit.openssl(detached(holder), tmp_path, beside=PLAN)
    assert None is xml_kit.openssl(detached(holder), tmp_path, beside=PLAN + b" ")


def test_official_and_seal_sign_one_content(tmp_path: Path) -> None:
    """
    The second signature joins the first, whose bytes stay; also with keys of two kinds.
    """
    curve = xml_kit.holder("ec384", ec.generate_private_key(ec.SECP384R1()))
    first = attached(official())
    both = joined(first, seal())
    three = joined(both, curve)

    assert PLAN == xml_kit.openssl(three, tmp_path)
    assert signatures.read(first).signers < signatures.read(three).signers
    assert 3 == len(signatures.read(three).signers)
    digest = signatures.digest_of(BytesIO(PLAN), seal().certificate)
    beside = joined(detached(official()), seal(), digest)
    assert PLAN == xml_kit.openssl(beside, tmp_path, beside=PLAN)


def test_nobody_signs_twice() -> None:
    """
    A second signature by the same certificate is a mistake; a detached one needs its file.
    """
    with pytest.raises(NotCmsError, match="already signed"):
        joined(attached(official()), official())
    with pytest.raises(NotCmsError, match="digest"):
        joined(detached(official()), seal())


def test_what_is_signed_beside_the_file() -> None:
    """
    Baseline B-B: kind, digest, time in UTC, certificate; and what kind of file, or its number.
    """

    def told(data: bytes) -> dict[str, Any]:
        content: Any = asn1.ContentInfo.load(data)["content"]
        (signer,) = content["signer_infos"]
        return {one["type"].native: one["values"] for one in signer["signed_attrs"]}

    plain, numbered = attached(official(), media_type="text/plain"), attached(official())
    found = told(plain)
    assert {"content_type", "message_digest", "signing_time"} < found.keys()
    assert "signing_certificate_v2" in found
    assert kit.AT == found["signing_time"].native[0]
    assert ["text/plain"] == found["mime_type"].native
    assert "mime_type" not in told(numbered)


def test_a_far_year_is_written_in_the_longer_form() -> None:
    """
    RFC 5652: from 2050 on, GeneralizedTime.
    """
    at = datetime(2051, 1, 1, tzinfo=UTC)
    prepared = signatures.attach(PLAN, Request(official().certificate, at))
    made = prepared.finish(official().sign(prepared.attributes))

    assert b"20510101000000Z" in made


def test_a_stamp_changes_only_its_signer(tmp_path: Path) -> None:
    """
    A real token goes beside the seal's signature; OpenSSL accepts file and token.
    """
    both = joined(attached(official()), seal())
    with (
        stamp_kit.ticking(tmp_path / "authority") as clock,
        httpx.Client(trust_env=False) as http,
    ):
        connector = stamp_kit.connector(clock.url, http)
        prepared = stamping.prepare(both, seal().certificate)
        once = prepared.finish(connector.stamp(prepared.imprint, 7))
        prepared = stamping.prepare(once, official().certificate)
        stamped = prepared.finish(connector.stamp(prepared.imprint, 8))

    assert PLAN == xml_kit.openssl(stamped, tmp_path)
    content: Any = asn1.ContentInfo.load(stamped, strict=True)["content"]
    kinds = [one["unsigned_attrs"][0]["type"].native for one in content["signer_infos"]]
    assert ["signature_time_stamp_token"] * 2 == kinds
    with pytest.raises(NotCmsError):
        stamping.prepare(attached(official()), seal().certificate)


def test_a_wrong_key_puts_nothing_in() -> None:
    """
    A signature by another key never reaches a file.
    """
    prepared = signatures.attach(PLAN, Request(official().certificate, kit.AT))

    with pytest.raises(WrongKeyError):
        prepared.finish(seal().sign(prepared.attributes))


def test_what_is_no_cms_of_ours_is_not_added_to() -> None:
    """
    Empty, PDF, cut, longer, in BER: NotCmsError, and no error of a library gets out.
    """
    good = attached(official())
    loose = b"\x30\x80" + good[4:] + b"\x00\x00"
    for bad in (b"", b"%PDF-1.7", good[:-1], good + b"\x00", loose, b"\x30\x00"):
        with pytest.raises(NotCmsError):
            signatures.read(bad)
    for place in range(0, len(good), 97):
        damaged = bytearray(good)
        damaged[place] ^= 0xFF
        try:
            signatures.read(bytes(damaged))
        except NotCmsError:
            continue


def test_a_large_file_is_read_in_pieces(tmp_path: Path) -> None:
    """
    50 MB beside a signature are never in memory at once.
    """

    class Pieces(BytesIO):
        """A file that tells how much was asked for."""

        largest = 0

        def read(self, size: int | None = -1, /) -> bytes:
            """Count, and read."""
            Pieces.largest = max(Pieces.largest, size or 0)
            return super().read(size)

    data = bytes(50 * 2**20)
    digest = signatures.digest_of(Pieces(data), official().certificate)

    assert 2**20 == Pieces.largest
    assert kit.SHA256.digest_size == len(digest)


def test_an_empty_file_can_be_signed(tmp_path: Path) -> None:
    """
    Nothing is content, too.
    """
    assert b"" == xml_kit.openssl(attached(official(), b""), tmp_path)
