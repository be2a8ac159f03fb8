"""
The checks before a signature, in words, as ``signing.policy.checks`` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.templatetags.desk import money, short
from desk.words import Word, of
from dossiers.status import Money
from signing.models import SigningItem
from signing.policy import checks

#: Every check of ``signing.policy.checks``: what it says when it holds, and when it does not.
WORDS: dict[str, tuple[Word, Word]] = {
    "other_file": (
        gettext_lazy("The very file that was submitted"),
        gettext_lazy("Not the file that was submitted: load the page again"),
    ),
    "not_your_item": (
        gettext_lazy("Yours to sign"),
        gettext_lazy("This is another person's to sign"),
    ),
    "other_agency": (
        gettext_lazy("The agency is yours"),
        gettext_lazy("You do not sign for this agency"),
    ),
    "appointment_not_in_force": (
        gettext_lazy("Your appointment is in force"),
        gettext_lazy("Your appointment is not in force today: call the leader"),
    ),
    "certificate_not_in_force": (
        gettext_lazy("The certificate is in force"),
        gettext_lazy("The certificate has run out or not begun: renew it"),
    ),
    "certificate_unknown": (
        gettext_lazy("The certificate is the registered one"),
        gettext_lazy("The certificate is not the registered one: call the administrator"),
    ),
    "not_the_time": (
        gettext_lazy("It is this signature's turn"),
        gettext_lazy("The result is not at this step any more: load the page again"),
    ),
    "four_eyes": (
        gettext_lazy("Signer and sealer are two people"),
        gettext_lazy("Who approved must not seal: another clerk has to do it"),
    ),
}

#: What ``signing.batches`` may say besides.
REFUSED: dict[str, Word] = {
    "nothing_chosen": gettext_lazy("Choose at least one result"),
    "not_on_tray": gettext_lazy("The result is no longer on the tray: load the page again"),
    "other_role": gettext_lazy("Signature and seal are not given in one batch"),
    "several_tokens": gettext_lazy("Results of two tokens: sign them in two batches"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line on the right of the desk."""

    look: str
    """``ok``, ``wait`` (know it, go on) or ``err`` (cannot be signed)."""
    word: Word
    detail: str


def checks_of(item: SigningItem, *, person: str, at: datetime) -> list[Check]:
    """Return every check of *item* for *person* at *at*, then what is good to know."""
    against = set(checks.reasons_against(item, person=person, at=at))
    shown = [
        Check("err" if name in against else "ok", words[name in against], _detail(name, item))
        for name, words in WORDS.items()
    ]
    return [*shown, _fee(item)]


def reasons(against: list[str]) -> str:
    """Return *against*, names of checks, as one line."""
    return "; ".join(str(WORDS[name][1] if name in WORDS else REFUSED[name]) for name in against)


def _detail(name: str, item: SigningItem) -> str:
    if name == "other_file":
        return f"SHA-256 {short(item.document)}"
    if name == "certificate_unknown":
        return short(item.signer.fingerprint)
    return ""


def _fee(item: SigningItem) -> Check:
    dossier = item.dossier
    settled = dossier.paid >= dossier.due
    detail = money(dossier.due) if dossier.due else ""
    word = of(Money(dossier.money))
    return Check("ok" if settled else "wait", word, detail or _("nothing is due"))
