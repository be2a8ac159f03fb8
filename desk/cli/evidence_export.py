"""
``motcua evidence export CODE``: one file that proves a result, with its own verifier inside.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from dispatch.models import CarrierEvent, Shipment
from payments.models import Allocation
from register.models import Dossier
from signing.evidence import exports


def main(arguments: list[str]) -> int:
    """Write the bundle; exit code 1 if there is no such dossier or it is not archived yet."""
    parser = argparse.ArgumentParser(prog="motcua evidence export", description=__doc__)
    parser.add_argument("code")
    parser.add_argument("--to", type=Path, metavar="FILE", help="default: CODE.evidence.zip here")
    given = parser.parse_args(arguments)
    extra = {"money.json": _json(_money(given.code)), "parcel.json": _json(_parcel(given.code))}
    try:
        bundle = exports.export(given.code, extra)
    except Dossier.DoesNotExist:
        print(f"Không có hồ sơ {given.code} · no such dossier", file=sys.stderr)
        return 1
    except exports.NotArchivedError as error:
        print(f"{given.code}: {type(error).__doc__}", file=sys.stderr)
        return 1
    target = given.to or Path(f"{given.code}.evidence.zip")
    target.write_bytes(bundle)
    # It holds a citizen's paper.
    os.chmod(target, 0o600)  # noqa: PTH101 - one call either way
    print(target)
    return 0


def _json(told: list[dict[str, Any]]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _money(code: str) -> list[dict[str, Any]]:
    """Return the bank's lines that pay for the dossier; amounts in đồng."""
    rows = Allocation.objects.filter(charge__dossier=code).select_related("transaction", "charge")
    return [
        {
            "charge": row.charge.reference,
            "amount": row.amount,
            "account": row.transaction.account_id,
            "bank_reference": row.transaction.bank_reference,
            "booked_on": row.transaction.booked_on.isoformat(),
            "file": row.transaction.file.sha256,
            "rule": row.rule,
        }
        for row in rows.order_by("pk")
    ]


def _parcel(code: str) -> list[dict[str, Any]]:
    """Return what the carriers said of the dossier's parcels."""
    references = Shipment.objects.filter(dossier=code).values_list("pk", flat=True)
    events = CarrierEvent.objects.filter(reference__in=list(references))
    return [
        {
            "reference": event.reference,
            "carrier": event.carrier,
            "tracking": event.tracking,
            "status": event.status,
            "code": event.code,
            "at": event.at.isoformat(),
        }
        for event in events.order_by("at", "pk")
    ]
