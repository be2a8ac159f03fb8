"""
VNPT SmartCA, interface for third parties ("tài liệu tích hợp", 4.0 of 2024).

Every call carries ``sp_id`` and ``sp_password`` in its body; only hashes are signed, several in
one confirmation. ``doc_id`` must stand on the page here and in the application there: it is our
document's code. The status is asked by our own ``transaction_id``, as VNPT's sample does; its
words for waiting and refusing are documented nowhere, so what is not in the table is waited for.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors import Refused
from connectors.http import Reply, reading, send, unclear
from connectors.signers import RemoteSigner, decoded
from connectors.wire import json_object, said
from dossiers.personal import IdNumber
from dossiers.remote import (
    RemoteAnswer,
    RemoteCertificate,
    RemoteOrder,
    RemoteReason,
    RemoteState,
)

WAITS = "sig_wait_for_user_confirm"
DONE = "SUCCESS"
REASONS: Mapping[str, RemoteReason] = {
    "USER_REJECTED": RemoteReason.CANCELLED,  # the sandbox's own word; VNPT's is not known
    "EXPIRED": RemoteReason.EXPIRED,  # the sandbox's own word
    "CREDENTIAL_STATUS_INVALID": RemoteReason.CERTIFICATE,  # 403: expired, locked or revoked
    "TRANSACTION_NOT_FOUND": RemoteReason.UNKNOWN,  # the sandbox's own word
}
"""By ``message``."""

_OK = 200
_JUDGED = (400, 403, 404)
"""Statuses whose body says what is wrong."""


class SmartCA(RemoteSigner):
    """VNPT SmartCA, confirmed in its application."""

    code = "smartca"
    label = "VNPT SmartCA"
    finds = True

    @dataclass(frozen=True, slots=True)
    class Settings:
        """What VNPT gave us."""

        sp_id: str
        sp_password: str = field(repr=False, metadata={"secret": True})
        url: str = "https://gwsca.vnpt.vn/sca/sp769"

    settings: Settings

    def check(self) -> None:
        """Ask for the certificates of nobody: an unknown person is an answer, too."""
        self._call("v1/credentials/get_certificate", self._who("000000000000", "motcua-check"))

    def certificates(self, user: IdNumber) -> list[RemoteCertificate]:
        """Ask for the certificates of *user*."""
        path, who = "v1/credentials/get_certificate", self._who(user.reveal(), "motcua-list")
        answer = self._said(self._call(path, who), user, question=True)
        with reading(question=True):
            return [_certificate(one) for one in answer["data"]["user_certificates"]]

    def start(self, order: RemoteOrder) -> str:
        """Send the hashes; VNPT's application asks its subscriber."""
        message = self._who(order.user.reveal(), order.reference) | {
            "transaction_desc": order.title,
            "serial_number": order.key,
            "time_stamp": f"{order.at:%Y%m%d%H%M%SZ}",
            "sign_files": [
                {
                    "data_to_be_signed": one.digest.hex(),
                    "doc_id": one.id,
                    "file_type": "pdf",
                    "sign_type": "hash",
                }
                for one in order.hashes
            ],
        }
        reply = self._call("v1/signatures/sign", message, question=False)
        answer = self._said(reply, order.user, question=False)
        with reading(question=False):
            if answer["data"]["transaction_id"] != order.reference:
                rule = "another transaction"
                raise ValueError(rule)
            return str(answer["data"].get("tran_code", ""))

    def answer(self, order: RemoteOrder, theirs: str) -> RemoteAnswer:  # noqa: ARG002
        """Ask by our own reference."""
        reply = self._call(f"v1/signatures/sign/{order.reference}/status", {})
        with reading(question=True):
            told = json_object(reply.body)
            words = str(told.get("message", ""))
            if reason := REASONS.get(words.strip()):
                return RemoteAnswer(RemoteState.REFUSED, reason=reason, words=said(words))
            files = (told.get("data") or {}).get("signatures") or []
            if told.get("status_code") != _OK:
                no = said(words, order.user)
                return RemoteAnswer(RemoteState.REFUSED, reason=RemoteReason.FAILED, words=no)
            if words.strip() != DONE or not files:
                return RemoteAnswer(RemoteState.WAITING, words=said(words))
            return RemoteAnswer(RemoteState.SIGNED, _signatures(order, files))

    def read(self, body: bytes, headers: Mapping[str, str]) -> str:  # noqa: ARG002
        """
        Return the transaction that a call tells of.

        Calls carry no seal, so they say only that asking is worth it.
        """
        try:
            message = json_object(body)
        except ValueError:
            message = {}
        if message.get("sp_id") != self.settings.sp_id or not message.get("transaction_id"):
            error = "không phải tin của SmartCA · SmartCA did not make this call"
            raise Refused(error)
        return str(message["transaction_id"])

    def _who(self, user: str, transaction: str) -> dict[str, Any]:
        ours = self.settings
        return {
            "sp_id": ours.sp_id,
            "sp_password": ours.sp_password,
            "user_id": user,
            "transaction_id": transaction,
        }

    def _call(self, path: str, message: dict[str, Any], *, question: bool = True) -> Reply:
        url = f"{self.settings.url}/{path}"
        return send(self.http, "POST", url, question=question, judged=_JUDGED, json=message)

    def _said(self, reply: Reply, user: IdNumber, *, question: bool) -> dict[str, Any]:
        """Return the answer; Refused in VNPT's own words where it says no."""
        if reply.status != _OK and b"status_code" not in reply.body:
            message = f"SmartCA: HTTP {reply.status}"
            raise Refused(message)
        with reading(question=question):
            answer = json_object(reply.body)
            status, words = answer["status_code"], said(answer.get("message"), user)
        if status == _OK:
            return answer
        if status >= 500:
            message = f"SmartCA: {words}"
            raise unclear(message, question=question)
        message = f"SmartCA: {words}"
        raise Refused(message)


def _signatures(order: RemoteOrder, files: list[dict[str, Any]]) -> dict[str, bytes]:
    """Return the signatures by ``doc_id``; ValueError unless each document has exactly one."""
    found = {str(one["doc_id"]): decoded(one["signature_value"]) for one in files}
    if len(files) != len(found) or found.keys() != {one.id for one in order.hashes}:
        message = "signatures for other documents"
        raise ValueError(message)
    return found


def _certificate(told: dict[str, Any]) -> RemoteCertificate:
    chain = told.get("chain_data") or {}
    above = [chain[name] for name in ("ca_cert",) if chain.get(name)]
    return RemoteCertificate(
        str(told["serial_number"]),
        base64.b64decode(told["cert_data"]),
        tuple(base64.b64decode(one) for one in above),
    )
