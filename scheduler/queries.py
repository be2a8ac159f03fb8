"""
SQL by name: each file in ``sql/`` is one statement and says in its first line what it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from dossiers.codes import Leg
from dossiers.settlement import RefundState
from dossiers.signing_status import BatchStatus, ItemStatus, SigningRole
from dossiers.status import CAME_TO_NOTHING, Delivery
from dossiers.steps import OURS, Step
from dossiers.work import IntentState, TaskKind

#: Words of ``dossiers`` as the statements use them, so that no file spells one itself.
_WORDS: dict[str, Any] = {
    "batch_stopped": BatchStatus.STOPPED.value,
    "delivery_collected": Delivery.COLLECTED.value,
    "delivery_none": Delivery.NONE.value,
    "intent_open": IntentState.OPEN.value,
    "intent_unsure": IntentState.UNSURE.value,
    "item_queued": ItemStatus.QUEUED.value,
    "item_signed": ItemStatus.SIGNED.value,
    "leg_deliver": Leg.DELIVER.value,
    "no_parcel": [status.value for status in (Delivery.NONE, *CAME_TO_NOTHING)],
    "refund_approved": RefundState.APPROVED.value,
    "refund_done": RefundState.DONE.value,
    "role_official": SigningRole.OFFICIAL.value,
    "steps": [step.value for step in Step],
    "steps_ours": [step.value for step in OURS],
    "task_parity": TaskKind.PARITY.value,
    "task_refund_by_hand": TaskKind.REFUND_BY_HAND.value,
}


@cache
def text(name: str) -> str:
    """Return the statement ``sql/{name}.sql``; FileNotFoundError if there is none."""
    return Path(__file__).with_name("sql").joinpath(f"{name}.sql").read_text("utf-8")


def run(name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run statement *name* with *values*; return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(text(name), {**_WORDS, **values})
        columns = [column.name for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
