"""
Cut-offs: at the times when the post comes, what waits is put on a manifest by the hub.

A person may close earlier by hand; what comes after that is listed at the next cut-off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db import transaction

from dispatch import manifests
from dispatch.models import CutOff, Manifest, Office
from register import places, world
from register.ledger import HUB


def due(at: datetime) -> Iterator[tuple[Office, date, str]]:
    """
    Give each office's newest cut-off of the working day of *at*, unless it was seen to.

    An older one that was slept through is not made up for: the newest takes all that waits.
    """
    local = at.astimezone(world.VIETNAM)
    if not places.working_calendar().works_on(local.date()):
        return
    seen = set(CutOff.objects.filter(day=local.date()).values_list("office", "carrier", "time"))
    for office in Office.objects.order_by("code"):
        passed = [one for one in office.cut_offs if time.fromisoformat(one) <= local.time()]
        newest = max(passed, key=time.fromisoformat, default=None)
        if newest and (office.pk, office.carrier, newest) not in seen:
            yield office, local.date(), newest


def close(office: Office, day: date, at: str) -> Manifest | None:
    """
    Close the manifest of *office* for its cut-off *at* (``10:00``) of *day*, once for ever.

    Returns the manifest, also the second time; None if nothing waited that could be listed.
    """
    with transaction.atomic():
        row, new = CutOff.objects.get_or_create(
            office=office, carrier=office.carrier, day=day, time=at, defaults={"at": world.now()}
        )
        if new:
            try:
                row.manifest = manifests.close(office, office.carrier, day, by=HUB)
            except manifests.NothingToListError:
                # What could not be listed is on the post's list; the cut-off itself is over.
                return None
            row.save()
    return row.manifest
