"""
Viettel MySign's face of the vault; statuses as its guide for integrators lists them.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from sandbox import wire
from sandbox.faults import Faults
from sandbox.parties.vault import CONFIRMED, EXPIRED, REJECTED, WAITING, Vault

STATUSES = {CONFIRMED: "1", WAITING: "4000", EXPIRED: "4001", REJECTED: "4002"}


@dataclass(frozen=True, slots=True)
class MySign(wire.Party):
    """The gateway as a WSGI application; ``client`` and ``secret`` are the hub's."""

    vault: Vault
    faults: Faults
    client: str
    secret: str

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        if request.method != "POST" or not request.path.startswith("/vtss/service/"):
            raise NotFound
        message = wire.json_object(wire.body(request))
        path = request.path.removeprefix("/vtss/service/")
        if path == "requests/status":
            return self._authorised(request) or self._status(message)
        given = f"{message.get('client_id')}:{message.get('client_secret')}"
        if not hmac.compare_digest(given.encode(), f"{self.client}:{self.secret}".encode()):
            return wire.reply({"error": 1, "error_description": "invalid client"}, 401)
        match path:
            case "ras/v1/login":
                return self._login(message)
            case "certificates/info":
                return self._authorised(request) or self._certificates(message)
            case "signHash":
                return self._authorised(request) or self._sign(message)
        raise NotFound

    def _login(self, message: dict[str, Any]) -> Response:
        user = str(message.get("user_id"))
        if user not in self.vault.subscribers:
            return wire.reply({"error": 2, "error_description": f"no subscriber {user}"}, 400)
        token = wire.number("mysign", user, self.secret, digits=20)
        return wire.reply({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def _authorised(self, request: Request) -> Response | None:
        """Return the refusal, or None if the token is a subscriber's."""
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        known = {
            wire.number("mysign", user, self.secret, digits=20) for user in self.vault.subscribers
        }
        return None if given in known else wire.reply({"error": 3}, 401)

    def _certificates(self, message: dict[str, Any]) -> Response:
        found = self.vault.subscribers[str(message["user_id"])]
        chain = [base64.b64encode(der).decode() for der in found.certificates]
        info = {"credential_id": found.serial, "cert": {"certificates": chain}, "scal": "2"}
        return wire.reply([info])

    def _sign(self, message: dict[str, Any]) -> Response:
        found = self.vault.by_serial(str(message["credentialID"]))
        documents, hashes = message["documents"], message["hash"]
        if found is None or not len(documents) == len(hashes) == message["numSignatures"]:
            return _no()
        listed = [
            {"id": str(one["document_id"]), "digest": base64.b64decode(digest).hex()}
            for one, digest in zip(documents, hashes, strict=True)
        ]
        # They know no reference of ours: what is sent again is another list.
        count = self.vault.store.count("lists")
        fault = self.faults.draw("mysign", "sign", listed[0]["digest"])

        def keep() -> Response:
            row = self.vault.ask("mysign", f"mysign-{count}", found, listed)
            return wire.reply({"transactionId": row["theirs"]})

        return self.faults.misbehave(fault, keep, _no)

    def _status(self, message: dict[str, Any]) -> Response:
        row = self.vault.find(str(message.get("transactionId")))
        if row is None:
            return wire.reply({"error": 4, "error_description": "no transaction"}, 400)
        fault = self.faults.draw("mysign", "status", row["theirs"])
        return self.faults.misbehave(fault, lambda: self._told(row), _no)

    def _told(self, row: dict[str, Any]) -> Response:
        status = STATUSES[row["state"]]
        made = self.vault.signatures(row) if row["state"] == CONFIRMED else []
        # Their base64 has line breaks in it.
        texts = [base64.encodebytes(one).decode().replace("\n", "\r\n") for _, one in made]
        return wire.reply({"status": status, "signatures": texts or None})


def _no() -> Response:
    return wire.reply({"error": 9, "error_description": "refused"}, 400)
