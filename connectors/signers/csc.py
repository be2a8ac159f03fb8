"""
Any service that speaks the Cloud Signature Consortium's API, version 2 (2.0.0.2 of 2023).

The hub is a client of its own (OAuth 2, ``client_credentials``); the person confirms the list of
hashes with the service, which is why only credentials are used whose authorisation the service
manages itself: the hub never holds a PIN or a one-time password. ``credentials/authorize`` then
answers 202 and a handle, which is asked after; the activation data (SAD) that it gives at the
end is used at once and kept nowhere. Signatures come in the order of the hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from connectors import Refused
from connectors.http import Reply, Unauthorised, reading, send, send_json
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

DIGESTS: Mapping[str, str] = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
}
RSA, P256, P384 = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3"

REASONS: Mapping[str, RemoteReason] = {
    "access_denied": RemoteReason.CANCELLED,
    "authorization_denied": RemoteReason.CANCELLED,
    "expired_handle": RemoteReason.EXPIRED,
    "expired_sad": RemoteReason.EXPIRED,
    "invalid_handle": RemoteReason.UNKNOWN,
    "invalid_sad": RemoteReason.FAILED,
    "credential_disabled": RemoteReason.CERTIFICATE,
}
"""By ``error``. Services differ in these words; any other is FAILED, with its description."""

_OK, _STILL = 200, 202


class Csc(RemoteSigner):
    """A remote signing service by the Consortium's interface."""

    code = "csc"
    label = "Ký số từ xa (CSC v2)"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """Where the service is, and who we are there."""

        url: str
        """Ends before ``/csc/v2``."""
        client_id: str
        client_secret: str = field(repr=False, metadata={"secret": True})

    settings: Settings
    _token = ""

    def check(self) -> None:
        """Sign in."""
        self._sign_in()

    def certificates(self, user: IdNumber) -> list[RemoteCertificate]:
        """Ask for the credentials of *user*, each with its chain."""
        message = {
            "userID": user.reveal(),
            "credentialInfo": True,
            "certificates": "chain",
            "certInfo": True,
            "authInfo": True,
            "onlyValid": True,
        }
        answer = self._json("credentials/list", message)
        with reading(question=True):
            found = answer.get("credentialInfos") or []
            return [_certificate(one) for one in found if _by_the_service(one)]

    def start(self, order: RemoteOrder) -> str:
        """Have the list authorised; the service asks its subscriber."""
        message = {
            "credentialID": order.key,
            "numSignatures": len(order.hashes),
            "hashes": [encoded(one.digest) for one in order.hashes],
            "hashAlgorithmOID": DIGESTS[_one_algorithm(order)],
            "description": f"{order.title}: {', '.join(one.id for one in order.hashes)}"[:500],
            "clientData": order.reference,
        }
        reply = self._call("credentials/authorize", message, question=False)
        if reply.status not in (_OK, _STILL):
            reason, words = _no(reply, order.user)
            refusal = f"{self.label}: {said(reason)} {words}"
            raise Refused(refusal)
        with reading(question=False):
            answer = json_object(reply.body)
            # Who gives the activation data at once has asked nobody: not what a list needs.
            return str(answer["handle"])

    def answer(self, order: RemoteOrder, theirs: str) -> RemoteAnswer:
        """Ask whether the person confirmed; if so have the hashes signed."""
        if not theirs:
            return RemoteAnswer(RemoteState.REFUSED, reason=RemoteReason.UNKNOWN)
        reply = self._call("credentials/authorizeCheck", {"handle": theirs}, question=True)
        if reply.status == _STILL:
            return RemoteAnswer(RemoteState.WAITING)
        if reply.status != _OK:
            return _refused(reply, order.user)
        with reading(question=True):
            activation = str(json_object(reply.body)["SAD"])
        return self._signed(order, activation)

    def _signed(self, order: RemoteOrder, activation: str) -> RemoteAnswer:
        """Have the hashes signed: a question, for asking twice signs the same list again."""
        algorithm = _one_algorithm(order)
        kind = self._kind(order)
        message = {
            "credentialID": order.key,
            "SAD": activation,
            "hashes": [encoded(one.digest) for one in order.hashes],
            "hashAlgorithmOID": DIGESTS[algorithm],
            "signAlgo": kind,
            "operationMode": "S",
            "clientData": order.reference,
        }
        reply = self._call("signatures/signHash", message, question=True)
        if reply.status != _OK:
            return _refused(reply, order.user)
        with reading(question=True):
            found = signatures(order, json_object(reply.body)["signatures"])
            size = {P256: 32, P384: 48}.get(kind)
            plain = {id_: _side_by_side(one, size) for id_, one in found.items()}
        return RemoteAnswer(RemoteState.SIGNED, plain)

    def _kind(self, order: RemoteOrder) -> str:
        """Return how the key of *order* signs; Refused if the subscriber has no such key."""
        for one in self.certificates(order.user):
            if one.key == order.key:
                key = x509.load_der_x509_certificate(one.der).public_key()
                if isinstance(key, ec.EllipticCurvePublicKey):
                    return P256 if isinstance(key.curve, ec.SECP256R1) else P384
                return RSA
        message = f"{self.label}: không còn khóa này · the key is not there any more"
        raise Refused(message)

    def _json(self, path: str, message: dict[str, Any]) -> dict[str, Any]:
        reply = self._call(path, message, question=True)
        if reply.status != _OK:
            _, words = _no(reply)
            refusal = f"{self.label}: {words}"
            raise Refused(refusal)
        with reading(question=True):
            return json_object(reply.body)

    def _call(self, path: str, message: dict[str, Any], *, question: bool) -> Reply:
        """Call with the kept token; with a new one, once, if the service says that it is old."""
        token = self._token or self._sign_in()
        try:
            return self._send(path, message, token, question=question)
        except Unauthorised:
            return self._send(path, message, self._sign_in(), question=question)

    def _send(self, path: str, message: dict[str, Any], token: str, *, question: bool) -> Reply:
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.settings.url}/csc/v2/{path}"
        return send(
            self.http,
            "POST",
            url,
            question=question,
            judged=(400, 403),
            json=message,
            headers=headers,
        )

    def _sign_in(self) -> str:
        ours = self.settings
        who = encoded(f"{ours.client_id}:{ours.client_secret}".encode())
        answer = send_json(
            self.http,
            "POST",
            f"{ours.url}/csc/v2/oauth2/token",
            question=True,
            data={"grant_type": "client_credentials", "scope": "service"},
            headers={"Authorization": f"Basic {who}"},
        )
        with reading(question=True):
            self._token = str(answer["access_token"])
        return self._token


def _no(reply: Reply, *hidden: IdNumber) -> tuple[str, str]:
    """Return the word and the description of a refusal; Refused if it is not theirs."""
    try:
        told = json_object(reply.body)
    except ValueError:
        message = f"HTTP {reply.status}"
        raise Refused(message) from None
    return str(told.get("error", "")), said(told.get("error_description"), *hidden)


def _refused(reply: Reply, user: IdNumber) -> RemoteAnswer:
    error, words = _no(reply, user)
    reason = REASONS.get(error, RemoteReason.FAILED)
    return RemoteAnswer(RemoteState.REFUSED, reason=reason, words=f"{said(error)} {words}".strip())


def _by_the_service(told: dict[str, Any]) -> bool:
    """Tell whether the service itself asks the person, with nothing for the hub to hold."""
    return bool((told.get("auth") or {}).get("mode") == "implicit")


def _certificate(told: dict[str, Any]) -> RemoteCertificate:
    der, *above = (decoded(one) for one in told["cert"]["certificates"])
    return RemoteCertificate(str(told["credentialID"]), der, tuple(above))


def _one_algorithm(order: RemoteOrder) -> str:
    (algorithm,) = {one.algorithm for one in order.hashes}
    return algorithm


def _side_by_side(signature: bytes, size: int | None) -> bytes:
    """Return an ECDSA *signature*, DER here, as tokens give it; *size* bytes for each number."""
    if size is None:
        return signature
    return b"".join(one.to_bytes(size, "big") for one in decode_dss_signature(signature))
