"""
The verdict as a report that other systems read: ETSI TS 119 102-2, XML, for every kind of file.

It says what the hub decided, no more: per signature the claimed and the proven time, the
signer's certificate by its digest, and the indications that the verdict of the whole file allows.
Our own words stand in ``AdditionalValidationReportData``.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import datetime

from lxml import etree

from dossiers.signing_status import VerdictWord
from signing.verification import judgement
from signing.verification.asked import Asked
from signing.verification.findings import Findings, Seen

VR = "http://uri.etsi.org/19102/v1.2.1#"
DS = "http://www.w3.org/2000/09/xmldsig#"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_URN = "urn:etsi:019102"
_SPACES = {"vr": VR, "ds": DS}

_INDICATIONS = {
    VerdictWord.VALID: "total-passed",
    VerdictWord.NEEDS_A_PERSON: "indeterminate",
    VerdictWord.NOT_VALID: "total-failed",
}

#: Our reasons in the words of EN 319 102-1, table 3; what has none stays in our own words.
_SUB_INDICATIONS = {
    "algorithm_weak": "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    "certificate_expired": "OUT_OF_BOUNDS_NO_POE",
    "certificate_not_yet_valid": "NOT_YET_VALID",
    "certificate_revoked": "REVOKED",
    "certificate_unfit": "CHAIN_CONSTRAINTS_FAILURE",
    "changed_after_signing": "HASH_FAILURE",
    "content_missing": "SIGNED_DATA_NOT_FOUND",
    "irregular_structure": "FORMAT_FAILURE",
    "not_the_whole_file": "FORMAT_FAILURE",
    "revocation_unknown": "TRY_LATER",
    "signature_broken": "SIG_CRYPTO_FAILURE",
    "signature_wrapped": "FORMAT_FAILURE",
    "signer_missing": "NO_SIGNING_CERTIFICATE_FOUND",
    "untrusted": "NO_CERTIFICATE_CHAIN_FOUND",
}


def make(data: bytes, asked: Asked) -> bytes:
    """Return the report on *data*; empty if no signature was found to report on."""
    findings = judgement.judge(data, asked)
    if not findings.signatures:
        return b""
    document = hashlib.sha256(data).digest()
    reports = (_report(seen, findings, asked.at, document) for seen in findings.signatures)
    certificates = sorted({seen.certificate for seen in findings.signatures})
    objects = _vr("SignatureValidationObjects", *map(_certificate, certificates))
    whole = _vr("ValidationReport", *reports, objects)
    return etree.tostring(whole, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _report(seen: Seen, findings: Findings, at: datetime, document: bytes) -> etree._Element:
    times = [_vr("ValidationTime", _zulu(at))]
    proof = _zulu(datetime.fromisoformat(seen.proven_at)) if seen.proven_at else _zulu(at)
    times.append(
        _vr(
            "BestSignatureTime",
            _vr("POETime", proof),
            _vr("TypeOfProof", f"{_URN}:poetype:validation"),
        )
    )
    attributes = _vr("SignatureAttributes")
    if seen.claimed_at:
        claimed = _zulu(datetime.fromisoformat(seen.claimed_at))
        attributes.append(_vr("SigningTime", _vr("Time", claimed), Signed="true"))
    process = "LTVM" if seen.proven_at else "Basic"
    return _vr(
        "SignatureValidationReport",
        _vr(
            "SignatureIdentifier",
            _vr("HashOnly", "false"),
            _vr("DocHashOnly", "false"),
            _vr("DAIdentifier", seen.field),
        ),
        _vr("ValidationTimeInfo", *times),
        _vr("SignersDocument", _digest(document)),
        *([attributes] if len(attributes) else []),
        _vr("SignerInformation", _vr("SignerCertificate", VOReference=_id(seen.certificate))),
        _vr(
            "SignatureValidationProcess",
            _vr("SignatureValidationProcessID", f"{_URN}:validationprocess:{process}"),
        ),
        _status(findings, seen),
    )


def _vr(tag: str, *parts: etree._Element | str, space: str = VR, **said: str) -> etree._Element:
    """Return an element of the report with *parts* inside: elements, or its text."""
    made = etree.Element(f"{{{space}}}{tag}", said, nsmap=_SPACES)
    for part in parts:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def _status(findings: Findings, seen: Seen) -> etree._Element:
    reasons = sorted(set(findings.reasons))
    subs = sorted({_SUB_INDICATIONS[one] for one in reasons if one in _SUB_INDICATIONS})
    said = [("verdict", findings.word.value), *(("reason", one) for one in reasons)]
    said += [("note", one) for one in sorted(set(findings.notes))]
    said += [("tree", seen.tree)] if seen.tree else []
    additional = (
        _vr("ReportData", _vr("Type", f"motcua:{kind}"), _vr("Value", value))
        for kind, value in said
    )
    return _vr(
        "SignatureValidationStatus",
        _vr("MainIndication", f"{_URN}:mainindication:{_INDICATIONS[findings.word]}"),
        *(_vr("SubIndication", f"{_URN}:subindication:{one}") for one in subs),
        _vr("AssociatedValidationReportData", _vr("AdditionalValidationReportData", *additional)),
    )


def _certificate(fingerprint: str) -> etree._Element:
    return _vr(
        "ValidationObject",
        _vr("ObjectType", f"{_URN}:validationObject:certificate"),
        _vr("ValidationObjectRepresentation", _digest(bytes.fromhex(fingerprint))),
        id=_id(fingerprint),
    )


def _id(fingerprint: str) -> str:
    return f"vo-{fingerprint}"


def _digest(value: bytes) -> etree._Element:
    return _vr(
        "DigestAlgAndValue",
        _vr("DigestMethod", space=DS, Algorithm=_SHA256),
        _vr("DigestValue", b64encode(value).decode(), space=DS),
    )


def _zulu(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
