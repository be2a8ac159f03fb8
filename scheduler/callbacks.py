"""
A gateway calls us. What it says is a hint: stored, then asked about.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from connectors import Refused
from connectors.banks import Answer
from dossiers.roles import Role
from dossiers.work import TaskKind
from register import health, inbox, jobs, tasks, world
from scheduler import connections


def take(code: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """
    Store the callback of gateway *code* and have it asked about; return what to answer.

    A forged one is refused, counted and shown to a person, and changes nothing else.
    NotConnectedError if there is no such gateway.
    """
    gateway = connections.gateway(code)
    try:
        told = gateway.read(body, headers)
    except Refused as error:
        health.failed(code, "forged", str(error))
        _alarm(TaskKind.FORGED_CALLBACK, code)
        return gateway.answer(body, accepted=False)
    identity = f"{told.reference}:{told.outcome}:{told.transaction}"
    try:
        with transaction.atomic():
            _row, new = inbox.store(code, identity, body, verified=True)
            if new:
                jobs.enqueue("confirm_payment", priority=1, gateway=code, reference=told.reference)
    except inbox.ConflictError:
        _alarm(TaskKind.CALLBACK_CONFLICT, code)
        return gateway.answer(body, accepted=False)
    world.point("callback stored")
    return gateway.answer(body, accepted=True)


def _alarm(kind: TaskKind, code: str) -> None:
    tasks.open(kind, Role.FINANCE, subject=f"{code} {world.today():%Y-%m-%d}", unit=tasks.PROVINCE)
