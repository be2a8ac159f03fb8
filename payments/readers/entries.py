"""
One entry (``Ntry``) of a camt statement: none, one or many lines.

Children are read in one pass into a dictionary by their bare name: a search per field would
take twice the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from dossiers.personal import Name, Personal
from payments.readers.shape import Reason, StatementLine, StatementRefused, identity, minor_units

Element = Any
"""An lxml element."""
Parts = dict[str, Any]
"""An element's children by bare name; of several with one name, the last."""

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_BOOKED: Final = "BOOK"
_ADDED: Final = "AddtlNtryInf"


def lines(entry: Element, day_of_statement: date | None, where: str) -> Iterator[StatementLine]:
    """
    Yield the lines of *entry*: none unless it is booked, one per transaction of a batch.

    *day_of_statement* stands in where the entry tells no day; *where* names it in refusals.
    """
    parts = _parts(entry)
    try:
        if _status(parts["Sts"]) == _BOOKED:
            yield from _booked(parts, entry, day_of_statement)
    except KeyError as missing:
        raise StatementRefused(Reason.ENTRY, f"{where}: {missing.args[0]}") from missing
    except StatementRefused as refused:
        raise StatementRefused(refused.reason, where) from refused


def _booked(parts: Parts, entry: Element, fallback: date | None) -> Iterator[StatementLine]:
    amount = _signed(parts, parts["Amt"], parts)
    details = [
        _parts(transaction)
        for group in entry
        if group.tag.endswith("}NtryDtls")
        for transaction in group
        if transaction.tag.endswith("}TxDtls")
    ]
    shares = _shares(details, parts, amount)
    if shares:
        for detail, share in zip(details, shares, strict=True):
            yield _line(parts, [detail], share, fallback)
    else:
        yield _line(parts, details, amount, fallback)


def _shares(details: list[Parts], entry: Parts, amount: int) -> list[int]:
    """
    Return the amounts of a batch's transactions; nothing if the entry is to be one line.

    A lone transaction, or many without amounts, is the entry itself.
    """
    if len(details) < 2:
        return []
    told = [_share(detail, entry["Amt"].get("Ccy")) for detail in details]
    amounts = [
        _signed(detail, found, entry)
        for detail, found in zip(details, told, strict=True)
        if found is not None
    ]
    if amounts and (len(amounts) != len(details) or sum(amounts) != amount):
        raise StatementRefused(Reason.BATCH_SUM)
    return amounts


def _share(detail: Parts, currency: str) -> Element | None:
    """Return the element of a transaction's amount in *currency*; it moved between versions."""
    candidates = [detail.get("Amt")]
    if "AmtDtls" in detail:
        candidates.append(detail["AmtDtls"].find("{*}TxAmt/{*}Amt"))
    return next((c for c in candidates if c is not None and c.get("Ccy") == currency), None)


def _line(entry: Parts, details: list[Parts], amount: int, fallback: date | None) -> StatementLine:
    refs = _parts(details[0]["Refs"]) if details and "Refs" in details[0] else {}
    booked = _day_in(entry, "BookgDt") or _day_in(entry, "ValDt") or fallback
    if booked is None:
        raise StatementRefused(Reason.DATE)
    return StatementLine(
        booked_on=booked,
        value_on=_day_in(entry, "ValDt") or booked,
        amount=amount,
        currency=entry["Amt"].get("Ccy", ""),
        reference=_id(refs, "AcctSvcrRef") or _id(entry, "AcctSvcrRef"),
        end_to_end=_id(refs, "EndToEndId"),
        transaction=_id(refs, "TxId") or _id(refs, "UETR") or _id(refs, "InstrId"),
        memo=Personal(_memo(entry, details)),
        party=Name(_party(details[0], came_in=amount > 0) if details else ""),
        reversal=_told(entry, "RvslInd") in ("true", "1"),
    )


def _memo(entry: Parts, details: list[Parts]) -> str:
    """Return all that was written about a line; what banks add is not said twice."""
    texts: list[str] = []
    for detail in details:
        for part in detail.get("RmtInf", ()):
            found = part if part.tag.endswith("}Ustrd") else part.find("{*}CdtrRefInf/{*}Ref")
            if found is not None:
                texts.append((found.text or "").strip())
    for added in (*(_told(detail, "AddtlTxInf") for detail in details), _told(entry, _ADDED)):
        if added not in texts:
            texts.append(added)
    return " ".join(text for text in texts if text)


def _party(detail: Parts, *, came_in: bool) -> str:
    """Return who paid, or was paid; from version 8 on the name lies one level deeper."""
    other = _child(detail.get("RltdPties", ()), "}Dbtr" if came_in else "}Cdtr")
    if other is None:
        return ""
    below = _child(other, "}Pty")
    name = _child(other if below is None else below, "}Nm")
    return "" if name is None else name.text or ""


def _signed(parts: Parts, amount: Element, entry: Parts) -> int:
    """Return *amount* with the sign of *parts*, or of the *entry* they are part of."""
    direction = _told(parts, "CdtDbtInd") or _told(entry, "CdtDbtInd")
    value = minor_units((amount.text or "").strip(), amount.get("Ccy", ""))
    if direction not in ("CRDT", "DBIT"):
        raise StatementRefused(Reason.ENTRY)
    return value if direction == "CRDT" else -value


def _parts(element: Element) -> Parts:
    """Return the children of *element* by their bare names."""
    return {child.tag.rpartition("}")[2]: child for child in element}


def _status(element: Element) -> str:
    """Return a status: text in versions 1 to 5, a code below it later."""
    code = _child(element, "}Cd")
    return ((element if code is None else code).text or "").strip()


def _child(elements: Iterable[Element], ending: str) -> Element | None:
    """Return the first of *elements* whose tag has this *ending*; quicker than ``find``."""
    for element in elements:
        if element.tag.endswith(ending):
            return element
    return None


def _told(parts: Parts, name: str) -> str:
    return (parts[name].text or "").strip() if name in parts else ""


def _id(parts: Parts, name: str) -> str:
    return identity(parts[name].text or "") if name in parts else ""


def _day_in(parts: Parts, name: str) -> date | None:
    return day(parts[name]) if name in parts else None


def day(element: Element) -> date:
    """
    Return the day in *element*, a date or an instant in itself or one level below.

    It is the day that the bank wrote, in its own time; only an instant in UTC, which is
    nobody's local time, is carried to Vietnam. StatementRefused if there is no such day.
    """
    inner = element[0] if len(element) else element
    return _day_of((inner.text or "").strip())


@lru_cache(maxsize=1024)
def _day_of(text: str) -> date:
    """Read a day; a statement says the same few over and over."""
    try:
        if text.endswith("Z") and "T" in text:
            return datetime.fromisoformat(text).astimezone(_VIETNAM).date()
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise StatementRefused(Reason.DATE) from error
