"""
The verdict on any signed file: PDF, XML or CMS, each by its own rules, with findings of one kind.

Runs in a process of its own (``verify_process``), because the file may be hostile.
"""

from __future__ import annotations

import zlib

from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.validation.errors import SignatureValidationError

from signing.verification import judge_cms, judge_pdf, judge_xml
from signing.verification.asked import Asked
from signing.verification.findings import Findings

#: What pyHanko, asn1crypto and lxml raise for files that are not what they claim to be; the
#: first three are declared, the others were met over some 10,000 odd files.
ODD = (
    *(PdfError, SignatureValidationError, etree.LxmlError),
    *(ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError),
    *(RecursionError, NotImplementedError, OSError, UnsupportedAlgorithm, zlib.error),
)


def judge(data: bytes, asked: Asked) -> Findings:
    """Return what is to be said of the file *data*, whatever it is."""
    try:
        return _by_kind(data, asked)
    except ODD:
        return Findings(reasons=["unreadable"])


def _by_kind(data: bytes, asked: Asked) -> Findings:
    if b"%PDF-" in data[:1024]:
        return judge_pdf.judge(data, asked)
    if judge_xml.is_xml(data):
        return judge_xml.judge(data, asked)
    if judge_cms.is_cms(data):
        return judge_cms.judge(data, asked)
    return Findings(reasons=["unknown_format"])
