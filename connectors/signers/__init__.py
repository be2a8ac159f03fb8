"""
What the hub asks of a remote signing service ("dịch vụ ký số từ xa").

Signing there takes minutes: a person confirms on a telephone. So it is begun, and asked after;
nothing waits in between. A signature that nobody fetches is in no file, so a list that was
lost on the way costs a person one confirmation, never a wrong file.
"""

from __future__ import annotations

import base64
import binascii
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from connectors import Connector
from dossiers.personal import IdNumber
from dossiers.remote import RemoteAnswer, RemoteCertificate, RemoteOrder

WAITING = "chờ người ký xác nhận trên điện thoại · waiting for the signer's telephone"


class RemoteSigner(Connector):
    """A service that signs digests when their signer confirms."""

    within: ClassVar[timedelta] = timedelta(minutes=5)
    """How long a person has to confirm; after twice this nothing will come any more."""
    finds: ClassVar[bool] = False
    """
    Whether ``answer`` can ask by our own reference alone.

    Where it cannot, and the answer to ``start`` was lost, a person begins anew.
    """
    largest: ClassVar[int] = 200
    """Hashes in one list."""

    @abstractmethod
    def certificates(self, user: IdNumber) -> list[RemoteCertificate]:
        """Return the certificates of *user*; a question."""

    @abstractmethod
    def start(self, order: RemoteOrder) -> str:
        """
        Ask the person to confirm *order*; return the service's own reference, empty if none.

        An effect: the telephone rings. The hub does it once for each reference.
        """

    @abstractmethod
    def answer(self, order: RemoteOrder, theirs: str) -> RemoteAnswer:
        """
        Return how far *order* is; *theirs* is what ``start`` returned, empty if that was lost.

        A question, asked as often as one likes. It never waits for the person. Refused means
        that the question was refused, not the list; a list that is refused is an answer.
        """

    def read(self, body: bytes, headers: Mapping[str, str]) -> str:  # noqa: ARG002
        """Return our reference that a call tells of, empty if none; a hint, nothing more."""
        return ""


def signatures(order: RemoteOrder, told: Sequence[object]) -> dict[str, bytes]:
    """
    Return what was *told* (base64) by the ids of *order*, in its order.

    ValueError unless there is one for each: a shorter or longer list is for another one.
    """
    if len(told) != len(order.hashes):
        message = f"{len(told)} signatures for {len(order.hashes)} hashes"
        raise ValueError(message)
    return {one.id: decoded(text) for one, text in zip(order.hashes, told, strict=True)}


def decoded(text: object) -> bytes:
    """Return the bytes of base64 *text*, line breaks allowed; ValueError if it is none."""
    if not isinstance(text, str):
        message = "not base64"
        raise ValueError(message)  # noqa: TRY004 - the caller handles one kind of error
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        message = "not base64"
        raise ValueError(message) from None


def encoded(data: bytes) -> str:
    """Return *data* in base64."""
    return base64.b64encode(data).decode()
