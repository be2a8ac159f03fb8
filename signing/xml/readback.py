"""
The signed XML is read back before it is stored: what was made must be found again, and hold.

Everything is looked up and hashed anew in the file as it will lie there. A reference leads to
exactly one element or to the whole file; what else a verifier could read is no matter here.
"""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256

from lxml import etree

from signing.certificates import WrongKeyError
from signing.xml import names, reading, xades


class UnreadableError(Exception):
    """The signed file does not hold the signature where it should; it is thrown away."""


def check(signed: bytes, id_: str, prepared: xades.Prepared) -> None:
    """Return quietly if the signature *id_* is there and all it refers to is as it was signed."""
    try:
        root = reading.parse(signed)
        signature = xades.find(root, id_)
        info, value = signature[0], signature[1]
        made = base64.b64decode(value.text or "", validate=True)
        prepared.certificate.check(prepared.certificate.wire(made), xades.canonical(info))
        references = info.findall(f"{{{names.DS}}}Reference")
        whole = all(_holds(root, signature, one) for one in references)
    except (
        *(reading.UnfitError, xades.NothingToSignError, WrongKeyError),
        *(binascii.Error, ValueError, IndexError),
    ) as error:
        raise UnreadableError(id_) from error
    if not whole or xades.canonical(info) != prepared.attributes:
        raise UnreadableError(id_)


def _holds(root: etree._Element, signature: etree._Element, reference: etree._Element) -> bool:
    uri = reference.get("URI", "")
    if uri:
        named = [one for one in root.iter(etree.Element) if uri[1:] in reading.own_ids(one)]
        if len(named) != 1:
            return False
        text = xades.canonical(named[0])
    else:
        text = _without(root, signature)
    told = reference.findtext(f"{{{names.DS}}}DigestValue", "")
    return base64.b64encode(sha256(text).digest()).decode() == told


def _without(root: etree._Element, signature: etree._Element) -> bytes:
    """Return the canonical form of the file without *signature*, which is put back."""
    above = signature.getparent()
    if above is None:
        return b""
    place = above.index(signature)
    above.remove(signature)
    text = xades.canonical(root)
    above.insert(place, signature)
    return text
