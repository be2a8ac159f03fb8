"""
The stage: what an operator would set up, done from the sandbox's letter.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction

from config import catalogue, migrating
from desk.models import ApiClient, Membership, token_hash
from dispatch.models import Office
from dossiers.roles import Role
from dossiers.signing_status import SigningRole
from payments.models import Account
from register import tasks
from register.models import Unit
from scheduler import sweeps
from signing.certificates import load
from signing.devices.tokens import Tokens
from signing.models import Signer, Token
from signing.policy import appointments, pictures

CENTRE = "H49.61"
PASSWORD = "demo"  # noqa: S105 - printed on the screen; it opens nothing but made-up data
SINCE = date(2026, 1, 1)
AUTHORITY = "01/QĐ-2026"
"""Number of the made-up decision by which everybody is appointed."""

#: Who works at the Centre beside the officials and clerks of the agencies.
PEOPLE = (
    ("ketoan", "Nguyễn Thu Hằng", Role.FINANCE),
    ("buucuc", "Hoàng Văn Minh", Role.POST),
    ("quanly", "Phạm Thị Thu", Role.MANAGER),
)

#: How much quicker the demo's clock fires than a real installation's.
SCHEDULES = {
    "ask_pending": 5.0,
    "fetch_statements": 5.0,
    "track": 3.0,
    "sweep": 10.0,
    "complete_stamps": 2.0,
}


def operators_file(letter: Mapping[str, Any], schedules: Mapping[str, float] = SCHEDULES) -> str:
    """Return the ``motcua.toml`` that connects the hub with the sandbox of this *letter*."""
    platform, bank, post = letter["platform"], letter["bank"], letter["vnpost"]
    account = bank["accounts"][0]
    tables: dict[str, Mapping[str, Any]] = {
        "connectors.platform": {
            "url": platform["url"],
            "partner": platform["partner"],
            "secret": {"file": platform["secret_file"]},
            "unit": CENTRE,
            "account": account["number"],
            "account_name": account["name"],
            "timeout": 2,
        },
        "connectors.soap_bank": {
            "url": bank["url"],
            "certificate": {"file": bank["client_certificate"]},
            "bank_certificate": {"file": bank["certificate"]},
            "key": {"file": bank["client_key"]},
            "timeout": 5,
        },
        "connectors.vnpost": {
            "url": post["url"],
            "consumer_key": post["consumer_key"],
            "consumer_secret": {"file": post["consumer_secret_file"]},
            "customer": post["customer_code"],
            "sender_name": "Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh",
            "sender_phone": "02033000000",
            "sender_address": "Đường 25 Tháng 4, phường Hồng Gai, tỉnh Quảng Ninh",
            "timeout": 2,
        },
        "connectors.rfc3161": {"url": letter["authority"]["tsa"], "timeout": 10},
        "connectors.ocsp": {"timeout": 5},
        "connectors.crl": {"timeout": 5},
        **{f"schedules.{job}": {"seconds": seconds} for job, seconds in schedules.items()},
        # The day is played whenever somebody wants to see it; its postal worker comes when asked.
        "schedules.cut_offs": {"off": True},
    }
    return "\n".join(_table(name, values) for name, values in tables.items())


def _table(name: str, values: Mapping[str, Any]) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in values.items()]
    return "\n".join([f"[{name}]", *lines, ""])


def _toml(value: Any) -> str:
    """A TOML value; its basic strings are JSON's."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inner} }}"
    return json.dumps(value, ensure_ascii=False)


def make_tables() -> None:
    """Make the tables and the catalogue; as often as wanted."""
    migrating.migrate()
    sweeps.partitions()
    catalogue.load()


def prepare(letter: Mapping[str, Any], home: Path, api_token: str) -> None:
    """Make people, tokens and accounts; as often as wanted."""
    with transaction.atomic():
        _staff()
        _signers(letter["tokens"])
        _accounts(letter["bank"]["accounts"])
        _offices()
        client, _new = ApiClient.objects.update_or_create(
            code="so-nganh",
            defaults={"name": "Phần mềm các sở, ngành", "token_sha256": token_hash(api_token)},
        )
        client.units.set(Unit.objects.filter(pk=tasks.PROVINCE))
    _trust(letter["authority"], home / "trust")


def person(username: str, name: str, role: Role, unit: str) -> None:
    """Make one person with one role; the password is the same for all, and so is its hash."""
    user, _new = User.objects.get_or_create(
        username=username, defaults={"first_name": name, "password": _password()}
    )
    Membership.objects.get_or_create(user=user, role=role, unit_id=unit)


@cache
def _password() -> str:
    return make_password(PASSWORD)


def _staff() -> None:
    for username, name, role in PEOPLE:
        person(username, name, role, tasks.PROVINCE if role is Role.MANAGER else CENTRE)


def _signers(told: Mapping[str, Any]) -> None:
    """Appoint each agency's official and clerk to what is on their tokens."""
    with Tokens(Path(told["module"]), environment=told["environment"]) as tokens:
        found = {one.token: one for one in tokens.certificates()}
    for row in told["tokens"]:
        label, seal = row["label"], row["kind"] == "seal"
        token, _new = Token.objects.get_or_create(
            label=label,
            defaults={
                "module": told["module"],
                "pin_file": row["pin_file"],
                "environment": told["environment"],
            },
        )
        username = label.replace("dau-", "vt-") if seal else label
        name = f"Văn thư {row['unit_name']}" if seal else row["name"]
        person(username, name[:150], Role.CLERK if seal else Role.OFFICIAL, row["unit"])
        certificate = load(found[label].der)
        signing_role = SigningRole.SEAL if seal else SigningRole.OFFICIAL
        png = Path(row["picture"]).read_bytes()
        signer, _new = Signer.objects.get_or_create(
            role=signing_role,
            person=username,
            unit_id=row["unit"],
            fingerprint=certificate.fingerprint,
            defaults={
                "name": row["name"],
                "title": "\n".join(row["title"]),
                "token": token,
                "key": found[label].key,
                "certificate_der": found[label].der,
                "picture": pictures.keep(png, signing_role, diameter=row["width_mm"]),
                "diameter": row["width_mm"],
                "valid_from": SINCE,
            },
        )
        appointments.enrol(signer, authority=AUTHORITY, by="demo")


def _accounts(told: list[Mapping[str, Any]]) -> None:
    for row in told[:1]:
        Account.objects.get_or_create(
            number=row["number"],
            defaults={
                "bank": "soap_bank",
                "bin": row["bin"],
                "name": row["name"],
                "unit_id": CENTRE,
            },
        )


def _offices() -> None:
    Office.objects.get_or_create(
        code="200000",
        defaults={
            "name": "Bưu cục trung tâm Hạ Long",
            "unit": Unit.objects.get(pk=CENTRE),
            "carrier": "vnpost",
            "sender_address": "Đường 25 Tháng 4, phường Hồng Gai, tỉnh Quảng Ninh",
            "cut_offs": ["10:00", "16:00"],
        },
    )


def _trust(told: Mapping[str, Any], folder: Path) -> None:
    """Trust the sandbox's authorities, as an operator would put in the official ones."""
    folder.mkdir(exist_ok=True)
    for file in [*told["roots"], *told["intermediates"]]:
        source = Path(file)
        pem = x509.load_pem_x509_certificate(source.read_bytes()).public_bytes(Encoding.PEM)
        draft = folder / f".{source.name}"
        draft.write_bytes(pem)
        shutil.move(draft, folder / f"{source.stem}.pem")
