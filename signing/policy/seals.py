"""
May this seal be used here: custody of the agency's key (domain §2.2, §6 modes A to D).

Law: the head gives the key to the clerk, who keeps it at the agency's seat; another holder needs
a written permission, and the hand-over is minuted.
"""

from __future__ import annotations

from dossiers.signing_status import HandOver, SealMode
from signing.levels import stamps
from signing.models import SealCustody
from signing.policy.cases import Case, kept_at_the_centre, same_person


def is_in_custody(case: Case) -> bool:
    """Decree 30/2020 Art. 32(1), (2): the key is used by the clerk whom the head gave it to."""
    return not case.sealing or case.custody is not None


def authority_is_written(case: Case) -> bool:
    """Decree 30/2020 Art. 32(2): away from the agency's seat only with written permission."""
    custody = case.custody
    if custody is None or not kept_at_the_centre(custody):
        return True
    return bool(custody.authority)


def hand_over_is_minuted(case: Case) -> bool:
    """Decree 30/2020 Art. 32(2): handing the key over is minuted, and it was not taken back."""
    custody = case.custody
    if custody is None or not kept_at_the_centre(custody):
        return True
    return is_handed_over(custody)


def is_handed_over(custody: SealCustody) -> bool:
    """Tell whether the newest minute of *custody* says that the key was given."""
    last = custody.minutes.order_by("-at", "-pk").first()
    return last is not None and last.kind == HandOver.GIVEN


def custody_covers(case: Case) -> bool:
    """Decree 30/2020 Art. 32: the permission is for this procedure."""
    custody = case.custody
    if custody is None or not custody.procedures:
        return True
    return case.item.dossier.procedure_id in custody.procedures


def two_hold_the_key(case: Case) -> bool:
    """Decree 68/2024 Art. 39: a key locked up at the Centre takes two people (mode C)."""
    custody = case.custody
    if custody is None or custody.mode != SealMode.KEPT:
        return True
    return custody.pin_holder is not None and not same_person(
        [custody.holder], [custody.pin_holder]
    )


def only_own_papers(case: Case) -> bool:
    """Decree 30/2020 Art. 33: the Centre's own seal is for the Centre's own papers (mode D)."""
    custody = case.custody
    if custody is None or custody.mode != SealMode.OWN:
        return True
    return custody.unit_id == case.item.dossier.centre_id == case.item.dossier.unit_id


def stamps_are_in_time(case: Case) -> bool:
    """ADR 19: while sealed results wait too long for their time stamps, no more are made."""
    return not (case.sealing and stamps.overdue(case.at))
