"""
A signature time stamp in a CMS (CAdES B-T): prepare, have it stamped, finish.

The token is an unsigned attribute of one signer; every other byte stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from asn1crypto import cms as asn1

from signing import cms
from signing.cades import signatures
from signing.certificates import Certificate

_TIME_STAMP: Final = cms.oid("1.2.840.113549.1.9.16.2.14")
_IMPLICIT_1: Final = 0xA1


@dataclass(frozen=True, slots=True)
class Prepared:
    """A CMS, one signer of which is to be stamped."""

    imprint: bytes
    """SHA-256 of the signature value: what is stamped."""
    _whole: signatures.Signed
    _signer: bytes

    def finish(self, token: bytes) -> bytes:
        """Return the CMS with the DER *token* at its signer."""
        info: Any = asn1.SignerInfo.load(self._signer)
        stamp = cms.attribute(_TIME_STAMP, token)
        kept = [one.dump() for one in info["unsigned_attrs"]] if info["unsigned_attrs"] else []
        signed = (info[name].dump() for name in list(info)[:6])
        unsigned = cms.der(_IMPLICIT_1, cms.set_of((*kept, stamp)))
        made = cms.der(cms.SEQUENCE, *signed, unsigned)
        content = self._whole.content
        inside = b"" if content is None else cms.der(0xA0, cms.der(cms.OCTETS, content))
        return cms.wrapped(
            set(self._whole.digests),
            cms.der(cms.SEQUENCE, cms.DATA, inside),
            set(self._whole.certificates),
            {*self._whole.signers - {self._signer}, made},
        )


def prepare(data: bytes, certificate: Certificate) -> Prepared:
    """Return the CMS *data* with the signature by *certificate* ready; NotCmsError without it."""
    whole = signatures.read(data)
    named = certificate.issuer + certificate.serial
    for signer in whole.signers:
        info: Any = asn1.SignerInfo.load(signer)
        if info["sid"].chosen.contents == named:
            return Prepared(sha256(info["signature"].native).digest(), whole, signer)
    message = "no signature by this certificate"
    raise signatures.NotCmsError(message)
