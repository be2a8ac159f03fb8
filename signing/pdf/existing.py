"""
Signatures that a file bears before it reaches us: judged, never broken, and never followed.

A result is signed here for the first time, or not at all: the official's signature certifies
the file, and only the first one may (ISO 32000-1, 12.8.2.2). So a signed file is refused, with
the reason that helps its sender: it was signed here, its signature does not hold, its signer
forbade changes, or it is simply signed already.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pikepdf
from pikepdf import Dictionary, Pdf

from signing.pdf import fields
from signing.pdf.unfit import Unfit
from signing.verification.asked import Asked
from signing.verification.judgement import judge

#: What a verdict says when a signature itself does not hold, whoever signed.
_BROKEN = frozenset(
    {
        *("signature_broken", "signature_hidden", "signature_unreachable", "signer_missing"),
        *("changed_after_signing", "not_the_whole_file", "unsigned"),
    }
)


def is_signed(document: Pdf) -> bool:
    """Tell whether any object of *document* is a signature, usage rights aside."""
    rights = _rights(document)
    return any(
        isinstance(found, Dictionary) and "/ByteRange" in found and found.objgen not in rights
        for found in document.objects
    ) or any("/ByteRange" in value for value in _values(document))


def reason_against(data: bytes, document: Pdf, at: datetime) -> Unfit:
    """Return why the signed *document*, read from *data*, is not signed once more."""
    if {fields.OFFICIAL, fields.SEAL} & set(field_names(document)):
        return Unfit.SIGNED_BY_US
    try:
        reasons = judge(data, Asked(at)).reasons
    except Exception:  # noqa: BLE001 - as in verify_process: what cannot be judged does not hold
        return Unfit.SIGNED_BROKEN
    if _BROKEN & set(reasons):
        return Unfit.SIGNED_BROKEN
    if any(_forbids(value) for value in _values(document)):
        return Unfit.SIGNED_NO_CHANGES
    return Unfit.ALREADY_SIGNED


def remove_rights(document: Pdf) -> bool:
    """Remove usage rights from the unsigned *document*; tell whether there were any."""
    held = bool(_rights(document))
    if "/Perms" in document.Root:
        del document.Root["/Perms"]
    return held


def field_names(document: Pdf) -> list[str]:
    """Return the names of the form's fields at the top."""
    return [str(field.get("/T", "")) for field in _fields(document)]


def _permissions(document: Pdf) -> Dictionary:
    found = document.Root.get("/Perms")
    return found if isinstance(found, Dictionary) else Dictionary()


def _rights(document: Pdf) -> set[tuple[int, int]]:
    """Return which objects are usage rights (UR, UR3): a maker's signature, no person's."""
    held = _permissions(document)
    found = (held.get(key) for key in ("/UR", "/UR3"))
    return {one.objgen for one in found if isinstance(one, Dictionary)}


def _forbids(value: Dictionary) -> bool:
    """Tell whether the signature *value* forbids changes: DocMDP 1, or FieldMDP with All."""
    references = value.get("/Reference")
    for one in references if isinstance(references, pikepdf.Array) else ():
        parameters = one.get("/TransformParams") if isinstance(one, Dictionary) else None
        if isinstance(parameters, Dictionary) and (
            parameters.get("/Action") == "/All"
            or (one.get("/TransformMethod") == "/DocMDP" and parameters.get("/P") == 1)
        ):
            return True
    return False


def _values(document: Pdf) -> Iterator[Dictionary]:
    for field in _fields(document):
        value = field.get("/V")
        if field.get("/FT") == "/Sig" and isinstance(value, Dictionary):
            yield value


def _fields(document: Pdf) -> Iterator[Dictionary]:
    form = document.Root.get("/AcroForm")
    found = form.get("/Fields") if isinstance(form, Dictionary) else None
    for field in found if isinstance(found, pikepdf.Array) else ():
        if isinstance(field, Dictionary):
            yield field
