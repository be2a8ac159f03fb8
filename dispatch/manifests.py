"""
Manifests: which parcels the postal worker takes, closed once and signed by both sides.

One office, one carrier, one day, one run. Closing lists every parcel that waits, or says by
name which it left out and why; nothing is dropped silently. What comes later goes on the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from dispatch import locks, manifest_pdf, manifest_xlsx, shipments
from dispatch.manifest_pdf import TooLongError
from dispatch.models import FAILED, Manifest, ManifestCount, ManifestLine, Office, Shipment
from dispatch.paper import MissingGlyphError
from dispatch.sheets import Row, Sheet, as_csv, as_json
from dossiers import facts
from dossiers.codes import split_reference
from dossiers.manifests import ManifestState, number
from dossiers.roles import Role
from dossiers.status import Delivery
from dossiers.transitions import TransitionError
from dossiers.work import TaskKind
from register import documents, ledger, tasks, world

#: Booked, or already seen by the carrier; both may still stand on no manifest.
LISTABLE = (Delivery.BOOKED, Delivery.ACCEPTED)

_PDF = "application/pdf"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NothingToListError(Exception):
    """
    Không có bưu gửi nào chờ giao ở bưu cục này. / No parcel waits at this post office.

    ``left_out`` names those that wait but cannot be listed, and why.
    """

    def __init__(self, office: str, left_out: list[dict[str, str]]) -> None:
        """Keep the *office*'s code and what was *left_out*."""
        super().__init__(office)
        self.left_out = left_out


class DoubleItemError(Exception):
    """Mã bưu gửi trùng với bưu gửi khác. / Another parcel has the same item number."""


def waiting(office: Office, carrier: str) -> QuerySet[Shipment]:
    """
    Return the shipments that the next manifest of *office* and *carrier* would list.

    The dossier has the last word on where its parcel is: a person may have corrected it.
    """
    return (
        Shipment.objects.filter(office=office, carrier=carrier, line=None)
        .filter(dossier__delivery__in=LISTABLE)
        .exclude(state__in=(Delivery.NONE, *FAILED))
        .order_by("pk")
    )


def close(office: Office, carrier: str, day: date, *, by: str) -> Manifest:
    """
    List every parcel that waits at *office* for *carrier*, draw the papers, close the manifest.

    One transaction, all of it or none. Parcels that cannot be listed stand in ``left_out`` and
    on the post's list. NothingToListError if none can.
    """
    manifest = Manifest(office=office, carrier=carrier, day=day, closed_by=by)
    try:
        with transaction.atomic():
            _close(manifest)
    except NothingToListError as error:
        _show(error.left_out)  # the manifest was rolled back, the people's list was not to be
        raise
    # A cut-off closes inside its own transaction: certain only when that one is.
    transaction.on_commit(partial(world.point, "manifest closed"))
    return manifest


def _close(manifest: Manifest) -> None:
    manifest.number = _next_number(manifest.day)
    manifest.run = _next_run(manifest)
    manifest.closed_at = world.now()
    rows, listed = _list(manifest)
    if not rows:
        raise NothingToListError(manifest.office_id, manifest.left_out)
    _draw(manifest, tuple(rows))
    manifest.save(force_insert=True)
    ManifestLine.objects.bulk_create(
        ManifestLine(manifest=manifest, shipment=shipment, position=row.position, item=row.item)
        for row, shipment in zip(rows, listed, strict=True)
    )
    _show(manifest.left_out)


def hand_over(
    manifest: Manifest, *, postal_worker: str, missing: Mapping[str, str] | None = None
) -> Manifest:
    """
    Keep that *postal_worker* took the parcels; the second time changes nothing.

    *missing* gives the reason for each item that was not there (by what its barcode says): it
    stays on the manifest, which stays offered until the rest is taken too.
    """
    with transaction.atomic():
        row = Manifest.objects.select_for_update().get(pk=manifest.pk)
        if row.state != ManifestState.RECEIVED:
            reasons = missing or {}
            lines = list(row.lines.filter(taken_at=None))
            held = {one.pk: one for one in locks.hold(line.shipment_id for line in lines)}
            for line in lines:
                line.shipment = held[line.shipment_id]
                if reason := reasons.get(line.item):
                    _note_missing(line, reason)
                else:
                    _take(line, postal_worker)
            left = any(line.taken_at is None for line in lines)
            row.state = ManifestState.OFFERED if left else ManifestState.RECEIVED
            row.received_at, row.postal_worker = world.now(), postal_worker
            row.save()
    world.point("manifest handed over")
    manifest.refresh_from_db()
    return manifest


def line_of(manifest: Manifest, scanned: str) -> ManifestLine | None:
    """Return the line whose barcode says *scanned*, or None: it is not on this manifest."""
    return manifest.lines.filter(item=scanned).first()


def _next_number(day: date) -> str:
    """The database counts; its row stays locked to our commit: no number is lost or doubled."""
    table = connection.ops.quote_name(ManifestCount._meta.db_table)  # noqa: SLF001 - Django's own door
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS c (day, last) VALUES (%s, 1)"  # noqa: S608 - a constant name
            " ON CONFLICT (day) DO UPDATE SET last = c.last + 1 RETURNING last",
            [day],
        )
        (count,) = cursor.fetchone()
    return number(day, count)


def _next_run(manifest: Manifest) -> int:
    before = Manifest.objects.filter(
        office=manifest.office, carrier=manifest.carrier, day=manifest.day
    )
    return int(before.aggregate(last=Max("run"))["last"] or 0) + 1


def _list(manifest: Manifest) -> tuple[list[Row], list[Shipment]]:
    """List what waits, in the order of the item numbers; keep in ``left_out`` what cannot be."""
    waits = waiting(manifest.office, manifest.carrier)
    held = locks.hold(waits.values_list("pk", flat=True))
    # Asked again, now that nobody can take one away.
    locked = list(waits.filter(pk__in=[shipment.pk for shipment in held]))
    owners = shipments.owners(locked)
    rows: list[Row] = []
    listed: list[Shipment] = []
    for shipment in sorted(locked, key=lambda one: one.item):
        row = shipments.row(shipment, owners[shipment.dossier_id], position=len(rows) + 1)
        try:
            _check(row, rows)
            state = ledger.record(
                shipment.dossier_id, facts.Listed(manifest=manifest.number), by=manifest.closed_by
            )
        except (DoubleItemError, MissingGlyphError, TooLongError, TransitionError) as error:
            reason = type(error).__name__.removesuffix("Error")
            manifest.left_out.append({"reference": shipment.reference, "reason": reason})
            continue
        shipment.state, shipment.changed_at = state.delivery, world.now()
        rows.append(row)
        listed.append(shipment)
    Shipment.objects.bulk_update(listed, ["state", "changed_at"], batch_size=500)
    return rows, listed


def _check(row: Row, above: list[Row]) -> None:
    if above and above[-1].item == row.item:
        raise DoubleItemError(row.item)
    manifest_pdf.check(row)


def _show(left_out: Iterable[Mapping[str, str]]) -> None:
    """Put what cannot be listed on the post's list, once while it waits there."""
    for one in left_out:
        dossier, _leg, _attempt = split_reference(one["reference"])
        tasks.open(
            TaskKind.DISCREPANCY,
            Role.POST,
            dossier=dossier,
            subject=f"listing:{one['reference']}",
            detail=one,
        )


def _draw(manifest: Manifest, rows: tuple[Row, ...]) -> None:
    """Draw the papers and store them; if we roll back, the store sweeps what no row knows."""
    sheet = Sheet(
        number=manifest.number,
        centre=manifest.office.unit.name,
        office=manifest.office.name,
        carrier=manifest.carrier,
        day=manifest.day,
        run=manifest.run,
        closed_at=manifest.closed_at,
        rows=rows,
    )
    manifest.parcels, manifest.grams, manifest.cod = sheet.parcels, sheet.grams, sheet.cod
    manifest.pdf = documents.put(manifest_pdf.draw(sheet), _PDF)
    manifest.xlsx = documents.put(manifest_xlsx.draw(sheet), _XLSX)
    manifest.csv = documents.put(as_csv(sheet), "text/csv")
    manifest.json = documents.put(as_json(sheet), "application/json")


def _take(line: ManifestLine, postal_worker: str) -> None:
    fact = facts.HandedOver(manifest=line.manifest_id, postal_worker=postal_worker)
    try:
        state = ledger.record(line.shipment.dossier_id, fact, by=postal_worker)
    except TransitionError as error:
        _note_missing(line, error.reason)
        return
    line.taken_at, line.missing = world.now(), ""
    line.save()
    line.shipment.state, line.shipment.changed_at = state.delivery, line.taken_at
    line.shipment.save()
    tasks.close(TaskKind.DISCREPANCY, f"hand-over:{line.item}", by=postal_worker)


def _note_missing(line: ManifestLine, reason: str) -> None:
    line.missing = reason
    line.save()
    tasks.open(
        TaskKind.DISCREPANCY,
        Role.POST,
        dossier=line.shipment.dossier_id,
        subject=f"hand-over:{line.item}",
        detail={"manifest": line.manifest_id, "item": line.item, "reason": reason},
    )
