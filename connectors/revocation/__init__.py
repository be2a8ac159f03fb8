"""
What the hub asks of those who tell whether a certificate was revoked ("thu hồi").
"""

from __future__ import annotations

from abc import abstractmethod

from connectors import Connector


class RevocationSource(Connector):
    """Somebody who tells, signed, whether certificates of an authority are revoked."""

    #: Nobody waits for the proof: half a day, with fewer and fewer questions.
    patience = (30, 60, 300, 900, *(3600,) * 10)

    @abstractmethod
    def address(self, certificate: bytes) -> str:
        """Return where the DER *certificate* is asked after; empty if it names no such place."""

    @abstractmethod
    def fetch(self, certificate: bytes, issuer: bytes) -> bytes:
        """
        Return the DER of what is told of *certificate*, issued by *issuer* (both DER).

        It is about this certificate; whether its signature, its age and what it says are good
        is for the caller to judge. Raises Refused or Unavailable, never Unsure.
        """
