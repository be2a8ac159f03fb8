"""Dossiers for tests that need one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from dossiers import facts
from dossiers.personal import Address, IdNumber, Name, Phone
from register import intake, ledger
from register.models import Dossier, Procedure, Unit

OWNER = intake.Owner(
    Name("Nguyễn Văn An"),
    Phone("0912345678"),
    IdNumber("099123456789"),
    Address("12 Trần Phú"),
    "06685",
)
FEES = [{"kind": "le_phi", "code": "LP01", "name": "Lệ phí cấp giấy phép", "amount": 75_000}]
REFERENCE = "QN0000012825"


def catalogue() -> None:
    """Make the units and the procedure that :func:`dossier` uses."""
    since = date(2020, 1, 1)
    for code, name, kind in (
        ("H49", "UBND tỉnh Quảng Ninh", "department"),
        ("H49.12", "Sở Xây dựng", "department"),
        ("H49.13", "Sở Y tế", "department"),
        ("H49.61", "Trung tâm Phục vụ hành chính công tỉnh", "centre"),
        ("H49.62", "Trung tâm Phục vụ hành chính công phường Hồng Gai", "centre"),
    ):
        Unit.objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "valid_from": since}
        )
    Procedure.objects.get_or_create(
        code="1.009994",
        defaults={
            "name": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
            "field": "Xây dựng",
            "unit_id": "H49.12",
            "symbol": "GPXD",
            "hours": 160,
            "fees": FEES,
        },
    )


def handed(code: str = "H49.61-261123-0001", **changes: object) -> intake.Handed:
    """Return a result as a department hands it over."""
    given = {
        "code": code,
        "procedure": "1.009994",
        "unit": "H49.12",
        "centre": "H49.61",
        "delivery": "post",
        "due_at": datetime(2026, 11, 24, 10, tzinfo=UTC),
        "owner": OWNER,
    }
    return intake.Handed(**(given | changes))  # type: ignore[arg-type]


def dossier(
    code: str = "H49.61-261123-0001", *, pdf: bytes = b"%PDF-1.7", **changes: object
) -> Dossier:
    """Receive a dossier and return it."""
    catalogue()
    made, _new = intake.receive(handed(code, **changes), pdf, client="test", key=code)
    return made


@dataclass(frozen=True)
class Way:
    """The facts from received to verified, for one dossier."""

    document: str
    due: int = 75_000

    def facts(self) -> list[facts.Fact]:
        """Return them in the order of a good day."""
        tray, signed, sealed = ("1" * 64, "2" * 64, "3" * 64)
        return [
            facts.Charged(REFERENCE, self.due, "transfer"),
            facts.Submitted(tray, "hung"),
            facts.Signed(signed, tray, "hung", "f" * 64),
            facts.Numbered("1284/GPXD", "2026-11-23", "lan"),
            facts.Sealed(sealed, signed, "lan", "e" * 64),
            facts.Verified(sealed, "pyhanko"),
            facts.Paid(self.due, "transfer", "bank:1"),
            facts.Released(sealed, self.due, self.due),
        ]


def walk(made: Dossier, *, until: type[facts.Fact] = facts.Released) -> None:
    """Tell the facts of a good day up to and with *until*."""
    for fact in Way(made.document).facts():
        ledger.record(made.code, fact, by="test")
        if isinstance(fact, until):
            return
