"""
The certificate watch: what ends soon is a task long before something fails.

Signers' certificates, trusted authorities, and those that connectors were configured with
(ours at a bank, a bank's, a time-stamping authority's).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta

from cryptography import x509

from dossiers.roles import Role
from dossiers.work import TaskKind
from register import tasks, world
from register.ledger import HUB
from register.models import Task
from scheduler import connections
from signing.policy import expiry
from signing.policy.expiry import Held

#: Days before the end at which the task is opened, and then says so more urgently; 0: ended.
DAYS = (30, 7, 1, 0)

_PEM = "-----BEGIN CERTIFICATE-----"


def watch() -> None:
    """Open a task for every certificate that ends soon or has ended; close those replaced."""
    now = world.now()
    ending: dict[str, str] = {}
    for one in (*expiry.everybody(), *_of_connectors()):
        days = within(one.ends_at, now)
        if days is not None and one.fingerprint not in ending:
            ending[one.fingerprint] = _subject(one)
            _tell(one, days)
    for task in Task.objects.filter(kind=TaskKind.CERTIFICATE_ENDING, closed_at=None):
        if task.subject not in ending.values():
            tasks.close(TaskKind.CERTIFICATE_ENDING, task.subject, by=HUB)


def within(ends_at: datetime, now: datetime) -> int | None:
    """Return the nearest of ``DAYS`` within which *ends_at* lies, 0 once it has passed."""
    left = ends_at - now
    if left <= timedelta():
        return 0
    return min((days for days in DAYS if left <= timedelta(days=days)), default=None)


def _subject(one: Held) -> str:
    local = one.ends_at.astimezone(world.VIETNAM)
    return f"{one.holder[:80]} {local:%Y-%m-%d} {one.fingerprint[:12]}"


def _tell(one: Held, days: int) -> None:
    detail = {
        "holder": one.holder,
        "certificate": one.fingerprint,
        "ends_at": one.ends_at.isoformat(),
        "days": days,
    }
    task = tasks.open(
        TaskKind.CERTIFICATE_ENDING,
        Role.MANAGER,
        subject=_subject(one),
        unit=tasks.PROVINCE,
        detail=detail,
    )
    if task.detail != detail:
        tasks.note(task, detail)


def _of_connectors() -> Iterator[Held]:
    """Give every certificate that stands as PEM in a connector's settings."""
    for code, connector in sorted(connections.current().connectors.items()):
        for field in fields(connector.settings):
            value = getattr(connector.settings, field.name)
            if isinstance(value, str) and _PEM in value:
                yield from _newest(f"{code} {field.name}", value)


def _newest(holder: str, pem: str) -> Iterator[Held]:
    """Of two in one text, while one is renewed, the one that ends last counts."""
    found = x509.load_pem_x509_certificates(pem.encode())
    yield expiry.held(holder, max(found, key=lambda one: one.not_valid_after_utc))
