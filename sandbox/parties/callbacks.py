"""
The platform's letters to the hub: kept first, then sent until the hub says ``00``.

They are sent by one thread, so that the hub's own call is long over when one arrives, and
they survive a crash of either side.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from sqlite3 import Connection
from typing import Any

from sandbox.faults import Fault, Faults
from sandbox.store import Store

DELAYS = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds after which a letter that was not taken is sent again; then the platform gives up."""
TIMEOUT = 10.0
"""Seconds that the platform waits for the hub's answer."""
ACCEPTED = "00"
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

SCHEMA = """
CREATE TABLE IF NOT EXISTS callbacks (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL, subject TEXT NOT NULL,
    body TEXT NOT NULL, forged TEXT NOT NULL,
    fault TEXT, drawn INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, answers TEXT NOT NULL DEFAULT ''
);
"""


class Callbacks:
    """An outbox and the thread that empties it."""

    def __init__(self, store: Store, url: str, faults: Faults) -> None:
        """Send what *store* holds to *url*; with an empty *url* nothing is ever sent."""
        self._store = store
        self._url = url
        self._faults = faults
        self._wake = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="callbacks", daemon=True)
        if url:
            self._thread.start()

    def add(
        self, db: Connection, about: tuple[str, str], body: dict[str, str], forged: dict[str, str]
    ) -> None:
        """Keep a letter in the transaction of *db*; *about* is (reference, dossier)."""
        db.execute(
            "INSERT INTO callbacks (reference, subject, body, forged) VALUES (?, ?, ?, ?)",
            (*about, *(json.dumps(text, ensure_ascii=False) for text in (body, forged))),
        )

    def hand_out(self) -> list[dict[str, Any]]:
        """
        Give the letters that were not sent to someone who carries them himself, once.

        For a world without a network: each has ``reference``, ``body`` and ``forged`` (JSON).
        """
        with self._store.transaction() as db:
            rows = db.execute("SELECT * FROM callbacks WHERE done = 0 ORDER BY id").fetchall()
            db.execute("UPDATE callbacks SET done = 1")
        return [dict(row) for row in rows]

    def wake(self) -> None:
        """Let the thread look now."""
        self._wake.set()

    def state(self) -> list[dict[str, Any]]:
        """Return how the letters fared, with the hub's answers (``MaLoi`` or the error)."""
        return self._store.rows(
            "SELECT reference, fault, tries, done, answers FROM callbacks ORDER BY id"
        )

    def close(self) -> None:
        """Stop the thread."""
        self._stopped = True
        self._wake.set()
        if self._url:
            self._thread.join(TIMEOUT)

    def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            letters = self._store.rows("SELECT * FROM callbacks WHERE done = 0 ORDER BY due, id")
            due = [letter for letter in letters if letter["due"] <= time.time()]
            for letter in due:
                if not self._stopped:
                    self._deliver(letter)
            if not due:
                wait = letters[0]["due"] - time.time() if letters else None
                self._wake.wait(wait)

    def _deliver(self, letter: dict[str, Any]) -> None:
        fault = Fault(letter["fault"]) if letter["fault"] else None
        if not letter["drawn"]:
            reference, subject = letter["reference"], letter["subject"]
            fault = self._faults.draw("platform", "callback", reference, subject=subject)
            self._note(letter["id"], "fault = ?, drawn = 1", fault)
        if fault is Fault.LOST_CALLBACK:
            self._note(letter["id"], "done = 1")
            return
        if fault is Fault.FORGED_CALLBACK and letter["tries"] == 0:
            self._post(letter["id"], letter["forged"])
        answer = self._post(letter["id"], letter["body"])
        if fault is Fault.DUPLICATE and answer == ACCEPTED:
            self._post(letter["id"], letter["body"])
        tries = letter["tries"] + 1
        given_up = tries > len(DELAYS)
        due = time.time() + (0 if given_up else DELAYS[tries - 1])
        done = answer == ACCEPTED or given_up
        self._note(letter["id"], "tries = ?, due = ?, done = ?", tries, due, int(done))

    def _post(self, letter: int, body: str) -> str:
        """Send *body*; note and return the hub's ``MaLoi``, or what went wrong instead."""
        request = urllib.request.Request(  # noqa: S310
            self._url, body.encode(), {"Content-Type": "application/json"}
        )
        try:
            with _DIRECT.open(request, timeout=TIMEOUT) as reply:
                answer = str(json.loads(reply.read()).get("MaLoi"))
        except urllib.error.HTTPError as error:
            answer = f"HTTP {error.code}"
        except (OSError, ValueError, AttributeError) as error:
            answer = type(error).__name__
        self._note(letter, "answers = trim(answers || ' ' || ?)", answer)
        return answer

    def _note(self, letter: int, change: str, *values: Any) -> None:
        with self._store.transaction() as db:
            db.execute(f"UPDATE callbacks SET {change} WHERE id = ?", (*values, letter))  # noqa: S608
