"""
Any time-stamping authority that speaks RFC 3161 over HTTP, as VGCA's and the public ones do.

The answer is believed only so far as it can be checked here: granted, for our digest, for our
question, by the pinned certificate where one is configured. Its signature and the path to a
trusted root are checked where the stamped file is judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import algos, cms, core, pem, tsp, x509

from connectors import Refused, Unavailable
from connectors.http import Limits, reading, send
from connectors.stamps import DEADLINE, StampAuthority

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"

#: A token with its certificates has some 6 KB.
_LIMITS = Limits(longest=DEADLINE, largest=2**18)

#: By what a digest of so many octets was made.
_DIGESTS: Final = {32: "sha256", 48: "sha384", 64: "sha512"}

#: RFC 3161 §2.4.2: a token is there.
GRANTED = frozenset({"granted", "granted_with_mods"})

#: RFC 3161 §2.4.2: the authority cannot now; every other failure is a no.
LATER = frozenset({"time_not_available", "system_failure"})


class Answer(core.Sequence):  # type: ignore[misc]
    """TimeStampResp, as RFC 3161 has it: asn1crypto's own asks for a token also in a refusal."""

    _fields = [  # noqa: RUF012 - asn1crypto's own way
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class Rfc3161(StampAuthority):
    """A time-stamping authority at one address."""

    code = "rfc3161"
    label = "Dấu thời gian (RFC 3161)"

    @dataclass(frozen=True, slots=True)
    class Settings:
        """Where the authority is, and by which certificate its stamps are known."""

        url: str
        certificate: str = ""
        """The authority's own, PEM, two in one text while it is renewed; empty: any trusted one."""

    settings: Settings

    def stamp(self, imprint: bytes, nonce: int) -> bytes:
        """Ask for a token with the authority's certificate in it."""
        reply = send(
            self.http,
            "POST",
            self.settings.url,
            question=True,
            limits=_LIMITS,
            content=query(imprint, nonce),
            headers={"Content-Type": _QUERY, "Accept": _REPLY},
        )
        with reading(question=True):
            token = granted(reply.body)
            if told(token) != (imprint, nonce):
                message = "a stamp for another question"
                raise ValueError(message)
            self._known(token)
        return bytes(token.dump())

    def check(self) -> None:
        """Have nothing stamped: a token that is thrown away."""
        self.stamp(hashlib.sha256(b"").digest(), int(self.now().timestamp()))

    def _known(self, token: cms.ContentInfo) -> None:
        """Return quietly if the pinned certificate signed *token*, or none is pinned."""
        pinned = {der for _kind, _headers, der in _unarmoured(self.settings.certificate)}
        if pinned and signer(token).dump() not in pinned:
            message = (
                "dấu thời gian ký bằng chứng thư lạ"
                " · the stamp was made with another certificate than the configured one"
            )
            raise Refused(message)


def query(imprint: bytes, nonce: int) -> bytes:
    """Return the DER of the question for a stamp over *imprint*: SHA-256, -384 or -512."""
    asked = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": algos.DigestAlgorithm({"algorithm": _DIGESTS[len(imprint)]}),
                "hashed_message": imprint,
            },
            "nonce": nonce,
            "cert_req": True,
        }
    )
    return bytes(asked.dump())


def granted(body: bytes) -> cms.ContentInfo:
    """Return the token of the answer *body*; Refused, Unavailable, or ValueError if unreadable."""
    answer = Answer.load(body, strict=True)
    status = answer["status"]
    if status["status"].native in GRANTED:
        return answer["time_stamp_token"].untag()
    failures = status["fail_info"].native or set()
    # The authority's own words stay out: they may be anything, and the codes say enough.
    words = f"{status['status'].native} {' '.join(sorted(failures))}".strip()
    if status["status"].native == "waiting" or failures & LATER:
        message = f"chưa cấp được dấu thời gian · no time stamp just now ({words})"
        raise Unavailable(message)
    message = f"bị từ chối cấp dấu thời gian · a time stamp was refused ({words})"
    raise Refused(message)


def told(token: cms.ContentInfo) -> tuple[bytes, int]:
    """Return imprint and nonce of *token*; ValueError unless it is a time stamp."""
    signed: Any = token["content"]
    content = signed["encap_content_info"]
    if content["content_type"].native != "tst_info":
        message = "no time stamp"
        raise ValueError(message)
    info = content["content"].parsed
    imprint = info["message_imprint"]
    digest = imprint["hashed_message"].native
    if imprint["hash_algorithm"]["algorithm"].native != _DIGESTS.get(len(digest)):
        message = "another digest"
        raise ValueError(message)
    return digest, info["nonce"].native


def signer(token: cms.ContentInfo) -> x509.Certificate:
    """Return the certificate that signed *token*; ValueError if it is not in it."""
    signed: Any = token["content"]
    sid = signed["signer_infos"][0]["sid"].chosen
    for choice in signed["certificates"]:
        certificate = choice.chosen
        mine = (certificate.issuer.dump(), certificate.serial_number)
        if mine == (sid["issuer"].dump(), sid["serial_number"].native):
            return certificate
    message = "the signer's certificate is not in the token"
    raise ValueError(message)


def _unarmoured(text: str) -> Iterator[Any]:
    return pem.unarmor(text.encode(), multiple=True) if text else iter(())
