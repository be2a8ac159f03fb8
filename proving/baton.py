"""
Several processes of the hub, one running at a time, so that a day can be played again.

Each :class:`Actor` is a thread with a database session of its own, as a process would be. Only
the one that holds the baton runs; at a named point it may be made to hand it back, or to die.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


class Crash(BaseException):
    """The process is killed here; nothing below may handle it."""


class Actor:
    """One process of the hub: does one piece of work at a time, and may be left in the middle."""

    def __init__(self, name: str) -> None:
        """Start the thread; it waits for work."""
        self.name = name
        self.work: Callable[[], Any] | None = None
        self.label = ""
        """What the present work is, for the story."""
        self.error: BaseException | None = None
        """How the last work ended: None if well."""
        self.answer: Any = None
        self.session = 0
        """The server's number of the database session that died with it last."""
        self.doomed = False
        """True: dies at the next point, whatever else is decided."""
        self._mine, self._directors = threading.Semaphore(0), threading.Semaphore(0)
        threading.Thread(target=self._run, name=name, daemon=True).start()

    @property
    def busy(self) -> bool:
        """Tell whether it stands in the middle of some work."""
        return self.work is not None

    def give(self, label: str, work: Callable[[], Any]) -> None:
        """Hand it *work*, to be begun by :meth:`go_on`."""
        self.label, self.work, self.error, self.answer = label, work, None, None

    def go_on(self) -> None:
        """Give it the baton; return when it hands it back, at a point or at the end."""
        self._mine.release()
        self._directors.acquire()

    def pause(self) -> None:
        """Hand the baton back and wait for it; called inside the actor's own work."""
        self._directors.release()
        self._mine.acquire()
        if self.doomed:
            raise Crash

    def ask(self, work: Callable[[], Any]) -> Any:
        """Do *work* to its end in the actor's session and return the answer; for set-up."""
        self.give("", work)
        self.go_on()
        if self.error is not None:
            raise self.error
        return self.answer

    def _run(self) -> None:
        while True:
            self._mine.acquire()
            try:
                assert self.work
                _drop_broken_session()
                self.answer = self.work()
            except BaseException as error:  # noqa: BLE001 - how it ended is the director's to judge
                self.error = error
            if isinstance(self.error, Crash):
                # What the kernel does for a killed process.
                self.session = session()
                connection.close()
            self.work, self.doomed = None, False
            self._directors.release()


@dataclass(slots=True)
class Troupe:
    """The actors of one process, kept from day to day because a database session is dear."""

    desks: list[Actor] = field(default_factory=lambda: [Actor("desk1"), Actor("desk2")])
    workers: list[Actor] = field(default_factory=lambda: [Actor("worker1"), Actor("worker2")])
    clocks: list[Actor] = field(default_factory=lambda: [Actor("clock1"), Actor("clock2")])

    @property
    def everyone(self) -> list[Actor]:
        """All actors."""
        return [*self.desks, *self.workers, *self.clocks]

    def begin(self) -> None:
        """
        Let everybody begin the day with a session that is alive, whatever the day before did.

        Who has one is thrown out when the database restarts, and who has none is not.
        """
        for actor in self.everyone:
            actor.ask(_open_session)


def in_transaction() -> bool:
    """Tell whether the calling actor stands inside a transaction."""
    return connection.connection is not None and connection.in_atomic_block


def session() -> int:
    """Return the server's number of the calling actor's database session; 0 if it has none."""
    there = connection.connection
    return 0 if there is None or there.closed else int(there.info.backend_pid)


def _open_session() -> None:
    if connection.connection is not None and not connection.is_usable():
        connection.close()
    connection.ensure_connection()


def _drop_broken_session() -> None:
    """Let the next query open a new session if the server ended the old one, as processes do."""
    connection.close_if_unusable_or_obsolete()
    there = connection.connection
    if there is not None and there.closed:
        connection.close()
