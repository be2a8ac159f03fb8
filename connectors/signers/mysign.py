"""
Viettel MySign ("remote signing" gateway; Ascertia's RAS inside).

Each subscriber has a token of an hour; document names go in base64, for the raw field takes no
Vietnamese. With ``async: 1`` the answer is a transaction, asked after. That number is theirs:
when the answer to ``start`` is lost, nothing can be looked up, and the person begins anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors import Refused
from connectors.http import Unauthorised, reading, send, send_json
from connectors.signers import RemoteSigner, decoded, encoded, signatures
from connectors.wire import json_object, said
from dossiers.personal import IdNumber
from dossiers.remote import (
    RemoteAnswer,
    RemoteCertificate,
    RemoteOrder,
    RemoteReason,
    RemoteState,
)

DONE = "1"
WAITS = frozenset({"0", "4000", "6000"})
"""At work, waiting for the person, confirmed and being signed."""
REASONS: Mapping[str, RemoteReason] = {
    "4001": RemoteReason.EXPIRED,
    "4002": RemoteReason.CANCELLED,
    "4004": RemoteReason.FAILED,
    "4005": RemoteReason.NO_CREDIT,
    "13004": RemoteReason.CERTIFICATE,  # expired or revoked
    "50000": RemoteReason.FAILED,  # an error of their own, after which nothing comes
}
"""By ``status``; what is in neither table is waited for until its time is over."""

SHA256 = "2.16.840.1.101.3.4.2.1"
RSA = "1.2.840.113549.1.1.1"
_LONGEST_NAME = 70
"""Bytes of a name: its base64 must stay below 100 characters."""


class MySign(RemoteSigner):
    """Viettel MySign, confirmed in its application."""

    code = "mysign"
    label = "Viettel MySign"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """What Viettel gave us."""

        client_id: str
        client_secret: str = field(repr=False, metadata={"secret": True})
        profile: str = "adss:ras:profile:001"
        url: str = "https://remotesigning.viettel.vn"

    settings: Settings

    def check(self) -> None:
        """Sign in as nobody: whoever is told that the subscriber is unknown is known himself."""
        try:
            self._sign_in(IdNumber("000000000000"))
        except Unauthorised:
            raise
        except Refused:
            return

    def certificates(self, user: IdNumber) -> list[RemoteCertificate]:
        """Ask for the certificates of *user*."""
        message = {
            "profile_id": self.settings.profile,
            "user_id": user.reveal(),
            "certificates": "chain",
            "certInfo": True,
            "authInfo": True,
        }
        body = self._ask("certificates/info", user, message, question=True)
        with reading(question=True):
            # The one answer that is a list.
            found = json_object(b'{"list":' + body + b"}")["list"]
            return [_certificate(one) for one in found]

    def start(self, order: RemoteOrder) -> str:
        """Send the hashes; Viettel's application asks its subscriber."""
        message = {
            "credentialID": order.key,
            "numSignatures": len(order.hashes),
            "description": _name(order.title),
            "documents": [
                {"document_id": one.id, "document_name": _name(one.name)} for one in order.hashes
            ],
            "hash": [encoded(one.digest) for one in order.hashes],
            "hashAlgo": SHA256,
            "signAlgo": RSA,
            "async": 1,
        }
        answer = self._call("signHash", order.user, message, question=False)
        with reading(question=False):
            return str(answer["transactionId"])

    def answer(self, order: RemoteOrder, theirs: str) -> RemoteAnswer:
        """Ask after Viettel's transaction; without its number there is nothing to ask by."""
        if not theirs:
            return RemoteAnswer(RemoteState.REFUSED, reason=RemoteReason.UNKNOWN)
        message = {"transactionId": theirs}
        told = self._call("requests/status", order.user, message, question=True)
        with reading(question=True):
            status = str(told["status"])
            words = said(f"{status} {told.get('description') or ''}", order.user)
            if status == DONE:
                return RemoteAnswer(RemoteState.SIGNED, signatures(order, told["signatures"]))
        if reason := REASONS.get(status):
            return RemoteAnswer(RemoteState.REFUSED, reason=reason, words=words)
        return RemoteAnswer(RemoteState.WAITING, words=words)

    def _call(
        self, path: str, user: IdNumber, message: dict[str, Any], *, question: bool
    ) -> dict[str, Any]:
        """Return the answer; Refused in Viettel's own words where it says no."""
        body = self._ask(path, user, message, question=question)
        with reading(question=question):
            answer = json_object(body)
            refusal = said(answer.get("error_description"), user) if answer.get("error") else ""
        if refusal:
            words = f"MySign: {refusal}"
            raise Refused(words)
        return answer

    def _ask(self, path: str, user: IdNumber, message: dict[str, Any], *, question: bool) -> bytes:
        ours = self.settings
        who = {"client_id": ours.client_id, "client_secret": ours.client_secret}
        headers = {"Authorization": f"Bearer {self._sign_in(user)}"}
        url = f"{ours.url}/vtss/service/{path}"
        return send(
            self.http, "POST", url, question=question, json=who | message, headers=headers
        ).body

    def _sign_in(self, user: IdNumber) -> str:
        """Return a token for *user*; not kept, for each is one subscriber's and is soon old."""
        ours = self.settings
        answer = send_json(
            self.http,
            "POST",
            f"{ours.url}/vtss/service/ras/v1/login",
            question=True,
            json={
                "client_id": ours.client_id,
                "client_secret": ours.client_secret,
                "profile_id": ours.profile,
                "user_id": user.reveal(),
            },
        )
        if "access_token" not in answer:
            words = f"MySign: {said(answer.get('error_description'), user)}"
            raise Refused(words)
        return str(answer["access_token"])


def _certificate(told: dict[str, Any]) -> RemoteCertificate:
    der, *above = (decoded(one) for one in told["cert"]["certificates"])
    return RemoteCertificate(str(told["credential_id"]), der, tuple(above))


def _name(text: str) -> str:
    """Return *text* in base64, cut at a whole letter."""
    return encoded(text.encode()[:_LONGEST_NAME].decode(errors="ignore").encode())
