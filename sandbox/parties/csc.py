"""
The vault behind the Cloud Signature Consortium's API, version 2.

Credentials are *implicit*: the service asks its subscriber, and gives a handle meanwhile.
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
from sandbox.parties.vault import CONFIRMED, EXPIRED, REJECTED, Subscriber, Vault

ERRORS = {REJECTED: "access_denied", EXPIRED: "expired_handle"}


@dataclass(frozen=True, slots=True)
class Csc(wire.Party):
    """The service as a WSGI application; ``client`` and ``secret`` are the hub's."""

    vault: Vault
    faults: Faults
    client: str
    secret: str

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        if request.method != "POST" or not request.path.startswith("/csc/v2/"):
            raise NotFound
        path = request.path.removeprefix("/csc/v2/")
        if path == "oauth2/token":
            return self._sign_in(request)
        if request.headers.get("Authorization") != f"Bearer {self._token()}":
            return _error("invalid_token", 401)
        message = wire.json_object(wire.body(request))
        match path:
            case "credentials/list":
                return self._list(message)
            case "credentials/authorize":
                return self._authorize(message)
            case "credentials/authorizeCheck":
                return self._check(message)
            case "signatures/signHash":
                return self._sign(message)
        raise NotFound

    def _sign_in(self, request: Request) -> Response:
        given = request.headers.get("Authorization", "").removeprefix("Basic ")
        wanted = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        if not hmac.compare_digest(given.encode(), wanted.encode()):
            return _error("invalid_client", 401)
        return wire.reply({"access_token": self._token(), "token_type": "Bearer"})

    def _token(self) -> str:
        return wire.number("csc", self.secret, digits=20)

    def _list(self, message: dict[str, Any]) -> Response:
        found = self.vault.subscribers.get(str(message.get("userID")))
        infos = [_info(found)] if found else []
        ids = [one["credentialID"] for one in infos]
        return wire.reply({"credentialIDs": ids, "credentialInfos": infos})

    def _authorize(self, message: dict[str, Any]) -> Response:
        found = self.vault.by_serial(str(message["credentialID"]))
        if found is None or len(message["hashes"]) != message["numSignatures"]:
            return _error("invalid_request")
        listed = [
            {"id": str(place), "digest": base64.b64decode(one).hex()}
            for place, one in enumerate(message["hashes"])
        ]
        reference = str(message["clientData"])

        def keep() -> Response:
            row = self.vault.ask("csc", reference, found, listed)
            return wire.reply({"handle": row["theirs"]}, 202)

        fault = self.faults.draw("csc", "authorize", reference)
        return self.faults.misbehave(fault, keep, lambda: _error("invalid_request"))

    def _check(self, message: dict[str, Any]) -> Response:
        row = self.vault.find(str(message.get("handle")))
        if row is None:
            return _error("invalid_handle")
        if row["state"] in ERRORS:
            return _error(ERRORS[row["state"]])
        if row["state"] != CONFIRMED:
            return wire.reply({"handle": row["theirs"]}, 202)
        return wire.reply({"SAD": self._activation(row), "expiresIn": 300})

    def _activation(self, row: dict[str, Any]) -> str:
        return f"{row['theirs']}.{wire.number('sad', row['theirs'], self.secret, digits=20)}"

    def _sign(self, message: dict[str, Any]) -> Response:
        row = self.vault.find(str(message.get("SAD", "")).partition(".")[0])
        if row is None or message["SAD"] != self._activation(row):
            return _error("invalid_sad")

        def sign() -> Response:
            made = self.vault.signatures(row)
            texts = [base64.b64encode(one).decode() for _, one in made]
            return wire.reply({"signatures": texts})

        fault = self.faults.draw("csc", "sign", row["theirs"])
        return self.faults.misbehave(fault, sign, lambda: _error("invalid_request"))


def _info(found: Subscriber) -> dict[str, Any]:
    chain = [base64.b64encode(der).decode() for der in found.certificates]
    return {
        "credentialID": found.serial,
        "key": {"status": "enabled"},
        "cert": {"status": "valid", "certificates": chain},
        "auth": {"mode": "implicit"},
        "SCAL": "2",
        "multisign": 1000,
    }


def _error(word: str, status: int = 400) -> Response:
    return wire.reply({"error": word, "error_description": f"sandbox: {word}"}, status)
