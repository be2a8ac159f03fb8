"""Accounts, statements and gateway answers for tests of money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.orders import Outcome, Payment
from payments import charges, intake
from payments.models import Account, Attempt, Charge, StatementFile
from tests.support.dossier_kit import catalogue, dossier

DAY = date(2026, 11, 23)
NUMBER = "1017595600"


def account(number: str = NUMBER, unit: str = "H49.12") -> Account:
    """Return the account of a department, made if it is not there."""
    catalogue()
    made, _new = Account.objects.get_or_create(
        number=number,
        defaults={"bin": "970436", "bank": "soap", "name": "Sở Xây dựng", "unit_id": unit},
    )
    return made


def charge(number: int = 1) -> Charge:
    """Receive dossier *number* and charge it: 75,000 đồng."""
    account()
    made = dossier(f"H49.61-261123-{number:04d}")
    return charges.open(made.code)


@dataclass(frozen=True)
class Line:
    """A line of a statement as a test says it."""

    amount: int
    memo: str = ""
    reference: str = ""
    end_to_end: str = "NOTPROVIDED"
    day: date = DAY
    reversal: bool = False


@dataclass(frozen=True)
class Statement:
    """A statement as a test says it; right unless the test makes it wrong."""

    lines: tuple[Line, ...]
    day: date = DAY
    sequence: int = 1
    opening: int = 0
    number: str = NUMBER
    currency: str = "VND"

    def xml(self) -> bytes:
        """Return it as camt.053.001.08."""
        closing = self.opening + sum(line.amount for line in self.lines)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
            f"<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S{self.sequence}</Id>"
            f"<ElctrncSeqNb>{self.sequence}</ElctrncSeqNb>"
            f"<Acct><Id><Othr><Id>{self.number}</Id></Othr></Id></Acct>"
            + self._balance("OPBD", self.opening)
            + self._balance("CLBD", closing)
            + "".join(self._entry(line) for line in self.lines)
            + "</Stmt></BkToCstmrStmt></Document>"
        ).encode()

    def _amount(self, amount: int) -> str:
        direction = "CRDT" if amount >= 0 else "DBIT"
        return f'<Amt Ccy="{self.currency}">{abs(amount)}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'

    def _balance(self, code: str, amount: int) -> str:
        kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        return f"<Bal>{kind}{self._amount(amount)}<Dt><Dt>{self.day}</Dt></Dt></Bal>"

    def _entry(self, line: Line) -> str:
        reversal = "<RvslInd>true</RvslInd>" if line.reversal else ""
        reference = f"<AcctSvcrRef>{line.reference}</AcctSvcrRef>" if line.reference else ""
        return (
            f"<Ntry>{self._amount(line.amount)}{reversal}<Sts><Cd>BOOK</Cd></Sts>"
            f"<BookgDt><Dt>{line.day}</Dt></BookgDt><ValDt><Dt>{line.day}</Dt></ValDt>{reference}"
            f"<NtryDtls><TxDtls><Refs><EndToEndId>{line.end_to_end}</EndToEndId></Refs>"
            f"<RmtInf><Ustrd>{line.memo}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )


def take(*lines: Line, **about: object) -> StatementFile:
    """Take a statement of *lines* of the department's account."""
    statement = Statement(lines, **about)  # type: ignore[arg-type]
    return intake.take(statement.xml(), account=account(), source="test")


def paid(attempt: Attempt, amount: int | None = None, transaction: str = "GD1") -> Payment:
    """Return the gateway's answer that *attempt* is paid."""
    given = attempt.amount if amount is None else amount
    return Payment(attempt.reference, Outcome.PAID, given, transaction)
