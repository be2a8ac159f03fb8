"""
VNPT SmartCA's face of the vault, as its document for third parties shows it.

Its words for waiting and refusing are the sandbox's own: the document has none.
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
from sandbox.parties.vault import CONFIRMED, EXPIRED, REJECTED, Vault

WORDS = {REJECTED: "USER_REJECTED", EXPIRED: "EXPIRED"}


@dataclass(frozen=True, slots=True)
class SmartCA(wire.Party):
    """The gateway as a WSGI application; ``sp`` and ``password`` are the hub's."""

    vault: Vault
    faults: Faults
    sp: str
    password: str

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        match (request.method, request.path.strip("/").split("/")):
            case ("POST", ["v1", "credentials", "get_certificate"]):
                return self._checked(request, self._certificates)
            case ("POST", ["v1", "signatures", "sign"]):
                return self._checked(request, self._sign)
            case ("POST", ["v1", "signatures", "sign", reference, "status"]):
                fault = self.faults.draw("smartca", "status", reference)
                return self.faults.misbehave(fault, lambda: self._status(reference), _no)
        raise NotFound

    def _checked(self, request: Request, answer: Any) -> Response:
        message = wire.json_object(wire.body(request))
        given = f"{message.get('sp_id')}:{message.get('sp_password')}"
        if not hmac.compare_digest(given.encode(), f"{self.sp}:{self.password}".encode()):
            return _said(401, "SP_CREDENTIAL_INVALID")
        done: Response = answer(message)
        return done

    def _certificates(self, message: dict[str, Any]) -> Response:
        found = self.vault.subscribers.get(str(message.get("user_id")))
        told = []
        if found:
            own, *above = (base64.b64encode(der).decode() for der in found.certificates)
            chain = {"ca_cert": above[0] if above else None, "root_cert": None}
            told = [{"cert_data": own, "chain_data": chain, "serial_number": found.serial}]
        return _said(200, "Success", {"user_certificates": told})

    def _sign(self, message: dict[str, Any]) -> Response:
        found = self.vault.subscribers.get(str(message["user_id"]))
        if found is None or found.serial != message["serial_number"]:
            return _said(403, "CREDENTIAL_STATUS_INVALID")
        reference = str(message["transaction_id"])
        hashes = [
            {"id": str(one["doc_id"]), "digest": str(one["data_to_be_signed"])}
            for one in message["sign_files"]
        ]

        def keep() -> Response:
            row = self.vault.ask("smartca", reference, found, hashes)
            data = {"transaction_id": reference, "tran_code": row["theirs"]}
            return _said(200, "sig_wait_for_user_confirm", data)

        return self.faults.misbehave(self.faults.draw("smartca", "sign", reference), keep, _no)

    def _status(self, reference: str) -> Response:
        row = self.vault.find(reference)
        if row is None:
            return _said(404, "TRANSACTION_NOT_FOUND")
        if row["state"] in WORDS:
            return _said(400, WORDS[row["state"]])
        data: dict[str, Any] = {"transaction_id": row["reference"]}
        if row["state"] != CONFIRMED:
            return _said(200, "sig_wait_for_user_confirm", data)
        data["signatures"] = [
            {"doc_id": id_, "signature_value": base64.b64encode(made).decode()}
            for id_, made in self.vault.signatures(row)
        ]
        return _said(200, "SUCCESS", data)


def _said(code: int, words: str, data: Any = None) -> Response:
    return wire.reply({"status_code": code, "message": words, "data": data}, code)


def _no() -> Response:
    return _said(400, "BAD_REQUEST")
