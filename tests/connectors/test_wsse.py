"""
WS-Security: what is believed and what is not, with ``signxml`` as the independent oracle.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from connectors import wsse
from connectors.keys import PemKey
from connectors.strictxml import BadMessage
from connectors.wsse import BODY, ENVELOPE, HEADER, SOAP, verify
from sandbox.parties import wsse as oracle
from tests.support.certificates import identity, pem
from tests.support.forgeries import (
    ATTACKS,
    CERTIFICATE,
    KEY,
    NOW,
    PAID,
    STRANGER,
    digest_again,
    envelope,
    find,
    seal_again,
    signed,
)


def believed(message: etree._Element, at: datetime = NOW) -> str:
    """Return the amount that is believed."""
    verified = verify(etree.tostring(message), [CERTIFICATE], now=at)
    return verified.body.findtext(f".//{PAID}") or ""


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_no_attack_is_believed(attack: Callable[[etree._Element], None]) -> None:
    """
    A message that breaks one rule says nothing at all.
    """
    message = signed()
    attack(message)
    with pytest.raises(BadMessage) as caught:
        believed(message)

    assert "777" not in str(caught.value)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_no_attack_on_the_oracles_message_is_believed(
    attack: Callable[[etree._Element], None],
) -> None:
    """
    The same attacks on a message that other code signed.
    """
    message = envelope()
    oracle.sign(message, KEY, CERTIFICATE, at=NOW)
    attack(message)
    with pytest.raises(BadMessage):
        believed(message)


def test_what_the_oracle_signs_is_believed() -> None:
    """
    ``signxml`` signs, our code believes.
    """
    message = envelope()
    oracle.sign(message, KEY, CERTIFICATE, at=NOW)

    assert "50000" == believed(message)


def test_the_oracle_believes_what_we_sign() -> None:
    """
    Our code signs, ``signxml`` believes, and hands back the Body that we meant.
    """
    body, _ = oracle.verify(etree.fromstring(etree.tostring(signed())), CERTIFICATE, at=NOW)

    assert (BODY, "50000") == (body.tag, body.findtext(f".//{PAID}"))


def test_we_believe_what_we_sign() -> None:
    """
    Our own message, with the instant to the microsecond and its signature.
    """
    message = signed()
    verified = verify(etree.tostring(message), [CERTIFICATE], now=NOW)
    value = base64.b64decode(find(message, "ds:SignatureValue").text or "")

    assert (NOW, value) == (verified.created, verified.signature)


def test_a_message_without_header_gets_one() -> None:
    """
    Envelopes come from zeep without a Header.
    """
    message = envelope()
    message.remove(message[0])
    wsse.sign(message, PemKey(pem(KEY), pem(CERTIFICATE)), now=NOW)

    assert [HEADER, BODY] == [child.tag for child in message]
    assert "50000" == believed(message)


@pytest.mark.parametrize(
    ("minutes", "fresh"), [(-5.1, False), (-4.9, True), (0, True), (4.9, True), (5.1, False)]
)
def test_only_fresh_messages_are_believed(minutes: float, fresh: bool) -> None:
    """
    Five minutes either way; older ones, and ones from the future, are not believed.
    """
    message = signed(NOW - timedelta(minutes=minutes))
    if fresh:
        assert "50000" == believed(message)
        return
    with pytest.raises(BadMessage, match="not fresh"):
        believed(message)


def test_a_message_that_says_it_has_expired_is_not_believed() -> None:
    """
    Expires may be earlier than five minutes after Created.
    """
    message = signed()
    find(message, "wsu:Expires").text = (NOW + timedelta(seconds=30)).isoformat()
    digest_again(message, "wsu:Timestamp", 1)
    seal_again(message, hashes.SHA256())

    assert "50000" == believed(message, NOW + timedelta(seconds=29))
    with pytest.raises(BadMessage, match="not fresh"):
        believed(message, NOW + timedelta(seconds=31))


def test_a_comment_does_not_cut_a_number() -> None:
    """
    A comment stands outside the signature: ``5<!-- -->0000`` must not be read as 5.
    """
    message = signed()
    amount = find(message, PAID)
    amount.text = "5"
    comment = etree.Comment(" ")
    comment.tail = "0000"
    amount.append(comment)

    assert "50000" == believed(message)


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE x>",
        '<!DOCTYPE x [<!ENTITY e "50000">]>',
        '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_no_dtd(doctype: str) -> None:
    """
    A document type is refused before the parser sees it.
    """
    with pytest.raises(BadMessage, match="DTD"):
        verify(doctype.encode() + etree.tostring(signed()), [CERTIFICATE], now=NOW)


def test_no_dtd_in_another_encoding() -> None:
    """
    UTF-16 would hide the word from a search for bytes; only UTF-8 is read.
    """
    text = "<!DOCTYPE x>" + etree.tostring(signed()).decode()
    with pytest.raises(BadMessage):
        verify(text.encode("utf-16"), [CERTIFICATE], now=NOW)


def test_a_deep_message_is_dropped() -> None:
    """
    A million elements in each other would break the stack of what comes after.
    """
    bomb = b"<a>" * 1_000_000 + b"</a>" * 1_000_000
    with pytest.raises(BadMessage, match="not well-formed"):
        verify(bomb, [CERTIFICATE], now=NOW)


def test_a_large_statement_is_read() -> None:
    """
    A statement of 12 MB in one element passes, as a province's peak day needs.
    """
    message = envelope()
    find(message, PAID).text = "A" * 12_000_000
    wsse.sign(message, PemKey(pem(KEY), pem(CERTIFICATE)), now=NOW)

    assert 12_000_000 == len(believed(message))


def test_two_certificates_while_one_is_renewed() -> None:
    """
    The old and the new certificate are both believed for a while.
    """
    data = etree.tostring(signed())

    assert NOW == verify(data, [STRANGER, CERTIFICATE], now=NOW).created
    with pytest.raises(BadMessage, match="another certificate"):
        verify(data, [STRANGER], now=NOW)


@pytest.mark.parametrize(
    ("until", "bits", "rule"),
    [(datetime(2025, 1, 1, tzinfo=UTC), 2048, "expired"), (None, 1024, "2048")],
)
def test_a_certificate_must_be_good_today(until: datetime | None, bits: int, rule: str) -> None:
    """
    An expired certificate and a small key are not believed, pinned or not.
    """
    key, certificate = identity("weak", until, bits) if until else identity("small", bits=bits)
    message = envelope()
    wsse.sign(message, PemKey(pem(key), pem(certificate)), now=NOW)
    with pytest.raises(BadMessage, match=rule):
        verify(etree.tostring(message), [certificate], now=NOW)


class Token:
    """A key that lies elsewhere: only its signatures come out."""

    def __init__(self) -> None:
        self.certificate: x509.Certificate = CERTIFICATE

    def sign(self, data: bytes) -> bytes:
        return KEY.sign(data, padding.PKCS1v15(), hashes.SHA256())


def test_a_key_may_lie_in_a_token() -> None:
    """
    Anything with ``sign`` and ``certificate`` signs: a PKCS#11 session fits.
    """
    message = envelope()
    wsse.sign(message, Token(), now=NOW)

    assert "50000" == believed(message)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0), value=st.integers(0, 255))
def test_any_changed_byte_tells_nothing_else(place: int, value: int) -> None:
    """
    Whatever byte is changed: the amount is the signed one, or nothing is believed.
    """
    data = bytearray(SIGNED)
    data[place % len(data)] = value
    try:
        verified = verify(bytes(data), [CERTIFICATE], now=NOW)
    except BadMessage:
        return

    assert "50000" == verified.body.findtext(f".//{PAID}")


SIGNED = etree.tostring(signed())


def test_an_envelope_is_an_envelope() -> None:
    """
    SOAP 1.1 and nothing else.
    """
    other = etree.tostring(signed()).replace(SOAP.encode(), b"http://www.w3.org/2003/05/soap")
    with pytest.raises(BadMessage, match=r"SOAP 1\.1"):
        verify(other, [CERTIFICATE], now=NOW)

    assert ENVELOPE == signed().tag
