"""
Reads of personal data, kept apart: who looked at whose dossier, on which page.

Law 91/2025/QH15 on personal data, Decree 356/2025: a citizen may ask who has read.
"""

from __future__ import annotations

from desk.models import Reading, Viewing
from register import world


def note(person: str, dossier: str, page: str) -> None:
    """Keep that *person* read the personal data of *dossier* on *page*."""
    Reading.objects.create(person=person, dossier_id=dossier, page=page, at=world.now())


def seen(person: str, document: str) -> None:
    """Keep that *person* has seen every page of *document* (its SHA-256)."""
    Viewing.objects.get_or_create(person=person, document=document, defaults={"at": world.now()})


def seen_by(person: str, documents: list[str]) -> set[str]:
    """Return which of *documents* the person has seen to the end."""
    rows = Viewing.objects.filter(person=person, document__in=documents)
    return set(rows.values_list("document", flat=True))
