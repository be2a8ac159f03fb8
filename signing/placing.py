"""
Where one result is signed and sealed: by what a person chose for it, else by what the page says.
"""

from __future__ import annotations

from dataclasses import replace

from register import documents, world
from register.models import Dossier
from signing.models import Placement as Chosen
from signing.models import Signer
from signing.pdf import appearance, fields, finding
from signing.pdf.places import NoPlaceError, Placement, Places
from signing.policy import titles


def find(dossier: Dossier, data: bytes, official: Signer, clerk: Signer) -> Places:
    """
    Return where *data* is signed and sealed.

    What a person chose goes before everything; if it does not fit this file, the place that is
    found comes with the ``doubt``.
    """
    chosen = Chosen.objects.filter(pk=dossier.pk).first()
    wish = Placement.of(chosen.told) if chosen else None
    usually = finding.usual(dossier.procedure_id, world.home())
    signer = printed(official, clerk)
    try:
        return fields.find(data, signer, wish=wish, usually=usually)
    except NoPlaceError as error:
        return replace(fields.find(data, signer, usually=usually), doubt=error.reason)


def printed(official: Signer, clerk: Signer) -> fields.Signer:
    """Return what stands printed on a result of the two, and what they will put on it."""
    shape = appearance.shape(documents.get(official.picture))
    title = "\n".join(titles.block(official))
    return fields.Signer(official.name, title, clerk.diameter, shape)
