"""The door for gateways: a forged message is refused and counted, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from connectors import http
from connectors.banks.platform import CONFIRM, Platform
from dossiers.work import TaskKind
from register.models import ConnectorHealth, Inbox, Task
from scheduler import connections
from tests.support import dossier_kit

SECRET = "bi-mat"
PATH = "/callbacks/platform"


@pytest.fixture
def platform(db: None, now: None) -> Iterator[Platform]:
    """A hub that is connected to the national payment platform."""
    dossier_kit.catalogue()
    made = Platform(http.client(), Platform.Settings("http://x.invalid", "QNI-TEST", SECRET))
    connections.install(lambda: connections.Connections({"platform": made}))
    yield made
    connections.install(connections.Connections)


def message(platform: Platform, **changes: str) -> bytes:
    """A confirmation as the platform sends it, sealed with the shared secret."""
    said = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": "00",
        "MaDoiTac": "QNI-TEST",
        "MaThamChieu": "QN0000000159T1",
        "SoTien": "75000",
        "MaTienTe": "VND",
        "MaGiaoDich": "GD123456",
        "MaNganHang": "VCB",
        "ThoiGianGD": "20261123083000",
        "ThongTinGiaoDich": "NOP LE PHI",
    } | changes
    said["MaXacThuc"] = platform._seal(CONFIRM, said)
    return json.dumps(said).encode()


def send(client: Client, body: bytes) -> int:
    """Send *body* as a gateway does; return the status."""
    return client.post(PATH, body, content_type="application/json").status_code


def test_a_true_message_is_stored_once(client: Client, platform: Platform) -> None:
    """The same message twice is stored once and answered alike."""
    body = message(platform)
    assert [200, 200] == [send(client, body), send(client, body)]
    assert [2] == list(Inbox.objects.values_list("times", flat=True))


def test_a_forged_message_is_refused_and_counted(client: Client, platform: Platform) -> None:
    """A stranger's message leaves a count and a task, nothing else."""
    forged = message(platform).replace(b'"75000"', b'"1"')
    said = json.loads(client.post(PATH, forged, content_type="application/json").content)
    assert "00" != said["MaLoi"]
    assert 1 == ConnectorHealth.objects.get(pk="platform").forged
    assert [TaskKind.FORGED_CALLBACK] == list(Task.objects.values_list("kind", flat=True))
    assert 0 == Inbox.objects.count()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"MaXacThuc": 5}', b"[" * 5000]
)
def test_nonsense_is_refused(client: Client, platform: Platform, body: bytes) -> None:
    """What is no message is treated as forged; the door does not fall off."""
    assert 500 > send(client, body)
    assert 0 == Inbox.objects.count()


def test_a_long_body_is_not_read(client: Client, platform: Platform) -> None:
    """64 KB are the cap; a gateway says less than one."""
    assert 413 == send(client, b"x" * (64 * 1024 + 1))
    assert 0 == ConnectorHealth.objects.count()


def test_unknown_doors_are_shut(client: Client, platform: Platform) -> None:
    """No connector of that name, or a strange method: nothing there."""
    assert 404 == client.post("/callbacks/nobody", b"{}", content_type="text/plain").status_code
    assert 405 == client.put(PATH).status_code
