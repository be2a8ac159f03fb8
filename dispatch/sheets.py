"""
What a manifest says ("bảng kê giao nhận"), whatever paper it is written on.

The PDF, the spreadsheet and the two data files show the same rows, made here once.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dossiers.parcels import Parcel
from dossiers.personal import Name

TITLE: Final = "BẢNG KÊ GIAO NHẬN BƯU GỬI"
COLUMNS: Final = (
    "STT",
    "Mã bưu gửi",
    "Mã tham chiếu",
    "Người nhận",
    "Phường, xã",
    "Khối lượng (g)",
    "Thu hộ (đồng)",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")

Cell = str | int


@dataclass(frozen=True, slots=True)
class Label:
    """What one envelope says."""

    parcel: Parcel
    item: str
    """What the barcode says: the carrier's number, or our reference."""
    place: str
    """Names of the commune and province today: ``Phường Hồng Gai, Tỉnh Quảng Ninh``."""
    sender: str
    sender_address: str
    office: str
    """The post office that fetches it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One parcel. Only what giver and taker need: no phone, no street."""

    position: int
    item: str
    """What the barcode says."""
    reference: str
    recipient: Name
    commune: str
    weight: int
    """Grams."""
    cod: int
    """To be collected on delivery, integer đồng."""

    def cells(self) -> tuple[Cell, ...]:
        """Return the row in the order of COLUMNS, the name revealed: both sides count by it."""
        return (
            self.position,
            self.item,
            self.reference,
            self.recipient.reveal(),
            self.commune,
            self.weight,
            self.cod,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A closed manifest."""

    number: str
    centre: str
    office: str
    carrier: str
    day: date
    run: int
    closed_at: datetime
    rows: tuple[Row, ...]

    @property
    def parcels(self) -> int:
        """How many parcels."""
        return len(self.rows)

    @property
    def grams(self) -> int:
        """Their weight together."""
        return sum(row.weight for row in self.rows)

    @property
    def cod(self) -> int:
        """What is to be collected together, integer đồng."""
        return sum(row.cod for row in self.rows)

    def heading(self) -> tuple[tuple[str, str], ...]:
        """Return what stands above the rows, as label and text."""
        return (
            ("Số / No.", self.number),
            ("Bên giao / From", self.centre),
            ("Bên nhận / To", f"{self.office} ({self.carrier})"),
            ("Ngày, lượt / Day, run", f"{self.day:%d/%m/%Y}, {self.run}"),
            ("Chốt lúc / Closed at", f"{self.closed_at.astimezone(_VIETNAM):%H:%M %d/%m/%Y}"),
        )

    def totals(self) -> str:
        """Return the sum line."""
        return (
            f"Cộng: {thousands(self.parcels)} bưu gửi, {thousands(self.grams)} g,"
            f" thu hộ {thousands(self.cod)} đồng"
        )


def thousands(number: int) -> str:
    """Return *number* as Vietnamese write it: ``1.250.000``."""
    return f"{number:,}".replace(",", ".")


def as_json(sheet: Sheet) -> bytes:
    """Return the manifest as JSON in UTF-8; its SHA-256 stands for the content."""
    body = {
        "number": sheet.number,
        "centre": sheet.centre,
        "office": sheet.office,
        "carrier": sheet.carrier,
        "day": sheet.day.isoformat(),
        "run": sheet.run,
        "closed_at": sheet.closed_at.astimezone(_VIETNAM).isoformat(timespec="seconds"),
        "totals": {"parcels": sheet.parcels, "grams": sheet.grams, "cod": sheet.cod},
        "columns": COLUMNS,
        "rows": [row.cells() for row in sheet.rows],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def as_csv(sheet: Sheet) -> bytes:
    """Return the rows as CSV: UTF-8 with a mark, text quoted, nothing that runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(guarded, _cells(sheet)))
    return out.getvalue().encode("utf-8-sig")


def guarded(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Put ``'`` before text that a spreadsheet would take for a formula."""
    return tuple(
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
        for cell in cells
    )


def _cells(sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    return (row.cells() for row in sheet.rows)
