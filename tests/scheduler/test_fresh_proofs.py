"""Signers' certificates are asked after ahead of time, where unknown revocation signs nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from werkzeug.wrappers import Response

from connectors import Unavailable
from dossiers.signing_status import SigningRole
from dossiers.work import TaskKind
from register import world
from register.models import Task
from scheduler import fresh_proofs
from signing.levels import proofs
from signing.models import Proof, Signer, Token
from signing.verification import trusting
from tests.support import dossier_kit, level_kit
from tests.support import signing_kit as kit
from tests.support.level_kit import OFFICIAL, Hub, Others

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Others]:
    """The sandbox's authority on loopback."""
    with level_kit.others(tmp_path_factory.mktemp("authority")) as there:
        yield there


@pytest.fixture(scope="module")
def two(running: Others) -> kit.Two:
    """A result signed and sealed with its certificates."""
    return level_kit.result(running)


@pytest.fixture
def hub(running: Others, two: kit.Two, tmp_path: Path) -> Iterator[Hub]:
    """A hub with signed trust and one signer in force."""
    with level_kit.working(running, two, tmp_path) as made:
        folder = tmp_path / "trust"
        (folder / "official").mkdir()
        for file in folder.glob("*.pem"):
            shutil.move(file, folder / "official" / file.name)
        public = trusting.make_key(tmp_path / "key.pem")
        trusting.sign(folder, tmp_path / "key.pem")
        shutil.copy(public, tmp_path / trusting.KEY)
        _appoint(running)
        yield made


def _appoint(there: Others) -> Signer:
    dossier_kit.catalogue()
    certificate = there.certificate(OFFICIAL)
    token = Token.objects.create(label="canbo", module="/nowhere.so", pin_file="/nowhere")
    return Signer.objects.create(
        role=SigningRole.OFFICIAL,
        person="hung",
        unit_id="H49.12",
        name="Nguyễn Văn Hùng",
        token=token,
        key="01",
        certificate_der=certificate.der,
        chain_der=[there.certificate("issuing").der.hex()],
        fingerprint=certificate.fingerprint,
        picture="0" * 64,
        valid_from=date(2020, 1, 1),
    )


def test_proofs_are_there_before_somebody_signs(hub: Hub) -> None:
    """One round asks after the signer; until the answer gets old nobody is asked again."""
    (mine,) = proofs.lacking()
    fresh_proofs.refresh_proof(mine)
    assert [] == proofs.lacking()
    asked = hub.there.count("ocsp")
    fresh_proofs.refresh_proof(mine)
    assert asked == hub.there.count("ocsp")
    hub.later(Proof.objects.get(pk=mine).next_update - world.now() - timedelta(seconds=1))
    assert [mine] == proofs.lacking()


def test_silence_is_the_engine_s(hub: Hub) -> None:
    """A responder that is away leaves the job to be repeated, and no proof."""
    (mine,) = proofs.lacking()
    for place in ("/ocsp/", "/crls/"):
        hub.there.answers[place] = Response(status=503)
    with pytest.raises(Unavailable):
        fresh_proofs.refresh_proof(mine)
    assert [mine] == proofs.lacking()


def test_a_revoked_signer_is_told_of(hub: Hub, running: Others) -> None:
    """A manager gets the task before the next signature is refused."""
    (mine,) = proofs.lacking()
    mine_is = hub.there.ocsp(OFFICIAL, "revoked", by="ocsp-issuing", at=hub.now)
    hub.there.answers["/ocsp/issuing"] = Response(mine_is)
    fresh_proofs.refresh_proof(mine)
    assert Task.objects.filter(kind=TaskKind.CERTIFICATE_REVOKED, subject=mine).exists()


def test_a_plain_trust_folder_asks_for_nothing(hub: Hub) -> None:
    """Training and tests have no responders; no check wants them there."""
    (hub.home / trusting.KEY).unlink()
    for name in (trusting.MANIFEST, trusting.SIGNATURE):
        (hub.home / "trust" / name).unlink()
    shutil.move(hub.home / "trust" / "official", hub.home / "trust" / "plain")
    assert [] == proofs.lacking()
