"""
What people say by name, because no program can know it: kept per version of a file.
"""

from __future__ import annotations

from collections.abc import Iterable

from dossiers.signing_status import Confirmed
from register import world
from signing.models import Confirmation


def seen(person: str, document: str) -> None:
    """Keep that *person* has seen every page of *document* (its SHA-256)."""
    Confirmation.objects.get_or_create(
        person=person, document=document, kind=Confirmed.SEEN, defaults={"at": world.now()}
    )


def seen_by(person: str, documents: Iterable[str]) -> set[str]:
    """Return which of *documents* the person has seen to the end."""
    said = Confirmation.objects.filter(kind=Confirmed.SEEN, person=person)
    return set(said.filter(document__in=list(documents)).values_list("document", flat=True))
