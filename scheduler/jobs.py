"""
The jobs on the engine: a name, a function, and nothing else.

Every job may run twice, or stop anywhere and run again; each function below is written so
that this changes nothing. How long a job is patient with what failure is the table here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import Error as DatabaseError
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from connectors import Unavailable, Unsure
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import tasks
from register.intents import SupersededError
from scheduler import advance, inquiries, sweeps
from scheduler.effects import BusyError
from signing import batches
from signing.tokens import TokenBroken

#: Seconds before the next try, by what went wrong; when they are used up a person is told.
PATIENCE: tuple[tuple[type[Exception], tuple[int, ...]], ...] = (
    (Unsure, (1, 2, 4, 8, 15, 30, 60, 300, 900, 3600)),
    (Unavailable, (1, 2, 4, 8, 15, 30, 60, 300, 900, 3600, 3600, 3600)),
    (BusyError, (2, 5, 10, 20, 30, 60)),
    (SupersededError, (2, 5, 10)),
    (TokenBroken, (1, 5, 30)),
    (DatabaseError, (1, 2, 5, 15, 60)),
)


class Patience(BaseRetryStrategy):
    """Retry by the table above; a retried job lets others pass."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when the job runs again; None when it does not."""
        seconds = patience(exception, job.attempts)
        if seconds is None:
            return None
        return RetryDecision(retry_in={"seconds": seconds}, priority=job.priority - 1)


def patience(exception: BaseException, attempts: int) -> int | None:
    """Return the seconds before try number *attempts* + 2, or None when patience is used up."""
    for kind, delays in PATIENCE:
        if isinstance(exception, kind):
            return delays[attempts] if attempts < len(delays) else None
    return None


def job(name: str, *, queue: str = "default") -> Callable[[Callable[..., None]], None]:
    """Make a function the job *name*; what it cannot do lands on a person's list."""

    def make(function: Callable[..., None]) -> None:
        @wraps(function)
        def run(context: JobContext, /, **args: str | int) -> None:
            try:
                function(**args)
            except Exception as error:
                # Nothing is swallowed: the error goes on, but never into a log only.
                if patience(error, context.job.attempts) is None:
                    _tell_a_person(name, args, error)
                raise

        app.task(name=name, queue=queue, retry=Patience(), pass_context=True)(run)

    return make


def _tell_a_person(name: str, args: dict[str, str | int], error: Exception) -> None:
    subject = " ".join([name, *(str(value) for value in args.values())])
    tasks.open(
        TaskKind.WORK_FAILED,
        Role.MANAGER,
        subject=subject[:120],
        dossier=str(args["dossier"]) if "dossier" in args else None,
        unit="" if "dossier" in args else tasks.PROVINCE,
        detail={"job": name, "error": type(error).__name__},
    )


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
job("track")(inquiries.track)
job("track_carrier")(inquiries.track_carrier)
job("sweep")(sweeps.sweep)
job("partitions")(sweeps.partitions)
