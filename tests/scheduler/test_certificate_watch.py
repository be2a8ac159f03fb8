"""The certificate watch: one task for each certificate that ends, gone when it is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509

from connectors.stamps.rfc3161 import Rfc3161
from dossiers.signing_status import SigningRole
from dossiers.work import TaskKind
from register import world
from register.models import Task
from scheduler import certificate_watch, connections
from scheduler.connections import Connections
from signing.models import Signer
from tests.support import certificates, dossier_kit
from tests.support.signing_kit import AT
from tests.support.whole_kit import signer

pytestmark = pytest.mark.django_db


@dataclass
class Hub:
    """A hub whose day a test chooses."""

    home: Path
    now: datetime = AT
    connectors: dict[str, Rfc3161] = field(default_factory=dict)

    def trust(self, name: str, until: datetime, file: str = "") -> x509.Certificate:
        """Trust an authority called *name* that ends then."""
        certificate = certificates.identity(name, until)[1]
        folder = self.home / "trust"
        folder.mkdir(exist_ok=True)
        (folder / f"{file or name}.pem").write_text(certificates.pem(certificate))
        return certificate

    def watch(self, now: datetime | None = None) -> list[tuple[str, int]]:
        """Let the watch look; return holder and days of the open tasks."""
        self.now = now or self.now
        certificate_watch.watch()
        known = Task.objects.filter(kind=TaskKind.CERTIFICATE_ENDING, closed_at=None)
        return [(task.detail["holder"], task.detail["days"]) for task in known.order_by("pk")]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub with a data folder of its own."""
    dossier_kit.catalogue()
    made = Hub(tmp_path)
    connections.install(lambda: Connections(dict(made.connectors)))
    with world.running_in(replace(world.current(), now=lambda: made.now, home=tmp_path)):
        yield made
    connections.install(Connections)


def appoint(until: datetime, *, since: str = "2026-01-01", person: str = "hung") -> Signer:
    """Appoint an official whose certificate ends then."""
    certificate = certificates.identity(f"{person} {until}", until)[1]
    made = signer(SigningRole.OFFICIAL)
    made.pk, made.person, made.valid_from = None, person, since
    made.certificate_der = certificate.public_bytes(certificates.serialization.Encoding.DER)
    Signer.objects.filter(certificate_der=b"no certificate").delete()
    made.save(force_insert=True)
    return made


@pytest.mark.parametrize(
    ("days", "said"), [(31, []), (30, [30]), (8, [30]), (7, [7]), (1, [1]), (0, [0]), (-3, [0])]
)
def test_the_task_says_how_near_the_end_is(hub: Hub, days: int, said: list[int]) -> None:
    """
    Thirty, seven and one day before, and when it has ended.
    """
    hub.trust("Root", AT + timedelta(days=days))

    assert [("Root", one) for one in said] == hub.watch()


def test_one_task_grows_more_urgent(hub: Hub) -> None:
    """
    The same task all the way: no second one a week later.
    """
    end = AT + timedelta(days=30)
    hub.trust("Root", end)

    said = [hub.watch(end - timedelta(days=days)) for days in (30, 20, 7, 1, -1)]

    assert [[("Root", days)] for days in (30, 30, 7, 1, 0)] == said
    assert 1 == Task.objects.count()


def test_a_replaced_certificate_closes_its_task(hub: Hub) -> None:
    """
    The renewed authority under the same name; the signer's newer appointment.
    """
    soon, late = AT + timedelta(days=5), AT + timedelta(days=900)
    hub.trust("Root", soon)
    appoint(soon)
    assert [("hung official", 7), ("Root", 7)] == hub.watch()

    hub.trust("Root", late, file="renewed")
    appoint(late, since="2026-06-01", person="binh")

    assert [] == hub.watch()
    assert {"hub"} == set(Task.objects.values_list("closed_by", flat=True))


def test_only_who_would_sign_today_is_watched(hub: Hub) -> None:
    """
    An appointment that has ended, or was followed by another, troubles nobody.
    """
    appoint(AT + timedelta(days=900), since="2026-02-01")
    old = appoint(AT + timedelta(days=5), since="2026-01-01", person="binh")

    assert [] == hub.watch()
    Signer.objects.exclude(pk=old.pk).delete()
    assert [("binh official", 7)] == hub.watch()
    Signer.objects.update(valid_to="2026-11-01")
    assert [] == hub.watch()


def test_connectors_certificates_are_watched(hub: Hub) -> None:
    """
    PEM in a connector's settings: of two in one text, the one that ends last counts.
    """
    soon = certificates.identity("tsa", AT + timedelta(days=5))[1]
    late = certificates.identity("tsa", AT + timedelta(days=900))[1]
    with httpx.Client() as http:
        for given, said in ((soon, [("rfc3161 certificate", 7)]), (late, [])):
            text = certificates.pem(soon) + certificates.pem(given)
            hub.connectors["rfc3161"] = Rfc3161(http, Rfc3161.Settings("https://tsa", text))
            connections.install(lambda: Connections(dict(hub.connectors)))
            assert said == hub.watch()


def test_an_installation_without_trust_is_no_error(hub: Hub) -> None:
    """
    No folder, no signer, no connector: nothing ends.
    """
    assert [] == hub.watch(datetime(2026, 11, 23, tzinfo=UTC))
