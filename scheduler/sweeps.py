"""
The nets below the way of a dossier: they find nothing on a good day.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from procrastinate.contrib.django import app

from dossiers.steps import OURS
from dossiers.work import IntentState
from register import jobs, world
from register.models import Dossier, Intent

#: A dossier whose next step is ours and that has stood still for longer was forgotten.
FORGOTTEN = timedelta(minutes=2)

#: Seconds without a heartbeat after which a worker is taken for dead and its jobs run elsewhere.
DEAD = 10


def sweep() -> None:
    """Ask for the next step of every forgotten dossier."""
    before = world.now() - FORGOTTEN
    stuck = Dossier.objects.filter(next_step__in=OURS, changed_at__lt=before)
    for code in stuck.values_list("code", flat=True)[:1000]:
        jobs.enqueue("advance", priority=-1, dossier=code)
    unsure = Intent.objects.filter(state=IntentState.UNSURE, changed_at__lt=before, kind="book")
    for code in unsure.values_list("dossier_id", flat=True)[:1000]:
        jobs.enqueue("advance", priority=-1, dossier=code)


async def rescue() -> int:
    """
    Give the jobs of dead workers to living ones; return how many.

    Run by the clock process itself: a rescue that were a job could be what stalls.
    """
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD)
    count = 0
    for job in stalled:
        await app.job_manager.retry_job(job)
        count += 1
    await app.job_manager.prune_stalled_workers(seconds_since_heartbeat=DEAD)
    return count


def partitions() -> None:
    """
    Make the partitions of this month and of the next three.

    Ahead, because a month whose facts already lie in the default partition cannot be made: the
    clock may sleep for a quarter before that happens.
    """
    first = world.today().replace(day=1)
    months = [first + timedelta(days=31 * number) for number in range(4)]
    with connection.cursor() as cursor:
        for month in months:
            cursor.execute("SELECT hub_register_partition(%s, %s)", ["hub_register_fact", month])


async def prune() -> None:
    """Forget finished jobs after thirty days; failed ones stay until a person has looked."""
    await app.job_manager.delete_old_jobs(nb_hours=30 * 24)
