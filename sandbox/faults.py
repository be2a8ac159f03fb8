"""
What goes wrong on the other side, and when.

A fault is drawn by a keyed hash of (seed, party, operation, reference, fault), so a day has
the same faults whatever the order or timing of its calls. Only the first try of a
reference is hit: the second goes through, unless a fault was armed by hand.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Response

from sandbox.store import Store

_DATE = re.compile(r"(?<=-)[0-9]{6}-|[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Fault(StrEnum):
    """One way to misbehave."""

    SLOW = "slow"
    """Answers rightly, after a while."""
    SILENT_AFTER_ACCEPTING = "silent_after_accepting"
    """Does it and hangs up without a word."""
    ERROR_500_AFTER_ACCEPTING = "error_500_after_accepting"
    """Does it and answers 500."""
    REFUSED = "refused"
    """Says no and does nothing."""
    DUPLICATE = "duplicate"
    """Tells the same thing twice."""
    FORGED_CALLBACK = "forged_callback"
    """Somebody else calls back first, with another amount and a wrong check string."""
    LOST_CALLBACK = "lost_callback"
    """Never calls back; the truth must be asked for."""


_ANSWERS = (
    Fault.SLOW,
    Fault.SILENT_AFTER_ACCEPTING,
    Fault.ERROR_500_AFTER_ACCEPTING,
    Fault.REFUSED,
)

#: What may go wrong where.
TABLE: Mapping[tuple[str, str], tuple[Fault, ...]] = {
    ("platform", "init"): _ANSWERS,
    ("platform", "query"): _ANSWERS,
    ("platform", "callback"): (Fault.DUPLICATE, Fault.FORGED_CALLBACK, Fault.LOST_CALLBACK),
    ("bank", "statement"): _ANSWERS,
    ("bank", "find"): _ANSWERS,
    ("bank", "transfer"): _ANSWERS,
    ("bank", "find_transfer"): _ANSWERS,
    ("vnpost", "token"): (Fault.SLOW, Fault.ERROR_500_AFTER_ACCEPTING, Fault.REFUSED),
    ("vnpost", "order"): (*_ANSWERS, Fault.DUPLICATE),
    ("vnpost", "tracking"): (
        Fault.SLOW,
        Fault.SILENT_AFTER_ACCEPTING,
        Fault.ERROR_500_AFTER_ACCEPTING,
    ),
    ("smartca", "sign"): _ANSWERS,
    ("smartca", "status"): _ANSWERS,
    ("mysign", "sign"): _ANSWERS,
    ("mysign", "status"): _ANSWERS,
    ("csc", "authorize"): _ANSWERS,
    ("csc", "sign"): _ANSWERS,
}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tries (
    party TEXT, operation TEXT, reference TEXT, n INTEGER NOT NULL,
    PRIMARY KEY (party, operation, reference)
);
CREATE TABLE IF NOT EXISTS armed (
    id INTEGER PRIMARY KEY, party TEXT, operation TEXT, fault TEXT, reference TEXT
);
CREATE TABLE IF NOT EXISTS hits (
    party TEXT, operation TEXT, fault TEXT, n INTEGER NOT NULL,
    PRIMARY KEY (party, operation, fault)
);
"""


class UnknownFaultError(ValueError):
    """There is no such party, operation or fault; ``TABLE`` lists them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How often what goes wrong."""

    seed: str = "0"
    rate: float = 0.0
    """Chance of each fault of an operation at the first try of a reference, 0 to 1."""
    rates: Mapping[Fault, float] = field(default_factory=dict)
    """Chances that differ from *rate*."""
    slow: float = 1.0
    """Seconds that ``slow`` takes."""
    only: frozenset[tuple[str, str]] = frozenset()
    """(party, operation) pairs where faults are drawn; everywhere if empty."""

    def draw(self, party: str, operation: str, reference: str) -> Fault | None:
        """Return the fault that hits this first try, or None."""
        if self.only and (party, operation) not in self.only:
            return None
        # Without its date: the same seed has the same day tomorrow.
        place = _DATE.sub("", reference)
        for fault in TABLE[party, operation]:
            text = f"{party}\0{operation}\0{place}\0{fault}".encode()
            digest = hashlib.blake2b(text, key=self.seed.encode()[:64], digest_size=8).digest()
            if int.from_bytes(digest, "big") / 2**64 < self.rates.get(fault, self.rate):
                return fault
        return None


class Faults:
    """The faults of a running sandbox: drawn, armed and counted, kept in a file."""

    def __init__(self, path: Path, plan: Plan) -> None:
        """Keep tries, armed faults and counts in *path*."""
        self.plan = plan
        self.store = Store(path, _SCHEMA)

    def draw(
        self, party: str, operation: str, reference: str, *, subject: str = ""
    ) -> Fault | None:
        """
        Count this try and return the fault that hits it, armed ones first.

        *subject* is what a day's faults follow from where references are made on the way
        (a dossier's code); the reference itself if it is empty.
        """
        subject = subject or reference
        with self.store.transaction() as db:
            tries = db.execute(
                "INSERT INTO tries VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1"
                " RETURNING n",
                (party, operation, subject),
            ).fetchone()["n"]
            armed = db.execute(
                "DELETE FROM armed WHERE id = (SELECT min(id) FROM armed WHERE party = ?"
                " AND operation = ? AND coalesce(reference, ?) = ?) RETURNING fault",
                (party, operation, reference, reference),
            ).fetchone()
            fault = Fault(armed["fault"]) if armed else None
            if fault is None and tries == 1:
                fault = self.plan.draw(party, operation, subject)
            if fault:
                db.execute(
                    "INSERT INTO hits VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
                    (party, operation, fault),
                )
        return fault

    def arm(self, party: str, operation: str, fault: str, reference: str | None = None) -> None:
        """
        Let *fault* hit the next call of *operation*, of *reference* only if given.

        UnknownFaultError if the table does not have it.
        """
        if fault not in TABLE.get((party, operation), ()):
            message = f"no fault {fault!r} for {party}/{operation}"
            raise UnknownFaultError(message)
        with self.store.transaction() as db:
            db.execute(
                "INSERT INTO armed (party, operation, fault, reference) VALUES (?, ?, ?, ?)",
                (party, operation, fault, reference),
            )

    def state(self) -> dict[str, Any]:
        """Return what is armed and how often what has hit."""
        return {
            "hits": self.store.rows("SELECT * FROM hits ORDER BY party, operation, fault"),
            "armed": self.store.rows("SELECT * FROM armed ORDER BY id"),
        }

    def misbehave(
        self,
        fault: Fault | None,
        answer: Callable[[], Response],
        refusal: Callable[[], Response],
    ) -> Response:
        """
        Return the answer as *fault* has it; *answer* does the work, *refusal* does not.

        ConnectionAbortedError makes the server hang up, which is how silence sounds on a wire.
        """
        if fault is Fault.REFUSED:
            return refusal()
        if fault is Fault.SLOW:
            time.sleep(self.plan.slow)
        done = answer()
        if fault is Fault.SILENT_AFTER_ACCEPTING:
            message = "sandbox: silent after accepting"
            raise ConnectionAbortedError(message)
        if fault is Fault.ERROR_500_AFTER_ACCEPTING:
            return Response("Internal Server Error", status=500, mimetype="text/plain")
        return done

    def close(self) -> None:
        """Close the file."""
        self.store.close()
