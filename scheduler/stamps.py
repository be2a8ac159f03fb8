"""
Time stamps, asked for by the clock: a few results at a time, one job for each.

An authority that does not answer fails no dossier: the result is out, its job waits with the
engine, and one alarm names how many wait. See ADR 15.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from connectors import Refused
from connectors.stamps import StampAuthority
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import jobs, tasks, world
from register.ledger import HUB
from scheduler import breaker, connections, effects
from signing.levels import stamps

#: Results asked for in one round.
AT_ONCE = 100

ALARM = "stamps"
"""Subject of the one alarm, however many results wait."""


def connected() -> bool:
    """Tell whether this installation has an authority to ask; without one nothing waits."""
    return bool(connections.current().of(StampAuthority))


def want(code: str) -> None:
    """Have dossier *code* stamped later; joins the transaction of its release."""
    if connected():
        stamps.want(code)


def complete_stamps() -> None:
    """Ask for the stamps whose time has come, and look after the alarm."""
    if connected():
        with transaction.atomic():
            for code in stamps.take_due(AT_ONCE):
                jobs.enqueue("complete_stamp", priority=jobs.Priority.SWEEP, dossier=code)
    _alarm()


def complete_stamp(dossier: str) -> None:
    """
    Have *dossier* stamped.

    Unavailable goes on to the engine, which is patient. What the authority refuses stays in
    the row and on the manager's list, and is tried again when somebody may have mended it.
    """
    authority = _authority()

    def ask(imprint: bytes) -> bytes:
        nonce = int(world.token(8), 16)
        return effects.call(authority.code, lambda: authority.stamp(imprint, nonce))

    try:
        stamps.complete(dossier, ask)
    except Refused:
        stamps.put_off(dossier, "refused")


def _authority() -> StampAuthority:
    """Return the authority to ask: one that is not paused, if there is one."""
    known = connections.current().of(StampAuthority)
    if not known:
        raise connections.NotConnectedError(StampAuthority.__name__)
    now = world.now()

    def rests(code: str) -> tuple[timedelta, str]:
        return breaker.pulse(code).waits(now) or timedelta(), code

    return known[min(known, key=rests)]


def _alarm() -> None:
    late = stamps.late(world.now()) if connected() else []
    if not late:
        tasks.close(TaskKind.STAMP_LATE, ALARM, by=HUB)
        return
    tasks.open(
        TaskKind.STAMP_LATE,
        Role.MANAGER,
        subject=ALARM,
        unit=tasks.PROVINCE,
        detail={
            "results": len(late),
            "since": late[0].wanted_at.isoformat(),
            "dossier": late[0].pk,
            "trouble": late[0].trouble,
        },
    )
