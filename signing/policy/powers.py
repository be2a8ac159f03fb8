"""
Giving somebody the power to sign or seal: one person asks, another approves; either may end it.

Law: Decree 30/2020, Art. 13 and 32. What an agency decided stands on its own paper; here stands
its number, who entered it and who compared it.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.db import models, transaction
from django.db.models import Q

from dossiers.roles import Role
from dossiers.signing_status import SealMode, SigningForm, SigningRole
from dossiers.work import TaskKind
from register import tasks, world
from signing.models import Appointment, Delegation, SealCustody, Signer
from signing.models.policy import Power
from signing.policy import titles, who

AnyPower = TypeVar("AnyPower", Appointment, Delegation, SealCustody)

#: What each kind is called in the subjects of tasks and in addresses.
KINDS: dict[str, type[Power]] = {
    "appointment": Appointment,
    "delegation": Delegation,
    "custody": SealCustody,
}


class PowerError(ValueError):
    """The power cannot be given as it was asked for; ``vi`` and ``en`` say why."""

    vi: ClassVar[str] = "Không giao được quyền này."
    en: ClassVar[str] = "This power cannot be given."


class SamePersonError(PowerError):
    """Who asked, or gets the power, may not approve it."""

    vi = "Người đề nghị hoặc người được giao không được tự duyệt."
    en = "Who asked for it, or gets it, may not approve it."


class UnfitPeriodError(PowerError):
    """The last day lies before the first."""

    vi = "Ngày kết thúc phải sau ngày bắt đầu."
    en = "The last day lies before the first."


class NoAuthorityError(PowerError):
    """The number of the deciding document is missing."""

    vi = "Hãy ghi số quyết định hoặc văn bản giao quyền."
    en = "Write the number of the deciding document."


class NotHeadError(PowerError):
    """Only the head of the same agency lets somebody sign in their place."""

    vi = "Chỉ người đứng đầu cùng cơ quan được giao ký; người được ủy quyền không ủy quyền lại."
    en = "Only the head of the same agency delegates; an authority is not handed on."


class NoLimitError(PowerError):
    """TUQ. needs a last day and named procedures or fields."""

    vi = "Thừa ủy quyền phải có ngày kết thúc và nêu rõ thủ tục hoặc lĩnh vực."
    en = "Signing by authority (TUQ.) needs a last day and named procedures or fields."


class NoBodyError(PowerError):
    """TM. needs a collective body for which the head speaks."""

    vi = "Thay mặt (TM.) cần có tập thể mà người đứng đầu đại diện."
    en = "On behalf (TM.) needs a body for which the head speaks."


class OneHolderError(PowerError):
    """A seal kept at the Centre takes two people."""

    vi = "Con dấu giữ tại Trung tâm cần hai người: một người giữ, một người mở."
    en = "A seal kept at the Centre takes two people: one seals, another opens it."


class NotTheirsError(PowerError):
    """The clerk is of another agency than the seal."""

    vi = "Văn thư không thuộc cơ quan có con dấu."
    en = "The clerk is not of the agency whose seal it is."


def ask(power: AnyPower, *, by: str) -> AnyPower:
    """Keep that *by* asks for *power*, a row not saved yet; PowerError if the law is against it."""
    _check(power)
    power.asked_by, power.asked_at = by, world.now()
    power.approved_by, power.approved_at = "", None
    with transaction.atomic():
        power.save(force_insert=True)
        tasks.open(
            TaskKind.POWER_ASKED,
            Role.MANAGER,
            subject=subject(power),
            unit=unit_of(power),
            detail={"authority": power.authority},
        )
    return power


def approve(power: Power, *, by: str) -> None:
    """Let *power* hold, because *by* compared it with its paper; SamePersonError for one's own."""
    if by == power.asked_by or by in _people(power):
        raise SamePersonError
    with transaction.atomic():
        waiting = _rows(type(power)).filter(pk=power.pk, approved_at=None, ended_at=None)
        if waiting.update(approved_by=by, approved_at=world.now()):
            power.refresh_from_db()
            _give(power)
        tasks.close(TaskKind.POWER_ASKED, subject(power), by=by)


def end(power: Power, *, by: str, reason: str) -> None:
    """
    End *power* from this instant on: what is signed until now stands, the rest of a batch stops.

    It needs one person only; what was asked for and never approved is turned down so.
    """
    open_ones = _rows(type(power)).filter(pk=power.pk, ended_at=None)
    open_ones.update(ended_by=by, ended_at=world.now(), end_reason=reason[:300])
    power.refresh_from_db()
    tasks.close(TaskKind.POWER_ASKED, subject(power), by=by)


def subject(power: Power) -> str:
    """Return what a task calls *power*, for example ``delegation 12``."""
    kind = next(kind for kind, table in KINDS.items() if isinstance(power, table))
    return f"{kind} {power.pk}"


def unit_of(power: Power) -> str:
    """Return the code of the agency whose power it is."""
    if isinstance(power, Delegation):
        return power.taker.unit_id
    if isinstance(power, Appointment | SealCustody):
        return power.unit_id
    raise TypeError(type(power))


def of_units(kind: str, units: frozenset[str]) -> models.QuerySet[Power]:
    """Return the powers of *kind* in *units*, those that wait or hold first."""
    table = KINDS[kind]
    where = Q(taker__unit__in=units) if table is Delegation else Q(unit__in=units)
    return (
        _rows(table)
        .filter(where)
        .order_by(models.F("ended_at").asc(nulls_first=True), "-valid_from", "pk")
    )


def _rows(table: type[Power]) -> models.QuerySet[Power]:
    return table._default_manager.all()  # noqa: SLF001 - Django's documented name


def _give(power: Power) -> None:
    """Have those sign by *power* who have what they need for it: their certificates."""
    if isinstance(power, Appointment):
        for signer in Signer.objects.filter(person=power.person, unit=power.unit_id):
            if signer.appointment is None or not signer.appointment.holds_at(world.now()):
                _write(signer, power, None)
    elif isinstance(power, Delegation):
        for signer in power.taker.signers.filter(role=SigningRole.OFFICIAL):
            if signer.delegation is not None or power.taker.head:
                # They go on signing as before, too: choice takes whichever covers a result.
                signer.pk = None
            _write(signer, power.taker, power)
            break


def _write(signer: Signer, appointment: Appointment, delegation: Delegation | None) -> None:
    signer.appointment, signer.delegation = appointment, delegation
    if signer.role == SigningRole.OFFICIAL:
        signer.title = "\n".join(titles.block(signer))
    signer.save()


def _people(power: Power) -> set[str]:
    """Return the user names of those who get something by *power*."""
    if isinstance(power, Appointment):
        return {power.person}
    if isinstance(power, Delegation):
        return {power.taker.person}
    if isinstance(power, SealCustody):
        return {power.holder.person, *([power.pin_holder.person] if power.pin_holder else [])}
    raise TypeError(type(power))


def _check(power: Power) -> None:
    if power.valid_to is not None and power.valid_to < power.valid_from:
        raise UnfitPeriodError
    if not power.authority.strip():
        raise NoAuthorityError
    if isinstance(power, Delegation):
        _check_delegation(power)
    elif isinstance(power, SealCustody):
        _check_custody(power)


def _check_delegation(power: Delegation) -> None:
    same_agency = power.giver.unit_id == power.taker.unit_id
    if not power.giver.head or not same_agency or power.giver_id == power.taker_id:
        raise NotHeadError
    if power.form == SigningForm.TUQ and not who.is_limited(power):
        raise NoLimitError
    if power.form == SigningForm.TM and not power.giver.body:
        raise NoBodyError


def _check_custody(power: SealCustody) -> None:
    if power.holder.unit_id != power.unit_id:
        raise NotTheirsError
    second = power.pin_holder
    if power.mode == SealMode.KEPT and (second is None or second.person == power.holder.person):
        raise OneHolderError
