"""
A signature time stamp in an XML signature (XAdES B-T): prepare, have it stamped, finish.

What is stamped is the canonical ``SignatureValue``; the token goes where nothing is signed, so
that the signature stays whole. On a countersigned file the last signature is stamped, which
stands for everything that it covers.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from signing.xml import names, reading, xades
from signing.xml.names import ds
from signing.xml.names import xades as make


@dataclass(slots=True)
class Prepared:
    """A signed file, ready for its stamp."""

    imprint: bytes
    """SHA-256 of the canonical signature value: what is stamped."""
    _root: etree._Element
    _signature: etree._Element

    def finish(self, token: bytes) -> bytes:
        """Return the file with the DER *token* beside its signature."""
        place = xades.unsigned_properties(self._signature)
        place.append(
            make(
                "SignatureTimeStamp",
                ds("CanonicalizationMethod", Algorithm=names.C14N),
                make("EncapsulatedTimeStamp", b64encode(token).decode()),
            )
        )
        return xades.serialise(self._root)


def prepare(data: bytes, id_: str) -> Prepared:
    """
    Return the signed XML *data* with the signature *id_* ready to be stamped.

    UnfitError or NothingToSignError if it is not there.
    """
    root = reading.parse(data)
    signature = xades.find(root, id_)
    value = signature.find(names.SIGNATURE_VALUE)
    if value is None:
        raise xades.NothingToSignError(id_)
    return Prepared(sha256(xades.canonical(value)).digest(), root, signature)
