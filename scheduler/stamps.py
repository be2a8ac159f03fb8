"""
Time stamps, asked for by the clock: a few results at a time, one job for each.

An authority that does not answer fails no dossier: the result is out, its job waits with the
engine, and one alarm names how many wait. See ADR 15 and 19.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.db import transaction

from connectors import Refused
from connectors.stamps import StampAuthority
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import jobs, tasks, world
from register.ledger import HUB
from scheduler import breaker, connections, effects, revocations
from signing.levels import proofs, renewal, stamps

#: Results asked for in one round.
AT_ONCE = 100

ALARM, RENEWALS = "stamps", "renewals"
"""Subjects of the two alarms, however many results wait."""

REFUSED = "refused"


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
                _enqueue("complete_stamp", code)
    _alarm()


def complete_stamp(dossier: str) -> None:
    """
    Have *dossier* stamped, and what proves its certificates joined to it.

    Unavailable goes on to the engine, which is patient. What an authority refuses stays in
    the row and on the manager's list, and is tried again when somebody may have mended it.
    """
    with told(partial(stamps.put_off, dossier), dossier):
        stamps.complete(dossier, _outside())


def renew_stamps() -> None:
    """Ask for the renewals whose time has come, and look after their alarm."""
    if connected():
        with transaction.atomic():
            for code in renewal.take_due(AT_ONCE):
                _enqueue("renew_stamp", code)
    _alarm_of_renewals()


def renew_stamp(dossier: str) -> None:
    """Have the last stamp of *dossier* stamped again; trouble as in :func:`complete_stamp`."""
    with told(partial(renewal.put_off, dossier), dossier):
        renewal.renew(dossier, _outside())


def _enqueue(name: str, code: str) -> None:
    jobs.enqueue(name, queue="stamps", priority=jobs.Priority.SWEEP, dossier=code)


def _outside() -> stamps.Outside:
    return stamps.Outside(ask, revocations.ask if revocations.connected() else None)


@contextmanager
def told(put_off: Callable[[str], None], dossier: str) -> Iterator[None]:
    """Within: what a person must know is told, and the rest is the engine's."""
    try:
        yield
    except Refused:
        put_off(REFUSED)
    except proofs.NotToldError as error:
        if not isinstance(error.__cause__, Refused):
            raise error.__cause__ or error from None
        put_off(REFUSED)
    except proofs.RevokedError as error:
        put_off(TaskKind.CERTIFICATE_REVOKED)
        tasks.open(
            TaskKind.CERTIFICATE_REVOKED,
            Role.MANAGER,
            subject=error.certificate,
            unit=tasks.PROVINCE,
            detail={"since": error.at.isoformat(), "dossier": dossier},
        )


def ask(imprint: bytes) -> bytes:
    """Have *imprint* (a digest) stamped by an authority that is not paused; return its token."""
    authority = _authority()
    nonce = int(world.token(8), 16)
    return effects.call(authority.code, lambda: authority.stamp(imprint, nonce))


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


def _alarm_of_renewals() -> None:
    ending = renewal.ending(world.now())
    if not ending:
        tasks.close(TaskKind.STAMP_LATE, RENEWALS, by=HUB)
        return
    tasks.open(
        TaskKind.STAMP_LATE,
        Role.MANAGER,
        subject=RENEWALS,
        unit=tasks.PROVINCE,
        detail={
            "results": len(ending),
            "ends_at": ending[0].renew_by.isoformat(),
            "dossier": ending[0].pk,
            "trouble": ending[0].trouble,
        },
    )
