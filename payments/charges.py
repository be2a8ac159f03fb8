"""
Charges: what the hub asks of the owner of a dossier ("khoản phải thu").
"""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from dossiers import facts, money
from dossiers.book import EntryKind
from payments import book
from payments.models import Account, Charge, ChargeLine
from register import ledger, world
from register.ledger import HUB
from register.models import Dossier


class NoAccountError(Exception):
    """Neither the deciding agency nor the centre has an account to pay to; add one to Account."""


def open(code: str, *, channel: str = "platform", payable_until: date | None = None) -> Charge:
    """
    Ask for the fees of dossier *code*'s procedure; return the charge, the same one ever after.

    *channel* is ``platform``, ``transfer`` or ``counter``. No fees means exempt: the charge
    is of 0 đồng and needs no account. NoAccountError if money is due and has nowhere to go.
    """
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().select_related("procedure").get(pk=code)
        if known := Charge.objects.filter(dossier=dossier).first():
            return known
        fees = dossier.procedure.fees
        amount = sum(fee["amount"] for fee in fees)
        charge = Charge.objects.create(
            reference=money.reference(_number()),
            dossier=dossier,
            account=_account(dossier) if amount else None,
            amount=amount,
            channel=channel,
            payable_until=payable_until,
            opened_at=world.now(),
        )
        ChargeLine.objects.bulk_create(
            ChargeLine(charge=charge, **{key: fee[key] for key in _LINE}) for fee in fees
        )
        book.post(EntryKind.CHARGED, [charge.pk])
        ledger.record(code, facts.Charged(charge.reference, amount, channel), by=HUB)
    return charge


def account(code: str) -> tuple[str, str]:
    """
    Return the BIN of the bank and the number of the account that dossier *code* is paid to.

    Charge.DoesNotExist if nothing was asked, NoAccountError if nothing is due.
    """
    charge = Charge.objects.select_related("account").get(dossier_id=code)
    if charge.account is None:
        raise NoAccountError(code)
    return charge.account.bin, charge.account.number


_LINE = ("kind", "code", "name", "amount")


def _number() -> int:
    """Return the next number of a charge; a number whose transaction failed is not used again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('hub_payments_charge_number')")
        return int(cursor.fetchone()[0])


def _account(dossier: Dossier) -> Account:
    """Return the account of the deciding agency or, where it has none, of the centre."""
    by_unit = {
        account.unit_id: account
        for account in Account.objects.filter(
            unit__in=(dossier.unit_id, dossier.centre_id)
        ).order_by("-number")
    }
    found = by_unit.get(dossier.unit_id) or by_unit.get(dossier.centre_id)
    if found is None:
        raise NoAccountError(dossier.code)
    return found
