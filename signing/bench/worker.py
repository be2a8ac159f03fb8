"""
``python -m signing.bench.worker WAY FOLDER COUNT``: one process of a run, told when to begin.

It says that it is ready, waits for a line, works, and says how it went; what it made is written
down afterwards. Ways: ``ours``, ``pyhanko``, and ``bare``, which only asks the token.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from hashlib import new
from pathlib import Path
from typing import Any

import pkcs11

from register import world
from signing.bench.stage import KEY, LABEL, LINES, MODULE, Stage
from signing.certificates import Scheme
from signing.devices.tokens import Tokens
from signing.pdf import appearance, fields, pades, readback

Work = Callable[[int], Iterable[bytes]]
"""Seals so many documents and gives them."""

#: Texts for the token in one message; a drain of a pool has as many documents under way.
TOGETHER = 8


class Ours:
    """The hub's own way, as a batch goes it: prepare, sign, check, embed, read back."""

    def __init__(self, stage: Stage) -> None:
        """Open the token in a process of its own."""
        self._stage = stage
        self._tokens = Tokens(MODULE, environment=stage.environment)
        self._tokens.login(LABEL, stage.pin)

    def __call__(self, count: int) -> list[bytes]:
        """Seal the document *count* times."""
        made: list[bytes] = []
        while len(made) < count:
            made += self._few(min(TOGETHER, count - len(made)))
        return made

    def _few(self, count: int) -> list[bytes]:
        stage = self._stage
        ready = [pades.prepare(stage.pdf, self._request()) for _ in range(count)]
        texts = [prepared.attributes for prepared in ready]
        scheme = stage.certificate.scheme
        signatures = self._tokens.sign(LABEL, KEY, texts, scheme=scheme)
        return [self._finished(*pair) for pair in zip(ready, signatures, strict=True)]

    def _request(self) -> pades.Request:
        stage = self._stage
        looks = appearance.seal(stage.box, stage.png, diameter=36.0, lines=LINES)
        return pades.Request(fields.SEAL, stage.certificate, world.now(), looks, last=True)

    def _finished(self, prepared: pades.Prepared, signature: bytes) -> bytes:
        signed = prepared.finish(signature)
        readback.check(signed, fields.SEAL, prepared)
        return signed

    def cpu(self) -> float:
        """Return seconds of CPU so far, of this process and of the token's."""
        spent = int(Path(f"/proc/{self._tokens.pid}/schedstat").read_text().split()[0])
        return time.process_time() + spent / 1e9


class Bare:
    """C_Sign and nothing else."""

    def __init__(self, stage: Stage) -> None:
        """Open the token in this very process."""
        for name, value in stage.environment.items():
            os.putenv(name, value)  # the driver reads it, and nobody else
        token = pkcs11.lib(str(MODULE)).get_token(token_label=LABEL)
        session = token.open(user_pin=stage.pin.read_text())
        self._key: Any = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY)
        self._scheme = stage.certificate.scheme

    def __call__(self, count: int) -> list[bytes]:
        """Sign *count* times; nothing is made."""
        if self._scheme in {Scheme.P256, Scheme.P384}:
            text = new(self._scheme.rpartition("-")[2]).digest()
            for _ in range(count):
                self._key.sign(text, mechanism=pkcs11.Mechanism.ECDSA)
        else:
            for _ in range(count):
                self._key.sign(b"text", mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
        return []

    def cpu(self) -> float:
        """Return seconds of CPU so far."""
        return time.process_time()


#: Named, because a peer's libraries are no weight of ours.
WAYS = {
    "ours": "signing.bench.worker:Ours",
    "bare": "signing.bench.worker:Bare",
    "pyhanko": "signing.bench.peers:PyHanko",
}


def main(arguments: list[str]) -> None:
    """Work when told to, and tell how long it took."""
    way, folder, count = arguments
    module, name = WAYS[way].split(":")
    work: Any = getattr(importlib.import_module(module), name)(Stage(Path(folder)))
    work(2)  # loads what is loaded once per process
    _say("ready")
    sys.stdin.readline()
    before, start = work.cpu(), time.monotonic()
    made = work(int(count))
    end, cpu = time.monotonic(), work.cpu() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for number, data in enumerate(made):
        (Path(folder) / "made" / f"{way}-{os.getpid()}-{number}.pdf").write_bytes(data)
    _say(json.dumps({"start": start, "end": end, "cpu": cpu, "peak_mb": peak}))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
