"""
The words of powers to sign: forms of signing, custody of seals, confirmations, spare numbers.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from desk.words_of_money import Word
from dossiers.signing_status import Confirmed, HandOver, NumberFate, SealMode, SigningForm

POWERS: dict[type[StrEnum], dict[StrEnum, Word]] = {
    SigningForm: {
        SigningForm.KT: _("KT. · a deputy for the head"),
        SigningForm.TL: _("TL. · by order of the head"),
        SigningForm.TUQ: _("TUQ. · by written authority"),
        SigningForm.TM: _("TM. · on behalf of a body"),
    },
    SealMode: {
        SealMode.SECONDED: _("A · second seal, with the agency's clerk at the Centre"),
        SealMode.REMOTE: _("B · the seal stays at the agency"),
        SealMode.KEPT: _("C · locked up at the Centre, two people open it"),
        SealMode.OWN: _("D · the Centre's own seal"),
    },
    HandOver: {
        HandOver.GIVEN: _("The key is handed over"),
        HandOver.TAKEN_BACK: _("The key is taken back"),
    },
    Confirmed: {Confirmed.SEEN: _("Every page was seen")},
    NumberFate: {
        NumberFate.RESERVED: _("Number kept free"),
        NumberFate.VOIDED: _("Number void"),
    },
}


def choices(enum: type[StrEnum]) -> list[tuple[str, Word]]:
    """Return what a form offers of *enum*, in words."""
    return [(str(member), word) for member, word in POWERS[enum].items()]
