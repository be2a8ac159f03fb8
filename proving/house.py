"""
The house that every simulated day is played in: database, people, tokens and papers that stay.

:func:`build` makes it once in a folder; a :class:`House` is one process's own copy of it, put
back in order before each day.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.db import connections
from fpdf import FPDF

from config import catalogue
from config.demo import setting
from config.postgres import NAME
from connectors import Connector
from dispatch.models import Office
from dossiers.signing_status import SigningRole
from payments.models import Account
from register import fonts, world
from register.models import Unit
from sandbox import images, keys, people
from sandbox.authority import Authority
from sandbox.world import ACCOUNTS, BIN
from signing.certificates import Certificate
from signing.models import Signer, Token
from signing.policy import appointments, pictures

EPOCH = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""Every day begins here: a Monday, 7 o'clock in Vietnam."""
NOON = EPOCH + timedelta(hours=5)
AGENCIES = ("H49.21", "H49.22")
CENTRE = setting.CENTRE
URL = "http://parties.test"
"""Where the connectors believe the other side to be."""
CODE_IN_PAPER = "H49.61.21-000000-0000"
"""What a paper says where its dossier's code belongs; of the same length as any code."""

#: Tables whose rows stay from day to day; everything else is what a day left behind.
STAYING = ("django_", "auth_", "hub_register_unit", "hub_register_procedure", "hub_desk_")
DOCUMENTS = "hub_register_document"
"""Pictures of signatures and seals stay, results go."""
KEPT = (
    *("hub_signing_appointment", "hub_signing_delegation", "hub_signing_sealcustody"),
    *("hub_signing_signer", "hub_signing_token", "hub_payments_account", "hub_dispatch_office"),
)


def build(base: Path) -> None:
    """Make tables, people, tokens and papers, in *base* and in the database of the environment."""
    with world.running_in(world.World(now=lambda: EPOCH, home=base / "home")):
        setting.make_tables()
        catalogue.load()
        _appoint(Authority(base / "authority", f"{URL}/ca", people.holders(), at=EPOCH), base)
        _accounts()
    for name in ("bank", "hub"):
        _pair(base, name)
    (base / "paper.pdf").write_bytes(_paper())
    connections.close_all()


class House:
    """One process's house: :meth:`tidy` before each day."""

    def __init__(self, base: Path, address: str, home: Path) -> None:
        """Live at database *address*, with what :func:`build` left in *base*; files in *home*."""
        self._base, self.home = base, home
        self.soap_bank: Connector | None = None
        """The connector to the bank, made by the first day that needs it."""
        # The superuser's own session: it sees all units and is never killed with the actors'.
        self.sql = psycopg.connect(
            address.replace(f"//{NAME}@", "//postgres@"), autocommit=True, prepare_threshold=1
        )
        for statement in ("SET enable_seqscan = off", "SET session_replication_role = replica"):
            self.sql.execute(statement)
        self.sql.execute("ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER")
        self._sweep = "; ".join(self._sweeping())
        self._kept: dict[str, str] = {}
        self.paper = (base / "paper.pdf").read_bytes()
        self.authority = Authority(base / "authority", f"{URL}/ca", people.holders(), at=EPOCH)

    def keep(self, name: str) -> None:
        """Remember rows and files as they are now, under *name*, for :meth:`tidy`."""
        self._kept[name] = "; ".join([self._sweep, *self._keeping(name)])
        kept = self.home.with_name(f"{self.home.name}-{name}")
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.home, kept)

    def tidy(self, *, certificates_end_at_noon: bool = False, kept: str = "") -> None:
        """Put the house in the order in which every day begins, or as it was *kept*."""
        self.sql.execute(self._kept[kept] if kept else self._sweep)
        before = self.home.with_name(f"{self.home.name}-{kept}") if kept else self._base / "home"
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(before, self.home)
        if certificates_end_at_noon:
            for label in self.holders:
                self.sql.execute(
                    "UPDATE hub_signing_signer SET certificate_der = %s, fingerprint = %s"
                    " WHERE token_id = %s",
                    [*self._short[label], label],
                )

    def paper_of(self, code: str) -> bytes:
        """Return the finished result of dossier *code*."""
        return self.paper.replace(CODE_IN_PAPER.encode(), code.encode())

    @cached_property
    def holders(self) -> list[str]:
        """The labels of the tokens of our agencies."""
        return [one.label for one in people.holders() if one.agency.code in AGENCIES]

    @cached_property
    def keys(self) -> dict[str, RSAPrivateKey]:
        """The private keys by token."""
        return {
            label: keys.load(self.authority.key_file(label).read_bytes()) for label in self.holders
        }

    def pair(self, name: str) -> tuple[RSAPrivateKey, x509.Certificate]:
        """Return the key of party *name* and the certificate that it signed for itself."""
        return _pair(self._base, name)

    @cached_property
    def _short(self) -> dict[str, tuple[bytes, str]]:
        """DER and fingerprint of certificates like the holders' own that end at noon."""
        issuing = keys.load(self.authority.key_file("issuing").read_bytes())
        made = {}
        for label in self.holders:
            long = _certificate(self.authority, label)
            builder = x509.CertificateBuilder(
                issuer_name=long.issuer,
                subject_name=long.subject,
                public_key=long.public_key(),
                serial_number=long.serial_number + 1,
                not_valid_before=long.not_valid_before_utc,
                not_valid_after=NOON,
                extensions=list(long.extensions),
            )
            der = builder.sign(issuing, hashes.SHA256()).public_bytes(_DER)
            made[label] = (der, Certificate(der).fingerprint)
        return made

    def _keeping(self, name: str) -> Iterator[str]:
        """Copy every row that a day has made to schema *name*; give what brings them back."""
        self.sql.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')
        self.sql.execute(f'CREATE SCHEMA "{name}"')
        for table in self._tables():
            if not self.sql.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():
                continue
            self.sql.execute(f'CREATE TABLE "{name}"."{table}" AS TABLE "{table}"')
            if table in KEPT or table == DOCUMENTS:
                yield f'DELETE FROM "{table}"'
            yield f'INSERT INTO "{table}" OVERRIDING SYSTEM VALUE SELECT * FROM "{name}"."{table}"'
        for sequence in self._sequences():
            query = f'SELECT last_value, is_called FROM "{sequence}"'
            for last, called in self.sql.execute(query).fetchall():
                yield f"SELECT setval('{sequence}', {last}, {called})"

    def _sweeping(self) -> Iterator[str]:
        """Give the statements that remove what a day leaves behind."""
        for table in self._tables():
            if table in KEPT:
                yield from self._restoring(table)
            elif table != DOCUMENTS:
                yield f'DELETE FROM "{table}"'
        yield f"DELETE FROM {DOCUMENTS} WHERE stored_at > '{EPOCH.isoformat()}'"
        for sequence in self._sequences():
            yield f"SELECT setval('{sequence}', 1000)"

    def _tables(self) -> list[str]:
        """Return the tables that a day may write to."""
        rows = self.sql.execute(
            "SELECT tablename FROM pg_tables t WHERE schemaname = 'public' AND NOT EXISTS"
            " (SELECT FROM pg_inherits i WHERE i.inhrelid = ('public.' || t.tablename)::regclass)"
            " ORDER BY 1"
        ).fetchall()
        return [table for (table,) in rows if not table.startswith(STAYING)]

    def _sequences(self) -> list[str]:
        rows = self.sql.execute(
            "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return [name for (name,) in rows if not name.startswith(STAYING)]

    def _restoring(self, table: str) -> Iterator[str]:
        """Give the statements that make *table* what it is now."""
        self.sql.execute("CREATE SCHEMA IF NOT EXISTS kept")
        self.sql.execute(f'CREATE TABLE IF NOT EXISTS kept."{table}" AS TABLE "{table}"')
        yield f'DELETE FROM "{table}"'
        yield f'INSERT INTO "{table}" SELECT * FROM kept."{table}"'


_DER = serialization.Encoding.DER


def _pair(base: Path, name: str) -> tuple[RSAPrivateKey, x509.Certificate]:
    key = keys.private(base / "secrets" / f"{name}.key")
    return key, keys.self_signed(base / "secrets" / f"{name}.crt", key, name, EPOCH)


def _certificate(authority: Authority, label: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(authority.certificate_file(label).read_bytes())


def _appoint(authority: Authority, base: Path) -> None:
    """Register tokens and appointments of the officials and seals of our agencies."""
    for holder in people.holders():
        if holder.agency.code not in AGENCIES:
            continue
        seal = holder.kind == "seal"
        signing_role = SigningRole.SEAL if seal else SigningRole.OFFICIAL
        width = images.width_mm(holder)
        token = Token.objects.create(label=holder.label, module="memory", pin_file="memory")
        certificate = Certificate(_certificate(authority, holder.label).public_bytes(_DER))
        signer = Signer.objects.create(
            role=signing_role,
            person=f"{'vt' if seal else 'cb'}-{holder.label}",
            unit_id=holder.agency.code,
            name=OFFICIAL_NAME,
            title=OFFICIAL_TITLE,
            token=token,
            key="01",
            certificate_der=certificate.der,
            fingerprint=certificate.fingerprint,
            picture=pictures.keep(images.picture(holder), signing_role, diameter=width),
            diameter=width,
            valid_from=date(2026, 1, 1),
        )
        appointments.enrol(signer, authority="01/QĐ-2026", by="house")
    trust = base / "home" / "trust"
    trust.mkdir(parents=True, exist_ok=True)
    for label in ("root", "issuing"):
        pem = authority.certificate_file(label).read_bytes()
        (trust / f"{label}.pem").write_bytes(pem)


def _accounts() -> None:
    ours = ACCOUNTS[0]
    Account.objects.create(
        number=ours.number, bank="soap_bank", bin=BIN, name=ours.name, unit_id=CENTRE
    )
    Office.objects.create(
        code="200000",
        name="Bưu cục trung tâm Hạ Long",
        unit=Unit.objects.get(pk=CENTRE),
        carrier="vnpost",
        sender_address="Đường 25 Tháng 4, phường Hồng Gai, tỉnh Quảng Ninh",
        cut_offs=["10:00", "16:00"],
    )


OFFICIAL_TITLE, OFFICIAL_NAME = "CHỦ TỊCH", "Nguyễn Thị Hồng Gấm"


def _paper() -> bytes:
    """Return a small result, uncompressed, so that a code can be written over another."""
    pdf = FPDF()
    pdf.set_compression(False)
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text=CODE_IN_PAPER)
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.set_font("serif", size=13)
    for y, text in ((200, OFFICIAL_TITLE), (232, OFFICIAL_NAME)):
        pdf.set_xy(110, y)
        pdf.cell(80, 7, text, align="C")
    return bytes(pdf.output())
