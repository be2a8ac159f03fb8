"""
WS-Security: what is believed and what is not, with ``signxml`` as the independent oracle.
"""

from __future__ import annotations

import base64
import copy
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
from connectors.wsse import BODY, DS, ENVELOPE, HEADER, SOAP, WSSE, WSU, verify
from sandbox.parties import wsse as oracle
from tests.support.certificates import identity, pem

NOW = datetime(2026, 11, 23, 2, 15, 42, 123456, tzinfo=UTC)
KEY, CERTIFICATE = identity("bank")
_, STRANGER = identity("stranger")
ID = f"{{{WSU}}}Id"
PAID = "{urn:x}Amount"


def envelope() -> etree._Element:
    """Return an unsigned message that says 50000."""
    return etree.fromstring(
        f'<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body><Paid xmlns="urn:x">'
        "<Amount>50000</Amount></Paid></s:Body></s:Envelope>"
    )


def signed(at: datetime = NOW) -> etree._Element:
    """Return the message as our own code signs it."""
    message = envelope()
    wsse.sign(message, PemKey(pem(KEY), pem(CERTIFICATE)), now=at)
    return message


def believed(message: etree._Element, at: datetime = NOW) -> str:
    """Return the amount that is believed."""
    verified = verify(etree.tostring(message), [CERTIFICATE], now=at)
    return verified.body.findtext(f".//{PAID}") or ""


def find(message: etree._Element, tag: str) -> etree._Element:
    """Return the first *tag* (``ds:Signature``) of *message*."""
    found = message.find(f".//{tag}", {"ds": DS, "wsse": WSSE, "wsu": WSU, "s": SOAP})
    assert found is not None
    return found


def forged_body(amount: str = "777") -> etree._Element:
    """Return a Body that nobody signed."""
    body = etree.Element(BODY)
    etree.SubElement(etree.SubElement(body, "{urn:x}Paid"), PAID).text = amount
    return body


def seal_again(message: etree._Element, algorithm: hashes.HashAlgorithm) -> None:
    """Sign SignedInfo anew with the bank's key, as the bank itself could."""
    data = wsse.canonical(find(message, "ds:SignedInfo"))
    value = base64.b64encode(KEY.sign(data, padding.PKCS1v15(), algorithm)).decode()
    find(message, "ds:SignatureValue").text = value


def digest_again(message: etree._Element, part: str, index: int) -> None:
    """Write the digest of *part* as it now is into reference *index*."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(wsse.canonical(find(message, part)))
    values = message.findall(f".//{{{DS}}}DigestValue")
    values[index].text = base64.b64encode(digest.finalize()).decode()


# The attacks


def changed_amount(message: etree._Element) -> None:
    """The amount is another."""
    find(message, f"{PAID}").text = "5000000"


def unsigned(message: etree._Element) -> None:
    """There is no security at all."""
    header = message.find(HEADER)
    assert header is not None
    header.clear()


def no_signature(message: etree._Element) -> None:
    """There is a Security header, but nothing is signed."""
    find(message, "wsse:Security").remove(find(message, "ds:Signature"))


def only_the_time_is_signed(message: etree._Element) -> None:
    """The bank signed the Timestamp, and somebody wrote the Body."""
    info = find(message, "ds:SignedInfo")
    info.remove(info.findall(f"{{{DS}}}Reference")[0])
    seal_again(message, hashes.SHA256())
    find(message, f"{PAID}").text = "999999999"


def only_the_body_is_signed(message: etree._Element) -> None:
    """The Timestamp could be from any day."""
    info = find(message, "ds:SignedInfo")
    info.remove(info.findall(f"{{{DS}}}Reference")[1])
    seal_again(message, hashes.SHA256())


def wrapped_in_the_header(message: etree._Element) -> None:
    """The signed Body hides in the Header; a forged one stands in its place."""
    body = find(message, "s:Body")
    message.replace(body, forged_body())
    header = message.find(HEADER)
    assert header is not None
    etree.SubElement(header, "{urn:x}Attic").append(body)


def wrapped_with_the_same_id(message: etree._Element) -> None:
    """As before, and the forged Body bears the same id."""
    name = find(message, "s:Body").get(ID, "")
    wrapped_in_the_header(message)
    message[-1].set(ID, name)


def wrapped_under_another_name(message: etree._Element) -> None:
    """The signed Body is no longer called Body; only its id leads to it."""
    body = find(message, "s:Body")
    message.replace(body, forged_body())
    body.tag = "{urn:x}Body"
    find(message, "wsse:Security").append(body)


def two_bodies(message: etree._Element) -> None:
    """A second Body follows the signed one."""
    message.append(forged_body())


def two_security_headers(message: etree._Element) -> None:
    """Which one would be checked, which one read?"""
    security = find(message, "wsse:Security")
    parent = security.getparent()
    assert parent is not None
    parent.append(copy.deepcopy(security))


def security_elsewhere(message: etree._Element) -> None:
    """The Security header stands in the Body of something else."""
    header = message.find(HEADER)
    assert header is not None
    etree.SubElement(header, "{urn:x}Attic").append(find(message, "wsse:Security"))


def same_id_twice(message: etree._Element) -> None:
    """Two elements bear one id, in two spellings of the attribute."""
    find(message, "wsse:BinarySecurityToken").set("Id", find(message, "s:Body").get(ID, ""))


def sha1_digest(message: etree._Element) -> None:
    """The bank itself still uses SHA-1 digests."""
    find(message, "ds:DigestMethod").set("Algorithm", f"{DS}sha1")
    seal_again(message, hashes.SHA256())


def sha1_signature(message: etree._Element) -> None:
    """The bank itself still signs with SHA-1."""
    find(message, "ds:SignatureMethod").set("Algorithm", f"{DS}rsa-sha1")
    seal_again(message, hashes.SHA1())  # noqa: S303


def hmac_signature(message: etree._Element) -> None:
    """The "signature" is a HMAC, whose key would be the public certificate."""
    method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
    find(message, "ds:SignatureMethod").set("Algorithm", method)


def another_reference(message: etree._Element) -> None:
    """A third thing is signed as well."""
    info = find(message, "ds:SignedInfo")
    extra = copy.deepcopy(info[-1])
    extra.set("URI", "#Token")
    info.append(extra)
    seal_again(message, hashes.SHA256())


def the_same_reference_twice(message: etree._Element) -> None:
    """Two references to the Body, none to the Timestamp."""
    info = find(message, "ds:SignedInfo")
    info.remove(info[-1])
    info.append(copy.deepcopy(info[-1]))
    seal_again(message, hashes.SHA256())


def another_transform(message: etree._Element) -> None:
    """A transform could cut out what it likes; none but the canonical form is taken."""
    transforms = find(message, "ds:Transforms")
    method = "http://www.w3.org/TR/1999/REC-xpath-19991116"
    etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=method)
    seal_again(message, hashes.SHA256())


def inclusive_form(message: etree._Element) -> None:
    """Another canonical form."""
    method = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    find(message, "ds:CanonicalizationMethod").set("Algorithm", method)
    seal_again(message, hashes.SHA256())


def no_zone(message: etree._Element) -> None:
    """An instant without a zone means nothing."""
    find(message, "wsu:Created").text = "2026-11-23T02:15:42"
    digest_again(message, "wsu:Timestamp", 1)
    seal_again(message, hashes.SHA256())


def no_end(message: etree._Element) -> None:
    """A Timestamp without Expires."""
    find(message, "wsu:Timestamp").remove(find(message, "wsu:Expires"))
    digest_again(message, "wsu:Timestamp", 1)
    seal_again(message, hashes.SHA256())


def strangers_certificate(message: etree._Element) -> None:
    """The message brings a certificate of its own."""
    der = STRANGER.public_bytes(encoding=wsse.serialization.Encoding.DER)
    find(message, "wsse:BinarySecurityToken").text = base64.b64encode(der).decode()


def nobodys_certificate(message: etree._Element) -> None:
    """The token is no base64."""
    find(message, "wsse:BinarySecurityToken").text = "&&&"


ATTACKS = [
    changed_amount,
    unsigned,
    no_signature,
    only_the_time_is_signed,
    only_the_body_is_signed,
    wrapped_in_the_header,
    wrapped_with_the_same_id,
    wrapped_under_another_name,
    two_bodies,
    two_security_headers,
    security_elsewhere,
    same_id_twice,
    sha1_digest,
    sha1_signature,
    hmac_signature,
    another_reference,
    the_same_reference_twice,
    another_transform,
    inclusive_form,
    no_zone,
    no_end,
    strangers_certificate,
    nobodys_certificate,
]


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
    zeep makes envelopes without a Header.
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

    assert verify(data, [STRANGER, CERTIFICATE], now=NOW)
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
