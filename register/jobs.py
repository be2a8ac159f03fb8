"""
The one way to the job engine.

A job is deferred on Django's own connection, so it exists if and only if the transaction of
the fact that asks for it commits. The jobs themselves are in ``scheduler/jobs.py``; a test
proves that every name used here has one.
"""

from __future__ import annotations

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

#: The queues of the hub and what runs in them. A signing queue runs where the token is plugged.
QUEUES = ("default", "signing")

# Not the engine's own application object: inside a worker that one has a connection of its
# own, and a job deferred there would outlive our rollback.
_manager = JobManager(DjangoConnector())


def enqueue(name: str, *, queue: str = "default", priority: int = 0, **args: str | int) -> int:
    """
    Defer job *name* in the present transaction; return the engine's number of it.

    Higher *priority* runs first. *args* are identities, never personal data.
    """
    job = configure_task(name=name, job_manager=_manager, queue=queue, priority=priority)
    return int(job.defer(**args))
