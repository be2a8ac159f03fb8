"""
A day's statement as camt.053.001.08, made from the bank's ledger.

Every calendar day has a statement, also an empty one, so sequence numbers have no gap and
one day's closing balance is the next one's opening balance. The same ledger gives the same
bytes. Amounts are whole đồng.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from lxml import etree

from sandbox import wire

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
LONGEST_USTRD = 140
"""Letters in one line of remittance information; a longer memo goes on in the next."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the hub's at this bank."""

    number: str
    name: str
    opened_on: date
    balance: int
    """Balance on the morning of ``opened_on``, đồng."""

    def sequence(self, day: date) -> int:
        """Return the number of the statement of *day*; 1 is the first."""
        return (day - self.opened_on).days + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger; a negative amount is a debit."""

    number: int
    amount: int
    memo: str
    bank_reference: str
    booked_at: datetime
    payer: str = ""
    """The other party: of a debit, whom we paid."""
    payer_account: str = ""
    end_to_end: str = ""
    reversal: bool = False


def statement(account: Account, day: date, opening: int, entries: list[Entry]) -> bytes:
    """Return the statement of *day*, which begins with *opening* and holds *entries*."""
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    made = datetime.combine(day, time(23, 59, 59), wire.VIETNAM).isoformat()
    body = _add(root, "BkToCstmrStmt")
    header = _add(body, "GrpHdr")
    _add(header, "MsgId", f"SBX{account.number}{day:%Y%m%d}"[:35])
    _add(header, "CreDtTm", made)
    report = _add(body, "Stmt")
    _add(report, "Id", f"{account.number}-{day:%Y%m%d}"[:35])
    _add(report, "ElctrncSeqNb", str(account.sequence(day)))
    _add(report, "CreDtTm", made)
    _account(report, account)
    closing = opening + sum(entry.amount for entry in entries)
    for code, amount in (("OPBD", opening), ("CLBD", closing)):
        _balance(report, code, amount, day)
    for position, entry in enumerate(entries, 1):
        _entry(report, position, entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, path: str, text: str | None = None) -> etree._Element:
    """Add the elements of *path* (``A/B/C``) below *parent*; return the last, holding *text*."""
    for name in path.split("/"):
        parent = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    parent.text = text
    return parent


def _amount(parent: etree._Element, amount: int) -> None:
    _add(parent, "Amt", str(abs(amount))).set("Ccy", "VND")
    _add(parent, "CdtDbtInd", "CRDT" if amount >= 0 else "DBIT")


def _account(parent: etree._Element, account: Account) -> None:
    element = _add(parent, "Acct")
    _add(element, "Id/Othr/Id", account.number)
    _add(element, "Ccy", "VND")
    _add(element, "Ownr/Nm", account.name)


def _balance(parent: etree._Element, code: str, amount: int, day: date) -> None:
    element = _add(parent, "Bal")
    _add(element, "Tp/CdOrPrtry/Cd", code)
    _amount(element, amount)
    _add(element, "Dt/Dt", day.isoformat())


def _entry(parent: etree._Element, position: int, entry: Entry) -> None:
    local = entry.booked_at.astimezone(wire.VIETNAM)
    element = _add(parent, "Ntry")
    _add(element, "NtryRef", str(position))
    _amount(element, entry.amount)
    if entry.reversal:
        _add(element, "RvslInd", "true")
    _add(element, "Sts/Cd", "BOOK")
    _add(element, "BookgDt/DtTm", local.isoformat(timespec="seconds"))
    _add(element, "ValDt/Dt", local.date().isoformat())
    _add(element, "AcctSvcrRef", entry.bank_reference)
    domain = _add(element, "BkTxCd/Domn")
    _add(domain, "Cd", "PMNT")
    _add(domain, "Fmly/Cd", "RCDT" if entry.amount >= 0 else "ICDT")
    etree.SubElement(domain[-1], f"{{{NAMESPACE}}}SubFmlyCd").text = "DMCT"
    _details(_add(element, "NtryDtls/TxDtls"), entry)


def _details(element: etree._Element, entry: Entry) -> None:
    references = _add(element, "Refs")
    _add(references, "AcctSvcrRef", entry.bank_reference)
    _add(references, "EndToEndId", entry.end_to_end or "NOTPROVIDED")
    _amount(element, entry.amount)
    if entry.payer or entry.payer_account:
        parties = _add(element, "RltdPties")
        party = "Cdtr" if entry.amount < 0 and not entry.reversal else "Dbtr"
        if entry.payer:
            _add(parties, f"{party}/Pty/Nm", entry.payer)
        if entry.payer_account:
            _add(parties, f"{party}Acct/Id/Othr/Id", entry.payer_account)
    if entry.memo:
        remittance = _add(element, "RmtInf")
        for start in range(0, len(entry.memo), LONGEST_USTRD):
            _add(remittance, "Ustrd", entry.memo[start : start + LONGEST_USTRD])
