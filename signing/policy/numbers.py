"""
Number and date of a result ("cấp số"), given by the clerk after the official's signature.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from dossiers import facts
from register import ledger
from register.models import Dossier
from signing import locks
from signing.models import Number


def assign(code: str, *, day: date, clerk: str) -> Number:
    """
    Return the dossier's number, given now if it has none: next of agency, year and register.

    *day* is the date in Vietnam; *clerk* the person whose act it is. Number and fact
    ``Numbered`` are one transaction, so no number is lost and none is given twice.
    """
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().select_related("procedure").get(pk=code)
        if known := Number.objects.filter(dossier=dossier).first():
            return known
        register = dossier.procedure.symbol
        locks.until_commit(f"number {dossier.unit_id} {day.year} {register}")
        given = Number.objects.filter(unit_id=dossier.unit_id, year=day.year, register=register)
        last = given.aggregate(last=Max("value"))["last"] or 0
        number = Number.objects.create(
            unit_id=dossier.unit_id,
            year=day.year,
            register=register,
            value=last + 1,
            dossier=dossier,
            issued_on=day,
        )
        ledger.record(code, facts.Numbered(str(number), day.isoformat(), clerk), by=clerk)
    return number
