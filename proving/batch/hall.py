"""
An agency with one official, whose token holds a real key, and results on the official's tray.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from config.demo import setting
from dossiers import facts
from dossiers.personal import Address, IdNumber, Name, Phone
from dossiers.signing_status import SigningRole
from register import documents, intake, ledger, world
from register.models import Procedure
from signing import batches, trays
from signing.bench.stage import KEY, LABEL, MODULE, Stage, document, seal_png
from signing.models import Batch, Signer, SigningItem, Token
from signing.policy import appointments, confirmations

OFFICIAL, CLERK = "hung", "lan"
AGENCY, CENTRE = "H49.21", setting.CENTRE
OWNER = intake.Owner(
    Name("Nguyễn Văn An"),
    Phone("0912345678"),
    IdNumber("099123456789"),
    Address("12 Trần Phú"),
    "06685",
)


def build(home: Path, size: int) -> Batch:
    """Make tables, people and *size* results, and queue them in one batch."""
    setting.make_tables()
    folder = home / "stage"
    folder.mkdir()
    stage = Stage.built(folder, "rsa")
    shutil.copytree(stage.trust, home / "trust")
    _people(stage)
    pdf = document()
    procedure = Procedure.objects.filter(unit_id=AGENCY).order_by("code")[0].code
    items = [_on_tray(procedure, number, pdf) for number in range(1, size + 1)]
    return batches.open(items, person=OFFICIAL, role=SigningRole.OFFICIAL)


def _people(stage: Stage) -> None:
    """Appoint the official and the clerk; one token is enough, only the official signs."""
    token = Token.objects.create(
        label=LABEL, module=str(MODULE), pin_file=str(stage.pin), environment=stage.environment
    )
    picture = documents.put(seal_png(), "image/png")
    for role, person in ((SigningRole.OFFICIAL, OFFICIAL), (SigningRole.SEAL, CLERK)):
        signer = Signer.objects.create(
            role=role,
            person=person,
            unit_id=AGENCY,
            name="Nguyễn Thị Hồng Gấm",
            title="CHỦ TỊCH",
            token=token,
            key=KEY,
            certificate_der=stage.certificate.der,
            fingerprint=stage.certificate.fingerprint,
            picture=picture,
            valid_from=world.today() - timedelta(days=1),
        )
        appointments.enrol(signer, authority="01/QĐ", by="bench")


def _on_tray(procedure: str, number: int, pdf: bytes) -> SigningItem:
    code = f"{CENTRE}-261123-{number:04d}"
    handed = intake.Handed(
        code=code, procedure=procedure, unit=AGENCY, centre=CENTRE, delivery="post",
        due_at=world.now() + timedelta(days=1), owner=OWNER,
    )  # fmt: skip
    intake.receive(handed, pdf, client="bench", key=code)
    ledger.record(code, facts.Charged(f"QN{number:010d}", 75_000, "transfer"), by="bench")
    item = trays.submit(code)
    assert item
    confirmations.seen(OFFICIAL, item.document)
    return item
