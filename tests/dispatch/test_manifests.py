"""Closing a manifest, and handing it over."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from datetime import date

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from dispatch import manifests, scans
from dispatch.models import Manifest, ManifestLine, Shipment
from dossiers import facts
from dossiers.manifests import ManifestState, number
from dossiers.parcels import Booking
from dossiers.personal import Name
from dossiers.status import Delivery
from dossiers.work import TaskKind
from register import documents, ledger
from register.models import Applicant, Task
from tests.support import paper_kit
from tests.support.post_kit import booked, item, office, scan

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def close() -> Manifest:
    """Close the manifest of what waits."""
    return manifests.close(office(), "vnpost", DAY, by="lan")


def deliveries() -> set[str]:
    """Return where all parcels are, by the dossiers."""
    return {
        ledger.state(code).delivery for code in Shipment.objects.values_list("dossier", flat=True)
    }


def test_numbers_go_on_past_99() -> None:
    """Two digits, and more when a day needs them."""
    assert ["BK-261123-02", "BK-261123-100"] == [number(DAY, 2), number(DAY, 100)]


def test_everything_that_waits_is_listed() -> None:
    """Each booked parcel stands once on the manifest, its dossier says so, the papers are kept."""
    for count in (1, 2, 3):
        booked(count)
    made = close()
    assert ("BK-261123-01", ManifestState.CLOSED, 3, []) == (
        made.number,
        made.state,
        made.parcels,
        made.left_out,
    )
    assert [item(1), item(2), item(3)] == [line.item for line in made.lines.all()]
    assert {Delivery.LISTED} == deliveries()
    assert {made.number} == {
        ledger.state(code).manifest for code in Shipment.objects.values_list("dossier", flat=True)
    }


def test_the_papers_are_those_of_the_lines() -> None:
    """The stored PDF's bars are the lines; its embedded data is the stored JSON."""
    booked(1)
    booked(2, tracked=False)
    made = close()
    pdf = documents.get(made.pdf)
    (page,) = paper_kit.pages(pdf)
    assert sorted(line.item for line in made.lines.all()) == paper_kit.zxing(page)
    data = paper_kit.attachments(pdf)["manifest.json"]
    assert made.json == hashlib.sha256(data).hexdigest()
    assert documents.get(made.json) == data
    assert documents.get(made.csv) == paper_kit.attachments(pdf)["manifest.csv"]
    assert documents.get(made.xlsx).startswith(b"PK")
    assert made.number == json.loads(data)["number"]


def test_what_comes_later_goes_on_the_next() -> None:
    """A closed manifest does not grow; the next run of the day takes the rest."""
    booked(1)
    first = close()
    booked(2)
    second = close()
    assert ("BK-261123-02", 2, 1) == (second.number, second.run, second.parcels)
    first.refresh_from_db()
    assert first.parcels == 1


def test_nothing_to_list_is_no_manifest() -> None:
    """An empty manifest is not made, and its number is not used up."""
    office()
    with pytest.raises(manifests.NothingToListError):
        close()
    booked(1)
    assert close().number == "BK-261123-01"


def test_other_carriers_and_offices_are_not_listed() -> None:
    """A manifest is of one office and one carrier."""
    booked(1)
    other = booked(2)
    Shipment.objects.filter(pk=other.pk).update(carrier="ems")
    assert [item(1)] == [line.item for line in close().lines.all()]


def test_what_cannot_be_listed_is_named() -> None:
    """An unprintable name or a doubled number is left out by name, with a task; others go."""
    good, unprintable, doubled = booked(1), booked(2), booked(3)
    Applicant.objects.filter(pk=unprintable.dossier_id).update(name_text="An \U0001f600")
    Shipment.objects.filter(pk=doubled.pk).update(tracking=item(1))
    made = close()
    assert [good.reference] == [line.shipment_id for line in made.lines.all()]
    assert {(unprintable.reference, "MissingGlyph"), (doubled.reference, "DoubleItem")} == {
        (one["reference"], one["reason"]) for one in made.left_out
    }
    assert Task.objects.filter(kind=TaskKind.DISCREPANCY).count() == 2
    assert Delivery.BOOKED == ledger.state(unprintable.dossier_id).delivery


def test_what_is_left_out_alone_is_named_too() -> None:
    """If nothing at all can be listed there is no manifest, but each parcel is on a list."""
    shipment = booked(1)
    Applicant.objects.update(name_text="An \U0001f600")
    with pytest.raises(manifests.NothingToListError) as caught:
        close()
    assert caught.value.left_out == [{"reference": shipment.reference, "reason": "MissingGlyph"}]
    assert [TaskKind.DISCREPANCY] == list(Task.objects.values_list("kind", flat=True))
    assert not Manifest.objects.exists()


def test_a_parcel_that_a_person_took_off_is_not_listed() -> None:
    """The dossier has the last word: corrected to cancelled, its parcel waits no more."""
    stopped = booked(1)
    correction = facts.DeliveryCorrected(Delivery.CANCELLED, "citizen came", "lan")
    ledger.record(stopped.dossier_id, correction, by="lan")
    booked(2)
    assert [item(2)] == [line.item for line in close().lines.all()]
    assert Delivery.CANCELLED == ledger.state(stopped.dossier_id).delivery


def test_a_failure_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the papers cannot be drawn, no fact, no line and no number is left."""
    booked(1)

    def broken(_sheet: object) -> bytes:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(manifests.manifest_xlsx, "draw", broken)
        with pytest.raises(OSError), transaction.atomic():  # noqa: PT011 - the fault put in
            close()
    assert {Delivery.BOOKED} == deliveries()
    assert not ManifestLine.objects.exists()
    assert close().number == "BK-261123-01"


def test_a_parcel_is_on_one_manifest() -> None:
    """The database refuses to put a parcel on a second manifest."""
    shipment = booked(1)
    close()
    booked(2)
    second = close()
    with pytest.raises(IntegrityError), transaction.atomic():
        ManifestLine.objects.create(manifest=second, shipment=shipment, position=9, item="X")


def test_a_closed_manifest_cannot_be_changed() -> None:
    """The database lets only the hand-over be noted on a closed manifest."""
    booked(1)
    made = close()
    for change in (
        lambda: Manifest.objects.filter(pk=made.pk).update(parcels=9),
        lambda: Manifest.objects.filter(pk=made.pk).update(pdf="0" * 64),
    ):
        with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
            change()


def test_handing_over_twice_is_once() -> None:
    """Every parcel is handed over once, with the worker's name on each dossier."""
    booked(1)
    booked(2)
    made = manifests.hand_over(close(), postal_worker="tai")
    told = {
        code: len(ledger.history(code))
        for code in Shipment.objects.values_list("dossier", flat=True)
    }
    again = manifests.hand_over(made, postal_worker="other")
    assert (ManifestState.RECEIVED, "tai") == (again.state, again.postal_worker)
    assert {Delivery.HANDED_OVER} == deliveries()
    assert told == {code: len(ledger.history(code)) for code in told}


def test_what_is_missing_stays_until_it_is_there() -> None:
    """A parcel that was not there has a reason and a task; taken later, all is received."""
    booked(1)
    late = booked(2)
    made = manifests.hand_over(close(), postal_worker="tai", missing={item(2): "chưa đóng gói"})
    assert ManifestState.OFFERED == made.state
    assert Delivery.LISTED == ledger.state(late.dossier_id).delivery
    assert Task.objects.filter(kind=TaskKind.DISCREPANCY, closed_at=None).count() == 1
    manifests.hand_over(made, postal_worker="tai")
    assert ManifestState.RECEIVED == made.state
    assert Delivery.HANDED_OVER == ledger.state(late.dossier_id).delivery
    assert not Task.objects.filter(closed_at=None).exists()


def test_the_carrier_may_be_quicker_than_the_desk() -> None:
    """Scanned by the post before the manifest was closed: listed all the same, not moved back."""
    shipment = booked(1)
    scans.take("vnpost", [scan(shipment, Delivery.ACCEPTED)], "m")
    manifests.hand_over(close(), postal_worker="tai")
    assert Delivery.ACCEPTED == ledger.state(shipment.dossier_id).delivery


def test_a_scanned_code_is_looked_up_on_the_manifest() -> None:
    """A right number of another manifest is not on this one: the check digit is not enough."""
    booked(1)
    made = close()
    line = manifests.line_of(made, item(1))
    assert line is not None
    assert line.position == 1
    assert manifests.line_of(made, item(2)) is None


def test_masks_hold_on_the_way() -> None:
    """Names are revealed on paper only: rows and errors show the mask."""
    assert "Nguyễn V** A*" == str(Name("Nguyễn Văn An"))
    assert "An" not in repr(Booking("r", "t"))


@pytest.mark.django_db(transaction=True)
def test_two_desks_close_at_once() -> None:
    """Of two people who press the button together, one gets the manifest, the other is told."""
    for count in (1, 2):
        booked(count)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def press() -> None:
        start.wait()
        try:
            outcomes.append(close().number)
        except manifests.NothingToListError:
            outcomes.append("nothing")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ["BK-261123-01", "nothing"] == sorted(outcomes)
    assert ManifestLine.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_hand_over_takes_shipments_before_dossiers() -> None:
    """
    Who holds a parcel and comes for its dossier is never waited for in a circle.

    That is the order of everybody else, for example of the carrier's news.
    """
    shipment = booked(1)
    made = close()
    ended: list[str] = []

    def take() -> None:
        try:
            ended.append(manifests.hand_over(made, postal_worker="huong").state)
        except OperationalError as error:
            ended.append(str(error))
        finally:
            connection.close()

    other = threading.Thread(target=take)
    with transaction.atomic():
        Shipment.objects.select_for_update().get(pk=shipment.pk)
        other.start()
        _until_somebody_waits()
        ledger.lock([shipment.dossier_id])
    other.join()
    assert [ManifestState.RECEIVED] == ended


def _until_somebody_waits() -> None:
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(waits)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waited")
