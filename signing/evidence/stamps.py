"""
One token of a time-stamping authority: does it hold, for which digest, at which time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

BROKEN, UNTRUSTED, UNREADABLE = "stamp_broken", "stamp_untrusted", "stamp_unreadable"


class StampError(ValueError):
    """A token that does not hold; its words are ``stamp_…``."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says, before anything of it is believed."""

    at: datetime
    """When it was given, UTC."""
    imprint: bytes
    algorithm: str
    until: datetime
    """The last instant of the authority's certificate."""
    _signed: cms.SignedData

    @classmethod
    def load(cls, data: bytes) -> Token:
        """Read the DER *data* (ContentInfo); StampError if it is not one token."""
        try:
            signed = cms.ContentInfo.load(data, strict=True)["content"]
            if not isinstance(signed["encap_content_info"]["content"].parsed, tsp.TSTInfo):
                raise StampError(UNREADABLE)
            said = signed["encap_content_info"]["content"].parsed
            imprint = said["message_imprint"]
            return cls(
                at=said["gen_time"].native,
                imprint=imprint["hashed_message"].native,
                algorithm=imprint["hash_algorithm"]["algorithm"].native,
                until=_signer(signed)["tbs_certificate"]["validity"]["not_after"].native,
                _signed=signed,
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise StampError(UNREADABLE) from error

    def check(self, roots: Iterable[x509.Certificate], *, at: datetime) -> None:
        """
        Return quietly if the token is sound and led to one of *roots* at the instant *at*.

        StampError otherwise. Nothing is fetched: without a kept answer, revocation is not known
        here and not asked.
        """
        context = ValidationContext(
            trust_roots=list(roots), moment=at, allow_fetching=False, revocation_mode="soft-fail"
        )
        try:
            found = asyncio.run(validate_tst_signed_data(self._signed, context, self._expected))
        except (SignatureValidationError, PathError, ValueError) as error:
            raise StampError(BROKEN) from error
        if not (found["intact"] and found["valid"]):
            raise StampError(BROKEN)
        if found.get("trust_problem_indic") or not found.get("validation_path"):
            raise StampError(UNTRUSTED)

    def _expected(self, _algorithm: str) -> bytes:
        """Return what it says itself: whether that is the right digest, its caller compares."""
        return self.imprint


def _signer(signed: cms.SignedData) -> x509.Certificate:
    """Return the certificate that the token names as its signer's."""
    sid = signed["signer_infos"][0]["sid"].chosen
    for choice in signed["certificates"]:
        certificate = choice.chosen
        named = certificate.issuer == sid["issuer"] if isinstance(sid, core.Sequence) else False
        if named and certificate.serial_number == sid["serial_number"].native:
            return certificate
    raise StampError(UNREADABLE)
