"""
The lines above a signature: in whose place, and as what, somebody signs.

Law: Decree 30/2020, Art. 13 and App. I, II.7: "TM." before a collective body, "KT." before the
head's title when a deputy signs, "TL." by order, "TUQ." by written authority.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dossiers.signing_status import SigningForm
from signing.models import Delegation, Signer


@dataclass(frozen=True, slots=True)
class Printed:
    """A block of title lines, taken apart."""

    form: SigningForm | None
    """None if the person signs in their own place."""
    head: str
    """Title of whoever is signed for; empty without a form."""
    body: str
    """The collective that is spoken for, or empty."""
    own: str
    """Title of the person who signs."""


def block(signer: Signer) -> tuple[str, ...]:
    """Return the title lines that must stand above the signature of *signer*, as printed."""
    appointment, delegation = signer.appointment, signer.delegation
    if appointment is None:
        return lines(signer.title)
    if delegation is not None:
        return (*_for(delegation), *lines(appointment.title))
    spoken_for = (f"TM. {appointment.body}",) if appointment.body else ()
    return (*spoken_for, *lines(appointment.title))


def take_apart(title: str) -> Printed:
    """Return what the lines of *title* say, for example of ``KT. GIÁM ĐỐC`` and the one below."""
    body, head = "", ""
    form: SigningForm | None = None
    rest = list(lines(title))
    while len(rest) > 1 and (found := _form(rest[0])):
        word = rest.pop(0).split(".", 1)[1].strip()
        if found is SigningForm.TM:
            body = word
        else:
            form, head = found, word
    if body and form is SigningForm.KT:
        form = SigningForm.TM
    return Printed(form, head, body, "\n".join(rest))


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two blocks say the same: case, blanks and code points aside."""
    return [folded(line) for line in one] == [folded(line) for line in other]


def folded(line: str) -> str:
    """Return *line* as it is compared."""
    return "".join(unicodedata.normalize("NFC", line).casefold().split())


def _for(delegation: Delegation) -> tuple[str, ...]:
    giver, form = delegation.giver, SigningForm(delegation.form)
    if form is SigningForm.TM:
        return (f"TM. {giver.body}", f"KT. {giver.title}")
    return (f"{form}. {giver.title}",)


def _form(line: str) -> SigningForm | None:
    before = line.split(".", 1)[0].strip().upper()
    return next((form for form in SigningForm if "." in line and form == before), None)


def lines(title: str) -> tuple[str, ...]:
    """Return the lines of *title*, without empty ones."""
    return tuple(line.strip() for line in title.splitlines() if line.strip())
