"""
A day at the Centre, invented from a seed: who gets which result, who pays how, what goes wrong.

Everything here is a pure function of its arguments: the same seed tells the same day, and a
longer day begins like a shorter one. Every block of forty dossiers has each trouble once.
All people are made up: identity numbers begin with 099, which no province has, and phone
numbers with 0990, which no network is known to use.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sandbox import people, wire

DAY = date(2026, 11, 23)
CENTRE = "H49.61"
BLOCK = 40
"""Dossiers among which each trouble happens once."""


class Trouble(StrEnum):
    """What is not as it should be about a dossier."""

    NONE = "none"
    UNPAID = "unpaid"
    SHORT_PAID = "short_paid"
    OVERPAID = "overpaid"
    PAID_TWICE = "paid_twice"
    PAID_IN_PARTS = "paid_in_parts"
    PAID_LATE = "paid_late"
    TYPO_IN_REFERENCE = "typo_in_reference"
    NO_REFERENCE = "no_reference"
    SENT_BACK = "sent_back"
    UNSIGNED = "unsigned"
    REFUSED_ADDRESS = "refused_address"


#: Troubles that need a citizen who transfers money.
WITH_TRANSFER = frozenset(
    {
        Trouble.SHORT_PAID,
        Trouble.OVERPAID,
        Trouble.PAID_TWICE,
        Trouble.PAID_IN_PARTS,
        Trouble.PAID_LATE,
        Trouble.TYPO_IN_REFERENCE,
        Trouble.NO_REFERENCE,
    }
)


@dataclass(frozen=True, slots=True)
class Fee:
    """One line of what is owed."""

    kind: str
    code: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who gets the result."""

    name: str
    phone: str
    id_number: str
    address: str
    """House, street and commune, as one writes it on an envelope."""
    ward: str
    """Statistics code of the commune."""


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier of the day, from the department to the citizen's door."""

    number: int
    """Place in the day, from 1."""
    code: str
    procedure: str
    procedure_name: str
    unit: str
    centre: str
    result: str
    symbol: str
    applicant: Applicant
    fees: tuple[Fee, ...]
    channel: str
    """``platform``, ``transfer`` or ``counter``; ``counter`` when nothing is owed, too."""
    delivery: str
    """``post`` or ``counter``."""
    received_at: datetime
    due_at: datetime
    form: str
    """How the PDF was made: ``text``, ``scan`` or ``form``."""
    pages: int
    trouble: Trouble

    @property
    def amount(self) -> int:
        """What is owed, đồng; 0 means exempt."""
        return sum(fee.amount for fee in self.fees)

    @property
    def agency(self) -> people.Agency:
        """The agency that decides, with its official and its seal."""
        return people.agencies()[self.unit]


def plan(
    seed: str | int,
    n: int,
    procedures: Sequence[Mapping[str, Any]],
    units: Sequence[Mapping[str, Any]],
    *,
    day: date = DAY,
) -> list[Case]:
    """
    Return the *n* dossiers of the day that *seed* tells.

    *procedures* are rows as in ``config/data/procedures.toml``, *units* rows with ``code``,
    ``name`` and ``valid_to``; communes in force (codes of five digits) are where people live.
    """
    communes = [row for row in units if len(str(row["code"])) == 5 and not row.get("valid_to")]
    troubles = [trouble for block in range(-(-n // BLOCK)) for trouble in _block(seed, block)]
    return [
        _case(random.Random(f"{seed}/{index}"), (index, day, troubles[index]), procedures, communes)
        for index in range(n)
    ]


def _block(seed: str | int, block: int) -> list[Trouble]:
    """Return the troubles of *block*: each once, the rest none, well shuffled."""
    deck: list[Trouble] = [trouble for trouble in Trouble if trouble != Trouble.NONE]
    deck += [Trouble.NONE] * (BLOCK - len(deck))
    random.Random(f"{seed}/block/{block}").shuffle(deck)
    return deck


def _case(
    rng: random.Random,
    place: tuple[int, date, Trouble],
    procedures: Sequence[Mapping[str, Any]],
    communes: Sequence[Mapping[str, Any]],
) -> Case:
    index, day, trouble = place
    paying = [row for row in procedures if row["fees"]]
    row = rng.choice(paying if trouble in WITH_TRANSFER | {Trouble.UNPAID} else procedures)
    received_at = _at(day, time(7, 30)) + timedelta(seconds=rng.randrange(4 * 3600))
    form = rng.choices(("text", "scan", "form"), (80, 10, 10))[0]
    return Case(
        number=index + 1,
        code=f"{CENTRE}.{row['unit'].rpartition('.')[2]}-{day:%y%m%d}-{index + 1:04d}",
        procedure=row["code"],
        procedure_name=row["name"],
        unit=row["unit"],
        centre=CENTRE,
        result=row["result"],
        symbol=row["symbol"],
        applicant=_applicant(rng, rng.choice(communes), unknown=trouble is Trouble.REFUSED_ADDRESS),
        fees=tuple(Fee(**fee) for fee in row["fees"]),
        channel=_channel(rng, trouble) if row["fees"] else "counter",
        delivery=_delivery(rng, trouble),
        received_at=received_at,
        due_at=_at(_working_days_after(day, rng.randint(0, 3)), time(16, 30)),
        form=form,
        pages=rng.choices(range(1, 7), (60, 18, 9, 6, 4, 3))[0] if form != "scan" else 1,
        trouble=trouble,
    )


def _channel(rng: random.Random, trouble: Trouble) -> str:
    if trouble in WITH_TRANSFER:
        return "transfer"
    return rng.choices(("platform", "transfer"), (55, 45))[0]


def _delivery(rng: random.Random, trouble: Trouble) -> str:
    if trouble is Trouble.REFUSED_ADDRESS:
        return "post"
    return rng.choices(("post", "counter"), (75, 25))[0]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, wire.VIETNAM)


def _working_days_after(day: date, count: int) -> date:
    """Return the day that lies *count* working days after *day*; holidays are the hub's matter."""
    saturday = 5
    while count or day.weekday() >= saturday:
        day += timedelta(days=1)
        count -= day.weekday() < saturday and count > 0
    return day


# Made-up people

FAMILIES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ"
    " Ngô Dương Lý Đinh Tô Mạc Bế Chíu Tằng"
).split()
WOMEN = (
    "Thị Ánh|Thị Bích Ngọc|Thị Diễm Quỳnh|Thị Hằng|Thị Hồng Nhung|Thị Lan Hương|Thị Mỹ Duyên"
    "|Thị Ngọc Ánh|Thị Phương Thảo|Thị Thu Thủy|Thị Tuyết|Thị Xuân|Khánh Linh|Bảo Trâm|Thùy Dương"
).split("|")
MEN = (
    "Văn An|Đức Bình|Hữu Cường|Minh Đạt|Quang Dũng|Hoàng Giang|Văn Hải|Trọng Hiếu|Đình Khôi"
    "|Tuấn Kiệt|Hoàng Long|Nhật Minh|Công Minh|Xuân Lộc|Đức Thắng|Anh Tuấn|Quốc Việt|Văn Yên"
).split("|")
STREETS = (
    "Lê Thánh Tông|Trần Hưng Đạo|Kênh Liêm|25 Tháng 4|Nguyễn Văn Cừ|Hậu Cần|Cao Thắng|Bến Tàu"
    "|Lý Thường Kiệt|Quang Trung|Hùng Vương|Hoàng Quốc Việt"
).split("|")
HAMLETS = "Khe Vông|Đồng Mậu|Nà Làng|Pắc Liềng|Cái Tắt|Trung Tiến|Khe Lánh|Làng Mô".split("|")


def _applicant(rng: random.Random, commune: Mapping[str, Any], *, unknown: bool) -> Applicant:
    name = f"{rng.choice(FAMILIES)} {rng.choice(rng.choice((WOMEN, MEN)))}"
    if commune["name"].startswith("Phường"):
        place = f"Số {rng.randint(1, 420)} đường {rng.choice(STREETS)}, tổ {rng.randint(1, 30)}"
    else:
        place = f"Thôn {rng.choice(HAMLETS)}"
    if unknown:
        place = "Không rõ số nhà, gần chợ"
    town = commune["name"][0].lower() + commune["name"][1:]
    return Applicant(
        name=name,
        phone=f"0990{rng.randrange(10**6):06d}",
        id_number=f"099{rng.randrange(10**9):09d}",
        address=f"{place}, {town}, tỉnh Quảng Ninh",
        ward=str(commune["code"]),
    )
