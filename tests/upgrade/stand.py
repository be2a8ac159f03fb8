"""
Puts one dossier at every step of its way, with the code of the version that is on the path.

Run by ``scripts/keep_version.py`` and by the upgrade test, with Django set up; the folder that is
given takes what the outside world knows (``outside.json``). One result is really signed and
sealed; the others are told of with the same files, so that a kept version stays small.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from django.db import connection
from fpdf import FPDF

from dispatch import manifests, scans, shipments
from dispatch.models import Manifest
from dossiers import facts
from dossiers.parcels import Booking
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.status import Delivery
from payments import attempts, charges, matching
from register import fonts, intents, ledger, world
from register.models import Intent
from scheduler import sweeps
from signing import batches, trays
from signing.models import Signer, SigningItem
from signing.policy import confirmations, numbers
from tests.support import dossier_kit, money_kit, post_kit, signing_desk, signing_kit

#: The same day as the workers have, who ask the clock.
TODAY = world.today()


def paper() -> bytes:
    """Return a result of one page that names its signer."""
    pdf = FPDF()
    pdf.set_creation_date(signing_kit.AT)
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.set_font("serif", size=13)
    pdf.add_page()
    pdf.multi_cell(0, 7, "GIẤY PHÉP XÂY DỰNG\nỦy ban nhân dân phường Hồng Gai")
    for y, text in ((200, signing_kit.TITLE), (232, signing_kit.NAME)):
        pdf.set_xy(110, y)
        pdf.cell(80, 7, text, align="C")
    return bytes(pdf.output())


class Stand:
    """Makes the dossiers; each has a number, and its place on the way is its name."""

    def __init__(self, desk: signing_desk.Desk) -> None:
        self.desk = desk
        self.pdf = paper()
        self.codes: dict[str, str] = {}
        self.ready = self.signed = self.sealed = ""

    def received(self, place: str, **changes: object) -> str:
        """Hand a result over; it will stand at *place*."""
        code = f"H49.61-261123-{len(self.codes) + 1:04d}"
        self.codes[place] = code
        dossier_kit.dossier(code, pdf=self.pdf, **changes)
        return code

    def charged(self, place: str, channel: str = "transfer", **changes: object) -> str:
        """Have it charged too."""
        code = self.received(place, **changes)
        charges.open(code, channel=channel)
        return code

    def on_tray(self, place: str, **changes: object) -> SigningItem:
        """Have it put on the official's tray too."""
        item = trays.submit(self.charged(place, **changes))
        assert item
        return item

    def really_sealed(self, place: str) -> str:
        """Have it signed and sealed by the tokens; its files do for the others."""
        official = self.on_tray(place)
        for item, signer in ((official, self.desk.official), (None, self.desk.clerk)):
            mine = item or SigningItem.objects.get(
                dossier=official.dossier_id, role=SigningRole.SEAL
            )
            _approve(mine)
            batches.drain(signer.token_id)
        official.refresh_from_db()
        self.ready, self.signed = official.document, official.signed
        self.sealed = ledger.state(official.dossier_id).document
        return official.dossier_id

    def to_seal(self, place: str) -> SigningItem:
        """Have it signed by the official and put on the clerk's tray."""
        item = self.on_tray(place)
        self._signed(item, self.signed)
        passed = trays.pass_to_clerk(item)
        assert passed
        return passed

    def verified(self, place: str, **changes: object) -> str:
        """Have it signed, numbered, sealed and verified; its fee is not paid."""
        item = self.on_tray(place, **changes)
        self._signed(item, self.signed)
        seal = trays.pass_to_clerk(item)
        assert seal
        numbers.assign(item.dossier_id, day=TODAY, clerk=signing_desk.CLERK)
        self._signed(seal, self.sealed)
        ledger.record(item.dossier_id, facts.Verified(self.sealed, "pyhanko"), by="pyhanko")
        return item.dossier_id

    def paid(self, place: str, **changes: object) -> str:
        """Have its fee come by transfer as well."""
        code = self.verified(place, **changes)
        self.transfer(code)
        matching.run()
        return code

    def released(self, place: str, **changes: object) -> str:
        """Have it pass the gate."""
        code = self.paid(place, **changes)
        due = ledger.state(code).due
        ledger.record(code, facts.Released(self.sealed, due, due), by="hub")
        return code

    def booked(self, place: str) -> str:
        """Have its parcel booked."""
        shipment = shipments.prepare(self.released(place))
        number = post_kit.item(len(self.codes))
        shipments.booked(shipment, Booking(shipment.reference, number))
        return shipment.dossier_id

    def transfer(self, code: str) -> None:
        """Have the fee stand on a statement that was taken."""
        state = ledger.state(code)
        money_kit.take(money_kit.Line(state.due, f"nop phi {state.charge}", f"FT{code[-4:]}"))

    @staticmethod
    def _signed(item: SigningItem, digest: str) -> None:
        """Tell of a signature as the token's queue does."""
        official = item.role == SigningRole.OFFICIAL
        fact = facts.Signed if official else facts.Sealed
        item.status, item.signed = ItemStatus.SIGNED, digest
        item.save()
        signer = item.signer
        told = fact(digest, item.document, signer.person, signer.fingerprint)
        ledger.record(item.dossier_id, told, by=signer.person)


def stand(all_: Stand) -> dict[str, object]:
    """Make every dossier; return what the outside knows of them."""
    really = all_.really_sealed("verify")
    _before_the_gate(all_)
    found = _after_the_gate(all_)
    # the last thing: a line of a statement that nobody has matched yet
    all_.transfer(all_.verified("paid, not matched"))
    _a_worker_died(really)
    return {"places": all_.codes, "booked": [found], "today": TODAY.isoformat()}


def _before_the_gate(all_: Stand) -> None:
    all_.received("charge")
    all_.charged("ask_payment", "platform")
    all_.charged("submit")
    all_.on_tray("await_official")
    _approve(all_.on_tray("queued for the official's token"))
    all_.to_seal("await_clerk")
    _approve(all_.to_seal("queued for the seal"))
    item = all_.to_seal("numbered, not sealed")
    numbers.assign(item.dossier_id, day=TODAY, clerk=signing_desk.CLERK)
    _approve(item)
    all_.verified("await_money")
    asked = all_.charged("asked of the gateway", "platform")
    attempts.asked(attempts.begin(asked), "https://pay.example/1")
    trays.send_back(all_.on_tray("await_department"), person=signing_desk.OFFICIAL, reason="sai")
    withdrawn = all_.charged("withdrawn")
    ledger.record(withdrawn, facts.Withdrawn("đổi ý"), by="hub")
    all_.paid("release")


def _after_the_gate(all_: Stand) -> str:
    """Return the reference of the parcel that the carrier took and did not say so."""
    _with_the_post(all_)
    all_.released("await_citizen", delivery="counter")
    all_.booked("await_manifest")
    all_.released("book")
    _claimed(all_.released("died while booking"))
    found = _claimed(all_.released("booked, unsure"))
    Intent.objects.filter(reference=found).update(state="unsure", leased_until=None)
    shipment = shipments.prepare(all_.released("await_person"))
    shipments.refused(shipment, "địa chỉ không rõ")
    collected = all_.released("collected", delivery="counter")
    ledger.record(collected, facts.Collected("quay 1"), by="hub")
    return found


def _with_the_post(all_: Stand) -> None:
    """Parcels on manifests: handed over, on their way, arrived, come back; one only listed."""
    office = post_kit.office()
    places = ("await_carrier", "delivered", "returned")
    for place in places:
        all_.booked(place)
    manifests.hand_over(
        manifests.close(office, office.carrier, TODAY, by="tai"), postal_worker="minh"
    )
    for place, status in (("delivered", Delivery.DELIVERED), ("returned", Delivery.RETURNED)):
        shipment = shipments.prepare(all_.codes[place])
        scans.take(office.carrier, [post_kit.scan(shipment, status)], place)
    all_.booked("await_postal_worker")
    manifests.close(office, office.carrier, TODAY, by="tai")


def _approve(item: SigningItem) -> None:
    signer: Signer = item.signer
    confirmations.seen(signer.person, item.document)
    batches.open([item], person=signer.person, role=SigningRole(item.role))


def _claimed(code: str) -> str:
    """Have a worker claim the booking and die; return the parcel's reference."""
    shipment = shipments.prepare(code)
    request = {"carrier": shipment.carrier, "mark": ""}
    intent = intents.begin("book", shipment.reference, dossier=code, request=request)
    intents.claim(intent)
    return shipment.reference


def _a_worker_died(code: str) -> None:
    """Leave a job of dossier *code* in the hands of a worker that is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"
            " WHERE id = (SELECT max(id) FROM procrastinate_jobs WHERE args->>'dossier' = %s)",
            [code],
        )


def main(folder: Path) -> None:
    """Stand the dossiers in the database that Django has, and write down what the outside knows."""
    sweeps.partitions()
    dossier_kit.catalogue()
    money_kit.account()
    with tempfile.TemporaryDirectory() as keys:
        tokens = [signing_kit.make_token(Path(keys), label) for label in ("ky", "dau")]
        signing_kit.authority().write(world.home() / "trust")
        told = stand(Stand(signing_desk.desk(*tokens)))
    (folder / "outside.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))
    assert Manifest.objects.count() == 2


if __name__ == "__main__":
    main(Path(sys.argv[-1]))
