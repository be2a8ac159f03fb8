"""People with their roles, and a small Centre on a working morning, for tests of the desk."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from desk.models import ApiClient, Membership, token_hash
from dispatch import manifests, shipments
from dispatch.models import Manifest
from dossiers import facts
from dossiers.parcels import Booking
from dossiers.roles import Role
from dossiers.signing_status import SigningRole
from dossiers.work import TaskKind
from payments import charges, matching
from register import documents, health, ledger, tasks, world
from register.models import Dossier
from signing import trays
from signing.models import Signer, SigningItem, Token
from signing.policy import appointments
from tests.support import money_kit, post_kit, signing_kit
from tests.support.dossier_kit import catalogue, dossier

NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
"""08:42 on a Monday in Vietnam."""
PASSWORD = "mot-cua-2026"
TOKEN = "t" * 40
AGENCY, CENTRE = "H49.12", "H49.61"

#: Each role: user name, full name, unit.
PEOPLE = {
    Role.OFFICIAL: ("hung", "Trần Quốc Hưng", AGENCY),
    Role.CLERK: ("hoa", "Vũ Thị Hòa", AGENCY),
    Role.FINANCE: ("hang", "Nguyễn Thu Hằng", AGENCY),
    Role.POST: ("tai", "Lương Văn Tài", CENTRE),
    Role.MANAGER: ("tuan", "Đặng Minh Tuấn", CENTRE),
}
#: The same role elsewhere: nothing of our Centre may be seen.
STRANGERS = {
    role: "H49.62" if unit == CENTRE else "H49.13" for role, (_u, _n, unit) in PEOPLE.items()
}


def this_morning() -> AbstractContextManager[world.World]:
    """Let the hub live on the morning of NOW."""
    return world.running_in(replace(world.current(), now=lambda: NOW))


def person(role: Role, *, unit: str = "", name: str = "") -> User:
    """Return the person who holds *role*, in *unit* another one; the units must be there."""
    username, full, home = PEOPLE[role]
    if unit and unit != home:
        username, full, home = f"{username}.{unit}", f"{full} {unit}", unit
    family, _blank, given = full.rpartition(" ")
    user, new = User.objects.get_or_create(
        username=name or username, defaults={"first_name": family, "last_name": given}
    )
    if new:
        user.password = _hashed()
        user.save()
    Membership.objects.get_or_create(user=user, role=role, unit_id=home)
    return user


@cache
def _hashed() -> str:
    """PASSWORD as it is kept; hashing is slow on purpose."""
    return make_password(PASSWORD)


def machine(unit: str = AGENCY) -> ApiClient:
    """Return the machine of a department; its token is TOKEN."""
    catalogue()
    client, _new = ApiClient.objects.get_or_create(
        code=f"sys-{unit}", defaults={"name": "Phần mềm", "token_sha256": token_hash(TOKEN + unit)}
    )
    client.units.add(unit)
    return client


def appoint() -> None:
    """Appoint the official and the clerk of the agency; their token is not plugged in."""
    signing_kit.authority().write(world.home() / "trust")
    token, _new = Token.objects.get_or_create(
        label="desk", defaults={"module": "/nowhere.so", "pin_file": "/nowhere.pin"}
    )
    for role, signing, title, picture in (
        (Role.OFFICIAL, SigningRole.OFFICIAL, signing_kit.TITLE, signing_kit.signature_png()),
        (Role.CLERK, SigningRole.SEAL, "", signing_kit.seal_png()),
    ):
        username, _full, unit = PEOPLE[role]
        der = signing_kit.authority().issue(username, signing_kit.rsa_key(username))
        signer, _new = Signer.objects.get_or_create(
            role=signing,
            person=username,
            unit_id=unit,
            defaults={
                "name": signing_kit.NAME if signing is SigningRole.OFFICIAL else "Sở Xây dựng",
                "title": title,
                "token": token,
                "key": "01",
                "certificate_der": der,
                "fingerprint": signing_kit.load(der).fingerprint,
                "picture": documents.put(picture, "image/png"),
                "valid_from": date(2025, 7, 1),
            },
        )
        appointments.enrol(signer, authority="01/QĐ", by="test")


def on_tray(number: int = 1, **changes: object) -> SigningItem:
    """Bring dossier *number* on the tray of the official whom :func:`appoint` appointed."""
    money_kit.account()
    pdf = signing_kit.result_pdf() + f"% {number}\n".encode()
    made = dossier(f"{CENTRE}-261123-{number:04d}", pdf=pdf, **changes)
    charges.open(made.code)
    item = trays.submit(made.code)
    if item is None:
        message = f"{made.code} did not come on the tray"
        raise AssertionError(message)
    return item


def to_seal(number: int) -> SigningItem:
    """Bring dossier *number* on the clerk's tray; its signature is only said, not made."""
    item = on_tray(number)
    signed = documents.get(item.document) + b"% signed\n"
    item.signed = documents.put(signed, "application/pdf")
    item.status = "signed"
    item.save()
    fact = facts.Signed(item.signed, item.document, "hung", item.signer.fingerprint)
    ledger.record(item.dossier_id, fact, by="hung")
    passed = trays.pass_to_clerk(item)
    if passed is None:
        message = "nobody may seal"
        raise AssertionError(message)
    return passed


@dataclass(frozen=True)
class Morning:
    """What the small Centre has."""

    tray: list[SigningItem]
    seal: list[SigningItem]
    parcels: list[str]
    manifest: Manifest


def morning() -> Morning:
    """Make everybody, and something for everybody to do."""
    catalogue()
    appoint()
    for role in Role:
        person(role)
    soon = (timedelta(hours=2), timedelta(hours=-4), timedelta(days=1), timedelta(days=5))
    tray = [on_tray(n, due_at=NOW + soon[n % 4]) for n in range(1, 5)]
    seal = [to_seal(n) for n in (11, 12)]
    _money(tray)
    listed = [post_kit.booked(n) for n in (21, 22)]
    made = manifests.close(post_kit.office(), "vnpost", NOW.date(), by="tai")
    waiting = [post_kit.booked(n) for n in (23, 24)]
    _weather(tray[0].dossier_id)
    codes = [shipment.dossier_id for shipment in (*listed, *waiting)]
    return Morning(tray, seal, codes, made)


def book(code: str, number: int) -> None:
    """Book the parcel of *code*."""
    post_kit.office()
    shipment = shipments.prepare(code)
    shipments.booked(shipment, Booking(shipment.reference, post_kit.item(number)))


def _money(tray: list[SigningItem]) -> None:
    references = [Dossier.objects.get(pk=item.dossier_id).state["charge"] for item in tray]
    money_kit.take(
        money_kit.Line(75_000, f"NGUYEN VAN AN {references[0]} NOP LE PHI", "FT1"),
        money_kit.Line(100_000, f"{references[1]} NOP LE PHI", "FT2"),
        money_kit.Line(50_000, "nop tien", "FT3"),
        money_kit.Line(75_000, f"{references[2]}", "FT4"),
    )
    matching.run()


def _weather(code: str) -> None:
    health.worked("platform")
    health.worked("vnpost")
    health.failed("vnpost", "unsure", "no answer within 10 s")
    health.failed("soap", "unavailable", "connection refused")
    tasks.open(TaskKind.BOOKING_REFUSED, Role.POST, dossier=code)
    tasks.open(TaskKind.FORGED_CALLBACK, Role.FINANCE, subject="platform 2026-11-23", unit=AGENCY)
