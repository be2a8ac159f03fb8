"""
The catalogue: agencies and procedures, from the data file into the register.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from register import tasks
from register.models import Procedure, Unit

FILE = Path(__file__).with_name("data") / "procedures.toml"

#: Before this day the hub knows nothing; agencies that were founded later name their own day.
SINCE = date(2025, 7, 1)


def read() -> dict[str, Any]:
    """Return the data file."""
    return tomllib.loads(FILE.read_text())


def load() -> None:
    """Make the register know every agency and procedure of the data file; as often as wanted."""
    rows = read()
    with transaction.atomic():
        province, _new = Unit.objects.update_or_create(
            code=tasks.PROVINCE,
            defaults={
                "name": "Ủy ban nhân dân tỉnh Quảng Ninh",
                "kind": "province",
                "valid_from": SINCE,
            },
        )
        for row in rows["agencies"]:
            Unit.objects.update_or_create(
                code=row["code"],
                defaults={
                    "name": row["name"],
                    "kind": row["kind"],
                    "parent": province,
                    "valid_from": SINCE,
                },
            )
        for row in rows["procedures"]:
            Procedure.objects.update_or_create(
                code=row["code"],
                defaults={
                    "name": row["name"],
                    "field": row["field"],
                    "unit_id": row["unit"],
                    "symbol": row["symbol"],
                    "hours": row["limit_days"] * 8,
                    "fees": row["fees"],
                },
            )
