"""
The money book against what it was posted from, every night.

It finds nothing on a good day: entries are posted in the transaction of what they are about.
"""

from __future__ import annotations

from dossiers.roles import Role
from dossiers.work import TaskKind
from payments import book
from register import tasks
from register.ledger import HUB
from register.models import Task

_WHAT = "book"


def check_book() -> None:
    """Open a task for each difference between book and rooms; close those that are gone."""
    found = {f"{_WHAT} {one.about}"[:120]: one for one in book.differences()}
    for subject, one in found.items():
        tasks.open(
            TaskKind.PARITY,
            Role.MANAGER,
            subject=subject,
            unit=tasks.PROVINCE,
            detail={"what": _WHAT, "register": str(one.posted), "room": str(one.told)},
        )
    known = Task.objects.filter(
        kind=TaskKind.PARITY, closed_at=None, subject__startswith=f"{_WHAT} "
    )
    for subject in known.values_list("subject", flat=True):
        if subject not in found:
            tasks.close(TaskKind.PARITY, subject, by=HUB)
