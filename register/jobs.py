"""
The one way to the job engine.

A job is deferred on Django's own connection, so it exists if and only if the transaction of
the fact that asks for it commits. The jobs themselves are in ``scheduler/jobs.py``; a test
proves that every name used here has one.
"""

from __future__ import annotations

from enum import IntEnum

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

#: The queues of the hub and what runs in them. A signing queue runs where the token is plugged.
#: In the queue of stamps jobs wait for authorities that may take minutes, and keep nobody else.
QUEUES = ("default", "signing", "stamps")


class Priority(IntEnum):
    """Who waits for a job; a higher one always runs first, and within one the older."""

    PERSON = 1
    """Somebody looks at the page: a callback of a payment just made, a batch just approved."""
    STEP = 0
    """The next step of a dossier."""
    CLOCK = -1
    """What the clock fires, and what that asks for in turn."""
    SWEEP = -2
    """The nets below everything else: they find nothing on a good day."""


# Not the engine's own application object: inside a worker that one has a connection of its
# own, and a job deferred there would outlive our rollback.
_manager = JobManager(DjangoConnector())


def enqueue(
    name: str,
    /,
    *,
    queue: str = "default",
    priority: int = Priority.STEP,
    lock: str | None = None,
    **args: str | int,
) -> int:
    """
    Defer job *name* in the present transaction; return the engine's number of it.

    Two jobs with one *lock* never run at the same time; the second one waits in the queue, not
    in a worker, and a job that waits for its next try keeps nobody else from the lock.
    *args* are identities, never personal data.
    """
    job = configure_task(
        name=name, job_manager=_manager, queue=queue, priority=int(priority), lock=lock
    )
    return int(job.defer(**args))


def advance(code: str, *, priority: int = Priority.STEP) -> int:
    """Ask for the next step of dossier *code*: one at a time for each dossier."""
    return enqueue("advance", priority=priority, lock=f"dossier {code}", dossier=code)
