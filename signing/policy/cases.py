"""
One signature that somebody is about to give, with everything that the checks look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asn1crypto import x509

from dossiers.signing_status import ItemStatus, Policy, SealMode, SigningRole
from dossiers.state import State
from register import world
from signing.models import Appointment, Proof, SealCustody, Signer, SigningItem
from signing.policy import confirmations
from signing.verification import paths, trusting
from signing.verification.asked import Asked, Evidence
from signing.verification.paths import Usage, Way
from signing.verification.trusting import Anchors, TrustError

#: Read with the item, so that a batch of hundreds asks once for each.
RELATED = (
    *("dossier__procedure", "dossier__unit", "signer__token", "signer__unit"),
    *("signer__appointment__unit", "signer__delegation__giver", "signer__delegation__taker"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A signature to be, as things stand at one instant."""

    item: SigningItem
    person: str
    """User name of whoever is about to sign."""
    at: datetime
    """Aware."""
    state: State
    """What the dossier's facts say."""
    approved: Signer | None = None
    """With what the official's signature in this very file was made; None if it has none."""
    custody: SealCustody | None = None
    """Who holds the seal's key today; None for the official's signature."""
    anchors: Anchors | None = None
    """Whom this installation trusts; None if the configuration is not what was signed."""
    way: Way | None = None
    """Where the signer's certificate leads; None without ``anchors``, or when it has run out."""
    proof: Proof | None = None
    """What was last told of the certificate's revocation, if anything was."""

    @property
    def signer(self) -> Signer:
        """With what it is signed."""
        return self.item.signer

    @property
    def appointment(self) -> Appointment | None:
        """Who the person is."""
        return self.item.signer.appointment

    @property
    def day(self) -> date:
        """The day in Vietnam."""
        return self.at.astimezone(world.VIETNAM).date()

    @property
    def sealing(self) -> bool:
        """Tell the agency's seal from the official's signature."""
        return self.item.role == SigningRole.SEAL


def of(item: SigningItem, *, person: str, at: datetime) -> Case:
    """Return what is to be checked before *person* signs *item* at *at* (aware)."""
    sealing = item.role == SigningRole.SEAL
    anchors, lives = _anchors(), item.signer.certificate.holds_at(at)
    return Case(
        item=item,
        person=person,
        at=at,
        state=item.dossier.as_state(),
        approved=_approved(item) if sealing else None,
        custody=custody_of(item.signer, at) if sealing else None,
        anchors=anchors,
        way=way_of(item.signer, anchors, at) if anchors and lives else None,
        proof=Proof.objects.filter(pk=item.signer.fingerprint).first(),
    )


def custody_of(signer: Signer, at: datetime) -> SealCustody | None:
    """Return by what *signer* holds the agency's key at *at*; the newest if there are several."""
    held = SealCustody.objects.filter(
        unit=signer.unit_id, token=signer.token_id, holder=signer.appointment_id
    ).select_related("holder", "pin_holder")
    return next((one for one in held.order_by("-valid_from", "-pk") if one.holds_at(at)), None)


def seen(case: Case) -> bool:
    """
    Tell whether the person has seen every page, or approved a batch for which it was asked.

    What is queued was seen when the batch was opened, and is the same file until it is signed.
    """
    document = case.item.document
    return bool(case.item.batch_id) or document in confirmations.seen_by(case.person, [document])


def way_of(signer: Signer, anchors: Anchors, at: datetime, *, policy: Policy = Policy.OURS) -> Way:
    """Return where the signer's certificate leads, by our certificates and revocation lists."""
    certificate = signer.certificate
    asked = Asked(at, anchors, policy)
    evidence = Evidence(certificates=frozenset(certificate.chain))
    leaf = x509.Certificate.load(certificate.der)
    return paths.follow(leaf, evidence, asked, at=at, usage=Usage.SIGNING)


def same_person(one: Sequence[Appointment | None], other: Sequence[Appointment | None]) -> bool:
    """Tell whether somebody of *one* is, under whatever account, somebody of *other*."""
    ours, theirs = (
        {mark for appointment in side if appointment for mark in _marks(appointment)}
        for side in (one, other)
    )
    return not ours.isdisjoint(theirs)


def kept_at_the_centre(custody: SealCustody) -> bool:
    """Tell whether the key left the agency's seat, which takes a document and a minute."""
    return custody.mode in (SealMode.SECONDED, SealMode.KEPT)


def _marks(appointment: Appointment) -> set[tuple[str, str]]:
    marks = {("person", appointment.person), ("staff number", appointment.staff_number)}
    return {mark for mark in marks if mark[1]}


def _approved(item: SigningItem) -> Signer | None:
    found = (
        SigningItem.objects.filter(
            dossier=item.dossier_id,
            role=SigningRole.OFFICIAL,
            status=ItemStatus.SIGNED,
            signed=item.document,
        )
        .select_related("signer__appointment", "signer__delegation__giver")
        .first()
    )
    return found.signer if found else None


def _anchors() -> Anchors | None:
    folder = world.home() / "trust"
    try:
        return trusting.read(folder if folder.is_dir() else None)
    except TrustError:
        # The check ``trust_altered`` says so.
        return None
