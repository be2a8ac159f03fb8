"""
The process that measures; Django is set up before this is imported.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import resource
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx
from werkzeug.wrappers import Request

from connectors.stamps.rfc3161 import Rfc3161
from dossiers.signing_status import RoundKind
from register import world
from sandbox.authority import Authority
from signing.evidence import finder, rounds, shelves
from signing.evidence.proofs import ProofError, check
from signing.evidence.records import Record
from signing.evidence.rounds import Leaf
from signing.evidence.trees import Tree
from signing.models import ArchiveRound

_LOOKED_AT = 200
_TOKEN = 4_000
"""About what one stamp adds to what is hashed again, in octets."""


class Asked:
    """The sandbox's authority, in this process; counts its questions."""

    def __init__(self, home: Path) -> None:
        """Make its trees in *home*, and trust their roots."""
        self.questions = 0
        self._authority = Authority(home / "authority", "http://sandbox/ca", [], at=world.now())
        told = self._authority.endpoints()
        (home / "trust").mkdir()
        for root in told["roots"]:
            shutil.copy(root, home / "trust" / Path(root).name)
        http = httpx.Client(transport=httpx.WSGITransport(app=self._answer))
        self._tsa = Rfc3161(http, Rfc3161.Settings(url=told["tsa"]))

    def __call__(self, root: bytes) -> bytes:
        """Return the token over *root*."""
        self.questions += 1
        return self._tsa.stamp(root, self.questions)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = "/ca", str(environ["PATH_INFO"])[3:]
        return self._authority.answer(Request(environ))(environ, start_response)


def main(n: int) -> None:
    """Measure *n* results and print the figures."""
    asked = Asked(world.home())
    things = [number.to_bytes(8, "big") for number in range(n)]
    spares = {hashlib.sha256(one).digest(): hashlib.sha512(one).digest() for one in things}
    first = _timed(lambda: _first(spares, asked))
    stamp = _timed(lambda: rounds.renew(list(ArchiveRound.objects.all()), asked))
    floor = _timed(lambda: _floor(spares))
    before, processor = asked.questions, time.process_time()
    seconds = _timed(lambda: finder.strengthen(asked))
    told = {
        "name": "archive",
        "rate": round(n / seconds),
        "unit": "results/s",
        "cpu_ms": round(1000 * (time.process_time() - processor) / n, 4),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "ratio": {"floor": round(floor / seconds, 2)},
        "wrong": _wrong(things),
        "results": n,
        "seconds": round(seconds, 1),
        "questions": asked.questions - before,
        "first": round(first, 1),
        "stamp": round(stamp, 2),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.python_version()}",
    }
    print(json.dumps(told))


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _first(spares: Mapping[bytes, bytes], ask: rounds.Ask) -> None:
    """Make the first round as ``rounds.archive`` does, of things that are no files."""
    made = rounds.stamped(RoundKind.FIRST, rounds.ALGORITHM, spares, ask)
    made.spare = shelves.store(spares[digest] for digest in sorted(spares))
    made.save(force_insert=True)


def _floor(spares: Mapping[bytes, bytes]) -> None:
    """Hash what a hash-tree renewal must, with a stand-in for each record, and build the tree."""
    tail = bytes(2 * _TOKEN)
    sha512 = hashlib.sha512
    leaves = [
        sha512(spare + sha512(digest * 20 + tail).digest()).digest()
        for digest, spare in spares.items()
    ]
    Tree(sorted(leaves), rounds.STRONGER)


def _wrong(things: list[bytes]) -> int:
    """Count records that prove nothing, and proofs of what was never there."""
    found, wrong = finder.Finder(), 0
    for one in things[:: max(1, len(things) // _LOOKED_AT)]:
        record = found.record(_leaf(one))
        wrong += record is None or not _proves(record, one) or _proves(record, one + b"?")
        wrong += found.record(_leaf(one + b"?")) is not None
    return wrong


def _proves(record: Record, data: bytes) -> bool:
    try:
        proof = check(
            record,
            lambda name: hashlib.new(name, data).digest(),
            rounds.roots(),
            at=world.now(),
        )
    except ProofError:
        return False
    return proof.stamps == len(("first", "stamps", "tree"))


def _leaf(data: bytes) -> Leaf:
    return Leaf(hashlib.sha256(data).digest(), hashlib.sha512(data).digest())
