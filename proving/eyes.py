"""
The rules that must hold after every step of a played day, and who watches them.

What the hub says is compared with what really happened: the parties' own books, the money that
citizens really paid, the letters that were really acknowledged. The eyes read by a session of
their own, so they see what is committed and nothing else.

Rules of rows stand in ``rules.sql`` and ``last_rules.sql``; :mod:`proving.following` follows
what changes, :mod:`proving.leaving` looks at what is about to leave the hub, and
:mod:`proving.ending` at what is left when the day is over.
"""

from __future__ import annotations

import copy
import hashlib
import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
from django.db import InterfaceError, OperationalError
from procrastinate.exceptions import ConnectorException as EngineError

from connectors import ConnectorError
from dispatch import manifests
from dossiers.transitions import TransitionError
from payments import close, refunds
from proving import canaries, rules
from proving.baton import Actor, Crash
from proving.ending import Ending
from proving.following import Following
from proving.leaving import Leaving
from proving.otherside import SECRET
from proving.seen import Seen, hold
from proving.story import Violation
from register.intents import SupersededError
from sandbox.parties.platform import CONFIRM, seal
from scheduler.effects import BusyError
from signing import batches, locks, trays
from signing.devices.tokens import TokenError

if TYPE_CHECKING:
    from proving.play import Play

SURPRISE = "no_surprise"

#: How the hub's work may end without anybody being surprised.
EXPECTED = (
    ConnectorError,
    # A broken session, and not what a constraint of the database refuses.
    InterfaceError,
    OperationalError,
    # The same, where the worker speaks to the engine without Django.
    psycopg.InterfaceError,
    psycopg.OperationalError,
    EngineError,
    OSError,
    TransitionError,
    TokenError,
    SupersededError,
    BusyError,
    batches.RefusedError,
    trays.NotOnTrayError,
    locks.HeldError,
    manifests.NothingToListError,
    close.UnnamedError,
    close.ClosedError,
    # Two differences may tell of one surplus: whoever comes second is told so.
    refunds.NothingToRefundError,
)


class Eyes:
    """Everything that is watched in one day."""

    def __init__(self, play: Play) -> None:
        """Begin with an empty register."""
        self._play = play
        self._sql = play.house.sql
        self._snapshot: Any = None
        self._watch(Seen())
        canaries.forget()

    def _watch(self, seen: Seen) -> None:
        self._seen = seen
        self._following = Following(self._play, seen)
        self._leaving = Leaving(self._play, seen)

    # -- what really happened, told by those who did it ---------------------------------------

    def paid(self, code: str, amount: int) -> None:
        """A citizen really paid."""
        self._seen.truth[code] += amount

    def acknowledged_result(self, code: str) -> None:
        """The hub said that it has a result."""
        self._seen.results.add(code)
        self._check_result(code)

    def acknowledged_letter(self, body: bytes) -> None:
        """The hub said ``00`` to a letter: it must be the platform's own, and in the inbox."""
        message = json.loads(body)
        genuine = message["MaXacThuc"] == seal(CONFIRM, message, SECRET)
        hold("forged_is_refused", genuine, f"{message['MaThamChieu']} was believed")
        digest = hashlib.sha256(body).hexdigest()
        self._seen.letters.add(digest)
        self._check_letter(digest)

    def strange_letter(self, body: str) -> bytes:
        """Return *body* for a reference that nobody knows, sealed by the platform itself."""
        message = json.loads(body) | {"MaThamChieu": "QN9999999999T01"}
        message["MaXacThuc"] = seal(CONFIRM, message, SECRET)
        return json.dumps(message, ensure_ascii=False).encode()

    def remember(self) -> dict[str, Any]:
        """Return what was seen so far, for another day that goes on from here."""
        return {"seen": copy.deepcopy(self._seen)}

    def recall(self, seen: dict[str, Any]) -> None:
        """Go on from what was *seen*."""
        self._watch(copy.deepcopy(seen["seen"]))

    # -- before something leaves the hub ------------------------------------------------------

    def about_to_leave(self, request: httpx.Request) -> None:
        """Every effect has its row, committed, before it leaves."""
        self._leaving.request(request)

    def about_to_sign(self, text: str) -> None:
        """Nothing is signed but what its intent names, approved by the person whose token it is."""
        self._leaving.text(text)

    # -- after each step ----------------------------------------------------------------------

    def look(self) -> None:
        """Raise Violation if a rule is broken; cheap when nothing was committed."""
        snapshot = self._sql.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())").fetchone()
        if snapshot == self._snapshot:
            return
        self._snapshot = snapshot
        rules.hold(self._sql, rules.EACH_STEP, secret=canaries.PATTERN)
        self._following.everything()

    # -- the machine --------------------------------------------------------------------------

    def wait_until_gone(self, session: int) -> None:
        """Return when the server knows that a killed actor's *session* is gone."""
        query = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
        end = time.monotonic() + 10
        while session and self._one(query, session):
            if time.monotonic() > end:
                message = f"session {session} of a killed actor lives on"
                raise RuntimeError(message)
            time.sleep(0.0005)

    def restart_database(self) -> None:
        """Break every session of the hub, as a restart of the server does."""
        self._play.tell("the database restarts")
        rows = self._sql.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = 'motcua'"
        ).fetchall()
        for (session,) in rows:
            self._sql.execute("SELECT pg_terminate_backend(%s)", [session])
        # Not by the server's own waiting, which looks ten times a second.
        for (session,) in rows:
            self.wait_until_gone(session)

    def surprised(self, actor: Actor, error: BaseException | None) -> None:
        """An error that nobody thought of is a finding, whatever becomes of it."""
        self._seen.sent.pop(actor.name, None)
        if error is None or isinstance(error, Crash):
            return
        # The hub may have taken our own finding for an error of its work.
        for one in canaries.chain(error):
            if isinstance(one, Violation):
                raise one
        name = type(error).__name__
        self._play.story.tell(self._play.now, actor.name, f"ended with {name}")
        canaries.look_at_error(error, actor.label)
        if not isinstance(error, EXPECTED):
            words = f"{actor.label}: {name}: {error}"
            raise Violation(SURPRISE, words) from error

    # -- at the end ---------------------------------------------------------------------------

    def fingerprint(self) -> Any:
        """Return what changes while anything goes on, with us or with the others."""
        ours = self._sql.execute(
            "SELECT (SELECT coalesce(sum(facts), 0) FROM hub_register_dossier),"
            " (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')),"
            " (SELECT count(*) FROM hub_payments_banktransaction),"
            " (SELECT count(*) FROM hub_dispatch_carrierevent)"
        ).fetchone()
        theirs = self._play.other_side
        return ours, theirs.vnpost.state()["events"], theirs.bank.state()["days"]

    def at_the_end(self) -> None:
        """With faults off: everything ended, or waits for a person, and all books agree."""
        Ending(self._play, self._seen).judge()
        for digest in self._seen.letters:
            self._check_letter(digest)
        for code in self._seen.results:
            self._check_result(code)
        heard = canaries.heard()
        hold(canaries.RULE, not heard, f"the log says: {heard[:1]}")

    def _check_result(self, code: str) -> None:
        row = self._one("SELECT count(*) FROM hub_register_dossier WHERE code = %s", code)
        hold("acknowledged_is_stored", row == 1, f"result {code}")

    def _check_letter(self, digest: str) -> None:
        rows = self._one("SELECT count(*) FROM hub_register_inbox WHERE body_sha256 = %s", digest)
        hold("acknowledged_is_stored", rows == 1, f"callback {digest[:8]} is kept {rows} times")

    def _one(self, query: str, *values: Any) -> int:
        row = self._sql.execute(query, values).fetchone()
        return int(row[0]) if row else 0
