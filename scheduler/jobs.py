"""
The jobs on the engine: a name, a function, and nothing else.

Every job may run twice, or stop anywhere and run again; each function below is written so
that this changes nothing. How long a job is patient with what failure is the table here; who
repeats it is the worker, and nobody else repeats anything.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException as EngineError

from connectors import Unavailable, Unsure
from register import world
from register.intents import SupersededError
from scheduler import (
    advance,
    archive,
    bookkeeping,
    certificate_watch,
    connections,
    cut_offs,
    failures,
    fresh_proofs,
    inquiries,
    refunds,
    rounds,
    signers,
    stamps,
    sweeps,
)
from scheduler.breaker import PausedError
from scheduler.effects import BusyError
from signing import batches
from signing.devices.tokens import TokenBroken
from signing.locks import HeldError

#: Seconds before the next try, by what went wrong; when they are used up a person is told.
#: A connector may have its own for Unavailable and Unsure (``Connector.patience``).
PATIENCE: tuple[tuple[type[Exception], tuple[int, ...]], ...] = (
    (Unsure, (1, 2, 4, 8, 15, 30, 60, 300, 900, 3600)),
    (Unavailable, (1, 2, 4, 8, 15, 30, 60, 300, 900, 3600, 3600, 3600)),
    # Longer in all than ``intents.LEASE``: a frozen worker's lease ends before our patience does.
    (BusyError, (2, 5, 10, 20, 30, 60, 60, 60)),
    (HeldError, (2, 5, 10, 20, 30, 60, 300, 900)),
    (SupersededError, (2, 5, 10)),
    (TokenBroken, (1, 5, 30)),
    (DatabaseError, (1, 2, 5, 15, 60)),
    (psycopg.Error, (1, 2, 5, 15, 60)),
    (EngineError, (1, 2, 5, 15, 60)),
    # A full disk, a document store that is not mounted: somebody has to come and look.
    (OSError, (5, 15, 60, 300, 900)),
)


#: Trouble of our own side, which passes: its last delay comes again until so many tries were
#: made in all. Earlier tries may have been used up by something else.
PASSING = (
    *(BusyError, HeldError, SupersededError, InterfaceError, OperationalError),
    *(psycopg.InterfaceError, psycopg.OperationalError, EngineError, OSError),
)
MOST = 14


class UnknownJobError(LookupError):
    """No job has this name; it was asked for by another version of the hub."""


def patience(error: BaseException, attempts: int) -> int | None:
    """
    Return the seconds before try number *attempts* + 2, or None when patience is used up.

    A partner who is paused uses up nobody's patience.
    """
    if isinstance(error, PausedError):
        return error.seconds
    for kind, delays in PATIENCE:
        if isinstance(error, kind):
            delays = _own(error) or delays  # noqa: PLW2901 - the partner's word counts
            if isinstance(error, PASSING) and attempts < MOST:
                return delays[min(attempts, len(delays) - 1)]
            return delays[attempts] if attempts < len(delays) else None
    return None


def _own(error: BaseException) -> tuple[int, ...]:
    """Return the delays that the silent partner asks for, none if it has no own."""
    if isinstance(error, Unavailable | Unsure) and error.connector:
        return connections.patience(error.connector)
    return ()


def job(name: str, *, queue: str = "default") -> Callable[[Callable[..., None]], None]:
    """Make a function the job *name*, which runs in *queue* unless it is asked for elsewhere."""

    def make(function: Callable[..., None]) -> None:
        app.task(name=name, queue=queue)(function)

    return make


def run(name: str, args: failures.Args) -> None:
    """
    Do the job *name* once; whatever goes wrong is raised, and the worker's to keep.

    UnknownJobError if there is no such job.
    """
    world.point(f"took {name}")
    function(name)(**args)


def function(name: str) -> Callable[..., None]:
    """Return the function of the job *name*; UnknownJobError if there is none."""
    task = app.tasks.get(name)
    if task is None:
        raise UnknownJobError(name)
    return task.func


@job("advance")
def _advance(dossier: str) -> None:
    advance.advance(dossier)


@job("drain_token", queue="signing")
def _drain_token(token: str) -> None:
    batches.drain(token)


job("confirm_payment")(inquiries.confirm_payment)
job("ask_pending")(inquiries.ask_pending)
job("fetch_statements")(inquiries.fetch_statements)
job("fetch_statement")(inquiries.fetch_statement)
job("refund")(refunds.refund)
job("sweep_refunds")(refunds.sweep)
job("check_book")(bookkeeping.check_book)
job("track")(inquiries.track)
job("track_carrier")(inquiries.track_carrier)
job("sweep")(sweeps.sweep)
job("prune")(sweeps.prune)
job("partitions")(sweeps.partitions)
job("cut_offs")(cut_offs.cut_offs)
job("cut_off")(cut_offs.cut_off)
job("complete_stamps")(stamps.complete_stamps)
job("complete_stamp", queue="stamps")(stamps.complete_stamp)
job("renew_stamps")(stamps.renew_stamps)
job("renew_stamp", queue="stamps")(stamps.renew_stamp)
job("refresh_proofs")(fresh_proofs.refresh_proofs)
job("refresh_proof")(fresh_proofs.refresh_proof)
job("archive")(archive.archive)
job("renew_archive")(archive.renew)
job("ask_signers")(signers.ask_signers)
job("ask_signer")(signers.ask_signer)
job("watch_certificates")(certificate_watch.watch)
job("parity")(rounds.begin)
job("parity_changed")(rounds.changed)
job("parity_share")(rounds.share)
job("parity_files")(rounds.files)
