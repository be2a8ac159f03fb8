"""
The order in which this room takes its locks, so that no two of us ever wait for each other.

Shipments in the order of their references, then their dossiers in the order of their codes.
"""

from __future__ import annotations

from collections.abc import Iterable

from dispatch.models import Shipment
from register import ledger


def hold(references: Iterable[str]) -> list[Shipment]:
    """Lock the shipments *references* and their dossiers to the transaction's end; return them."""
    wanted = Shipment.objects.filter(pk__in=set(references))
    held = list(wanted.select_for_update(of=("self",)).order_by("pk"))
    ledger.lock(shipment.dossier_id for shipment in held)
    return held
