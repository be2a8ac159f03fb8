"""
The rules by which a signed PDF is valid, needs a person, or is not valid.

pyHanko tells what is there; what follows from it is decided here. Its own verdict is not
enough: over 624 odd files its default accepted four that were tampered with. So, besides sound
cryptography and a path to a trusted root:

- what was changed after a signature may only be a further signature, in the fields of the
  signatures that follow, or long-term data;
- the last signature covers the whole file, or only long-term data follows it;
- a file that holds ``/ByteRange`` but no reachable signature hides one: it is never "unsigned".

Signatures are judged from the last to the first: a trusted time stamp proves all that it covers.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    ModificationLevel,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel

from signing.verification import quickhex
from signing.verification.asked import Asked, Evidence
from signing.verification.findings import Findings, Seen
from signing.verification.signers import Place, judge_signer, kept, signers, stamped

quickhex.install()

#: pyHanko's own, without changes inside of an appearance: with them it says of every filled field
#: that it *may* have changed, and of a locked one (the seal locks all) that it must not.
_POLICY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]
            SigFieldModificationRule(),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ]
    ),
)


def judge(data: bytes, asked: Asked) -> Findings:
    """
    Return what is to be said of the PDF *data*.

    pyHanko's exceptions for odd files pass through: the caller turns them into NOT_VALID.
    """
    findings = Findings()
    if b"%PDF-" not in data[:1024]:
        findings.reasons.append("not_a_pdf")
        return findings
    reader = _reader(data, findings)
    if reader.encrypted:
        findings.reasons.append("encrypted")
        return findings
    embedded = reader.embedded_signatures
    ranges = data.count(b"/ByteRange")
    if not embedded:
        findings.reasons.append("signature_hidden" if ranges else "unsigned")
    elif ranges > len(embedded):
        findings.reasons.append("signature_unreachable")
    _judge_all(embedded, _security_store(reader), asked, findings)
    return findings


def _reader(data: bytes, findings: Findings) -> PdfFileReader:
    try:
        return PdfFileReader(BytesIO(data), strict=True)
    except PdfError:
        findings.reasons.append("irregular_structure")
        return PdfFileReader(BytesIO(data), strict=False)


def _judge_all(embedded: list[Any], store: Evidence, asked: Asked, findings: Findings) -> None:
    """Judge every signature, the last first, and leave what was found in the file's order."""
    proven, later = asked.at, set[str]()
    for signature in reversed(embedded):
        evidence = store | kept(signature.signed_data)
        signature.compute_integrity_info(diff_policy=_POLICY)
        if _is_stamp(signature):
            proven = _judge_stamp(
                signature, evidence, asked, Place(_name(signature), findings, proven)
            )
        else:
            _judge_signature(signature, evidence, asked, Place(_name(signature), findings, proven))
        findings.reasons += _changes(signature, later)
        later.add(signature.field_name)
    findings.signatures.reverse()


def _is_stamp(signature: Any) -> bool:
    return bool(signature.sig_object_type == "/DocTimeStamp")


def _name(signature: Any) -> str:
    # A plain str: pyHanko's own drags the whole document along when it is copied.
    return str(signature.field_name)


def _judge_stamp(signature: Any, evidence: Evidence, asked: Asked, place: Place) -> datetime:
    """Judge a document time stamp; return when all that it covers was surely there."""
    stamp = stamped(signature.signed_data, signature.compute_digest, evidence, asked, at=place.at)
    if stamp is None:
        place.findings.reasons.append("signature_broken")
        return place.at
    place.findings.reasons += [stamp.broken] if stamp.broken else []
    if not stamp.broken and stamp.way.reason:
        place.findings.reasons.append(stamp.way.reason)
    sure = stamp.trusted and signature.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    place.findings.signatures.append(
        Seen(
            place.name,
            stamp.certificate.sha256.hex(),
            claimed_at="",
            trusted=stamp.trusted,
            stamp=True,
            tree=stamp.way.tree,
            proven_at=stamp.at.isoformat() if sure else "",
        )
    )
    return min(place.at, stamp.at) if sure else place.at


def _judge_signature(signature: Any, evidence: Evidence, asked: Asked, place: Place) -> None:
    (signer,) = signers(signature.signed_data, asked)
    if signer is None:
        place.findings.reasons.append("signer_missing")
        return
    claimed = signature.self_reported_timestamp
    place = Place(place.name, place.findings, place.at, claimed)
    used = len(cms.ContentInfo.load(signature.pkcs7_content).dump())
    if signature.pkcs7_content[used:].strip(b"\0"):
        # No signature covers its own hole: what stands in it besides the CMS is hidden.
        place.findings.reasons.append("irregular_structure")
    judge_signer(signer, signature.compute_digest, evidence, asked=asked, found=place)
    if not signature.summarise_integrity_info()["docmdp_ok"]:
        place.findings.reasons.append("changed_after_signing")


def _security_store(reader: PdfFileReader) -> Evidence:
    """Return the certificates and answers in the document security store (PAdES-LT)."""
    if "/DSS" not in reader.root:
        return Evidence()
    store = reader.root["/DSS"]

    def streams(key: str) -> frozenset[bytes]:
        # Not get(): it hands out the reference, not the array that it leads to.
        listed = store[key] if key in store else ()  # noqa: SIM401
        return frozenset(one.get_object().data for one in listed)

    return Evidence(streams("/Certs"), streams("/OCSPs"), streams("/CRLs"))


# What came after


def _changes(signature: Any, later: set[str]) -> list[str]:
    """Return what is wrong with coverage and with what came after *signature*."""
    if signature.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return []
    if signature.coverage is not SignatureCoverageLevel.ENTIRE_REVISION:
        return ["not_the_whole_file"]
    change = signature.diff_result
    if not isinstance(change, DiffResult):
        return ["changed_after_signing"]
    if change.modification_level is ModificationLevel.NONE and not later:
        # No revision follows, and yet there are bytes: nothing may hide there.
        return ["changed_after_signing"]
    if change.modification_level <= ModificationLevel.LTA_UPDATES:
        # Before a later signature that is enough; after the last one nothing may wait its turn.
        return [] if later or not _waiting(signature) else ["changed_after_signing"]
    filled = change.modification_level is ModificationLevel.FORM_FILLING
    # pyHanko names every fill-in field here, also those that nobody touched.
    others = {name for name in change.changed_form_fields - later if _touched(signature, name)}
    return [] if filled and later and not others else ["changed_after_signing"]


def _waiting(signature: Any) -> bool:
    """
    Tell whether objects were written after *signature* that no long-term store uses.

    pyHanko lets objects pass that nothing refers to yet; a later revision could bring them out.
    """
    reader = signature.reader
    now = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    catalog, trailer = reader.root, reader.trailer_view
    known = {reader.root_ref} | {
        one.reference
        for holder, key in ((trailer, "/Info"), (catalog, "/Metadata"), (catalog, "/Extensions"))
        if key in holder and hasattr(one := holder.raw_get(key), "reference")
    }
    if "/DSS" in catalog:
        known |= now.collect_dependencies(catalog.raw_get("/DSS"))
    written = (
        reference
        for revision in range(signature.signed_revision + 1, reader.xrefs.total_revisions)
        for reference in reader.xrefs.explicit_refs_in_revision(revision)
    )
    return any(one not in known and not _is_container(now(one)) for one in written)


def _is_container(found: Any) -> bool:
    """Tell whether *found* only holds the file together (ISO 32000-1 §7.5.7 and §7.5.8)."""
    kind = found.get("/Type") if hasattr(found, "get") else None
    return kind in ("/ObjStm", "/XRef")


def _touched(signature: Any, name: str) -> bool:
    """
    Tell whether the field called *name* was written after the revision of *signature*.

    A field that is not at the top of the form is not told apart, and counts as touched.
    """
    reader, signed = signature.reader, signature.signed_revision
    form = reader.root["/AcroForm"]["/Fields"]
    found = [one for one in form if one.get_object().get("/T") == name]
    if len(found) != 1:
        return True
    field = found[0].get_object()
    now = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    parts = [field.raw_get(key) for key in ("/AP", "/V") if key in field]
    written = (now.collect_dependencies(part, since_revision=signed + 1) for part in parts)
    return any(written) or reader.xrefs.get_last_change(found[0].reference) > signed
