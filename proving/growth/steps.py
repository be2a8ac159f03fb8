"""
The life of one dossier, step by step, each step timed; and the pages that people look at.

``growth`` runs this in two processes beside each other, on a small and on a large database.
The outside is two connectors in the same process that say yes at once; the token and the
reading back of signatures are left out, because they do not know how much is stored.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.test import Client
from fpdf import FPDF

from dispatch import manifests, scans
from dispatch.models import Office, Shipment
from dossiers import facts
from dossiers.parcels import Scan
from dossiers.personal import Address, IdNumber, Name, Phone
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.status import Delivery
from payments import intake as statements
from payments import matching
from payments.models import Attempt
from proving.growth import stage
from proving.growth.outside import FakeGateway, FakePost
from register import documents, intake, intents, ledger, world
from register.models import Dossier
from scheduler import callbacks, inquiries, sweeps
from scheduler.advance import advance
from signing import batches, trays
from signing.models import SigningItem
from signing.policy import confirmations, numbers

STANDARD: Final = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@cache
def paper() -> bytes:
    """Return a result of one page."""
    pdf = FPDF()
    pdf.set_creation_date(world.now())
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(0, 10, "GIAY PHEP")
    return bytes(pdf.output())


@dataclass(slots=True)
class Case:
    """One dossier on its way."""

    code: str
    unit: str

    @property
    def attempt(self) -> Attempt:
        """Its try to be paid by the gateway."""
        return Attempt.objects.get(charge__dossier=self.code)

    def item(self, role: SigningRole) -> SigningItem:
        """Return its item on the tray of *role*."""
        return SigningItem.objects.select_related("signer").get(dossier=self.code, role=role)


def _receive(case: Case) -> None:
    owner = intake.Owner(
        Name("Nguyễn Văn An"), Phone("0912345678"), IdNumber("099"), Address("12"), "06685"
    )
    handed = intake.Handed(
        code=case.code,
        procedure=stage.procedure(case.unit),
        unit=case.unit,
        centre=stage.CENTRE,
        delivery="post",
        due_at=world.now() + timedelta(days=20),
        owner=owner,
    )
    intake.receive(handed, paper(), client="growth", key=case.code)


def _advance(case: Case) -> None:
    advance(case.code)


def _tray(case: Case) -> None:
    """Open the official's tray with this result in the middle."""
    item = case.item(SigningRole.OFFICIAL)
    _look(stage.OFFICIAL, f"/signing/?item={item.pk}")


def _approve(case: Case) -> None:
    item = case.item(SigningRole.OFFICIAL)
    confirmations.seen(stage.OFFICIAL, item.document)
    batches.open([item], person=stage.OFFICIAL, role=SigningRole.OFFICIAL)


def _sign(case: Case) -> None:
    """Keep the official's signature as ``signing.drains`` does."""
    _keep(case, SigningRole.OFFICIAL)


def _seal(case: Case) -> None:
    """Number and seal, as ``signing.drains`` does."""
    batches.open([case.item(SigningRole.SEAL)], person=stage.CLERK, role=SigningRole.SEAL)
    numbers.assign(case.code, day=world.today(), clerk=stage.CLERK)
    _keep(case, SigningRole.SEAL)


def _keep(case: Case, role: SigningRole) -> None:
    item = case.item(role)
    official = role is SigningRole.OFFICIAL
    intent = intents.begin(
        "sign", f"{item.batch_id}/{item.pk}", dossier=case.code, request={"document": item.document}
    )
    signed = documents.put(paper() + f"{case.code} {role}".encode(), trays.PDF)
    fact = facts.Signed if official else facts.Sealed
    with transaction.atomic():
        item.status, item.signed, item.changed_at = ItemStatus.SIGNED, signed, world.now()
        item.save()
        told = fact(signed, item.document, item.signer.person, item.signer.fingerprint)
        ledger.record(case.code, told, by=item.signer.person)
        intents.finish(intent, "done", answer={"document": signed})
        if official:
            trays.pass_to_clerk(item)


def _verify(case: Case) -> None:
    ledger.record(
        case.code, facts.Verified(ledger.state(case.code).document, "growth"), by="growth"
    )


def _callback(case: Case) -> None:
    callbacks.take(stage.GATEWAY, case.attempt.reference.encode(), {})


def _settle(case: Case) -> None:
    inquiries.confirm_payment(stage.GATEWAY, case.attempt.reference)


def _match(case: Case) -> None:
    """Take a statement of one line, in which the gateway hands the money on, and match it."""
    attempt = case.attempt
    account = attempt.charge.account
    assert account
    data = _statement(account.number, attempt.amount, attempt.reference, world.today())
    statements.take(data, account=account, source="growth")
    matching.run()


def _statement(account: str, amount: int, reference: str, day: date) -> bytes:
    """Return a camt.053 of one credit line."""
    told = f'<Amt Ccy="VND">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="VND">{sum_}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>'
        for code, sum_ in (("OPBD", 0), ("CLBD", amount))
    )
    return (
        f'<Document xmlns="{STANDARD}"><BkToCstmrStmt><GrpHdr><MsgId>{reference}</MsgId></GrpHdr>'
        f"<Stmt><Id>{reference}</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>{balances}"
        f"<Ntry>{told}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt>"
        f"<Dt>{day}</Dt></ValDt><AcctSvcrRef>B{reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs>"
        f"<EndToEndId>{reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _scans(case: Case) -> None:
    """Take a page of a carrier's feed that tells the parcel's whole way."""
    shipment = Shipment.objects.get(dossier=case.code)
    way = (Delivery.ACCEPTED, Delivery.IN_TRANSIT, Delivery.OUT_FOR_DELIVERY, Delivery.DELIVERED)
    page = [
        Scan(
            id=f"{shipment.reference}:{status}",
            reference=shipment.reference,
            code=str(number),
            words="theo bưu điện",
            status=status,
            at=world.now() + timedelta(minutes=number),
            tracking=shipment.tracking,
        )
        for number, status in enumerate(way)
    ]
    scans.take(stage.CARRIER, page, case.code)


def _waiting(_case: Case) -> None:
    office = Office.objects.get(pk=stage.OFFICES[0])
    list(manifests.waiting(office, office.carrier)[:200])


def _sweep(_case: Case) -> None:
    sweeps.sweep()


def _ask_pending(_case: Case) -> None:
    inquiries.ask_pending()


def _fetch_statements(_case: Case) -> None:
    inquiries.fetch_statements()


STEPS: Final[dict[str, Callable[[Case], None]]] = {
    "receive": _receive,
    "charge": _advance,
    "ask": _advance,
    "submit": _advance,
    "tray": _tray,
    "approve": _approve,
    "sign": _sign,
    "number_and_seal": _seal,
    "verify": _verify,
    "callback": _callback,
    "settle": _settle,
    "match": _match,
    "release": _advance,
    "book": _advance,
    "waiting": _waiting,
    "scans": _scans,
    "sweep": _sweep,
    "ask_pending": _ask_pending,
    "fetch_statements": _fetch_statements,
}


def _look(person: str, address: str) -> None:
    """Have *person* open a page; LookupError if it is not shown."""
    answer = _browser(person).get(address)
    if answer.status_code != 200:
        message = f"{address} answered {answer.status_code}"
        raise LookupError(message)


def _page(person: str, address: str) -> Callable[[Case], None]:
    return lambda _case: _look(person, address)


@cache
def _browser(person: str) -> Client:
    """Return the browser of *person*, signed in."""
    client = Client(raise_request_exception=True)
    client.force_login(stage.user(person))
    return client


PAGES: Final[dict[str, Callable[[Case], None]]] = {
    "page_my_work": _page(stage.OFFICIAL, "/"),
    "page_all_work": _page(stage.MANAGER, "/?show=all"),
    "page_attention": _page(stage.MANAGER, "/attention/"),
    "page_day": _page(stage.MANAGER, "/day/"),
    "page_money": _page(stage.MANAGER, "/money/"),
    "page_post": _page(stage.MANAGER, "/post/"),
}


@dataclass(frozen=True, slots=True)
class Meter:
    """Time spent: processor time of ours and of our database session, and the clock's."""

    server: Path

    def read(self) -> tuple[float, float]:
        """Return seconds of both processors and of the clock so far."""
        backend = int(self.server.read_text().split()[0]) / 1e9
        return time.process_time() + backend, time.perf_counter()


def meter() -> Meter:
    """Return the meter of this process and its session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Meter(Path("/proc") / str(cursor.fetchone()[0]) / "schedstat")


def life(number: int, meter: Meter) -> dict[str, tuple[float, float]]:
    """Carry dossier *number* through every step; return CPU and clock milliseconds of each."""
    unit = stage.UNITS[number % len(stage.UNITS)]
    case = Case(f"{unit}-{world.today():%y%m%d}-{9_000_000 + number}", unit)
    spent: dict[str, tuple[float, float]] = {}
    for name, step in {**STEPS, **PAGES}.items():
        cpu, clock = meter.read()
        step(case)
        cpu_after, clock_after = meter.read()
        spent[name] = (cpu_after - cpu) * 1000, (clock_after - clock) * 1000
    return spent


def wrong(number: int) -> list[str]:
    """Return what is wrong with dossier *number* after its life; an empty list is good."""
    unit = stage.UNITS[number % len(stage.UNITS)]
    code = f"{unit}-{world.today():%y%m%d}-{9_000_000 + number}"
    faults = [fault.reason for fault in ledger.audit(code)]
    if Dossier.objects.get(pk=code).delivery != Delivery.DELIVERED:
        faults.append("not delivered")
    return faults


def serve(words: list[str]) -> dict[str, Any]:
    """Do what one line asks: ``life N``, ``wrong N``."""
    number = int(words[1])
    if words[0] == "wrong":
        return {"faults": wrong(number)}
    return {"spent": life(number, meter())}


def main() -> None:
    """Answer each line of standard input with one line of JSON."""
    stage.connect({FakeGateway.code: FakeGateway, FakePost.code: FakePost})
    for line in sys.stdin:
        print(json.dumps(serve(line.split())), flush=True)
