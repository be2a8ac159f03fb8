"""
What a hub has before its first dossier: agencies, an account, post offices, people, signers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from PIL import Image

from config import catalogue
from connectors import Connector
from desk.models import Membership
from dispatch.models import Office
from dossiers.roles import Role
from dossiers.signing_status import SigningRole
from payments.models import Account
from proving.growth.fill import CARRIER, CENTRE, CLERK, GATEWAY, OFFICES, OFFICIAL, UNITS
from register import documents, tasks, world
from register.models import Procedure
from scheduler import connections, sweeps
from scheduler.connections import Connections
from signing.models import Signer, Token
from signing.policy import appointments

MANAGER: Final = "manager"
ACCOUNT: Final = "1017595600"

__all__ = ["CARRIER", "CENTRE", "CLERK", "GATEWAY", "OFFICES", "OFFICIAL", "UNITS"]


def make() -> None:
    """Make the tables and everything that stands before the first dossier."""
    call_command("migrate", verbosity=0, skip_checks=True)
    sweeps.partitions()
    catalogue.load()
    with transaction.atomic():
        _post_offices()
        _people()
    Account.objects.create(
        number=ACCOUNT, bank="soap_bank", bin="970436", name="Kho bạc", unit_id=CENTRE
    )


def _post_offices() -> None:
    for code in OFFICES:
        Office.objects.create(
            code=code, name=code, unit_id=CENTRE, carrier=CARRIER, sender_address="Hồng Gai"
        )


def _people() -> None:
    token = Token.objects.create(label="growth", module="/nowhere", pin_file="/nowhere")
    keys = {SigningRole.OFFICIAL: _certificate(), SigningRole.SEAL: _certificate()}
    _trust(keys.values())
    picture = documents.put(_picture(), "image/png")
    for unit in UNITS:
        for role, person in ((SigningRole.OFFICIAL, OFFICIAL), (SigningRole.SEAL, CLERK)):
            der = keys[role]
            signer = Signer.objects.create(
                role=role,
                person=person,
                unit_id=unit,
                name=person,
                token=token,
                key="01",
                certificate_der=der,
                fingerprint=hashes_of(der),
                picture=picture,
                valid_from=date(2025, 7, 1),
            )
            appointments.enrol(signer, authority="01/QĐ", by="growth")
            user(person, Role.OFFICIAL if role is SigningRole.OFFICIAL else Role.CLERK, unit)
    user(MANAGER, Role.MANAGER, tasks.PROVINCE)


def user(name: str, role: Role | None = None, unit: str = "") -> User:
    """Return the person called *name*, with *role* in *unit* if it is told."""
    found, _new = User.objects.get_or_create(username=name)
    if role:
        Membership.objects.get_or_create(user=found, role=role, unit_id=unit)
    return found


def _picture() -> bytes:
    """Return the smallest picture that has a shape."""
    out = BytesIO()
    Image.new("RGBA", (2, 1)).save(out, "PNG")
    return out.getvalue()


def _trust(certificates: Iterable[bytes]) -> None:
    """Trust each of *certificates*, which were signed by themselves."""
    folder = world.home() / "trust"
    folder.mkdir(parents=True, exist_ok=True)
    for number, der in enumerate(certificates):
        pem = x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
        (folder / f"{number}.pem").write_bytes(pem)


def hashes_of(der: bytes) -> str:
    """Return the fingerprint of a certificate."""
    return x509.load_der_x509_certificate(der).fingerprint(hashes.SHA256()).hex()


def _certificate() -> bytes:
    """Return a certificate that holds today; nothing is signed with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Growth")])
    now = world.now()
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.DER)


def procedure(unit: str) -> str:
    """Return the code of a procedure that *unit* decides and that costs something."""
    return next(
        row.code for row in Procedure.objects.filter(unit=unit).order_by("code") if row.fees
    )


def connect(makers: Mapping[str, type[Connector]]) -> None:
    """Connect the hub with *makers*, which need neither network nor settings."""
    made = {code: maker(None, None) for code, maker in makers.items()}  # type: ignore[arg-type]
    connections.install(lambda: Connections(made))
