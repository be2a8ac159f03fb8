"""
A batch on a slow token, from the first document to the last one's time stamp.

The drain is the product's own. What comes after a signature is done as the engine's workers do
it, beside the drain and side by side; the authority is simulated, its answer takes its time.
"""

from __future__ import annotations

import resource
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection
from pyhanko.sign.timestamps import DummyTimeStamper

from dossiers.signing_status import ItemStatus
from proving.batch.devices import Slow
from register import documents, world
from signing import batches, trays
from signing.bench.stage import LABEL, issued
from signing.devices import drivers
from signing.devices.drivers import Driver, own_process
from signing.models import SigningItem, Token
from signing.pdf import stamping
from signing.pdf.lettering import serif

#: Workers that complete signatures; the engine's default for a queue.
WORKERS = 4
#: Signatures by which the token's own rate is told.
ALONE = 10


class Completing:
    """Stamps what is signed, and keeps when each document was complete."""

    def __init__(self, level: str, seconds: float) -> None:
        """
        Use an authority that needs *seconds* for an answer.

        Level B needs none; LT has the certificates and their list in the stamped revision.
        """
        self._level, self._seconds = level, seconds
        self._material = _material() if level == "LT" else None
        self._threads = ThreadPoolExecutor(WORKERS)
        self._waiting: list[Future[float]] = []
        self._begun: set[str] = set()
        key = rsa.generate_private_key(65537, 2048)
        der = issued(key).leaf.public_bytes(Encoding.DER)
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._authority = DummyTimeStamper(
            asn1.Certificate.load(der), asn1_keys.PrivateKeyInfo.load(private)
        )

    def point(self, name: str) -> None:
        """Begin with each document when its signature is kept."""
        if name != "signature kept":
            return
        rows = SigningItem.objects.filter(status=ItemStatus.SIGNED).exclude(signed__in=self._begun)
        for digest in rows.values_list("signed", flat=True):
            self._begun.add(digest)
            self._waiting.append(self._threads.submit(self._complete, digest))

    def ends(self) -> list[float]:
        """Return when the documents were complete, monotonic seconds, in order."""
        return sorted(one.result() for one in self._waiting)

    def _complete(self, digest: str) -> float:
        try:
            if self._level != "B":
                prepared = stamping.prepare(documents.get(digest), self._material)
                documents.put(prepared.finish(self._stamp(prepared.imprint)), trays.PDF)
        finally:
            connection.close()
        return time.monotonic()

    def _stamp(self, imprint: bytes) -> bytes:
        asked = tsp.TimeStampReq(
            {
                "version": 1,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": imprint,
                },
                "cert_req": True,
            }
        )
        time.sleep(self._seconds)
        answer = self._authority.request_tsa_response(asked)
        return bytes(answer["time_stamp_token"].dump())


def _material() -> stamping.Material:
    """Return what proves the official's certificate; asked for once per certificate."""
    folder = world.home() / "stage"
    certificates = tuple((folder / f"{name}.der").read_bytes() for name in ("certificate", "root"))
    return stamping.Material(certificates, crls=((folder / "root.crl").read_bytes(),))


def timed(latency: str, level: str, tsa: str) -> dict[str, Any]:
    """Sign and complete everything; times are milliseconds, *level* is B, T or LT."""
    slow: list[Slow] = []

    def find(token: Token) -> Driver:
        if not slow:
            slow.append(Slow(own_process(token), int(latency) / 1000))
        return slow[0]

    drivers.install(find)
    completing = Completing(level, int(tsa) / 1000)
    count = SigningItem.objects.filter(status=ItemStatus.QUEUED).count()
    world.install(replace(world.current(), point=completing.point))
    token = Token.objects.get(pk=LABEL)
    # A worker has its token open and its typeface cut long before.
    find(token).login(LABEL, Path(token.pin_file))
    serif()
    start, before = time.monotonic(), time.process_time()
    batches.drain(LABEL)
    ends = completing.ends()
    cpu = time.process_time() - before
    item = SigningItem.objects.filter(status=ItemStatus.SIGNED)[0]
    key, scheme = item.signer.key, item.signer.certificate.scheme
    alone = time.monotonic()
    for _ in range(ALONE):
        slow[0].sign(LABEL, key, [b"text"], scheme=scheme)
    floor = ALONE / (time.monotonic() - alone)
    return {
        "seconds": ends[-1] - start,
        "spread": ends[-1] - ends[0],
        "floor": floor,
        "cpu": cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "wrong": count - len(ends),
    }
