"""
ISO 20022 bank statements: camt.052 (report), camt.053 (statement), camt.054 (notice).

One streaming pass with ``lxml.etree.iterparse``: each entry is read from its children and
thrown away, so memory does not grow with the file. The namespace is taken from the file, so
every version is read; only booked entries count; a batch is read as its transactions, whose
sum must be the entry's amount. Source: ISO 20022 message definitions, all versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from payments.readers import entries
from payments.readers.entries import Element
from payments.readers.shape import (
    Head,
    Reason,
    StatementLine,
    StatementRefused,
    Sum,
    minor_units,
)

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:(camt\.05[234]\.001\.[0-9]{2})")
_TAGS: Final = ("{*}Ntry", "{*}Stmt", "{*}Rpt", "{*}Ntfctn")
_OPENINGS: Final = ("OPBD", "PRCD")
#: No entity is resolved and nothing is fetched; a file that brings a DTD is refused anyway.
_SAFELY: Final[dict[str, Any]] = {
    "load_dtd": False,
    "no_network": True,
    "resolve_entities": False,
    "remove_comments": True,
    "remove_pis": True,
}


def pieces(source: BinaryIO) -> Iterator[Head | StatementLine]:
    """
    Read the seekable *source*: each statement's head, then its booked lines.

    StatementRefused if it is no statement, has a DTD or no namespace, is broken, or its
    balances or batches do not add up.
    """
    try:
        kind = _kind(source)
        source.seek(0)
        yield from _statements(source, kind)
    except etree.XMLSyntaxError as error:
        raise StatementRefused(Reason.MALFORMED, f"line {error.lineno}") from error


def _kind(source: BinaryIO) -> str:
    """Return the message's name (``camt.053.001.08``) from the namespace of its first tag."""
    _event, root = next(iter(etree.iterparse(source, events=("start",), **_SAFELY)))
    if root.getroottree().docinfo.doctype:
        raise StatementRefused(Reason.DTD)
    name = etree.QName(root)
    if not name.namespace:
        raise StatementRefused(Reason.NO_NAMESPACE)
    found = _NAMESPACE.fullmatch(name.namespace)
    if not found or name.localname != "Document":
        raise StatementRefused(Reason.NOT_A_STATEMENT, name.localname)
    return found.group(1)


def _statements(source: BinaryIO, kind: str) -> Iterator[Head | StatementLine]:
    """Walk over entries and ends of statements; a head is read before its first entry goes."""
    current, day, count = None, None, 0
    total: Sum | None = None
    for _event, element in etree.iterparse(source, events=("end",), tag=_TAGS, **_SAFELY):
        entry = element.tag.endswith("}Ntry")
        parent = element.getparent() if entry else element
        if parent is not current or total is None:
            current, count = parent, 0
            head = _head(parent, kind)
            total, day = Sum(head), head.day
            yield head
        if entry:
            count += 1
            for line in entries.lines(element, day, f"Ntry {count}"):
                yield total.add(line, f"Ntry {count}")
            _forget(element)
        else:
            total.check()
            element.clear()
    if total is None:
        raise StatementRefused(Reason.NOT_A_STATEMENT, kind)


def _forget(entry: Element) -> None:
    """Give back the memory of *entry* and of all that stands before it."""
    entry.clear()
    parent = entry.getparent()
    while entry.getprevious() is not None:
        del parent[0]


def _head(statement: Element, kind: str) -> Head:
    """Read what stands before the entries of *statement*."""
    name = _text(statement, "Id")
    try:
        balances = [_Balance(element) for element in statement.iterfind("{*}Bal")]
    except StatementRefused as refused:
        raise StatementRefused(refused.reason, f"{name}: Bal") from refused
    opening = next((b for code in _OPENINGS for b in balances if b.code == code), None)
    closing = next((b for b in reversed(balances) if b.code == "CLBD"), None)
    if kind.startswith("camt.053") and not (opening and closing):
        raise StatementRefused(Reason.NO_BALANCE, name)
    sequence = _text(statement, "ElctrncSeqNb") or _text(statement, "LglSeqNb")
    made = statement.find("{*}CreDtTm")
    return Head(
        format=kind,
        id=name,
        account=_account(statement),
        currency=_currency(statement, {b.currency for b in (opening, closing) if b}),
        sequence=int(sequence) if sequence.isdecimal() else None,
        opening=opening.amount if opening else None,
        closing=closing.amount if closing else None,
        day=closing.day if closing else (None if made is None else entries.day(made)),
    )


class _Balance:
    """A balance's code, signed amount, currency and day."""

    def __init__(self, element: Element) -> None:
        amount, day = element.find("{*}Amt"), element.find("{*}Dt")
        if amount is None or day is None:
            raise StatementRefused(Reason.NO_BALANCE)
        sign = -1 if _text(element, "CdtDbtInd") == "DBIT" else 1
        self.code = _text(element, "Tp", "CdOrPrtry", "Cd") or _text(element, "Tp", "Cd")
        self.currency: str = amount.get("Ccy", "")
        self.amount = sign * minor_units((amount.text or "").strip(), self.currency)
        self.day = entries.day(day)


def _currency(statement: Element, balances: set[str]) -> str:
    """Return the one currency of account, balances or, where both are silent, first entry."""
    account = _text(statement, "Acct", "Ccy")
    told = balances | ({account} if account else set())
    if len(told) > 1:
        raise StatementRefused(Reason.CURRENCY, _text(statement, "Id"))
    if told:
        return told.pop()
    amount = statement.find("{*}Ntry/{*}Amt")
    return "" if amount is None else str(amount.get("Ccy", ""))


def _account(statement: Element) -> str:
    """Return the account's number: IBAN, other, or the proprietary one of version 1."""
    known = _text(statement, "Acct", "Id", "IBAN") or _text(statement, "Acct", "Id", "Othr", "Id")
    return known or _text(statement, "Acct", "Id", "PrtryAcct", "Id")


def _text(element: Element, *path: str) -> str:
    """Return the text at *path* below *element*, or nothing."""
    found: str = element.findtext("/".join(f"{{*}}{step}" for step in path)) or ""
    return found.strip()
