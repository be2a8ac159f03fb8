"""
Leads every dossier of a database to its end, with the code of the version that is on the path.

Run with Django set up and the folder of ``outside.json``. Everybody is played: officials, clerks,
citizens, the post, a department, a person who mends an address. The other side is two
connectors that count what they are asked for. The last line that it prints is what came of it.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from connectors.banks import Answer, Gateway
from connectors.carriers import Carrier
from dispatch import manifests, scans, shipments
from dispatch.models import Manifest, Office
from dossiers import facts
from dossiers.orders import Order, Outcome, Payment
from dossiers.parcels import Booking, Scan
from dossiers.release import Released
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.status import Business, Delivery
from dossiers.steps import Step, next_step
from payments import matching
from payments.models import Attempt, Charge, Waiting
from register import intake, jobs, ledger, world
from register.models import Dossier, Intent, Task
from scheduler import connections, engine, inquiries, sweeps, worker
from scheduler.connections import Connections
from signing import batches
from signing.models import Signer, SigningItem, Token
from signing.policy import confirmations
from tests.support import dossier_kit, money_kit, signing_kit

#: Most rounds in which everybody does what waits for them; the longest way takes ten.
ROUNDS = 16

booked: Counter[str] = Counter()
"""How often each parcel was booked at the carrier."""


class FakeGateway(Gateway):
    """A gateway where every citizen pays at once."""

    code, label = "platform", "Fake gateway"

    def check(self) -> None:
        """Nothing can be wrong."""

    def ask(self, order: Order) -> str:
        """Return an address."""
        return f"https://pay.example/{order.reference}"

    def find(self, order: Order) -> Payment:
        """Say that it is paid."""
        return Payment(order.reference, Outcome.PAID, order.amount, f"G{order.reference}")

    def read(self, _body: bytes, _headers: object) -> Payment:
        """Never be called."""
        raise NotImplementedError

    def answer(self, _body: bytes, *, accepted: bool) -> Answer:
        """Never be called."""
        raise NotImplementedError


class FakePost(Carrier):
    """A carrier that shows at once what was booked, also before the upgrade."""

    code, label = "vnpost", "Fake post"
    shows_within = timedelta(microseconds=1)

    def check(self) -> None:
        """Nothing can be wrong."""

    def book(self, released: Released) -> Booking:
        """Promise to carry it."""
        booked[released.parcel.reference] += 1
        return Booking(released.parcel.reference, "")

    def find(self, reference: str, _mark: str) -> Booking | None:
        """Return what was booked."""
        return Booking(reference, "") if booked[reference] else None

    def scans(self, mark: str) -> tuple[list[Scan], str]:
        """Have seen nothing."""
        return [], mark


def appoint(folder: Path) -> None:
    """Give official and clerk new tokens: the old ones are not here, as after a renewal."""
    for label in ("ky", "dau"):
        token = signing_kit.make_token(folder, label)
        Token.objects.filter(pk=label).update(
            module=str(signing_kit.MODULE),
            pin_file=str(token.pin_file),
            environment=token.environment,
        )
        Signer.objects.filter(token=label).update(
            certificate_der=token.certificate.der, fingerprint=token.certificate.fingerprint
        )
    root = signing_kit.authority().write(folder / "new") / "root.pem"
    trust = world.home() / "trust"
    (trust / f"root-{len(list(trust.iterdir()))}.pem").write_bytes(root.read_bytes())


def work() -> None:
    """Let the engine do what waits, also what a dead worker held."""
    found = sweeps.rescue()
    if inspect.isawaitable(found):
        asyncio.run(_opened(found))
    with connection.cursor() as cursor:  # nobody waits for the next try
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    sweeps.sweep()
    worker.run(jobs.QUEUES, concurrency=2, name="finish", wait=False)


async def _opened(rescue: Any) -> None:
    async with engine.opened(1):
        await rescue


def everybody(today: Any, number: int) -> None:
    """Let every person do what waits for them."""
    sign()
    pay()
    for office in Office.objects.all():
        if manifests.waiting(office, office.carrier).exists():
            manifests.close(office, office.carrier, today, by="tai")
    for manifest in Manifest.objects.exclude(state="received"):
        manifests.hand_over(manifest, postal_worker="minh")
    for dossier in Dossier.objects.order_by("code"):
        act(dossier, number)


def sign() -> None:
    """Approve what lies on the trays."""
    for role in SigningRole:
        items = SigningItem.objects.filter(role=role, status=ItemStatus.ON_TRAY)
        if mine := list(items.select_related("signer").order_by("pk")):
            for item in mine:
                confirmations.seen(item.signer.person, item.document)
            batches.open(mine, person=mine[0].signer.person, role=role)


def pay() -> None:
    """Pay what is due and was not paid yet, each by the way that it was asked for."""
    for charge in Charge.objects.filter(dossier__money="due").select_related("dossier"):
        if charge.dossier.business == Business.WITHDRAWN:
            continue
        if attempt := Attempt.objects.filter(charge=charge).first():
            inquiries.confirm_payment(attempt.gateway, attempt.reference)
        elif not Waiting.objects.filter(
            transaction__references__contains=[charge.reference]
        ).exists():
            line = money_kit.Line(charge.amount, f"nop {charge.reference}", f"N{charge.reference}")
            money_kit.take(line, sequence=100 + charge.pk)
    matching.run()


def act(dossier: Dossier, number: int) -> None:
    """Do what the citizen, the carrier, the department or a person does about *dossier*."""
    state = ledger.state(dossier.code)
    match next_step(state):
        case Step.AWAIT_CITIZEN:
            ledger.record(dossier.code, facts.Collected("quay 1"), by="quay")
        case Step.AWAIT_CARRIER:
            shipment = shipments.prepare(dossier.code)
            scan = Scan(
                id=f"{shipment.reference} arrived",
                reference=shipment.reference,
                code="4",
                words="phát thành công",
                status=Delivery.DELIVERED,
                at=datetime.now(UTC),
            )
            scans.take(shipment.carrier, [scan], f"finish {number}")
        case Step.AWAIT_DEPARTMENT:
            again = dossier_kit.handed(dossier.code)
            intake.receive(again, signing_kit.result_pdf(), client="test", key=f"{dossier.code}/2")
        case Step.AWAIT_PERSON if state.delivery is Delivery.REFUSED:
            ledger.record(dossier.code, facts.AddressCorrected("minh"), by="minh")
        case Step.AWAIT_PERSON:
            ledger.record(dossier.code, facts.KeptAtCounter("minh"), by="minh")


def report() -> dict[str, Any]:
    """Return what became of every dossier and of everything around them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args::text FROM procrastinate_jobs WHERE status = 'failed'"
        )
        failed = [" ".join(row) for row in cursor.fetchall()]
    unsettled = Intent.objects.filter(state__in=("open", "unsure"))
    codes = list(Dossier.objects.order_by("code").values_list("code", flat=True))
    return {
        "dossiers": {code: _about(code) for code in codes},
        "booked": dict(booked),
        "failed_jobs": failed,
        "unsettled": list(unsettled.values_list("reference", flat=True)),
        "waiting_lines": Waiting.objects.count(),
        "tasks": [f"{task} {task.detail}" for task in Task.objects.filter(closed_at=None)],
    }


def _about(code: str) -> dict[str, Any]:
    dossier = Dossier.objects.get(pk=code)
    rows = ledger.history(code)
    try:
        faults = [fault.reason for fault in ledger.audit(code)]
    except facts.UnknownFactError as error:
        faults = [f"unknown here: {error}"]
    return {
        "faults": faults,
        "step": next_step(dossier.as_state()),
        "kept_step": dossier.next_step,
        "kinds": [row.kind for row in rows],
        "due": dossier.due,
        "paid": dossier.paid,
        "references": [row.body["reference"] for row in rows if row.kind == "Booked"],
    }


def main(folder: Path, rounds: int = ROUNDS) -> None:
    """Finish everything, or go so many *rounds*, and print what came of it."""
    told = json.loads((folder / "outside.json").read_text())
    booked.update(told["booked"])
    makers = {"platform": FakeGateway, "vnpost": FakePost}
    made = {code: maker(None, None) for code, maker in makers.items()}  # type: ignore[arg-type]
    connections.install(lambda: Connections(made))
    sweeps.partitions()
    before = report()
    today = datetime.now(UTC).astimezone(world.VIETNAM).date()
    with tempfile.TemporaryDirectory() as keys:
        appoint(Path(keys))
        for number in range(rounds):
            work()
            everybody(today, number)
            if not Dossier.objects.exclude(next_step=Step.DONE).exists():
                break
        work()
    # what the other side knows stays with it, whichever version asks next
    (folder / "outside.json").write_text(json.dumps(told | {"booked": list(booked.elements())}))
    sys.stdout.write(json.dumps({"before": before, "after": report()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
