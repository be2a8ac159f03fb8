"""
The rules by which a signed PDF is valid, needs a person, or is not valid.

pyHanko tells what is there; what follows from it is decided here. Its own verdict is not
enough: over 624 odd files its default accepted four that were tampered with. So, besides sound
cryptography and a path to a trusted root:

- what was changed after a signature may only be a further signature, in the fields of the
  signatures that follow, or long-term data;
- the last signature covers the whole file, or only long-term data follows it;
- a file that holds ``/ByteRange`` but no reachable signature hides one: it is never "unsigned".

Runs in a process of its own (``verify_process``), because the file may be hostile.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from signing.verification import quickhex
from signing.verification.findings import Findings, Seen

quickhex.install()

#: A certificate for signing documents has one of these.
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})

#: What is wrong with trust, in our words; anything else is ``untrusted``.
_TRUST = {
    AdESIndeterminate.EXPIRED: "certificate_expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "certificate_expired",
    AdESIndeterminate.NOT_YET_VALID: "certificate_not_yet_valid",
    AdESIndeterminate.REVOKED_NO_POE: "certificate_revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "certificate_revoked",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "certificate_unfit",
}


def judge(data: bytes, trust: Path | None, at: datetime) -> Findings:
    """
    Return what is to be said of the PDF *data* at the instant *at* (aware).

    *trust* is a folder of PEM certificates: self-signed ones are roots, others intermediates;
    ``*.crl`` files in it are used. Without it nothing is trusted. pyHanko's exceptions for odd
    files pass through: the caller turns them into NOT_VALID.
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
    context = _context(str(trust) if trust else "", at)
    for position, signature in enumerate(embedded):
        later = {following.field_name for following in embedded[position + 1 :]}
        _judge_one(signature, later, context, findings)
    return findings


def _reader(data: bytes, findings: Findings) -> PdfFileReader:
    try:
        return PdfFileReader(BytesIO(data), strict=True)
    except PdfError:
        findings.reasons.append("irregular_structure")
        return PdfFileReader(BytesIO(data), strict=False)


def _judge_one(signature: Any, later: set[str], context: Any, findings: Findings) -> None:
    stamp = signature.sig_object_type == "/DocTimeStamp"
    status: Any
    if stamp:
        status = validate_pdf_timestamp(signature, context())
    else:
        status = validate_pdf_signature(signature, context(), key_usage_settings=_USAGE)
    claimed = None if stamp else signature.self_reported_timestamp
    findings.signatures.append(
        Seen(
            # A plain str: pyHanko's own drags the whole document along when it is copied.
            field=str(signature.field_name),
            certificate=signature.signer_cert.sha256.hex(),
            claimed_at=claimed.isoformat() if claimed else "",
            trusted=status.trusted,
            stamp=stamp,
        )
    )
    if not (status.intact and status.valid):
        findings.reasons.append("signature_broken")
    elif not status.trusted:
        findings.reasons.append(_TRUST.get(status.trust_problem_indic, "untrusted"))
    findings.reasons += _changes(signature, later)
    if not stamp and not status.docmdp_ok:
        findings.reasons.append("changed_after_signing")


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
        return []
    filled = change.modification_level is ModificationLevel.FORM_FILLING
    # pyHanko names every fill-in field here, also those that nobody touched.
    others = {name for name in change.changed_form_fields - later if _touched(signature, name)}
    return [] if filled and later and not others else ["changed_after_signing"]


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


def _context(folder: str, at: datetime) -> Any:
    """Return a maker of validation contexts; each signature gets a fresh one."""
    changed = Path(folder).stat().st_mtime_ns if folder else 0
    roots, others, crls = _read_trust(folder, changed) if folder else ([], [], [])

    def make() -> ValidationContext:
        return ValidationContext(
            trust_roots=roots,
            other_certs=others,
            crls=crls,
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )

    return make


@lru_cache(maxsize=8)
def _read_trust(folder: str, _changed: int) -> tuple[list[Any], list[Any], list[bytes]]:
    """Read *folder*, again when it has changed; a file is put in by renaming, never rewritten."""
    roots: list[Any] = []
    others: list[Any] = []
    for file in sorted(Path(folder).iterdir()):
        if file.suffix not in {".pem", ".crt", ".cer"}:
            continue
        for _kind, _headers, der in pem.unarmor(file.read_bytes(), multiple=True):
            certificate = x509.Certificate.load(der)
            is_root = certificate.issuer.dump() == certificate.subject.dump()
            (roots if is_root else others).append(certificate)
    return roots, others, [file.read_bytes() for file in sorted(Path(folder).glob("*.crl"))]
