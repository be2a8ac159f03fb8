"""
The weather of the connectors: what worked, what failed, when.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from register import world
from register.models import ConnectorHealth

#: Names of the counters of :class:`ConnectorHealth` that a call of ours may raise.
FAILURES = ("refused", "unavailable", "unsure")


#: A success this young is not written again: a row that every call writes is a queue.
FRESH = timedelta(seconds=5)


def worked(connector: str) -> None:
    """Note that *connector* has just answered."""
    now = world.now()
    known = ConnectorHealth.objects.filter(pk=connector)
    if not known.filter(succeeded_at__gt=now - FRESH).exists():
        known.update_or_create(connector=connector, defaults={"succeeded_at": now})


def failed(connector: str, failure: str, words: str) -> None:
    """Count a *failure* (one of FAILURES); *words* say what happened, without secrets."""
    if failure not in FAILURES:
        raise ValueError(failure)
    ConnectorHealth.objects.get_or_create(connector=connector)
    ConnectorHealth.objects.filter(pk=connector).update(
        failed_at=world.now(), failure=words[:200], **{failure: F(failure) + 1}
    )
