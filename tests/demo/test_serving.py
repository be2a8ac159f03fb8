from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from config import alive, group
from config.demo.setting import PASSWORD
from dossiers.roles import Role
from tests.desk import test_browser
from tests.support import demo_kit
from tests.support.demo_kit import House

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]

needs_chromium = pytest.mark.skipif(
    not test_browser.CHROMIUM.exists(), reason="needs apt's chromium"
)

MB = 2**20

#: Who works in the demo: those whom its summary names.
PEOPLE = {
    Role.OFFICIAL: "cb-sxd",
    Role.CLERK: "vt-sxd",
    Role.FINANCE: "ketoan",
    Role.POST: "buucuc",
    Role.MANAGER: "quanly",
}

#: Pages with the day's own dossiers on them.
PLACES = {
    Role.OFFICIAL: ("/", "/signing/"),
    Role.CLERK: ("/sealing/",),
    Role.FINANCE: ("/money/", "/money/?tab=matched", "/connections/"),
    Role.POST: ("/post/",),
    Role.MANAGER: ("/attention/", "/day/", "/?show=all"),
}

browser = test_browser.browser


@dataclass(frozen=True)
class Desk:
    """A demo that serves: where, what it told, and which process it is."""

    house: House
    told: dict[str, Any]
    demo: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        return int(self.house.plan()["port"])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def peak(self) -> int:
        """Return the bytes that the web's processes together held at most since they began."""
        return sum(_peak(pid) for pid in demo_kit.family(self.demo.pid) if _is_web(pid))


def _is_web(pid: int) -> bool:
    return alive.was_told(pid, "config") and alive.was_told(pid, "web")


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


@pytest.fixture(scope="module")
def desk(new_house: Any) -> Iterator[Desk]:
    """A demo after its day; the last test of this file ends it as a person does."""
    house: House = new_house(12)
    with house.playing() as demo:

        def serves() -> bool:
            assert demo.poll() is None, house.said("stderr")
            return house.said("stdout").endswith("\n")

        alive.wait_for(serves, demo_kit.LONGEST_DAY, "the demo to serve")
        yield Desk(house, house.summary(), demo)


# -- people ---------------------------------------------------------------------------------


@needs_chromium
@pytest.mark.browser
def test_the_journey_of_a_morning(
    desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Each role signs in to the real web process and walks through its pages.
    """
    people = ",".join(f"{role}:{username}:{PASSWORD}" for role, username in PEOPLE.items())
    monkeypatch.setenv("MOTCUA_DESK_PEOPLE", people)

    test_browser.test_the_journey_of_a_morning(desk.url, browser)


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize("role", list(Role))
def test_pages_of_the_day_are_sound(desk: Desk, browser: Browser, role: Role) -> None:
    """
    axe finds nothing on pages full of the day's dossiers, and the console stays silent.
    """
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    test_browser.sign_in(page, desk.url, PEOPLE[role], PASSWORD)
    for place in PLACES[role]:
        page.goto(desk.url + place)
        assert [] == test_browser.findings(page), place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    context.close()

    assert [] == complaints


@needs_chromium
@pytest.mark.browser
def test_the_citizen_finds_the_dossier(desk: Desk, browser: Browser) -> None:
    """
    The two codes of the summary open the public page of that dossier.
    """
    ((code, secret),) = desk.told["lookup"].items()
    page = browser.new_page()

    page.goto(f"{desk.url}/tra-cuu/")
    page.fill("#code", code)
    page.fill("#secret", secret)
    page.keyboard.press("Enter")
    page.wait_for_selector("section.result")

    assert code == page.text_content("section.result .code")
    assert [] == test_browser.findings(page)
    page.close()


# -- bad input --------------------------------------------------------------------------------


def test_three_hundred_megabytes_are_refused_early(desk: Desk) -> None:
    """
    The announced length is enough: the answer comes before the file, and no memory is taken.
    """
    before = desk.peak()
    head = (
        "POST /api/v1/results HTTP/1.1\r\n"
        f"Host: 127.0.0.1\r\nAuthorization: Bearer {desk.house.plan()['token']}\r\n"
        "Idempotency-Key: big\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {300 * MB}\r\n\r\n"
    )

    answer = _send(desk, head.encode(), 300 * MB)

    status, _, rest = answer.partition(b"\r\n")
    assert b"HTTP/1.1 413" == status[:12]
    assert b"content-type: application/problem+json" in rest.lower()
    assert "urn:motcua:problem:too-large" == json.loads(rest.partition(b"\r\n\r\n")[2])["type"]
    assert 60 * MB > desk.peak() - before


def test_a_body_without_a_length_takes_no_memory(desk: Desk) -> None:
    """
    A sender who announces nothing (chunked) is refused, however much it goes on to send.
    """
    before = desk.peak()
    piece = b"x" * MB

    def pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield piece

    headers = {
        "Authorization": f"Bearer {desk.house.plan()['token']}",
        "Idempotency-Key": "endless",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    try:
        answer = httpx.post(f"{desk.url}/api/v1/results", content=pieces(), headers=headers)
        status = answer.status_code
    except httpx.WriteError:  # the door was shut while we spoke
        status = 400

    assert status in range(400, 500)
    assert 60 * MB > desk.peak() - before


def _send(desk: Desk, head: bytes, length: int) -> bytes:
    """Send *head* and up to *length* bytes, until an answer comes; return the whole answer."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as line:
        line.sendall(head)
        line.settimeout(0.2)
        answer, sent = b"", 0
        while not answer and sent < length:
            try:
                answer = line.recv(65536)
            except TimeoutError:
                sent += line.send(b"x" * 65536)
        line.settimeout(2)
        assert sent < MB, "the answer should not wait for the file"
        while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
            answer += line.recv(65536)
        return answer


def test_a_callback_of_a_megabyte_is_refused(desk: Desk) -> None:
    """
    A gateway says less than a kilobyte; what is longer is not read.
    """
    answer = httpx.post(f"{desk.url}/callbacks/platform", content=b"x" * MB)

    assert 413 == answer.status_code


def test_odd_requests_are_refused(desk: Desk) -> None:
    """
    Strangers, broken JSON and unknown places have their answer, and never a 500.
    """
    token = {"Authorization": f"Bearer {desk.house.plan()['token']}"}
    with httpx.Client(base_url=desk.url) as client:
        asked = {
            "no token": client.post("/api/v1/results", files={"file": b"x"}),
            "wrong token": client.get("/api/v1/dossiers/x", headers={"Authorization": "Bearer x"}),
            "no file": client.post("/api/v1/results", headers={**token, "Idempotency-Key": "odd"}),
            "unknown dossier": client.get("/api/v1/dossiers/x", headers=token),
            "nonsense": client.post("/callbacks/platform", content=b"\xff{"),
            "nowhere": client.get("/nowhere/%00/..%2f"),
        }

    assert {"no token": 401, "wrong token": 401, "no file": 422, "unknown dossier": 404} == {
        name: answer.status_code for name, answer in list(asked.items())[:4]
    }
    assert [] == [
        name for name, answer in asked.items() if answer.status_code not in range(400, 500)
    ]


# -- the end: must stay the last test of this file ------------------------------------------------


def test_ctrl_c_ends_everything(desk: Desk) -> None:
    """
    After Ctrl+C the demo and all that it started are gone within 20 seconds, database included.
    """
    everybody = demo_kit.family(desk.demo.pid)

    desk.demo.send_signal(signal.SIGINT)
    code = desk.demo.wait(demo_kit.ENDS_WITHIN)

    assert 0 == code
    assert [] == [pid for pid in everybody if alive.is_alive(pid)]
    assert not desk.house.server.running()
    assert "Traceback" not in desk.house.said("stderr")
    assert desk.port == group.free_port(desk.port)
