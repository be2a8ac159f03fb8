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

#: The page itself shows what was not seen yet: it is no fault before the person has looked.
UNSEEN = "not_seen"

#: What the desk says of a check that holds; the other checks are silent then.
HOLDS: dict[str, Word] = {
    "other_file": gettext_lazy("The very file that was submitted"),
    "not_your_item": gettext_lazy("Yours to sign"),
    "other_agency": gettext_lazy("The agency is yours"),
    "appointment_not_in_force": gettext_lazy("Your appointment is in force"),
    "delegation_not_in_force": gettext_lazy("You may sign in this form"),
    "certificate_not_in_force": gettext_lazy("The certificate is in force"),
    "certificate_unknown": gettext_lazy("The certificate is the registered one"),
    "not_the_time": gettext_lazy("It is this signature's turn"),
    "four_eyes": gettext_lazy("Signer and sealer are two people"),
}

#: What stands against a signature, for every check of ``signing.policy.checks``.
AGAINST: dict[str, Word] = {
    "not_your_item": gettext_lazy("This is another person's to sign"),
    "appointment_missing": gettext_lazy("You are not appointed here: call the leader"),
    "appointment_not_in_force": gettext_lazy(
        "Your appointment is not in force today: call the leader"
    ),
    "certificate_unknown": gettext_lazy(
        "The certificate is not the registered one: call the administrator"
    ),
    "title_differs": gettext_lazy(
        "The title does not follow from your appointment: call the administrator"
    ),
    "block_differs": gettext_lazy(
        "The document names another title than yours today: send it back"
    ),
    "title_may_not_sign": gettext_lazy("Nobody has let this title sign: call the leader"),
    "delegation_not_in_force": gettext_lazy(
        "The delegation is not in force today: call the leader"
    ),
    "delegation_out_of_scope": gettext_lazy("The delegation is not for this procedure"),
    "delegation_passed_on": gettext_lazy("Who was authorised may not hand the authority on"),
    "delegation_without_limit": gettext_lazy(
        "Signing by authority (TUQ.) needs a last day and named procedures"
    ),
    "other_agency": gettext_lazy("You do not sign for this agency"),
    "agency_ended": gettext_lazy("The agency was dissolved: its successor signs"),
    "certificate_not_in_force": gettext_lazy("The certificate has run out or not begun: renew it"),
    "certificate_ends_too_soon": gettext_lazy(
        "The certificate ends before the batch would: renew it"
    ),
    "certificate_unfit": gettext_lazy("The certificate was not issued for signing"),
    "certificate_revoked": gettext_lazy("The certificate is revoked: call the administrator"),
    "not_the_time": gettext_lazy("The result is not at this step any more: load the page again"),
    "fee_unpaid": gettext_lazy("The fee has to be paid before the signature"),
    "other_file": gettext_lazy("Not the file that was submitted: load the page again"),
    "not_seen": gettext_lazy("Look at every page first"),
    "official_signature_missing": gettext_lazy("The official's signature is not in this file"),
    "number_not_free": gettext_lazy(
        "The number is void, or would be dated back: call the administrator"
    ),
    "seal_not_in_custody": gettext_lazy("The seal was not given to you: call the leader"),
    "custody_unauthorised": gettext_lazy("There is no written permission to keep the seal here"),
    "custody_not_minuted": gettext_lazy("The hand-over of the seal is not minuted"),
    "custody_out_of_scope": gettext_lazy("The seal may not be used for this procedure here"),
    "dual_control_missing": gettext_lazy("A seal kept at the Centre takes two people"),
    "not_the_centres_own": gettext_lazy("The Centre's seal is for the Centre's own papers only"),
    "four_eyes": gettext_lazy("Who approved must not seal: another clerk has to do it"),
    "quarantined": gettext_lazy("This file failed its check: a person has to look at it first"),
    "certificate_nameless": gettext_lazy("The certificate names nobody"),
    "key_not_in_a_device": gettext_lazy("The key is in no device"),
    "format_not_recommended": gettext_lazy("The file is neither PDF nor XML"),
    "clock_astray": gettext_lazy("The computer's clock is wrong: call the administrator"),
    "roots_missing": gettext_lazy("No trusted authority is installed: call the administrator"),
    "stamps_overdue": gettext_lazy(
        "Time stamps are overdue: nothing more is sealed until they come"
    ),
    "file_damaged": gettext_lazy("The stored file is damaged: call the administrator"),
    "path_to_no_root": gettext_lazy("The certificate leads to no trusted authority"),
    "revocation_unknown": gettext_lazy(
        "Nobody knows whether the certificate was revoked: call the administrator"
    ),
    "public_certificate": gettext_lazy("An agency signs with an official certificate only"),
    "store_full": gettext_lazy("The disk is full: call the administrator"),
    "trust_altered": gettext_lazy(
        "The list of trusted authorities was changed without leave: call the administrator"
    ),
    "account_shut": gettext_lazy("Your account is shut: call the administrator"),
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
    against = checks.reasons_against(item, person=person, at=at)
    wrong = [Check("err", AGAINST[name], _detail(name, item)) for name in against if name != UNSEEN]
    right = [
        Check("ok", word, _detail(name, item))
        for name, word in HOLDS.items()
        if name not in against
    ]
    return [*wrong, *right, _fee(item)]


def reasons(against: list[str]) -> str:
    """Return *against*, names of checks, as one line."""
    return "; ".join(str((AGAINST | REFUSED)[name]) for name in against)


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
