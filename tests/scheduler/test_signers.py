"""A batch whose key lies at a remote service: one list, one confirmation, killed anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection

from connectors import Unavailable, Unsure
from connectors.http import client
from connectors.signers import RemoteSigner
from connectors.signers.mysign import MySign
from connectors.signers.smartca import SmartCA
from dossiers.remote import RemoteReason
from dossiers.signing_status import BatchStatus, ItemStatus, RoundStatus, SigningRole
from dossiers.work import TaskKind
from register import documents, world
from register.models import Intent, Task
from sandbox.faults import Faults, Plan
from sandbox.parties import mysign as mysign_party
from sandbox.parties import smartca as smartca_party
from sandbox.parties.vault import CONFIRMED, EXPIRED, REJECTED, Subscriber, Vault
from scheduler import connections, signers
from scheduler.connections import Connections
from signing import batches
from signing.models import Batch, RemoteRound, RemoteText, Signer, SigningItem, Token
from tests.support import signing_desk
from tests.support import signing_kit as kit
from tests.support.contract import SECRET
from tests.support.loopback import Switch, serve
from tests.support.signer_contract import CLIENT, USER

pytestmark = pytest.mark.django_db(transaction=True)


class DiedError(BaseException):
    """The worker was killed."""


@dataclass
class Afar:
    """The hub with an official whose key lies at a service, and the telephone."""

    vault: Vault
    switch: Switch
    signer: RemoteSigner
    now: datetime = kit.AT
    dies_at: str = ""
    die_after: int = 0

    def point(self, name: str) -> None:
        """Die at the point that the test wants."""
        if name == self.dies_at:
            self.die_after -= 1
            if self.die_after < 0:
                self.dies_at = ""
                raise DiedError(name)

    def items(self, count: int = 2) -> list[SigningItem]:
        """Put results on the tray and approve them at once."""
        items = [signing_desk.on_tray(number) for number in range(1, count + 1)]
        batches.open(items, person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)
        return items

    def work(self, times: int = 1) -> None:
        """Do the jobs that are asked for, as a worker does after any crash."""
        for _ in range(times):
            batches.drain("canbo")
            for waiting in RemoteRound.objects.all():
                signers.ask_signer(waiting.pk)

    def press(self, decision: str) -> None:
        """Press a button on the telephone for the newest list."""
        self.vault.decide(self.lists()[-1]["reference"], decision)

    def lists(self) -> list[dict[str, Any]]:
        """What reached the telephone."""
        found: list[dict[str, Any]] = self.vault.state()["lists"]
        return found


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> tuple[kit.SoftToken, kit.SoftToken]:
    """The official's and the agency's certificate."""
    official = kit.make_token(tmp_path_factory.mktemp("tokens"), "canbo")
    return official, kit.make_token(official.configuration.parent, "condau")


def subscriber(folder: Path, official: kit.SoftToken) -> Subscriber:
    """Return the official as the service knows them."""
    pem = kit.rsa_key("canbo").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    own = x509.load_der_x509_certificate(official.certificate.der).public_bytes(Encoding.PEM)
    (folder / "key.pem").write_bytes(pem)
    (folder / "own.pem").write_bytes(own)
    return Subscriber(USER.reveal(), folder / "key.pem", (folder / "own.pem",))


@pytest.fixture(params=["smartca"])
def afar(
    request: pytest.FixtureRequest, tokens: tuple[kit.SoftToken, kit.SoftToken], tmp_path: Path
) -> Iterator[Afar]:
    """A hub, connected with a service on loopback."""
    who = subscriber(tmp_path, tokens[0])
    vault = Vault(tmp_path / "vault.sqlite3", [who])
    faults = Faults(tmp_path / "faults.sqlite3", Plan())
    parties = {"smartca": smartca_party.SmartCA, "mysign": mysign_party.MySign}
    switch = Switch(parties[request.param](vault, faults, CLIENT, SECRET))
    kit.authority().write(tmp_path / "trust")
    with serve(switch) as url, client() as http:
        kinds: dict[str, Any] = {"smartca": SmartCA, "mysign": MySign}
        kind = kinds[request.param]
        signer = kind(http, kind.Settings(CLIENT, SECRET, url=url))
        made = Afar(vault, switch, signer)
        ours = replace(
            world.current(),
            home=tmp_path,
            now=lambda: made.now,
            point=made.point,
        )
        connections.install(lambda: Connections({kind.code: signer}))
        with world.running_in(ours):
            signing_desk.desk(*tokens)
            Token.objects.filter(pk="canbo").update(
                connector=kind.code, account_text=USER.reveal(), module="", pin_file=""
            )
            Signer.objects.filter(token="canbo").update(key=who.serial)
            yield made
    connections.install(Connections)


def statuses() -> list[str]:
    """How the official's items stand."""
    rows = SigningItem.objects.filter(role=SigningRole.OFFICIAL).order_by("sequence")
    return list(rows.values_list("status", flat=True))


def batch() -> Batch:
    """The one batch."""
    return Batch.objects.get(role=SigningRole.OFFICIAL)


def test_one_confirmation_signs_a_batch(afar: Afar, tmp_path: Path) -> None:
    """
    One list with the dossiers' codes; nothing waits meanwhile; then every file is signed.
    """
    items = afar.items(3)
    afar.work()

    assert [3] == [one["hashes"] for one in afar.lists()]
    assert [ItemStatus.QUEUED] * 3 == statuses()
    afar.work()
    assert [RoundStatus.STARTED] == list(RemoteRound.objects.values_list("status", flat=True))

    afar.press(CONFIRMED)
    afar.work(2)

    assert [ItemStatus.SIGNED] * 3 == statuses()
    assert BatchStatus.DONE == batch().status
    assert not RemoteText.objects.exists()
    for item in items:
        item.refresh_from_db()
        assert ["Signature is Valid."] == kit.pdfsig(documents.get(item.signed), tmp_path)
    assert 1 == len(afar.lists())


@pytest.mark.parametrize(
    ("place", "after"),
    [
        ("intent sign", 1),
        ("round kept", 0),
        ("intent confirm", 0),
        ("claimed confirm", 0),
        ("called smartca", 0),
        ("called smartca", 1),
        ("round started", 0),
        ("token signed", 0),
        ("document stored", 1),
        ("signature kept", 0),
        ("signature kept", 1),
        ("round signed", 0),
    ],
)
def test_killed_anywhere_it_goes_on(afar: Afar, place: str, after: int) -> None:
    """
    One list rings once, each file is signed once, whatever was interrupted.
    """
    afar.items(2)
    afar.dies_at, afar.die_after = place, after
    for _ in range(8):
        if afar.lists():
            afar.press(CONFIRMED)
        try:
            afar.work()
        except DiedError:
            # A dead worker's session ends, and with it lease and locks.
            Intent.objects.update(leased_until=None)
            connection.close()

    assert [ItemStatus.SIGNED] * 2 == statuses()
    assert BatchStatus.DONE == batch().status
    assert 1 == len(afar.lists())


def test_a_lost_beginning_is_asked_for_not_repeated(afar: Afar) -> None:
    """
    The service has the list and its answer was lost: the telephone does not ring again.
    """
    afar.items(1)
    afar.switch.fault, afar.switch.at = "hangs up", "/v1/signatures/sign"
    with pytest.raises(Unsure):
        afar.work()
    afar.switch.fault = ""
    afar.work()
    afar.press(CONFIRMED)
    afar.work(2)

    assert [ItemStatus.SIGNED] == statuses()
    assert 1 == len(afar.lists())


@pytest.mark.parametrize("afar", ["mysign"], indirect=True)
def test_without_a_look_up_the_signer_begins_anew(afar: Afar) -> None:
    """
    MySign cannot be asked by our reference: refused as unknown, and under a new one by a person.
    """
    afar.items(1)
    afar.switch.fault, afar.switch.at = "hangs up", "/signHash"
    with pytest.raises(Unsure):
        afar.work()
    afar.switch.fault = ""
    afar.work()

    assert [RemoteReason.UNKNOWN] == list(RemoteRound.objects.values_list("reason", flat=True))
    assert BatchStatus.STOPPED == batch().status
    batches.go_on("canbo", person=signing_desk.OFFICIAL)
    afar.work()
    afar.press(CONFIRMED)
    afar.work(2)
    assert [ItemStatus.SIGNED] == statuses()
    assert ["PK-261123-001-R1", "PK-261123-001-R2"] == sorted(
        RemoteRound.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("decision", "reason"),
    [(REJECTED, RemoteReason.CANCELLED), (EXPIRED, RemoteReason.EXPIRED)],
)
def test_a_no_stops_the_batch_and_is_told(afar: Afar, decision: str, reason: RemoteReason) -> None:
    """
    The reason is named on the official's list; what was queued waits for a new beginning.
    """
    afar.items(2)
    afar.work()
    afar.press(decision)
    afar.work(2)

    (task,) = Task.objects.filter(kind=TaskKind.SIGNING_REFUSED, closed_at=None)
    assert reason == task.detail["reason"]
    assert (BatchStatus.STOPPED, [ItemStatus.QUEUED] * 2) == (batch().status, statuses())
    batches.go_on("canbo", person=signing_desk.OFFICIAL)
    assert not Task.objects.filter(kind=TaskKind.SIGNING_REFUSED, closed_at=None).exists()
    afar.work()
    assert 2 == len(afar.lists())


def test_nobody_waits_for_ever(afar: Afar) -> None:
    """
    A list that the service keeps calling open is given up after twice its time.
    """
    afar.items(1)
    afar.work()
    afar.now += 2 * afar.signer.within
    afar.work()
    assert BatchStatus.OPEN == batch().status
    afar.now += timedelta(seconds=1)
    afar.work()

    assert [RemoteReason.EXPIRED] == list(RemoteRound.objects.values_list("reason", flat=True))


def test_another_certificate_rings_no_telephone(
    afar: Afar, tokens: tuple[kit.SoftToken, kit.SoftToken]
) -> None:
    """
    The service has renewed the certificate; the registered one would not fit the signature.
    """
    other = x509.load_der_x509_certificate(tokens[1].certificate.der)
    (who,) = afar.vault.subscribers.values()
    who.chain[0].write_bytes(other.public_bytes(Encoding.PEM))
    afar.items(1)
    afar.work()

    assert [RemoteReason.CERTIFICATE] == list(RemoteRound.objects.values_list("reason", flat=True))
    assert [] == afar.lists()


def test_signatures_by_another_key_are_put_into_no_file(afar: Afar) -> None:
    """
    Checked before the first is embedded: the whole list is refused.
    """
    afar.items(2)
    afar.work()
    (who,) = afar.vault.subscribers.values()
    stranger = kit.rsa_key("stranger")
    who.key_file.write_bytes(
        stranger.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    afar.press(CONFIRMED)
    afar.work()

    assert [RemoteReason.CERTIFICATE] == list(RemoteRound.objects.values_list("reason", flat=True))
    assert [ItemStatus.QUEUED] * 2 == statuses()


def test_a_service_that_is_away_changes_nothing(afar: Afar) -> None:
    """
    Unavailable goes to the engine; the list waits, unsent.
    """
    afar.items(1)
    afar.switch.fault, afar.switch.at = "busy", "/sign"
    with pytest.raises(Unavailable):
        afar.work()
    afar.switch.fault = ""
    afar.work()

    assert 1 == len(afar.lists())


def test_the_clock_asks_about_what_waits(afar: Afar) -> None:
    """
    Each open list is asked about by one job, and not again at once.
    """
    afar.items(1)
    afar.work()

    def asked() -> int:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
            signers.ask_signers()
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'ask_signer'")
            return int(cursor.fetchone()[0])

    assert [1, 0] == [asked(), asked()]
    afar.now += signers.AGAIN
    assert 1 == asked()


def test_nothing_personal_or_secret_is_kept(afar: Afar) -> None:
    """
    Neither the subscriber's number nor the password stands in an intent or a task.
    """
    afar.items(1)
    afar.work()
    afar.press(REJECTED)
    afar.work()

    kept = [str(row) for row in Intent.objects.values("request", "answer")]
    kept += [str(row) for row in Task.objects.values("detail")]
    assert not [text for text in kept if USER.reveal() in text or SECRET in text]
    assert "***" == str(Token.objects.get(pk="canbo").account)
