"""
A time-stamping authority on loopback: the sandbox's own, and one that misbehaves.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from werkzeug.wrappers import Request, Response

from connectors.stamps.rfc3161 import Rfc3161
from dossiers import facts
from register import documents, ledger
from sandbox.authority import Authority
from tests.support import signing_kit as kit
from tests.support.dossier_kit import dossier
from tests.support.loopback import serve

NONCE = 0x5EED


@dataclass
class Clock:
    """The sandbox's authority on loopback, which can be told to answer otherwise."""

    authority: Authority | None = None
    url: str = ""
    answer: Response | None = None
    """Said instead of the authority's own answer."""
    body: bytes = b""
    """The last good answer, for whoever wants to say it again."""
    asked: int = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        if self.answer is not None:
            return self.answer(environ, start_response)
        assert self.authority
        # As in the sandbox: the authority lives below /ca.
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = "/ca", environ["PATH_INFO"][3:]
        said = self.authority.answer(Request(environ))
        self.body = said.get_data()
        return said(environ, start_response)

    @property
    def roots(self) -> list[Path]:
        """Files of the roots that the stamps lead to."""
        assert self.authority
        return [Path(one) for one in self.authority.endpoints()["roots"]]

    def pem(self, label: str) -> str:
        """The certificate of *label*."""
        assert self.authority
        return self.authority.certificate_file(label).read_text()


@contextmanager
def ticking(folder: Path) -> Iterator[Clock]:
    """Run the authority of the sandbox; its trees are made in *folder*."""
    clock = Clock()
    with serve(clock) as url:
        clock.authority = Authority(folder, f"{url}/ca", [], at=kit.AT)
        clock.url = clock.authority.endpoints()["tsa"]
        yield clock


def connector(url: str, http: httpx.Client, *, certificate: str = "") -> Rfc3161:
    """Return the hub's connection to the authority at *url*."""
    return Rfc3161(http, Rfc3161.Settings(url=url, certificate=certificate))


def imprint(text: bytes = b"result") -> bytes:
    """Return a SHA-256 to be stamped."""
    return hashlib.sha256(text).digest()


def released(two: kit.Two, official: kit.SoftToken, seal: kit.SoftToken, number: int = 1) -> str:
    """Bring a really signed and sealed result through the gate; return its code."""
    ready, signed, sealed = (
        documents.put(data, "application/pdf") for data in (two.ready, two.signed, two.sealed)
    )
    made = dossier(f"H49.61-261123-{number:04d}", pdf=two.ready)
    for fact in (
        facts.Charged(f"QN{number:08d}00", 75_000, "transfer"),
        facts.Submitted(ready, "hung"),
        facts.Signed(signed, ready, "hung", official.certificate.fingerprint),
        facts.Numbered("1284/GPXD", "2026-11-23", "lan"),
        facts.Sealed(sealed, signed, "lan", seal.certificate.fingerprint),
        facts.Verified(sealed, "pyhanko"),
        facts.Paid(75_000, "transfer", f"bank:{number}"),
        facts.Released(sealed, 75_000, 75_000),
    ):
        ledger.record(made.code, fact, by="test")
    return made.code


def trust(home: Path, clock: Clock) -> None:
    """Trust, in the data folder *home*, the signers' root and the stamps'."""
    folder = kit.authority().write(home / "trust")
    for root in clock.roots:
        shutil.copy(root, folder / f"stamps-{root.name}")
