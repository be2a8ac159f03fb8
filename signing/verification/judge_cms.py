"""
The rules for signatures as files of their own: p7m (content inside) and p7s (content beside it).
"""

from __future__ import annotations

from typing import Any

from asn1crypto import cms, core, pem

from signing.verification.asked import Asked
from signing.verification.findings import Findings
from signing.verification.signers import Place, digest_of, judge_signer, kept, signers

_SIGNED = "signed_data"


def is_cms(data: bytes) -> bool:
    """Tell whether *data* looks like a CMS: DER or BER that begins with its type, or PEM."""
    if data.startswith(b"-----BEGIN"):
        return True
    return data[:1] == b"\x30" and b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07" in data[:32]


def judge(data: bytes, asked: Asked) -> Findings:
    """
    Return what is to be said of the CMS *data*; its content is inside or ``asked.beside``.

    asn1crypto's exceptions for odd files pass through: the caller turns them into NOT_VALID.
    """
    findings = Findings()
    signed = _signed_data(data)
    if signed is None:
        findings.reasons.append("not_signed_data")
        return findings
    content = _content(signed, asked, findings)
    if not len(signed["signer_infos"]):
        findings.reasons.append("unsigned")
    if content is None:
        return findings
    digest, evidence = digest_of(content), kept(signed)
    for place, signer in enumerate(signers(signed, asked), start=1):
        if signer is None:
            findings.reasons.append("signer_missing")
            continue
        found = Place(str(place), findings, asked.at)
        judge_signer(signer, digest, evidence, asked=asked, found=found)
    return findings


def _signed_data(data: bytes) -> Any:
    if data.startswith(b"-----BEGIN"):
        _kind, _headers, data = pem.unarmor(data)
    message = cms.ContentInfo.load(data, strict=True)
    return message["content"] if message["content_type"].native == _SIGNED else None


def _content(signed: cms.SignedData, asked: Asked, findings: Findings) -> bytes | None:
    """Return what was signed, or None with the reason why it is not known."""
    inside = signed["encap_content_info"]["content"]
    has_inside = inside is not core.VOID and inside.native is not None
    if has_inside and asked.beside is not None and bytes(inside) != asked.beside:
        # Two contents for one signature: which one was meant, nobody can say.
        findings.reasons.append("content_ambiguous")
        return None
    if has_inside:
        return bytes(inside)
    if asked.beside is None:
        findings.reasons.append("content_missing")
    return asked.beside
