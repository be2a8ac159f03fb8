"""While a new version is rolled out, the one before may write a projection with fewer fields."""

from __future__ import annotations

import pytest

from dossiers import facts
from register import ledger
from register.models import Dossier
from tests.support.dossier_kit import dossier, walk

pytestmark = pytest.mark.django_db


def forget(code: str, *names: str) -> None:
    """Write the projection as a version does that does not know the fields *names*."""
    made = Dossier.objects.get(pk=code)
    for name in names:
        del made.state[name]
    made.save()


def test_a_projection_of_an_older_version_is_folded_anew() -> None:
    """
    The facts tell what the older version left out, from the next fact on.
    """
    made = dossier()
    walk(made, until=facts.Submitted)
    whole = ledger.state(made.code)
    forget(made.code, "official")
    assert "" == ledger.state(made.code).official

    ledger.record(made.code, facts.SentBack("hung", "sai"), by="hung")

    assert whole.official == ledger.state(made.code).official
    assert [] == ledger.audit(made.code)


def test_an_older_projection_is_no_fault_but_a_wrong_one_is() -> None:
    """
    What it does not have is not held against it; what it has must be what the facts say.
    """
    made = dossier()
    walk(made, until=facts.Submitted)
    forget(made.code, "official")
    assert [] == ledger.audit(made.code)

    row = Dossier.objects.get()
    row.state["document"] = "0" * 64
    row.save()

    assert 1 == len(ledger.audit(made.code))
