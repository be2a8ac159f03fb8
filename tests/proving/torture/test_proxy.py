"""A bad network between a connector and the platform: what each fault means, and may not."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from connectors import Unavailable, Unsure, http
from connectors.banks.platform import Platform
from dossiers.orders import Order, Outcome
from proving.torture.proxy import Fault, Measures, Proxy
from proving.torture.wire import Wire, WireError
from sandbox.faults import Faults, Plan
from sandbox.parties import platform as sandbox
from sandbox.server import Server
from tests.support.contract import ORDER, SECRET

#: Seconds; the connector is less patient than the proxy's delay is long.
PATIENCE, DELAY = 0.4, 1.0

#: What breaks an answer off, or keeps it for too long.
BREAKS = (Fault.DELAY, Fault.CUT, Fault.HALF_CLOSE, Fault.CUT_REQUEST)
#: What an answer survives.
SURVIVED = (Fault.DRIP, Fault.TWICE)


@dataclass
class Line:
    """A connector, the bad network, and the party behind it."""

    platform: Platform
    proxy: Proxy
    party: sandbox.Platform

    def references(self) -> list[str]:
        """What the party took, in order."""
        return [order["reference"] for order in self.party.state()["orders"]]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """The platform of the sandbox behind a proxy, over real sockets that stay open."""
    server = Server(tmp_path / "ports.json")
    terms = sandbox.Terms("QNI-TEST", SECRET, f"{server.url}/platform", "", "1")
    faults = Faults(tmp_path / "faults.sqlite3", Plan())
    party = sandbox.Platform(tmp_path / "platform.sqlite3", faults, terms, lambda _credit: None)
    server.carry(party)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    measures = Measures(delay=DELAY, after=30, piece=40, pause=0.01)
    with Proxy(server.server_port, measures) as proxy, http.client(timeout=PATIENCE) as client:
        url = f"http://127.0.0.1:{proxy.port}"
        settings = Platform.Settings(url, "QNI-TEST", SECRET, ip="10.0.0.5")
        yield Line(Platform(client, settings), proxy, party)
    server.shutdown()
    thread.join()
    server.server_close()
    party.close()
    faults.close()


def _another(number: int) -> Order:
    return replace(ORDER, reference=f"{ORDER.reference[:-2]}{number:02d}")


@pytest.mark.parametrize("fault", BREAKS)
def test_a_broken_answer_to_an_order_is_unsure(line: Line, fault: Fault) -> None:
    """
    Whether the platform took the order nobody knows: Unsure, and repeating it takes it once.
    """
    line.proxy.arm(fault)

    with pytest.raises(Unsure):
        line.platform.ask(ORDER)

    assert 1 == line.proxy.hits[fault]
    line.platform.ask(ORDER)
    assert [ORDER.reference] == line.references()


@pytest.mark.parametrize("fault", BREAKS)
def test_a_broken_answer_to_a_question_loses_nothing(line: Line, fault: Fault) -> None:
    """
    A question may be asked again: Unavailable, never Unsure.
    """
    line.platform.ask(ORDER)
    line.proxy.arm(fault)

    with pytest.raises(Unavailable):
        line.platform.find(ORDER)

    found = line.platform.find(ORDER)
    assert found is not None
    assert Outcome.PENDING is found.outcome


@pytest.mark.parametrize("fault", SURVIVED)
def test_a_slow_or_doubled_answer_is_an_answer(line: Line, fault: Fault) -> None:
    """
    An answer that drips in, or comes twice, is taken once.
    """
    line.proxy.arm(fault)

    assert line.platform.ask(ORDER).endswith(ORDER.reference)

    assert [ORDER.reference] == line.references()


class _OpenLine(BaseHTTPRequestHandler):
    """A platform that keeps its connections open, as the sandbox's server does not."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take any order."""
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        page = f"https://pay.invalid/{told['MaThamChieu']}"
        body = json.dumps({"MaLoi": "00", "UrlThanhToan": page}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)


def test_a_second_answer_is_not_taken_for_the_next_order() -> None:
    """
    The echo of one answer on an open connection never gives a citizen another one's page.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), _OpenLine) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Proxy(server.server_port) as proxy, http.client(timeout=PATIENCE) as client:
            settings = Platform.Settings(f"http://127.0.0.1:{proxy.port}", "QNI-TEST", SECRET)
            platform = Platform(client, settings)
            for number in range(10, 30, 2):
                proxy.arm(Fault.TWICE)
                for order in (_another(number), _another(number + 1)):
                    assert _page_or_unsure(platform, order) in (order.reference, "unsure")
        server.shutdown()


def _page_or_unsure(platform: Platform, order: Order) -> str:
    try:
        return platform.ask(order).rpartition("/")[2]
    except Unsure:
        return "unsure"


def test_a_gone_platform_is_unavailable(line: Line) -> None:
    """
    What never left can be tried again without a question.
    """
    with Proxy(1) as proxy:
        settings = replace(line.platform.settings, url=f"http://127.0.0.1:{proxy.port}")
    with http.client(timeout=PATIENCE) as client, pytest.raises(Unavailable):
        Platform(client, settings).ask(ORDER)


def test_the_mix_hits_each_so_manyth_exchange(line: Line) -> None:
    """
    A bad network is as bad as was ordered, and each kind of bad has its turn.
    """
    line.proxy.mix, line.proxy.every = SURVIVED, 3
    for number in range(12):
        line.platform.ask(_another(number))

    assert {Fault.DRIP: 2, Fault.TWICE: 2} == line.proxy.hits


@pytest.mark.parametrize("fault", [*BREAKS, *SURVIVED])
def test_the_sender_takes_no_echo_for_an_acknowledgement(line: Line, fault: Fault) -> None:
    """
    The torture's own client: a whole answer or WireError, and each answer is its own request's.
    """

    async def talk() -> list[str]:
        wire = Wire(f"http://127.0.0.1:{line.proxy.port}/nowhere", most=1, patience=PATIENCE)
        heard = []
        for _ in range(3):
            line.proxy.arm(fault)
            try:
                heard.append(str((await wire.post(b"{}", {})).status))
            except WireError:
                heard.append("nothing")
        wire.close()
        return heard

    expected = "404" if fault in SURVIVED else "nothing"
    assert [expected] * 3 == asyncio.run(talk())


def test_closing_the_proxy_breaks_what_is_open(line: Line) -> None:
    """
    When the network goes, nobody waits for ever.
    """
    with httpx.Client(timeout=5) as held:
        with Proxy(line.proxy.target) as proxy:
            url = f"http://127.0.0.1:{proxy.port}/"
            held.get(url)
        with pytest.raises(httpx.TransportError):
            held.get(url)
