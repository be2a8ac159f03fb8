"""The door for gateways, over real sockets: what is kept, what is refused, who may stay."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from config import alive
from connectors import http
from connectors.banks.vnpay import Vnpay
from desk.door import server, wire, writer
from dossiers.work import TaskKind
from register import world
from register.models import ConnectorHealth, Inbox, Task
from scheduler import connections
from tests.connectors.test_vnpay import SECRET as VNPAY_SECRET
from tests.connectors.test_vnpay import sealed
from tests.support import door_kit
from tests.support.door_kit import LOCAL, OTHER, Running, message, post

pytestmark = pytest.mark.django_db(transaction=True)

FORGED = message().replace(b'"75000"', b'"1"')


@pytest.fixture(autouse=True)
def gateways() -> Iterator[None]:
    """A hub that two gateways call."""
    vnpay = Vnpay(http.client(), Vnpay.Settings("QNI00001", VNPAY_SECRET, "http://x.invalid"))
    both = connections.Connections({"platform": door_kit.GATEWAY, "vnpay": vnpay})
    connections.install(lambda: both)
    yield
    connections.install(connections.Connections)


@pytest.fixture
def house(database_url: str) -> Iterator[Running]:
    """A door on the test database."""
    with door_kit.running(database_url) as running:
        yield running


@pytest.fixture
def points() -> Iterator[list[str]]:
    """What became certain meanwhile."""
    passed: list[str] = []
    before = world.current()
    with world.running_in(world.World(before.now, before.token, passed.append, before.home)):
        yield passed


def kept() -> list[str]:
    """The identities in the inbox."""
    return sorted(Inbox.objects.values_list("external_id", flat=True))


# -- what is said -----------------------------------------------------------------------------


def test_a_true_message_is_kept_and_answered_alike(house: Running) -> None:
    """
    What comes again after a crash or a lost answer is answered with yes again.
    """
    first, again = house.say(message()), house.say(message())

    assert ("00", first.body) == (first.word, again.body)
    assert [2] == list(Inbox.objects.values_list("times", flat=True))


def test_many_on_one_connection(house: Running) -> None:
    """
    Requests may come one after another before the first is answered; answers keep their order.
    """
    references = [f"QN{number:010d}T1" for number in range(40)]
    with house.caller() as caller:
        caller.send(b"".join(post(message(one)) for one in references))
        heard = [json.loads(caller.hear().body)["MaThamChieu"] for _ in references]

    assert references == heard
    assert 40 == len(kept())


def test_many_share_a_commit(house: Running, points: list[str]) -> None:
    """
    What arrives together is kept together, and each is answered.
    """
    callers = [house.caller() for _ in range(64)]
    for number, caller in enumerate(callers):
        caller.send(post(message(f"QN{number:010d}T1")))
    words = [caller.hear().word for caller in callers]

    assert ["00"] * 64 == words
    assert 64 == len(kept())
    assert 20 > points.count("callback stored")


def test_two_bodies_at_once(house: Running) -> None:
    """
    Of two contradicting callbacks that come in one moment one is believed, the other shown.
    """
    callers = [house.caller() for _ in range(2)]
    for caller, bank in zip(callers, ("VCB", "BIDV"), strict=True):
        caller.send(post(message(MaNganHang=bank)))
    words = sorted(caller.hear().word for caller in callers)

    assert ["00", "99"] == words
    assert [TaskKind.CALLBACK_CONFLICT] == list(Task.objects.values_list("kind", flat=True))
    assert [2] == list(Inbox.objects.values_list("times", flat=True))


def test_two_doors_on_one_port(house: Running, database_url: str) -> None:
    """
    Doors side by side keep each callback once, whichever of them it comes to.
    """
    bodies = [message(f"QN{number:010d}T1") for number in range(30)]
    words: list[str] = []

    def call_all(port: int) -> None:
        with door_kit.Caller(port) as caller:
            words.extend(caller.ask(post(body)).word for body in bodies)

    with door_kit.running(database_url) as second:
        threads = [
            threading.Thread(target=call_all, args=[port]) for port in (house.port, second.port) * 2
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert {"00"} == set(words)
    assert [4] * 30 == list(Inbox.objects.values_list("times", flat=True))


def test_forgeries_are_written_together(house: Running, points: list[str]) -> None:
    """
    Three hundred forgeries are a handful of writes, one task, and a true count.
    """
    with house.caller() as caller:
        words = {caller.ask(post(FORGED)).word for _ in range(300)}
    alive.wait_for(
        lambda: ConnectorHealth.objects.filter(pk="platform", forged=300).exists(), 10, "the count"
    )

    assert "00" not in words
    assert 5 > points.count("forgeries counted")
    assert [TaskKind.FORGED_CALLBACK] == list(Task.objects.values_list("kind", flat=True))
    assert [] == kept()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"MaXacThuc": 5}', b"[" * 5000]
)
def test_nonsense_is_refused(house: Running, body: bytes) -> None:
    """
    What is no message is treated as forged; the door does not fall off.
    """
    assert 200 == house.say(body).status
    assert "00" == house.say(message()).word
    assert 1 == len(kept())


def test_a_gateway_that_falls_over_hurts_nobody_else(
    house: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Bytes that break a connector's reading are answered with 503; the next caller is served.
    """

    def fall(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Vnpay, "read", fall)
    with house.caller() as caller:
        assert 503 == caller.ask(post(b"x", path="/callbacks/vnpay")).status
        assert "00" == caller.ask(post(message())).word


# -- how it is said ---------------------------------------------------------------------------


def test_a_gateway_may_call_by_get(house: Running) -> None:
    """
    Everything is in the query then, and the seal is checked on it as it came.
    """
    query = sealed(
        {
            "vnp_TmnCode": "QNI00001",
            "vnp_TxnRef": "QN0000000159T1",
            "vnp_Amount": "7500000",
            "vnp_ResponseCode": "00",
            "vnp_TransactionStatus": "00",
            "vnp_TransactionNo": "1",
            "vnp_PayDate": "20261123083000",
        },
        VNPAY_SECRET,
    )
    with house.caller() as caller:
        said = caller.ask(b"GET /callbacks/vnpay?%b HTTP/1.1\r\nHost: hub\r\n\r\n" % query)

    assert b'"00"' in said.body
    assert [query] == [bytes(row.body) for row in Inbox.objects.all()]


def test_chunks(house: Running) -> None:
    """
    Some libraries send a body of a length that they do not tell.
    """
    body = message()
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in (body[:100], body[100:]))
    head = b"POST /callbacks/platform HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n"
    with house.caller() as caller:
        assert "00" == caller.ask(head + pieces + b"0\r\n\r\n").word
        assert "00" == caller.ask(post(body)).word


def test_a_caller_that_waits_for_leave(house: Running) -> None:
    """
    ``Expect: 100-continue`` is answered before the body comes.
    """
    head, _, body = post(message(), "Expect: 100-continue").partition(b"\r\n\r\n")
    with house.caller() as caller:
        caller.send(head + b"\r\n\r\n")
        assert wire.GO_AHEAD == caller.socket.recv(1000)
        assert "00" == caller.ask(body).word


def test_an_old_caller(house: Running) -> None:
    """
    HTTP/1.0, as some proxies speak it, ends with its answer.
    """
    body = message()
    with house.caller() as caller:
        said = caller.ask(
            b"POST /callbacks/platform HTTP/1.0\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        assert b"" == caller.socket.recv(1)

    assert "00" == said.word


def test_a_caller_that_only_listens_on(house: Running) -> None:
    """
    Who closes its own direction after the request still gets its answer.
    """
    with house.caller() as caller:
        caller.send(post(message()))
        caller.socket.shutdown(socket.SHUT_WR)
        assert "00" == caller.hear().word


TOO_LONG = wire.LONGEST_BODY + 1
HEAD = b"POST /callbacks/platform HTTP/1.1\r\nHost: hub\r\n"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (post(b"x" * TOO_LONG), 413),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % TOO_LONG, 413),
        (HEAD + b"X: " + b"y" * wire.LONGEST_HEAD, 431),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (HEAD + b"Content-Length: +1\r\n\r\n", 400),
        (HEAD + b"A: b\r\n folded\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (post(b"{}", path="/callbacks/nobody"), 404),
        (post(b"{}", path="/healthz"), 404),
        (post(b"{}", path="/callbacks/platform/"), 404),
        (post(b"{}").replace(b"POST", b"PUT", 1), 405),
    ],
)
def test_what_is_not_read(house: Running, data: bytes, status: int) -> None:
    """
    Too long, unclear, or nobody's door: refused before anything is looked at.
    """
    with house.caller() as caller:
        assert status == caller.ask(data).status
    assert [] == kept()
    assert 0 == ConnectorHealth.objects.count()


def test_a_long_body_hears_why(house: Running) -> None:
    """
    Who sends a megabyte is told 413, though nobody reads it.
    """
    with house.caller() as caller:
        assert 413 == caller.ask(post(b"x" * 2**20)).status


# -- too much ---------------------------------------------------------------------------------


@pytest.fixture
def stuck(house: Running, database_url: str) -> Iterator[Callable[[], None]]:
    """A database in which nothing can be kept until the given function is called."""
    with psycopg.connect(database_url) as other:
        other.execute("LOCK TABLE hub_register_inbox IN ACCESS EXCLUSIVE MODE")
        yield other.rollback


def test_a_flood_is_refused_and_others_are_not(
    house: Running, stuck: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What could not be answered in time hears 503 and Retry-After at once.

    Another caller, who came later and says little, is served.
    """
    monkeypatch.setattr(writer, "MOST", writer.LARGEST)
    flood = [house.caller() for _ in range(3 * writer.LARGEST)]
    for number, caller in enumerate(flood):
        caller.send(post(message(f"QN{number:010d}T1")))
    last = writer.LARGEST // 2
    refused = [caller.hear() for caller in flood[-last:]]
    honest = house.caller(address=OTHER)
    honest.send(post(message("QNHONEST")))
    time.sleep(0.1)
    stuck()

    assert {503} == {said.status for said in refused}
    assert all("Retry-After: " in said.head for said in refused)
    assert "00" == honest.hear().word
    assert "QNHONEST:paid:GD123456" in kept()
    yes = [said for caller in flood[:-last] if (said := caller.hear()).status == 200]
    assert len(yes) + 1 == len(kept())


def test_slow_callers_are_hung_up_on(house: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A head or a body that drips has its time; then the caller hears 408.
    """
    monkeypatch.setattr(server, "WHOLE_WITHIN", 0.5)
    drips = [post(message())[:20], post(message())[:-20]]
    with house.caller() as head, house.caller() as body:
        for caller, drip in zip((head, body), drips, strict=True):
            caller.send(drip)
        began = time.monotonic()
        assert [408, 408] == [caller.hear().status for caller in (head, body)]
        assert 4 > time.monotonic() - began


def test_the_slowest_makes_room(database_url: str) -> None:
    """
    With all places taken by callers who drip, an honest one is served at once.
    """
    with door_kit.running(database_url, most=20) as house:
        slow = [house.caller() for _ in range(20)]
        for caller in slow:
            caller.send(b"POST /callbacks/platform HT")
        words = [house.say(message(f"QN{number}T1")).word for number in range(5)]

        assert ["00"] * 5 == words
        with pytest.raises(ConnectionError):
            slow[0].hear()
        for caller in slow:
            caller.socket.close()


def test_who_sends_and_never_listens_is_hung_up_on(house: Running) -> None:
    """
    Answers that nobody takes fill no memory.
    """
    with house.caller() as caller, pytest.raises(ConnectionError):  # noqa: PT012 - until it breaks
        for _ in range(2000):
            caller.send(post(FORGED) * 100)


# -- when things break --------------------------------------------------------------------------


def test_a_lost_database_is_said_and_found_again(house: Running, database_url: str) -> None:
    """
    What is not kept is not acknowledged; the next callback has a new session.
    """
    assert "00" == house.say(message("QN1T1")).word
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'motcua-door' AND datname = current_database()"
        )

    said = house.say(message("QN2T1"))

    assert 503 == said.status
    assert "Retry-After: " in said.head
    assert "00" == house.say(message("QN2T1")).word
    assert 2 == len(kept())


def test_the_session_sees_no_dossier(house: Running, database_url: str) -> None:
    """
    The door needs nothing that stands behind the second wall, so it sees nothing of it.
    """
    house.say(message())
    with psycopg.connect(database_url, options=writer.SESSION) as other:
        row = other.execute("SELECT current_setting('motcua.units')").fetchone()

    assert ("",) == row


# -- who calls ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "told", "caller"),
    [
        ((), "10.1.1.1", LOCAL),
        ((LOCAL,), "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        ((LOCAL,), "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ((LOCAL,), "x:y", "x:y"),
        ((LOCAL,), "", LOCAL),
    ],
)
def test_whose_share_it_is(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    proxies: tuple[str, ...],
    told: str,
    caller: str,
) -> None:
    """
    X-Forwarded-For is believed of configured proxies only, and of it what the proxy itself saw.
    """
    callers: list[str] = []
    put = writer.Writer.put

    def listen(self: writer.Writer, who: str, call: writer.Call) -> bool:
        callers.append(who)
        return put(self, who, call)

    monkeypatch.setattr(writer.Writer, "put", listen)
    with door_kit.running(database_url, proxies=proxies) as house:
        house.say(message(), f"X-Forwarded-For: {told}")

    assert [caller] == callers
