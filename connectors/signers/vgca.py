"""
VGCA Sign Service, the government authority's program on an official's PC (loopback, port 8987).

``SignMsg`` signs one digest with the token that is plugged in there, and shows its own window;
one WebSocket is opened for one message. The hub's server reaches it only where the program runs
on the same machine or behind a tunnel that the operator makes. Each answer brings the
certificate: one that changes in the middle of a list refuses the list.

Nothing is kept there: ``start`` only looks whether the program answers, ``answer`` signs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from connectors import Refused
from connectors.http import reading
from connectors.signers import RemoteSigner, decoded, encoded
from connectors.websocket import exchange
from connectors.wire import json_object, said
from dossiers.personal import IdNumber
from dossiers.remote import (
    RemoteAnswer,
    RemoteCertificate,
    RemoteOrder,
    RemoteReason,
    RemoteState,
)

DONE = 0
REASONS: Mapping[int, RemoteReason] = {
    11: RemoteReason.CANCELLED,  # as VNPT's plugin says it; VGCA's own codes are not published
}
"""By ``Status``; any other than 0 is FAILED, with ``Message``."""

ALGORITHMS: Mapping[str, str] = {"sha256": "SHA256", "sha384": "SHA384"}


class Vgca(RemoteSigner):
    """The government's token on a desk, through the program that officials have."""

    code = "vgca"
    label = "VGCA Sign Service"
    finds = True
    within = timedelta(minutes=2)
    largest = 50

    @dataclass(frozen=True, slots=True)
    class Settings:
        """Where the program listens."""

        url: str = "wss://127.0.0.1:8987"
        certificate: str = ""
        """The program's own, PEM; it is signed by nobody whom the system trusts."""
        seconds: float = 60
        """Longest wait for one signature: a PIN is typed."""

    settings: Settings

    def check(self) -> None:
        """Have the program tell its certificate."""
        self._ask("GetCertInfo", "get_cert_info")

    def certificates(self, user: IdNumber) -> list[RemoteCertificate]:  # noqa: ARG002
        """Return the certificate of the token that is plugged in."""
        told = self._ask("GetCertInfo", "get_cert_info")
        with reading(question=True):
            der = decoded(told["CertBase64"])
            return [RemoteCertificate(str(told.get("SerialNumber", "")), der)]

    def start(self, order: RemoteOrder) -> str:
        """See that the program is there; nothing is sent yet."""
        self.check()
        return order.reference

    def answer(self, order: RemoteOrder, theirs: str) -> RemoteAnswer:  # noqa: ARG002
        """Have every digest signed; a break loses what was signed so far, and asks again."""
        made: dict[str, bytes] = {}
        seen: set[str] = set()
        for one in order.hashes:
            told = self._ask(
                "SignMsg",
                json.dumps(
                    {
                        "HashAlg": ALGORITHMS[one.algorithm],
                        "HashValue": encoded(one.digest),
                        "Encode": "RSA",
                    }
                ),
            )
            if (status := told.get("Status")) != DONE:
                reason = REASONS.get(status, RemoteReason.FAILED)  # type: ignore[arg-type]
                words = said(told.get("Message"))
                return RemoteAnswer(RemoteState.REFUSED, reason=reason, words=words)
            with reading(question=True):
                made[one.id] = decoded(told["Signature"])
                seen.add(str(told["CertBase64"]))
        if len(seen) > 1:
            words = "certificate changed"
            reason = RemoteReason.CERTIFICATE
            return RemoteAnswer(RemoteState.REFUSED, reason=reason, words=words)
        return RemoteAnswer(RemoteState.SIGNED, made)

    def _ask(self, function: str, text: str) -> dict[str, Any]:
        ours = self.settings
        url = f"{ours.url}/{function}"
        body = exchange(url, text, seconds=ours.seconds, trust=ours.certificate)
        with reading(question=True):
            told = json_object(body.encode())
            status = told.get("Status", DONE)
            if not isinstance(status, int):
                raise TypeError
        if function != "SignMsg" and status != DONE:
            message = f"VGCA: {said(told.get('Message'))}"
            raise Refused(message)
        return told
