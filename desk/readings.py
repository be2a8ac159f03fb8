"""
Reads of personal data, kept apart: who looked at whose dossier, on which page.

Law 91/2025/QH15 on personal data, Decree 356/2025: a citizen may ask who has read.
"""

from __future__ import annotations

from desk.models import Reading
from register import world


def note(person: str, dossier: str, page: str) -> None:
    """Keep that *person* read the personal data of *dossier* on *page*."""
    Reading.objects.create(person=person, dossier_id=dossier, page=page, at=world.now())
