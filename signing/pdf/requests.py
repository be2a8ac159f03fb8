"""What to sign and how it shall look: the same for both ways of writing it into a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signing.certificates import Certificate
from signing.pdf.appearance import Appearance

#: Hex digits kept free for the CMS. Fixed, so that nothing is built twice to learn its size;
#: a leaf, two CAs and RSA-4096 need about 9,000, and a time stamp will want 12,000 more.
RESERVED = 24_576


@dataclass(frozen=True, slots=True)
class Request:
    """One signature in one field."""

    field: str
    """Name of the empty signature field."""
    certificate: Certificate
    at: datetime
    """The claimed time, aware; legal time is a time stamp's."""
    appearance: Appearance | None = None
    first: bool = False
    """The first signature certifies the file: afterwards only fields may be filled (DocMDP 2)."""
    last: bool = False
    """The last signature locks every field (FieldMDP all)."""
