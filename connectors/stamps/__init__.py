"""
What the hub asks of a time-stamping authority ("tổ chức cấp dấu thời gian").
"""

from __future__ import annotations

from abc import abstractmethod

from connectors import Connector

DEADLINE = 180
"""Seconds for one stamp, all in all."""


class StampAuthority(Connector):
    """Somebody who vouches, signed, that a digest existed at an instant (RFC 3161)."""

    #: Nobody waits for a stamp: half a day, with fewer and fewer questions.
    patience = (30, 60, 300, 900, *(3600,) * 10)

    #: One took 131 s in the field, and its stamp was good.
    silence = DEADLINE

    @abstractmethod
    def stamp(self, imprint: bytes, nonce: int) -> bytes:
        """
        Return the DER of a time stamp token over *imprint*: SHA-256, SHA-384 or SHA-512.

        A question: asked again it gives another token, as good as the first. *nonce* is new
        for each question, so that an old answer is not taken for a new one. Raises Refused
        or Unavailable, never Unsure. The token's signature is for the caller to verify.
        """
