"""
SWIFT MT940 customer statements, by lines.

A small reader of our own: opening balance + entries = closing balance, or the file is
refused. What stands outside the fields (headers of the network, separators) is passed over;
inside them nothing is: an entry that cannot be read is a refusal, not a gap.
Source: SWIFT Standards MT, category 9, MT940; oddities from statements of twenty banks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Final

from dossiers.personal import Name, Personal
from payments.readers.shape import (
    Head,
    Reason,
    StatementLine,
    StatementRefused,
    Sum,
    identity,
    minor_units,
)

_FIELD = re.compile(r":([0-9]{2}[A-Z]?):(.*)")
_END = re.compile(r"-(?:\}.*|[A-Z]{3})?\s*")
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9,]+)")
_SEQUENCE = re.compile(r"([0-9]{1,9})")
_ENTRY = re.compile(
    r"(?P<value>[0-9]{6})"
    r"(?P<booked>[0-9]{4})?"
    r"(?P<mark>R?[CD])[A-Z]?"
    r"(?P<amount>[0-9]+(?:,[0-9]*)?)"
    r"[A-Z][A-Z0-9]{3}"
    r"(?P<customer>(?:(?!//).){0,16})"
    r"(?://(?P<bank>.{0,16}))?"
    r"(?P<rest>.*)",
)
#: German and Polish banks cut the memo into numbered pieces: ``?20…?21…``, or with ``>``.
_PIECES = re.compile(r"[?>]([0-9]{2})")
_MEMO_PIECES: Final = frozenset([*range(20, 30), *range(60, 64)])
_NAME_PIECES: Final = frozenset([32, 33])
_CENTURY: Final = 2000


@dataclass(slots=True)
class _Entry:
    """The fields ``61`` and ``86`` of one entry, and the line of the file where they begin."""

    number: int
    text: str
    memo: list[str] = field(default_factory=list)


def pieces(source: BinaryIO) -> Iterator[Head | StatementLine]:
    """
    Read *source*: each statement's head, then its lines.

    StatementRefused if there is no statement, a balance is missing or wrong, or an entry
    cannot be read or is zero.
    """
    found = False
    for fields in _messages(_decoded(source.read())):
        found = True
        yield from _statement(fields)
    if not found:
        raise StatementRefused(Reason.NOT_A_STATEMENT)


def _decoded(data: bytes) -> str:
    """Return the text: UTF-8, or the Windows code page that some banks write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


_Fields = list[tuple[int, str, str]]
"""Line number, tag and text of each field of one statement."""


def _messages(text: str) -> Iterator[_Fields]:
    """Cut *text* into statements, each beginning with the field ``20``."""
    fields: _Fields = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if _END.fullmatch(line):
            inside = False
        elif tag := _FIELD.match(line):
            if tag[1] == "20" and fields:
                yield fields
                fields = []
            fields.append((number, tag[1], tag[2]))
            inside = True
        elif inside:
            at, name, so_far = fields[-1]
            fields[-1] = (at, name, f"{so_far}\n{line}")
    if fields:
        yield fields


def _statement(fields: _Fields) -> Iterator[Head | StatementLine]:
    head = _head(fields)
    total = Sum(head)
    yield head
    for entry in _entries(fields):
        where = f"line {entry.number}"
        try:
            line = _line(entry, head.currency)
        except StatementRefused as refused:
            raise StatementRefused(refused.reason, where) from refused
        yield total.add(line, where)
    total.check()


def _head(fields: _Fields) -> Head:
    told = {tag: text.strip() for _number, tag, text in fields}
    name = told.get("20", "")
    if "20" not in told or "25" not in told:
        raise StatementRefused(Reason.NOT_A_STATEMENT, name)
    opening = _balance(told.get("60F", told.get("60M")), name)
    closing = _balance(told.get("62F", told.get("62M")), name)
    if opening.currency != closing.currency:
        raise StatementRefused(Reason.CURRENCY, name)
    sequence = _SEQUENCE.match(told.get("28C", told.get("28", "")))
    return Head(
        format="MT940",
        id=name,
        account=told["25"],
        currency=opening.currency,
        sequence=int(sequence[1]) if sequence else None,
        opening=opening.amount,
        closing=closing.amount,
        day=closing.day,
    )


@dataclass(frozen=True, slots=True)
class _Balance:
    amount: int
    currency: str
    day: date


def _balance(text: str | None, where: str) -> _Balance:
    found = _BALANCE.fullmatch(text or "")
    if not found:
        raise StatementRefused(Reason.NO_BALANCE, where)
    mark, day, currency, amount = found.groups()
    value = minor_units(_short(amount), currency)
    return _Balance(value if mark == "C" else -value, currency, _day(day))


def _entries(fields: _Fields) -> Iterator[_Entry]:
    """Yield the entries, each with the memos that follow it; later ones are the statement's."""
    entry: _Entry | None = None
    for number, tag, text in fields:
        if tag == "61":
            if entry:
                yield entry
            entry = _Entry(number, text)
        elif tag == "86" and entry:
            entry.memo.append(text)
        elif entry:
            yield entry
            entry = None
    if entry:
        yield entry


def _line(entry: _Entry, currency: str) -> StatementLine:
    first, *more = entry.text.split("\n")
    found = _ENTRY.fullmatch(first.rstrip())
    if not found:
        raise StatementRefused(Reason.ENTRY)
    value_on = _day(found["value"])
    memo, name = _memo("\n".join(entry.memo))
    extra = "\n".join(text.strip() for text in (found["rest"], *more) if text.strip())
    amount = minor_units(_short(found["amount"]), currency)
    return StatementLine(
        booked_on=_booked(found["booked"], value_on),
        value_on=value_on,
        # RC takes a credit back, RD gives a debit back.
        amount=amount if found["mark"] in ("C", "RD") else -amount,
        currency=currency,
        reference=identity(found["bank"] or ""),
        end_to_end=identity(found["customer"]),
        transaction="",
        memo=Personal(f"{memo}\n{extra}"),
        party=Name(name),
        reversal=found["mark"].startswith("R"),
    )


def _memo(text: str) -> tuple[str, str]:
    """Return the memo and the other side's name; a memo in numbered pieces is put together."""
    head, *cut = _PIECES.split(text.replace("\n", ""))
    if len(cut) < 4 or len(head.strip()) > 3:
        return text, ""
    numbered = [(int(cut[at]), cut[at + 1]) for at in range(0, len(cut), 2)]
    return (
        "".join(piece for number, piece in numbered if number in _MEMO_PIECES),
        " ".join(piece for number, piece in numbered if number in _NAME_PIECES),
    )


def _day(text: str) -> date:
    """Return the day of ``YYMMDD``; StatementRefused if there is none."""
    try:
        return date(_CENTURY + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError as error:
        raise StatementRefused(Reason.DATE) from error


def _booked(text: str | None, value_on: date) -> date:
    """Return the day of ``MMDD`` that is nearest to *value_on*, over New Year too."""
    if not text:
        return value_on
    near = []
    for year in (value_on.year - 1, value_on.year, value_on.year + 1):
        try:
            near.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            # 29 February is there in a leap year only.
            continue
    if not near:
        raise StatementRefused(Reason.DATE)
    return min(near, key=lambda day: abs(day - value_on))


def _short(amount: str) -> str:
    """Drop the zeros that some banks fill an amount with."""
    return amount.lstrip("0") if amount.lstrip("0")[:1].isdigit() else f"0{amount.lstrip('0')}"
