"""
A result signed with certificates of the sandbox's authority, and everybody who proves them.

The other side's clock is the test's: what is told is fresh at the instant the test says.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from werkzeug.wrappers import Request, Response

from connectors.revocation.crl import Crl
from connectors.revocation.ocsp import Ocsp
from connectors.stamps.rfc3161 import Rfc3161
from register import documents, ledger, world
from sandbox import keys, people
from sandbox.authority import Authority
from scheduler import connections
from scheduler.connections import Connections
from signing.certificates import Certificate, load
from signing.levels import stamps
from signing.pdf import fields, pades
from tests.support import signing_kit as kit
from tests.support import stamp_kit
from tests.support.loopback import serve

OFFICIAL, SEAL = "cb-sxd", "dau-sxd"
_TIME = "HTTP_X_CERTOMANCER_FAKE_TIME"


@dataclass
class Others:
    """The sandbox's authority on loopback, which can be told to answer otherwise."""

    authority: Authority
    url: str
    now: datetime = kit.AT
    answers: dict[str, Any] = field(default_factory=dict)
    """Said instead, where the path holds the key: a response, or what makes one of the question."""
    spoils: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)
    """What becomes of the authority's own answer, where the path holds the key."""
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer as the authority does, or as the test has it."""
        path = environ["PATH_INFO"]
        self.asked.append(path)
        for place, said in self.answers.items():
            if place in path:
                whole = isinstance(said, Response)
                answer = said if whole else Response(said(Request(environ).get_data()))
                return answer(environ, start_response)
        body = self.say(environ)
        for place, spoil in self.spoils.items():
            body = spoil(body) if place in path else body
        return Response(body)(environ, start_response)

    def say(self, environ: dict[str, Any]) -> bytes:
        """Return the authority's own answer."""
        environ = {**environ, "SCRIPT_NAME": "/ca", "PATH_INFO": environ["PATH_INFO"][3:]}
        environ[_TIME] = self.now.isoformat()
        return self.authority.answer(Request(environ)).get_data()

    def count(self, word: str) -> int:
        """Return how many questions had *word* in their path."""
        return sum(word in path for path in self.asked)

    def well(self) -> None:
        """Answer rightly again, at the beginning of the day."""
        self.now = kit.AT
        self.answers.clear()
        self.spoils.clear()
        self.asked.clear()

    def ocsp(
        self,
        label: str,
        status: str = "good",
        *,
        by: str = "ocsp-issuing",
        at: datetime | None = None,
    ) -> bytes:
        """Return an OCSP answer about *label*, made *at* an instant and signed *by* another."""
        at = at or self.now
        below_root = label in {"tsa", "issuing"}
        revoked = status == "revoked"
        built = ocsp.OCSPResponseBuilder().add_response(
            cert=self.parsed(label),
            issuer=self.parsed("root" if below_root else "issuing"),
            algorithm=SHA1(),  # noqa: S303 - names the issuer, proves nothing
            cert_status=ocsp.OCSPCertStatus[status.upper()],
            this_update=at,
            next_update=at + timedelta(minutes=30),
            revocation_time=at - timedelta(days=1) if revoked else None,
            revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
        )
        responder = self.parsed(by)
        built = built.responder_id(ocsp.OCSPResponderEncoding.NAME, responder)
        key = keys.load(self.authority.key_file(by).read_bytes())
        signed = built.certificates([responder]).sign(key, SHA256())
        return signed.public_bytes(Encoding.DER)

    def certificate(self, label: str) -> Certificate:
        """Return the certificate of *label*."""
        return load(self.parsed(label).public_bytes(Encoding.DER))

    def parsed(self, label: str) -> x509.Certificate:
        """Return the certificate of *label* as ``cryptography`` has it."""
        return x509.load_pem_x509_certificate(self.authority.certificate_file(label).read_bytes())

    def connections(self, http: httpx.Client, *codes: str) -> Connections:
        """Return the hub's connections to those of the authority's services, or to all."""
        tsa = self.authority.endpoints()["tsa"]
        made = (
            Rfc3161(http, Rfc3161.Settings(tsa)),
            Ocsp(http, Ocsp.Settings()),
            Crl(http, Crl.Settings()),
        )
        return Connections({one.code: one for one in made if not codes or one.code in codes})

    def trust(self, home: Path) -> Path:
        """Trust the authority in the data folder *home*; return the folder."""
        folder = home / "trust"
        folder.mkdir(parents=True, exist_ok=True)
        for label in ("root", "issuing"):
            pem = self.authority.certificate_file(label).read_bytes()
            (folder / f"{label}.pem").write_bytes(pem)
        return folder


@contextmanager
def others(folder: Path) -> Iterator[Others]:
    """Run the authority of the sandbox with two holders; its trees are made in *folder*."""
    holders = [one for one in people.holders() if one.label in (OFFICIAL, SEAL)]
    made: list[Others] = []
    with serve(lambda environ, start: made[0](environ, start)) as url:  # noqa: PLW0108 - not yet made
        made.append(Others(Authority(folder, f"{url}/ca", holders, at=kit.AT), url))
        yield made[0]


def result(there: Others) -> kit.Two:
    """Return a result signed and sealed by the two holders, without any token."""
    places = fields.find(kit.result_pdf(), fields.Signer(kit.NAME, kit.TITLE))
    ready = fields.add(kit.result_pdf(), places)
    official = pades.Request(fields.OFFICIAL, there.certificate(OFFICIAL), kit.AT, None, first=True)
    signed = _give(ready, official, there, OFFICIAL)
    seal = pades.Request(fields.SEAL, there.certificate(SEAL), kit.AT, None, last=True)
    return kit.Two(ready, signed, _give(signed, seal, there, SEAL), places)


def _give(data: bytes, request: pades.Request, there: Others, label: str) -> bytes:
    key = keys.load(there.authority.key_file(label).read_bytes())
    prepared = pades.prepare(data, request)
    return prepared.finish(kit.raw_signature(key, prepared.attributes))


@dataclass(frozen=True)
class Part:
    """One signature as it lies in the file."""

    der: bytes
    text: bytes
    """What it covers."""
    end: int
    """Where its coverage ends."""


def parts(data: bytes) -> list[Part]:
    """Return the signatures and stamps of *data*, read with nothing but a pattern."""
    found = []
    for match in re.finditer(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", data):
        _start, first, second, rest = (int(edge) for edge in match.groups())
        der = bytes.fromhex(data[first + 1 : second - 1].decode())
        text = data[:first] + data[second : second + rest]
        found.append(Part(der, text, second + rest))
    return sorted(found, key=lambda part: part.end)


def openssl_stamp(part: Part, folder: Path, root: Path) -> str:
    """Return what OpenSSL says of the stamp *part*, up to *root* (PEM)."""
    text, der = folder / "text.bin", folder / "stamp.der"
    text.write_bytes(part.text)
    der.write_bytes(part.der)
    command = ["openssl", "ts", "-verify", "-token_in", "-data", text, "-in", der]
    done = subprocess.run([*command, "-CAfile", root], capture_output=True, check=False)
    return (done.stdout + done.stderr).decode()


def digest(data: bytes) -> str:
    """Return the SHA-256 of *data* in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Held:
    """A certificate, as ``stamp_kit`` asks a token for it."""

    certificate: Certificate


@dataclass
class Hub:
    """The hub at an instant that a test moves on, and its other side."""

    there: Others
    two: kit.Two
    http: httpx.Client
    home: Path
    now: datetime = kit.AT

    def released(self, number: int = 1) -> str:
        """Bring the result through the gate as dossier *number*, waiting for its level."""
        official, seal = (Held(self.there.certificate(one)) for one in (OFFICIAL, SEAL))
        code = stamp_kit.released(self.two, official, seal, number)  # type: ignore[arg-type]
        stamps.want(code)
        return code

    def connect(self, *codes: str) -> None:
        """Connect the hub with these services only, or with all."""
        connections.install(lambda: self.there.connections(self.http, *codes))

    def later(self, span: timedelta) -> None:
        """Let time pass, here and there."""
        self.now += span
        self.there.now = self.now

    def file(self, code: str) -> bytes:
        """Return the result as it is now."""
        return documents.get(ledger.state(code).document)


@contextmanager
def working(there: Others, two: kit.Two, home: Path) -> Iterator[Hub]:
    """Let a hub work in *home*, connected to everybody and trusting."""
    there.well()
    there.trust(home)
    with httpx.Client(timeout=2, trust_env=False) as http:
        made = Hub(there, two, http, home)
        ours = replace(world.current(), now=lambda: made.now, home=home)
        with world.running_in(ours):
            made.connect()
            yield made
    connections.install(Connections)
