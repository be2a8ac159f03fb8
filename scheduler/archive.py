"""
Rounds of the archive, by the clock: one question to an authority, however many results.
"""

from __future__ import annotations

from datetime import timedelta

from connectors import Refused
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import jobs, tasks, world
from register.ledger import HUB
from scheduler import stamps
from signing.evidence import rounds
from signing.evidence.stamps import StampError

#: Results read for one round; the rest follows at once in a round of its own.
AT_ONCE = 20_000

#: A result that waits longer for its round is a person's business.
LATE = timedelta(days=7)

#: So is a round whose stamp ends within this time and that could not be renewed.
ENDING = timedelta(days=30)

ALARM = "archive"


def archive() -> None:
    """Cover by one stamp what was released since the last round, and look after the alarm."""
    if stamps.connected() and (codes := rounds.ready(AT_ONCE)):
        try:
            rounds.archive(codes, stamps.ask)
        except (Refused, StampError) as error:
            _alarm(_trouble(error))
            return
        if len(codes) == AT_ONCE:
            jobs.enqueue("archive", priority=jobs.Priority.SWEEP)
    _alarm()


def renew() -> None:
    """Renew the rounds whose stamps end soon, by one stamp for each digest algorithm."""
    due = rounds.due(world.now()) if stamps.connected() else []
    for algorithm in sorted({one.algorithm for one in due}):
        try:
            rounds.renew([one for one in due if one.algorithm == algorithm], stamps.ask)
        except (Refused, StampError) as error:
            _alarm(_trouble(error))
            return
    _alarm()


def _trouble(error: Exception) -> str:
    return str(error) if isinstance(error, StampError) else "refused"


def _alarm(trouble: str = "") -> None:
    """Open one task for all that is late or in trouble; close it when nothing is."""
    now = world.now()
    waiting = rounds.waiting_since(now - LATE) if stamps.connected() else 0
    ending = len([one for one in rounds.due(now) if one.renew_by < now + ENDING])
    if not (trouble or waiting or ending):
        tasks.close(TaskKind.ARCHIVE_LATE, ALARM, by=HUB)
        return
    tasks.open(
        TaskKind.ARCHIVE_LATE,
        Role.MANAGER,
        subject=ALARM,
        unit=tasks.PROVINCE,
        detail={"results": waiting, "rounds": ending, "trouble": trouble},
    )
