"""
Number and date of a result ("cấp số"), given by the clerk after the official's signature.

A register belongs to an agency, a year and a symbol; its numbers run from 1 without a gap. A
number that is on no result has a note that says why: kept free ("dành số"), or void ("hủy số").

Law: Decree 30/2020, Art. 15: numbers and dates are given in order, by the day of issue.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from dossiers import facts
from dossiers.signing_status import NumberFate
from dossiers.status import Business
from register import ledger, world
from register.models import Dossier
from signing import locks
from signing.models import Number, NumberNote
from signing.policy.registers import Register, of

#: At most so many numbers are kept free at once: more would hide a gap.
KEPT_FREE = 50


class NumberError(ValueError):
    """The number cannot be given, kept free or voided; ``vi`` and ``en`` say why."""

    vi = "Không cấp được số này."
    en = "This number cannot be given."


class BackdatedError(NumberError):
    """The register already has a later day."""

    vi = "Sổ văn bản đã có số của ngày sau; không được lùi ngày."
    en = "The register has a number of a later day; nothing is dated back."


class NotFreeError(NumberError):
    """The number was not kept free, or is used."""

    vi = "Số này không được dành, hoặc đã dùng."
    en = "This number was not kept free, or is used."


class NotGivenError(NumberError):
    """Nobody gave the number yet, so there is nothing to void."""

    vi = "Số này chưa được cấp."
    en = "Nobody gave this number yet."


class StillValidError(NumberError):
    """The result that bears the number goes on its way."""

    vi = "Kết quả mang số này vẫn còn hiệu lực; hãy rút hồ sơ trước."
    en = "The result with this number still stands: the dossier must be withdrawn first."


class NoReasonError(NumberError):
    """Why a number is on no result has to be written down."""

    vi = "Hãy ghi lý do."
    en = "Write the reason."


class TooManyError(NumberError):
    """More numbers than ``KEPT_FREE`` were asked for at once, or none."""

    vi = f"Chỉ được dành từ 1 đến {KEPT_FREE} số."
    en = f"Keep from 1 to {KEPT_FREE} numbers free."


def assign(code: str, *, day: date, clerk: str, kept: int = 0) -> Number:
    """
    Return the dossier's number, given now if it has none: next of agency, year and register.

    *day* is the date in Vietnam; *clerk* the person whose act it is; *kept* a number that was
    kept free for this result. Number and fact ``Numbered`` are one transaction, so no number is
    lost and none is given twice. NumberError if the day lies before the register's last one, or
    *kept* is not free.
    """
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().select_related("procedure").get(pk=code)
        if known := Number.objects.filter(dossier=dossier).first():
            return known
        register = of(dossier, day)
        _lock(register)
        if day < (last_day(register) or day):
            raise BackdatedError
        last = highest(register)
        if kept:
            _use(register, kept, dossier)
        number = Number.objects.create(
            unit_id=register.unit,
            year=register.year,
            register=register.symbol,
            value=kept or last + 1,
            dossier=dossier,
            issued_on=day,
        )
        ledger.record(code, facts.Numbered(str(number), day.isoformat(), clerk), by=clerk)
    return number


def keep_free(register: Register, count: int, *, reason: str, by: str) -> list[int]:
    """Keep the next *count* numbers of *register* free because of *reason*; return them."""
    _expect(reason)
    if not 1 <= count <= KEPT_FREE:
        raise TooManyError
    with transaction.atomic():
        _lock(register)
        first = highest(register) + 1
        values = list(range(first, first + count))
        for value in values:
            _note(register, value, NumberFate.RESERVED, reason=reason, by=by)
    return values


def void(register: Register, value: int, *, reason: str, by: str) -> NumberNote:
    """
    Say that number *value* of *register* is on no valid result; it is never given again.

    NotGivenError if nobody gave it yet, StillValidError if its result goes on its way.
    """
    _expect(reason)
    with transaction.atomic():
        _lock(register)
        given = register.rows(Number.objects).filter(value=value).select_related("dossier").first()
        note = register.rows(NumberNote.objects).filter(value=value).first()
        if given is None and note is None:
            raise NotGivenError
        if given and given.dossier.business != Business.WITHDRAWN:
            raise StillValidError
        if note is None:
            dossier = given.dossier if given else None
            return _note(register, value, NumberFate.VOIDED, reason=reason, by=by, dossier=dossier)
        if note.fate != NumberFate.VOIDED:
            note.fate, note.reason, note.by, note.at = NumberFate.VOIDED, reason, by, world.now()
            note.save(update_fields=["fate", "reason", "by", "at"])
        return note


def gaps(register: Register) -> list[int]:
    """Return the numbers below the highest that nobody gave and no note explains: none, ever."""
    given = register.rows(Number.objects).values_list("value", flat=True)
    known = {*given, *register.rows(NumberNote.objects).values_list("value", flat=True)}
    return [value for value in range(1, highest(register)) if value not in known]


def can_be_given(dossier: Dossier, day: date) -> bool:
    """Tell whether *dossier* has a number that holds, or gets one on *day* that does."""
    known = Number.objects.filter(dossier=dossier).first()
    if known is None:
        return day >= (last_day(of(dossier, day)) or day)
    register = Register(known.unit_id, known.year, known.register)
    notes = register.rows(NumberNote.objects).filter(value=known.value)
    return not notes.filter(fate=NumberFate.VOIDED).exists()


def highest(register: Register) -> int:
    """Return the highest number of *register* so far, given or kept free; 0 if there is none."""
    given = register.rows(Number.objects).aggregate(last=Max("value"))["last"]
    noted = register.rows(NumberNote.objects).aggregate(last=Max("value"))["last"]
    return max(given or 0, noted or 0)


def last_day(register: Register) -> date | None:
    """Return the latest day on which a number of *register* was given."""
    found: date | None = register.rows(Number.objects).aggregate(last=Max("issued_on"))["last"]
    return found


def _lock(register: Register) -> None:
    locks.until_commit(f"number {register.unit} {register.year} {register.symbol}")


def _expect(reason: str) -> None:
    if not reason.strip():
        raise NoReasonError


def _use(register: Register, value: int, dossier: Dossier) -> None:
    """Take *value*, which was kept free, for *dossier*."""
    rows = register.rows(NumberNote.objects).filter(
        value=value, fate=NumberFate.RESERVED, dossier=None
    )
    if not rows.update(dossier=dossier):
        raise NotFreeError


def _note(
    register: Register, value: int, fate: NumberFate, *, dossier: Dossier | None = None, **why: str
) -> NumberNote:
    return NumberNote.objects.create(
        unit_id=register.unit,
        year=register.year,
        register=register.symbol,
        value=value,
        fate=fate,
        dossier=dossier,
        at=world.now(),
        **why,
    )
