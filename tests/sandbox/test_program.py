from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.other_side import ROOT

SIGN = """
import json, sys
from pathlib import Path
import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pkcs11 import Attribute, Mechanism, ObjectClass

tokens = json.load(open(sys.argv[1]))["tokens"]
library = pkcs11.lib(tokens["module"])
for row in tokens["tokens"]:
    token = library.get_token(token_label=row["label"])
    with token.open(user_pin=Path(row["pin_file"]).read_text()) as session:
        (key,) = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
        (held,) = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        signature = key.sign(b"abc", mechanism=Mechanism.SHA256_RSA_PKCS)
        certificate = x509.load_pem_x509_certificate(Path(row["certificate"]).read_bytes())
        assert held[Attribute.VALUE] == certificate.public_bytes(serialization.Encoding.DER)
        certificate.public_key().verify(signature, b"abc", PKCS1v15(), hashes.SHA256())
print(len(tokens["tokens"]))
"""


class Program:
    """``python -m sandbox`` as demo starts it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> dict[str, Any]:
        self.stop()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--data", str(self.data), "--fault-rate", "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline().strip()
        endpoints: dict[str, Any] = json.loads(Path(line).read_text("utf-8"))
        return endpoints

    def stop(self) -> None:
        """End it if it runs, so that a failed test leaves nothing to the next."""
        if self.process:
            self.end(signal.SIGTERM)

    def end(self, number: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(number)
        code = self.process.wait(20)
        assert self.process.stdout
        self.process.stdout.close()
        self.process = None
        return code

    def memory(self) -> int:
        assert self.process
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0])


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program, not yet started; ended when the tests are over."""
    program = Program(tmp_path_factory.mktemp("other side"))
    yield program
    program.stop()


def test_survives_kill(program: Program) -> None:
    """
    After ``kill -9`` it comes back at the same address, with the same books and certificates.
    """
    before = program.start()
    transfer = {"account": before["bank"]["accounts"][0]["number"], "amount": 5000, "memo": "m"}
    with httpx.Client(trust_env=False) as http:
        http.post(f"{before['control']}/bank/transfers", json=transfer).raise_for_status()
        books = http.get(f"{before['control']}/state").json()
        certificate = Path(before["tokens"]["tokens"][0]["certificate"]).read_bytes()
        program.end(signal.SIGKILL)
        after = program.start()
        assert before == after
        assert certificate == Path(after["tokens"]["tokens"][0]["certificate"]).read_bytes()
        assert books == http.get(f"{after['control']}/state").json()
        assert program.memory() < 120_000
    assert 0 == program.end(signal.SIGTERM)


def test_tokens_sign(program: Program) -> None:
    """
    Every token signs with its PIN, and its certificate's public key confirms the signature.
    """
    endpoints = program.start()
    done = subprocess.run(
        [sys.executable, "-c", SIGN, str(program.data / "endpoints.json")],
        env={**os.environ, **endpoints["tokens"]["environment"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("", "12") == (done.stderr, done.stdout.strip())
    program.end(signal.SIGTERM)


def test_secrets_are_for_the_owner(program: Program) -> None:
    """
    Keys, PINs and secrets are files of mode 0600.
    """
    program.start()
    program.end(signal.SIGTERM)
    secret = [
        path
        for pattern in ("secrets/*", "tokens/*.pin", "authority/keys/*.pem")
        for path in program.data.glob(pattern)
    ]
    assert {0o600} == {path.stat().st_mode & 0o777 for path in secret}
    assert len(secret) > 20


def test_tokens_are_made_once(program: Program) -> None:
    """
    A second start finds the tokens and leaves them alone.
    """
    program.start()
    program.end(signal.SIGTERM)
    store = program.data / "tokens" / "store"
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*.object")}
    program.start()
    program.end(signal.SIGTERM)
    assert before == {path: path.stat().st_mtime_ns for path in store.rglob("*.object")}
    assert before
