"""
What must hold before every signature; each refusal names its check.

Eight things by the law's duties at the Centre (``who``, ``what``, ``seals``) and twelve by the
circular on signing software (``circular``). They run when a batch is opened and once more right
before each signature, so that an appointment that ended in between stops the rest of the batch.
``docs/signing-policy.md`` shows each with its article and its test.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from signing.models import SigningItem
from signing.policy import cases, circular, seals, what, who
from signing.policy.cases import Case

Check = Callable[[Case], bool]

#: The eight before every signature: the word of the refusal, and what has to hold.
EIGHT: Final[dict[str, Check]] = {
    # 1. person, certificate, appointment, title
    "not_your_item": who.is_theirs,
    "appointment_missing": who.is_appointed,
    "appointment_not_in_force": who.appointment_holds,
    "certificate_unknown": who.certificate_is_registered,
    "title_differs": who.title_agrees,
    "block_differs": who.block_agrees,
    # 2. who may sign this, and in whose place
    "title_may_not_sign": who.title_may_sign,
    "delegation_not_in_force": who.delegation_holds,
    "delegation_out_of_scope": who.delegation_covers,
    "delegation_passed_on": who.delegation_is_first_hand,
    "delegation_without_limit": who.authority_is_limited,
    # 3. the agency
    "other_agency": who.agency_is_theirs,
    "agency_ended": who.agency_exists,
    # 4. the certificate
    "certificate_not_in_force": what.certificate_holds,
    "certificate_ends_too_soon": what.certificate_lasts,
    "certificate_unfit": what.certificate_is_for_signing,
    "certificate_revoked": what.certificate_is_not_revoked,
    # 5. the state, the fee, the bytes
    "not_the_time": what.is_their_turn,
    "fee_unpaid": what.fee_is_settled,
    "other_file": what.is_same_file,
    "not_seen": what.was_seen,
    # 6. first the official, then number and date, then the seal
    "official_signature_missing": what.official_has_signed,
    "number_not_free": what.number_can_be_given,
    "stamps_overdue": seals.stamps_are_in_time,
    "seal_not_in_custody": seals.is_in_custody,
    "custody_unauthorised": seals.authority_is_written,
    "custody_not_minuted": seals.hand_over_is_minuted,
    "custody_out_of_scope": seals.custody_covers,
    "dual_control_missing": seals.two_hold_the_key,
    "not_the_centres_own": seals.only_own_papers,
    # 7. four eyes
    "four_eyes": who.four_eyes,
    # 8. what failed its check before
    "quarantined": what.nothing_is_quarantined,
}

#: The twelve of Circular 15/2025, Art. 5, in its order; 6 is about stamps.
TWELVE: Final[dict[str, Check]] = {
    "certificate_nameless": circular.certificate_names_somebody,
    "key_not_in_a_device": circular.key_is_in_a_device,
    "format_not_recommended": circular.format_is_recommended,
    "clock_astray": circular.time_can_be_told,
    "roots_missing": circular.roots_are_there,
    "file_damaged": circular.message_is_whole,
    "path_to_no_root": circular.path_reaches_a_root,
    "revocation_unknown": circular.revocation_is_known,
    "public_certificate": circular.tree_is_the_official_one,
    "store_full": circular.store_has_room,
    "trust_altered": circular.trust_is_as_signed,
    "account_shut": circular.somebody_can_be_told,
}

CHECKS: Final[dict[str, Check]] = EIGHT | TWELVE

#: What is asked before a result is put on somebody's tray at all.
OF_POWERS: Final = (
    *("appointment_missing", "appointment_not_in_force", "title_may_not_sign"),
    *("delegation_not_in_force", "delegation_out_of_scope", "delegation_passed_on"),
    *("delegation_without_limit", "other_agency", "agency_ended", "seal_not_in_custody"),
    *("custody_out_of_scope", "not_the_centres_own"),
)


def reasons_against(item: SigningItem, *, person: str, at: datetime) -> list[str]:
    """Return why *person* may not give this signature at *at* (aware), or an empty list."""
    case = cases.of(item, person=person, at=at)
    return [reason for reason, holds in CHECKS.items() if not holds(case)]
