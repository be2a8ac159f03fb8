"""Pictures of signatures and seals: looked at before they are kept, never afterwards."""

from __future__ import annotations

from dossiers.signing_status import SigningRole
from register import documents
from signing.pdf import likeness

PNG = "image/png"


def keep(png: bytes, role: SigningRole, *, diameter: float = 36.0) -> str:
    """
    Keep the picture of a signer of *role* and return its SHA-256.

    *diameter* of the registered seal, millimetres. PictureError (``signing.pdf.likeness``) if
    the picture would not look as the law asks; then nothing is kept.
    """
    return documents.put(likeness.check(png, role, diameter=diameter), PNG)
