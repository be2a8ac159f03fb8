"""Verdicts on XML signatures, and the attacks on their readers."""

from __future__ import annotations

import copy
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import pytest
from lxml import etree

from dossiers.signing_status import VerdictWord
from signing.verification.verify import Trust, verify
from signing.xml import xades
from signing.xml.xades import Form, Request
from tests.support import trust_kit
from tests.support.trust_kit import AT, World

PERSON, VALID, NOT_VALID = (
    VerdictWord.NEEDS_A_PERSON,
    VerdictWord.VALID,
    VerdictWord.NOT_VALID,
)
DS = "{http://www.w3.org/2000/09/xmldsig#}"
XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
RESULT = b"<KetQua><So>1284/GPXD</So><Phi>75000</Phi></KetQua>"


@dataclass(frozen=True)
class Case:
    """The parties, and whom we trust."""

    told: World
    trust: Trust

    def sign(self, data: bytes = RESULT, **how: object) -> bytes:
        """Sign *data* as the official."""
        prepared = xades.prepare(data, Request("CanBo", self.told.official.ours, AT, **how))  # type: ignore[arg-type]
        return prepared.finish(self.told.official.raw(prepared.attributes))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A trust folder with lists in date."""
    told = trust_kit.world()
    return Case(told, Trust(told.folder(tmp_path_factory.mktemp("trust"), *told.lists())))


def said(
    data: bytes, trust: Trust, beside: bytes | None = None
) -> tuple[VerdictWord, tuple[str, ...]]:
    """Judge and return word and reasons."""
    verdict = verify(data, trust, at=AT, beside=beside)
    return verdict.word, verdict.reasons


def test_an_enveloped_signature(case: Case) -> None:
    """
    Valid, with the claimed time and the certificate that its signed properties name.
    """
    verdict = verify(case.sign(), case.trust, at=AT)

    assert (VALID, ()) == (verdict.word, verdict.reasons)
    assert ("CanBo", AT) == (
        verdict.signatures[0].field,
        datetime.fromisoformat(verdict.signatures[0].claimed_at),
    )


def test_an_enveloping_signature(case: Case) -> None:
    """
    The file lies inside the signature.
    """
    assert (VALID, ()) == said(case.sign(form=Form.ENVELOPING), case.trust)


def test_a_detached_signature(case: Case) -> None:
    """
    Over the file beside it, whatever it is; nothing is ever fetched by its name.
    """
    made = case.sign(b"\x00 a drawing", form=Form.DETACHED, name="ban-ve.dwg")

    assert (VALID, ()) == said(made, case.trust, b"\x00 a drawing")
    assert (NOT_VALID, ("signature_broken",)) == said(made, case.trust, b"another")
    assert (PERSON, ("content_missing",)) == said(made, case.trust)


def test_a_countersignature(case: Case) -> None:
    """
    The seal over the official's signature: both valid; another seal's reference is wrapping.
    """
    seal = case.told.short
    request = Request("ConDau", seal.ours, AT, form=Form.COUNTER, over="CanBo")
    prepared = xades.prepare(case.sign(), request)
    verdict = verify(prepared.finish(seal.raw(prepared.attributes)), case.trust, at=AT)

    assert (VALID, ()) == (verdict.word, verdict.reasons)
    assert ["CanBo", "ConDau"] == [seen.field for seen in verdict.signatures]


# The attacks: each takes a validly signed document and lies with it


def changed(root: etree._Element) -> etree._Element:
    """The fee is another."""
    root[1].text = "7500"
    return root


def unsigned(root: etree._Element) -> etree._Element:
    """The signature is taken out."""
    root.remove(root.find(f"{DS}Signature"))
    return root


def wrapped_in_an_object(root: etree._Element) -> etree._Element:
    """The signed document hides in the signature; a forged one stands around it."""
    signature = root.find(f"{DS}Signature")
    hidden = copy.deepcopy(root)
    hidden.remove(hidden.find(f"{DS}Signature"))
    etree.SubElement(signature, f"{DS}Object").append(hidden)
    root[1].text = "7500"
    return root


def an_object_more(root: etree._Element) -> etree._Element:
    """An object that nobody signed stands beside the signed parts."""
    fake = etree.SubElement(root.find(f"{DS}Signature"), f"{DS}Object", Id="gia")
    fake.text = "7500"
    return root


def a_manifest(root: etree._Element) -> etree._Element:
    """A list of further references, which a verifier need not follow."""
    holder = etree.SubElement(root.find(f"{DS}Signature"), f"{DS}Object")
    etree.SubElement(holder, f"{DS}Manifest")
    return root


def wrapped_around(root: etree._Element) -> etree._Element:
    """A forged root with the signed one as a child."""
    forged = etree.fromstring(RESULT.replace(b"75000", b"1"))
    forged.append(root)
    return forged


def reference_moved(root: etree._Element) -> etree._Element:
    """The reference to the whole document is turned to a small part of it."""
    root[0].set("Id", "phan")
    root.find(f".//{DS}Reference").set("URI", "#phan")
    return root


def reference_outside(root: etree._Element) -> etree._Element:
    """The reference leads to the network."""
    root.find(f".//{DS}Reference").set("URI", "http://evil.invalid/x.xml")
    return root


def a_transform_more(root: etree._Element) -> etree._Element:
    """An XPath transform could cut out what it likes."""
    place = root.find(f".//{DS}Transforms")
    etree.SubElement(
        place, f"{DS}Transform", Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"
    )
    return root


def properties_doubled(root: etree._Element) -> etree._Element:
    """Two signed properties of one Id: one is checked, the other read."""
    signature = root.find(f"{DS}Signature")
    properties = root.find(f".//{XADES}SignedProperties")
    etree.SubElement(signature, f"{DS}Object").append(copy.deepcopy(properties))
    return root


def properties_moved(root: etree._Element) -> etree._Element:
    """The signed properties stand outside of their signature; forged ones inside."""
    properties = root.find(f".//{XADES}SignedProperties")
    forged = copy.deepcopy(properties)
    forged.set("Id", "khac")
    properties.getparent().replace(properties, forged)
    root.append(properties)
    return root


def another_certificate(root: etree._Element) -> etree._Element:
    """KeyInfo names a certificate of another key."""
    other = trust_kit.world("Another Root").official
    root.find(f".//{DS}X509Certificate").text = b64encode(other.der)
    return root


def hmac(root: etree._Element) -> etree._Element:
    """The "signature" is a HMAC, whose key would be public."""
    method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
    root.find(f".//{DS}SignatureMethod").set("Algorithm", method)
    return root


def no_references(root: etree._Element) -> etree._Element:
    """Nothing is signed at all."""
    info = root.find(f".//{DS}SignedInfo")
    for reference in info.findall(f"{DS}Reference"):
        info.remove(reference)
    return root


def two_signed_infos(root: etree._Element) -> etree._Element:
    """One is checked, the other tells what is covered."""
    info = root.find(f".//{DS}SignedInfo")
    info.addnext(copy.deepcopy(info))
    return root


ATTACKS = [
    (changed, "signature_broken"),
    (unsigned, "unsigned"),
    (wrapped_in_an_object, "irregular_structure"),
    (an_object_more, "irregular_structure"),
    (a_manifest, "irregular_structure"),
    (wrapped_around, "signature_broken"),
    (reference_moved, "signature_broken"),
    (reference_outside, "content_missing"),
    (a_transform_more, "xml_transform"),
    (properties_doubled, "signature_wrapped"),
    (properties_moved, "signature_wrapped"),
    (another_certificate, "signature_broken"),
    (hmac, "signature_broken"),
    (no_references, "irregular_structure"),
    (two_signed_infos, "irregular_structure"),
]


@pytest.mark.parametrize(
    ("attack", "reason"), ATTACKS, ids=lambda one: getattr(one, "__name__", "")
)
def test_attacks_on_xml(
    attack: Callable[[etree._Element], etree._Element], reason: str, case: Case
) -> None:
    """
    No lie is valid, and each has its reason.
    """
    lie = etree.tostring(attack(etree.fromstring(case.sign())))
    word, reasons = said(lie, case.trust)

    assert word is not VALID
    assert reason in reasons


def test_a_document_type_is_refused(case: Case) -> None:
    """
    No DTD, no entity: neither a bomb nor a file of this machine gets in.
    """
    bomb = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + case.sign().split(b"?>")[-1]

    assert (NOT_VALID, ("xml_dtd",)) == said(bomb, case.trust)


def test_a_part_signed_is_not_the_whole(case: Case) -> None:
    """
    Where only one element is signed, what stands beside it is nobody's: a person looks.

    A second element of the same name is wrapping.
    """
    part = b'<Bo><A Id="a">1</A><B>2</B></Bo>'
    assert (PERSON, ("only_a_part_signed",)) == said(_by_part(part, case), case.trust)
    wrapped = _by_part(part, case).replace(b"<B>2</B>", b"<A>9</A>")
    assert (NOT_VALID, ("signature_wrapped",)) == said(wrapped, case.trust)
    for more in (b'<Bo so="9"><A Id="a">1</A></Bo>', b'<Bo><A Id="a">1</A><Huy/></Bo>'):
        assert (PERSON, ("only_a_part_signed",)) == said(_by_part(more, case), case.trust)
    alone = _by_part(b'<Bo><A Id="a">1</A></Bo>', case)
    assert (VALID, ()) == said(alone, case.trust)


def _by_part(data: bytes, case: Case) -> bytes:
    """Sign only the element ``a`` of *data*, as invoices are signed."""
    root = etree.fromstring(data)
    official, part = case.told.official, root[0]
    signature = etree.fromstring(case.sign())[-1]
    info = signature[0]
    for reference in info.findall(f"{DS}Reference")[1:]:
        info.remove(reference)
    signature.remove(signature.find(f"{DS}Object"))
    reference = info.find(f"{DS}Reference")
    reference.set("URI", "#a")
    transforms = reference[0]
    transforms.remove(transforms[0])
    root.append(signature)
    digest = sha256(xades.canonical(part)).digest()

    reference.find(f"{DS}DigestValue").text = b64encode(digest)
    signature[1].text = b64encode(official.raw(xades.canonical(info)))
    return etree.tostring(root)
