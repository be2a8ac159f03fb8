"""
May this person sign this: appointment, title, delegation, agency, four eyes (domain §6, 1-3, 7).

Each function tells whether its condition holds; ``checks`` gives it the word of its refusal.
"""

from __future__ import annotations

from dossiers.signing_status import SigningForm
from signing.models import Delegation, Succession
from signing.policy import titles
from signing.policy.cases import Case, same_person


def is_theirs(case: Case) -> bool:
    """Decree 68/2024 Art. 8(4): a personal certificate is used by its subscriber alone."""
    return case.signer.person == case.person


def is_appointed(case: Case) -> bool:
    """Decree 68/2024 Art. 8: the certificate serves a person in an office, and that is known."""
    appointment = case.appointment
    return appointment is not None and appointment.person == case.signer.person


def appointment_holds(case: Case) -> bool:
    """Decree 30/2020 Art. 13: only who holds the office on this day signs for it."""
    if case.appointment is not None and not case.appointment.holds_at(case.at):
        return False
    return case.signer.holds_on(case.day)


def certificate_is_registered(case: Case) -> bool:
    """Decree 68/2024 Art. 7: the certificate is the one that was entered for this person."""
    return case.signer.certificate.fingerprint == case.signer.fingerprint


def title_agrees(case: Case) -> bool:
    """Decree 30/2020 App. I, II.7: the title that is signed with follows from the appointment."""
    if case.sealing or case.appointment is None:
        return True
    return titles.same(titles.lines(case.signer.title), titles.block(case.signer))


def block_agrees(case: Case) -> bool:
    """Decree 30/2020 App. I, II.7: the document was made ready for this very title."""
    block = case.item.title_block
    if case.sealing or not block:
        return True
    return titles.same(titles.lines(block), titles.block(case.signer))


def title_may_sign(case: Case) -> bool:
    """Decree 30/2020 Art. 13(1): the head signs; others only as the head has let them."""
    if case.sealing or case.appointment is None:
        return True
    return case.appointment.head or case.signer.delegation is not None


def delegation_holds(case: Case) -> bool:
    """Decree 30/2020 Art. 13: both sides hold office, and the delegation is in force today."""
    given = case.signer.delegation
    if given is None:
        return True
    return (
        given.taker_id == case.signer.appointment_id
        and given.holds_at(case.at)
        and given.giver.holds_at(case.at)
    )


def delegation_covers(case: Case) -> bool:
    """Decree 30/2020 Art. 13(1), (3): the delegation is for this procedure or its field."""
    given, procedure = case.signer.delegation, case.item.dossier.procedure
    return given is None or given.covers(procedure.code, procedure.field)


def delegation_is_first_hand(case: Case) -> bool:
    """Decree 30/2020 Art. 13(3): whoever signs by authority does not hand it on."""
    given = case.signer.delegation
    return given is None or (given.giver.head and given.giver.unit_id == given.taker.unit_id)


def authority_is_limited(case: Case) -> bool:
    """Decree 30/2020 Art. 13(3): TUQ. is in writing, for a time and for named things."""
    given = case.signer.delegation
    return given is None or given.form != SigningForm.TUQ or is_limited(given)


def is_limited(given: Delegation) -> bool:
    """Tell whether a delegation has a last day, a number, and names what it is for."""
    return bool(given.authority and given.valid_to and (given.procedures or given.fields))


def agency_is_theirs(case: Case) -> bool:
    """Decree 68/2024 Art. 3(3): a signature counts within the competence of its agency alone."""
    ours, deciding = case.signer.unit_id, case.item.dossier.unit_id
    if case.appointment is not None and case.appointment.unit_id != ours:
        return False
    followed = Succession.objects.filter(old=deciding, new=ours, on__lte=case.day)
    return ours == deciding or followed.exists()


def agency_exists(case: Case) -> bool:
    """Decree 30/2020 Art. 13: an agency that was dissolved signs nothing; its successor does."""
    unit = case.signer.unit
    return unit.valid_from <= case.day and (unit.valid_to is None or case.day < unit.valid_to)


def four_eyes(case: Case) -> bool:
    """
    Decree 30/2020 Art. 32, 33: the clerk who seals is another person than the one who signs.

    The same human under two accounts, with one certificate, or who had let the official sign in
    their place, is one person.
    """
    if not case.sealing:
        return True
    if case.state.official == case.person:
        return False
    if case.approved is None:
        return True
    given = case.approved.delegation
    above = [case.approved.appointment, given.giver if given else None]
    beside = case.custody.pin_holder if case.custody else None
    return case.approved.fingerprint != case.signer.fingerprint and not same_person(
        above, [case.appointment, beside]
    )
