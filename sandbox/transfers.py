"""
What citizens transfer, and how their banks write it.

The memos have the shapes of real credit lines of Vietnamese banks: capitals without
diacritics, the citizen's words wrapped in the bank's, dashes put in by the bank.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sandbox import wire
from sandbox.day import FAMILIES, MEN, Case, Trouble

COLUMN = 38
"""After so many letters a bank that breaks lines puts its dash."""
STRANGERS = 12
"""Dossiers per transfer that belongs to none of them."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One credit, in the words of the sandbox's control endpoint."""

    account: str
    amount: int
    memo: str
    payer: str
    payer_account: str
    booked_at: str
    bank_reference: str

    def body(self) -> dict[str, Any]:
        """Return what to send to ``/control/bank/transfers``."""
        return asdict(self)


def of_case(
    case: Case, reference: str, *, account: str, amount: int | None = None
) -> list[Transfer]:
    """
    Return what the citizen of *case* transfers to *account*, who was told *reference*.

    *amount* is what the hub asks for, if that is not the sum of the fees. Nothing for whoever
    does not pay, pays on the platform or owes nothing.
    """
    owed = case.amount if amount is None else amount
    if case.channel != "transfer" or case.trouble is Trouble.UNPAID or not owed:
        return []
    return [
        _transfer(case, (number, part, late), _words(case, reference, number), account)
        for number, (part, late) in enumerate(_parts(case.trouble, owed))
    ]


def strangers(seed: str | int, n: int, *, account: str, day: date) -> list[Transfer]:
    """Return the transfers of *day* that have nothing to do with its *n* dossiers."""
    return [_stranger(seed, number, account, day) for number in range(-(-n // STRANGERS))]


def _parts(trouble: Trouble, owed: int) -> list[tuple[int, bool]]:
    """Return what is paid, and whether it comes after the day's end."""
    match trouble:
        case Trouble.SHORT_PAID:
            return [(max(owed - max(owed // 10, 1_000), 1_000), False)]
        case Trouble.OVERPAID:
            return [(owed + 10_000, False)]
        case Trouble.PAID_TWICE:
            return [(owed, False), (owed, False)]
        case Trouble.PAID_IN_PARTS:
            return [(owed // 2, False), (owed - owed // 2, False)]
        case Trouble.PAID_LATE:
            return [(owed, True)]
    return [(owed, False)]


def _transfer(case: Case, part: tuple[int, int, bool], words: str, account: str) -> Transfer:
    number, amount, late = part
    rng = random.Random(f"{case.code}/{number}")
    booked_at = case.received_at + timedelta(
        minutes=rng.randint(5, 150), seconds=rng.randint(0, 59)
    )
    if late:
        booked_at += timedelta(days=1)
    payer = plain(case.applicant.name)
    payer_account = f"{rng.randrange(10**12):012d}"
    return Transfer(
        account=account,
        amount=amount,
        memo=wrap(rng, words, (payer, payer_account, account), booked_at),
        payer=payer,
        payer_account=payer_account,
        booked_at=booked_at.isoformat(),
        bank_reference=f"FT{wire.number(case.code, str(number), digits=14)}",
    )


def _words(case: Case, reference: str, number: int) -> str:
    """Return what the citizen typed, or the QR code typed for them."""
    rng = random.Random(f"{case.code}/words/{number}")
    if case.trouble is Trouble.NO_REFERENCE:
        return f"{plain(case.applicant.name)} nop le phi ho so"
    if case.trouble is Trouble.TYPO_IN_REFERENCE:
        reference = typo(rng, reference)
    return rng.choice(
        (
            reference,
            f"{reference} {plain(case.applicant.name)}",
            f"Nop le phi {reference}",
            f"{reference} nop phi ho so {case.code.replace('.', '').replace('-', '')}",
            f"thanh toan {reference.lower()}",
        )
    )


def _stranger(seed: str | int, number: int, account: str, day: date) -> Transfer:
    rng = random.Random(f"{seed}/stranger/{number}")
    payer = plain(f"{rng.choice(FAMILIES)} {rng.choice(MEN)}")
    payer_account = f"{rng.randrange(10**12):012d}"
    at = datetime(
        day.year, day.month, day.day, rng.randint(8, 16), rng.randint(0, 59), tzinfo=wire.VIETNAM
    )
    words = rng.choice(
        (
            "ung ho quy vac xin",
            f"tra tien thue nha thang {day.month}",
            f"{payer} chuyen tien",
            f"phi dich vu {rng.randrange(10**12):012d}",
        )
    )
    return Transfer(
        account=account,
        amount=rng.choice((50_000, 100_000, 150_000, 200_000, 500_000)),
        memo=wrap(rng, words, (payer, payer_account, account), at),
        payer=payer,
        payer_account=payer_account,
        booked_at=at.isoformat(),
        bank_reference=f"FT{wire.number(str(seed), 'stranger', str(number), digits=14)}",
    )


def plain(text: str) -> str:
    """Return *text* in capital ASCII letters, as banks print it."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).upper()


def typo(rng: random.Random, reference: str) -> str:
    """Return *reference* with one digit wrong."""
    places = [place for place, sign in enumerate(reference) if sign.isdigit()]
    place = rng.choice(places)
    wrong = rng.choice([digit for digit in "0123456789" if digit != reference[place]])
    return reference[:place] + wrong + reference[place + 1 :]


def wrap(rng: random.Random, words: str, who: tuple[str, str, str], at: datetime) -> str:
    """Return *words* as the bank of *who* (payer, payer's account, our account) writes them."""
    payer, payer_account, account = who
    ten, six = f"{rng.randrange(10**10):010d}", f"{rng.randrange(10**6):06d}"
    local = at.astimezone(wire.VIETNAM)
    memo = rng.choice(
        (
            f"MBVCB.{ten}.{six}.{words}.CT tu {payer_account} {payer} toi {account} TRUNG TAM HCC",
            f"{six}.{local:%d%m%y.%H%M%S}.{words}",
            f"IBFT {words}",
            f"FT{rng.randrange(10**14):014d} {words}",
            f"{words} FT{rng.randrange(10**14):014d}",
            f"CT nhanh 247 den: {words} (CT{six[:4]}) {payer} {payer_account[:6]}***",
            f"TKThe :{payer_account}, tai MB. {words} -CTLNHIDI{rng.randrange(10**15):015d}/",
            f"Chuyen tien den tu NAPAS Noi dung: {words}",
            f"{words}; thoi gian GD:{local:%d/%m/%Y %H:%M:%S}",
            dashed(f"{ten} {words} {payer}"),
        )
    )
    return plain(memo)


def dashed(memo: str) -> str:
    """Return *memo* with a dash at every line's end, wherever that is in a word."""
    lines = [memo[start : start + COLUMN] for start in range(0, len(memo), COLUMN)]
    return "-".join(lines)
