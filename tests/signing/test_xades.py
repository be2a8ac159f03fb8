"""XAdES signatures: made here, judged by xmlsec1 and signxml, and what may not be signed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree
from signxml.exceptions import InvalidDigest, InvalidInput, InvalidSignature

from signing.certificates import WrongKeyError, load
from signing.xml import names, reading, stamping, xades
from signing.xml.reading import Unfit, UnfitError
from signing.xml.xades import Form, NothingToSignError, Request
from tests.support import signing_kit as kit
from tests.support import xml_kit
from tests.support.xml_kit import RESULT, Holder

INSIDE = f".//{{{names.XADES}}}CounterSignature/"


@cache
def official() -> Holder:
    """The official."""
    return xml_kit.holder("canbo")


@cache
def seal() -> Holder:
    """The agency."""
    return xml_kit.holder("condau")


def signed(data: bytes = RESULT, *, by: Holder | None = None, **how: object) -> bytes:
    """Return *data* with the signature ``CanBo``."""
    holder = by or official()
    request = Request("CanBo", holder.certificate, kit.AT, **how)  # type: ignore[arg-type]
    prepared = xades.prepare(data, request)
    return prepared.finish(holder.sign(prepared.attributes))


def sealed(data: bytes) -> bytes:
    """Return the signed *data* with the seal over the official's signature."""
    request = Request("ConDau", seal().certificate, kit.AT, Form.COUNTER, over="CanBo")
    prepared = xades.prepare(data, request)
    return prepared.finish(seal().sign(prepared.attributes))


KEYS = {
    "rsa-2048": official,
    "p-256": lambda: xml_kit.holder("ec256", ec.generate_private_key(ec.SECP256R1())),
    "p-384": lambda: xml_kit.holder("ec384", ec.generate_private_key(ec.SECP384R1())),
}


@pytest.mark.parametrize("key", KEYS)
def test_an_enveloped_signature_is_over_the_whole_file(key: str, tmp_path: Path) -> None:
    """
    xmlsec1 and signxml accept it, with every kind of key; what was signed is what came.
    """
    holder = KEYS[key]()
    made = signed(by=holder)

    result, properties = xml_kit.signxml(made, holder.certificate)
    assert xml_kit.xmlsec(made, tmp_path, "CanBo")
    assert result is not None
    assert properties is not None
    assert xades.canonical(reading.parse(RESULT)) == xades.canonical(result)
    assert f"{{{names.XADES}}}SignedProperties" == properties.tag


def test_a_key_for_pss_signs_by_pss() -> None:
    """
    The method that the certificate asks for is named, and used.
    """
    der = official().certificate.der
    salted = Holder(official().key, type(official().certificate)(der, pss=True))
    made = signed(by=salted)

    assert b"sha256-rsa-MGF1" in made
    assert 2 == len(xml_kit.signxml(made, salted.certificate))


def test_an_enveloping_signature_carries_xml_or_any_file(tmp_path: Path) -> None:
    """
    XML stands inside as XML, other files as base64, named by their kind.
    """
    xml = signed(form=Form.ENVELOPING)
    other = signed(b"\x00\xff plan", form=Form.ENVELOPING, media_type="image/vnd.dwg")

    for made in (xml, other):
        assert xml_kit.xmlsec(made, tmp_path, "CanBo")
    content = xml_kit.signxml(xml, official().certificate)[0]
    assert content is not None
    assert xades.canonical(reading.parse(RESULT)) == xades.canonical(content[0])
    assert "image/vnd.dwg" == etree.fromstring(other)[3].get("MimeType")


def test_a_detached_signature_is_over_the_bytes_beside_it(tmp_path: Path) -> None:
    """
    Any file, by its digest only; another file under its name is found out.
    """
    plan = b"\x00\x01 ban ve" * 1000
    made = signed(plan, form=Form.DETACHED, name="ban ve.dwg", media_type="image/vnd.dwg")

    assert {"ban%20ve.dwg"} == {
        uri for uri in etree.fromstring(made).xpath("//@URI") if uri and uri[0] != "#"
    }
    found = xml_kit.signxml(made, official().certificate, resolve=lambda _uri: plan)
    assert 2 == len(found)
    with pytest.raises(InvalidDigest):
        xml_kit.signxml(made, official().certificate, resolve=lambda _uri: plan + b" ")
    named = signed(plan, form=Form.DETACHED, name="plan.dwg")
    assert xml_kit.xmlsec(named, tmp_path, "CanBo", beside={"plan.dwg": plan})
    assert not xml_kit.xmlsec(named, tmp_path, "CanBo", beside={"plan.dwg": plan[1:]})


def test_a_seal_goes_over_the_signature_and_breaks_nothing(tmp_path: Path) -> None:
    """
    Official first, then the seal on the official's signature: both hold, in both programs.
    """
    made = sealed(signed())

    assert xml_kit.xmlsec(made, tmp_path, "CanBo")
    assert xml_kit.xmlsec(made, tmp_path, "ConDau")
    assert 2 == len(xml_kit.signxml(made, official().certificate))
    value, _ = xml_kit.signxml(made, seal().certificate, location=INSIDE)
    assert value is not None
    assert "CanBo-value" == value.get("Id")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b">1284<", b">1285<"),
        (b"<GiayPhep ", b"<GiayPhep them='1' "),
        (b"2026-11-23T09:15:42+07:00", b"2025-11-23T09:15:42+07:00"),
        (b"</GiayPhep>", b"<Them/></GiayPhep>"),
    ],
)
def test_a_changed_file_is_found_out(old: bytes, new: bytes, tmp_path: Path) -> None:
    """
    Content, attribute, claimed time, something added: each breaks the official's signature.
    """
    made = sealed(signed())
    changed = made.replace(old, new, 1)

    assert changed != made
    assert not xml_kit.xmlsec(changed, tmp_path, "CanBo")
    with pytest.raises((InvalidDigest, InvalidSignature)):
        xml_kit.signxml(changed, official().certificate)


def test_another_signature_value_breaks_the_seal(tmp_path: Path) -> None:
    """
    The seal is over this signature of this official and no other.
    """
    again = sealed(signed())
    value = etree.fromstring(signed(RESULT.replace(b"1284", b"1285"))).find(
        f".//{names.SIGNATURE_VALUE}"
    )
    root = etree.fromstring(again)
    found = root.find(f".//{names.SIGNATURE_VALUE}")
    assert found is not None
    assert value is not None
    found.text = value.text

    assert not xml_kit.xmlsec(etree.tostring(root), tmp_path, "ConDau")


def test_a_time_stamp_disturbs_no_signature(tmp_path: Path) -> None:
    """
    The stamp of the seal, and one of the official's signature, stand where nothing is signed.
    """
    made = sealed(signed())
    first = stamping.prepare(made, "ConDau")
    stamped = first.finish(b"token one")
    twice = stamping.prepare(stamped, "CanBo").finish(b"token two")

    assert xml_kit.xmlsec(twice, tmp_path, "CanBo")
    assert xml_kit.xmlsec(twice, tmp_path, "ConDau")
    holders = [one.iterancestors(names.SIGNATURE) for one in _stamps(twice)]
    assert ["ConDau", "CanBo"] == [next(one).get("Id") for one in holders]
    assert first.imprint == stamping.prepare(twice, "ConDau").imprint


def _stamps(data: bytes) -> list[etree._Element]:
    return list(etree.fromstring(data).iter(names.SIGNATURE_TIME_STAMP))


def test_a_wrong_key_puts_nothing_in() -> None:
    """
    A signature by another key than the certificate's never reaches a file.
    """
    prepared = xades.prepare(RESULT, Request("CanBo", official().certificate, kit.AT))

    with pytest.raises(WrongKeyError):
        prepared.finish(seal().sign(prepared.attributes))


def test_a_second_signature_beside_the_first_is_refused() -> None:
    """
    Two enveloped signatures of one file would break each other: the file is signed already.
    """
    with pytest.raises(UnfitError) as caught:
        signed(signed())

    assert Unfit.ALREADY_SIGNED is caught.value.reason
    with pytest.raises(NothingToSignError):
        sealed(RESULT)


def test_what_is_signed_beside_the_file_is_told() -> None:
    """
    Time with Vietnam's offset, the certificate by digest and issuer, number, kind of file.
    """
    made = etree.fromstring(signed(description="Số: 1284/GPXD"))

    def told(name: str) -> list[str | None]:
        return [one.text for one in made.iter(f"{{{names.XADES}}}{name}")]

    local = kit.AT.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).isoformat()
    assert [local] == told("SigningTime")
    assert ["Số: 1284/GPXD"] == told("Description")
    assert ["application/xml"] == told("MimeType")
    assert 1 == len(told("IssuerSerialV2"))


def test_the_same_request_gives_the_same_text() -> None:
    """
    Ids and time are given, not invented: after a crash the same text is signed.
    """
    request = Request("CanBo", official().certificate, kit.AT)

    assert xades.prepare(RESULT, request).attributes == xades.prepare(RESULT, request).attributes


BAD = {
    "empty": (b" \n", Unfit.EMPTY),
    "broken": (b"<a><b></a>", Unfit.NOT_XML),
    "no xml": (b"%PDF-1.7", Unfit.NOT_XML),
    "a page": (b"<HTML><body/></HTML>", Unfit.NOT_XML),
    "dtd": (b"<!DOCTYPE a><a/>", Unfit.DTD),
    "entities": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Unfit.DTD),
    "hidden dtd": ("<!DOCTYPE a><a/>".encode("utf-16"), Unfit.DTD),
    "stranger entity": (b"<a>&b;</a>", Unfit.NOT_XML),
    "xinclude": (
        b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/passwd"/></a>',
        Unfit.XINCLUDE,
    ),
    "style sheet": (b'<?xml-stylesheet href="x.xsl"?><a/>', Unfit.INSTRUCTION),
    "after": (b"<a/><?php x ?>", Unfit.INSTRUCTION),
    "deep": (b"<a>" * 300 + b"</a>" * 300, Unfit.TOO_DEEP),
    "very deep": (b"<a>" * 5000 + b"</a>" * 5000, Unfit.TOO_DEEP),
    "latin": (
        "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode("latin-1"),
        Unfit.ENCODING,
    ),
    "said utf-8": (
        "<?xml version='1.0' encoding='UTF-8'?><a>é</a>".encode("latin-1"),
        Unfit.ENCODING,
    ),
    "utf-16": ("<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16"), Unfit.ENCODING),
    "unknown encoding": (b"<?xml version='1.0' encoding='TCVN3'?><a/>", Unfit.ENCODING),
    "two ids": (b"<a><b Id='x'/><c ID='x'/></a>", Unfit.DUPLICATE_ID),
    "our id": (b"<a><b Id='CanBo-value'/></a>", Unfit.DUPLICATE_ID),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_may_not_be_signed_has_its_reason(kind: str) -> None:
    """
    Each door of XML is closed by name, and no error of a library gets out.
    """
    data, reason = BAD[kind]

    with pytest.raises(UnfitError) as caught:
        signed(data)

    assert reason is caught.value.reason
    assert caught.value.vi
    assert caught.value.en


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """
    Many Windows programs write one before UTF-8.
    """
    made = signed(b"\xef\xbb\xbf" + RESULT)

    assert xml_kit.xmlsec(made, tmp_path, "CanBo")


def test_a_large_file_is_signed_and_a_larger_one_refused() -> None:
    """
    A scan of 20 MB in one text is signed; the limit is on the bytes.
    """
    large = b"<a>" + b"QUJD" * (5 * 2**20) + b"</a>"

    assert signed(large).startswith(b"<?xml")
    with pytest.raises(UnfitError) as caught:
        reading.parse(large, limit=2**20)
    assert Unfit.TOO_LARGE is caught.value.reason


def test_an_element_in_the_place_of_the_signed_one_is_not_read() -> None:
    """
    Wrapped elsewhere, the signed properties are found twice or not at all, and signxml says no.
    """
    root = etree.fromstring(signed())
    properties = root.find(f".//{{{names.XADES}}}SignedProperties")
    assert properties is not None
    forged = etree.fromstring(etree.tostring(properties))
    root.insert(0, forged)

    with pytest.raises((InvalidInput, InvalidDigest)):
        xml_kit.signxml(etree.tostring(root), official().certificate)
    with pytest.raises(UnfitError):
        reading.parse(etree.tostring(root))


def test_the_chain_is_written_once() -> None:
    """
    The signer's certificate first, then those above it, none twice.
    """
    other = seal().certificate.der
    certificate = load(official().certificate.der, (other, official().certificate.der))
    made = signed(by=Holder(official().key, certificate))

    assert 2 == made.count(b"<ds:X509Certificate>")
