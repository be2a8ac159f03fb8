"""
The program on an official's PC, over a real WebSocket on loopback.
"""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from connectors import Refused, Unavailable
from connectors.signers.vgca import Vgca
from connectors.websocket import exchange
from dossiers.personal import IdNumber
from dossiers.remote import RemoteHash, RemoteOrder, RemoteReason, RemoteState
from sandbox.parties.vault import REJECTED
from sandbox.parties.vgca import Vgca as Program
from tests.support.loopback import nowhere, serve
from tests.support.signer_contract import subscriber

USER = IdNumber("022090001234")
TEXTS = (b"one", b"two")
ORDER = RemoteOrder(
    "PK-1",
    USER,
    "",
    "Phiên ký",
    datetime(2026, 11, 23, tzinfo=UTC),
    tuple(RemoteHash(str(n), "x.pdf", hashlib.sha256(t).digest()) for n, t in enumerate(TEXTS)),
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with a token plugged in."""
    return Program(subscriber(tmp_path))


@pytest.fixture
def signer(program: Program) -> Iterator[Vgca]:
    """The connector, and the program running."""
    with serve(program) as url:
        yield made(url.replace("http", "ws", 1))


def made(url: str, seconds: float = 5) -> Vgca:
    """Return the connector to the program at *url*."""
    return Vgca(httpx.Client(trust_env=False), Vgca.Settings(url, seconds=seconds))


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """Serve one connection that says *answer* and nothing else."""
    door = socket.create_server(("127.0.0.1", 0))

    def once() -> None:
        line, _ = door.accept()
        with line, suppress(ConnectionError):
            line.recv(4096)
            line.sendall(answer)
            line.recv(1)

    thread = threading.Thread(target=once, daemon=True)
    thread.start()
    yield f"ws://127.0.0.1:{door.getsockname()[1]}"
    door.close()


def test_every_digest_is_signed_by_the_token_there(signer: Vgca, program: Program) -> None:
    """
    One socket for each, in their order, by the key of the certificate that it shows.
    """
    (certificate,) = signer.certificates(USER)
    answer = signer.answer(ORDER, signer.start(ORDER))

    assert RemoteState.SIGNED is answer.state
    key = x509.load_der_x509_certificate(certificate.der).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    for text, one in zip(TEXTS, answer.signatures.values(), strict=True):
        key.verify(one, text, padding.PKCS1v15(), SHA256())
    assert 2 == len(program.signed)


def test_a_no_at_the_window_refuses_the_list(signer: Vgca, program: Program) -> None:
    """
    The official pressed no: cancelled, and nothing is signed.
    """
    program.decision = REJECTED

    answer = signer.answer(ORDER, "")

    assert (RemoteState.REFUSED, RemoteReason.CANCELLED) == (answer.state, answer.reason)
    assert [] == program.signed


def test_another_token_in_the_middle_refuses_the_list(
    signer: Vgca, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Somebody changed the token between two signatures: none of them is taken.
    """
    first = program.answer

    def changing(function: str, text: str) -> dict[str, Any]:
        return first(function, text) | {"CertBase64": str(len(program.signed))}

    monkeypatch.setattr(Program, "answer", lambda _self, *given: changing(*given))

    answer = signer.answer(ORDER, "")

    assert (RemoteState.REFUSED, RemoteReason.CERTIFICATE) == (answer.state, answer.reason)


def test_the_check_tells_who_is_there(signer: Vgca) -> None:
    """
    ``doctor`` asks for the certificate.
    """
    signer.check()


def test_whoever_is_not_there_is_unavailable() -> None:
    """
    No program, or one that is no WebSocket: nothing happened.
    """
    signer = made(nowhere().replace("http", "ws", 1))

    with pytest.raises(Unavailable):
        signer.check()
    with pytest.raises(Unavailable):
        signer.start(replace(ORDER, reference="PK-2"))


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
        b"\x00" * 20_000,
        b"",
    ],
)
def test_no_websocket_is_no_answer(answer: bytes) -> None:
    """
    A greeting that does not prove itself, or never ends, is Unavailable.
    """
    with saying(answer) as url, pytest.raises(Unavailable):
        exchange(url, "config", seconds=0.5)


def test_a_refusal_outside_signing_is_refused(signer: Vgca, program: Program) -> None:
    """
    The program answers, and says no.
    """
    program.answer = lambda *_: {"Status": 5, "Message": "Không có thiết bị"}  # type: ignore[method-assign]

    with pytest.raises(Refused, match="thiết bị"):
        signer.check()
