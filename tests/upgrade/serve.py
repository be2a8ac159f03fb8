"""
Serves with the code of the version that is on the path, until its standard input is closed.

What an office does all day: results come in and are charged, a tray is looked at, a carrier
speaks. The last line that it prints says how often, how long the slowest took, and what failed.
"""

from __future__ import annotations

import json
import select
import sys
from time import perf_counter

from django.db import connection, transaction
from django.db.models import F

from dispatch import scans
from dispatch.models import Shipment
from dossiers.signing_status import ItemStatus
from payments import charges, matching
from register import documents, health, ledger
from register.models import Dossier, Inbox
from signing.models import SigningItem
from tests.support import dossier_kit

PAPER = b"%PDF-1.7 while the tables change"


def serve(number: int) -> None:
    """Do a little of everything; the dossiers end withdrawn, so that nobody has to finish them."""
    code = f"H49.61-261124-{number:04d}"
    dossier_kit.dossier(code, pdf=PAPER)
    charges.open(code, channel="transfer")
    ledger.record(code, dossier_kit.facts.Withdrawn("đổi ý"), by="hub")
    ledger.audit(code)
    list(SigningItem.objects.filter(status=ItemStatus.ON_TRAY).select_related("dossier", "signer"))
    list(Dossier.objects.select_related("applicant").order_by("due_at")[:25])
    list(Shipment.objects.filter(line=None))
    scans.take("vnpost", [], f"mark {number}")
    health.worked("vnpost")
    matching.run()
    with transaction.atomic():
        Inbox.objects.filter(pk=number).update(times=F("times") + 1)
    documents.get(Dossier.objects.get(pk=code).document)


def main() -> None:
    """Serve, and say how it went."""
    slowest, done, errors = 0.0, 0, []
    connection.ensure_connection()
    sys.stdout.write("serving\n")
    sys.stdout.flush()
    while not select.select([sys.stdin], [], [], 0)[0]:
        started = perf_counter()
        try:
            serve(done + 1)
        except Exception as error:  # noqa: BLE001 - every failure is the test's to see
            errors.append(f"{type(error).__name__}: {error}"[:300])
            break
        slowest, done = max(slowest, perf_counter() - started), done + 1
    told = {"done": done, "slowest": round(slowest, 3), "errors": errors}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
