from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from config import alive
from config.demo.setting import PASSWORD
from dossiers.roles import Role
from tests.desk import test_browser
from tests.support import demo_kit
from tests.support.demo_kit import House

pytestmark = pytest.mark.slow

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

    @property
    def callbacks(self) -> str:
        """Where the platform calls: the door, a process beside the desk."""
        return f"http://127.0.0.1:{self.house.plan()['door']}/callbacks/platform"

    def web(self) -> list[int]:
        """Return the pids of the web's processes."""
        return [pid for pid in demo_kit.family(self.demo.pid) if alive.was_told(pid, "web")]

    @contextmanager
    def thrifty(self) -> Iterator[None]:
        """Fail if the web's processes take more than 60 MB meanwhile, even for a moment."""
        web = self.web()
        before = sum(_kept(pid, "VmRSS") for pid in web)
        for pid in web:
            # Linux forgets the peak so far: proc(5), clear_refs.
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        yield
        assert web == self.web(), "the web was started anew"
        assert 60 * MB > sum(_kept(pid, "VmHWM") for pid in web) - before


def _kept(pid: int, what: str) -> int:
    """Return the bytes that the kernel counts as *what* of process *pid*."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024


@pytest.fixture(scope="module")
def desk(new_house: Any) -> Iterator[Desk]:
    """A demo after its day, to look around in."""
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
    Axe finds nothing on pages full of the day's dossiers, and the console stays silent.
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


@pytest.mark.parametrize(
    "length", [f"Content-Length: {300 * MB}", "Transfer-Encoding: chunked"], ids=["told", "untold"]
)
def test_three_hundred_megabytes_are_refused_early(desk: Desk, length: str) -> None:
    """
    The answer comes before the file, and a sender who does not listen fills no memory.

    Who does not tell the length (chunked) is refused as well: there is no file then.
    """
    head = (
        "POST /api/v1/results HTTP/1.1\r\n"
        f"Host: 127.0.0.1\r\nAuthorization: Bearer {desk.house.plan()['token']}\r\n"
        "Idempotency-Key: big\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    )

    with desk.thrifty():
        answer, body = _speak_on(desk.port, f"{head}{length}\r\n\r\n".encode(), 300 * MB)

    told = "content-length" in length.lower()
    assert (b"HTTP/1.1 413" if told else b"HTTP/1.1 400") == answer[:12]
    assert b"content-type: application/problem+json" in answer.lower()
    kind = "too-large" if told else "incomplete"
    assert f"urn:motcua:problem:{kind}" == json.loads(body)["type"]


def _speak_on(port: int, head: bytes, length: int) -> tuple[bytes, bytes]:
    """Send *head*, take the answer, and send on; return the answer's head and body."""
    piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head)
        answer = b""
        while not answer.endswith(b"}"):
            part = line.recv(65536)
            assert part, answer
            answer += part
        with suppress(ConnectionError, TimeoutError):
            for _ in range(length // len(piece)):
                line.sendall(piece)
    told, _, body = answer.partition(b"\r\n\r\n")
    return told, body


def test_a_callback_of_a_megabyte_is_refused(desk: Desk) -> None:
    """
    A gateway says less than a kilobyte; what is longer is not read.
    """
    answer = httpx.post(desk.callbacks, content=b"x" * MB)

    assert 413 == answer.status_code


def test_odd_requests_are_refused(desk: Desk) -> None:
    """
    Strangers, nonsense and unknown places have their answer, and never a 500.
    """
    token = {"Authorization": f"Bearer {desk.house.plan()['token']}"}
    with httpx.Client(base_url=desk.url) as client:
        nonsense = client.post(desk.callbacks, content=b"\xff{")
        answers = {
            401: client.post("/api/v1/results", files={"file": b"x"}),
            400: client.post("/api/v1/results", headers={**token, "Idempotency-Key": "odd"}),
            404: client.get("/api/v1/dossiers/x", headers=token),
        }
        nowhere = client.get("/nowhere/%00/..%2f")

    assert list(answers) == [answer.status_code for answer in answers.values()]
    assert {"application/problem+json"} == {
        answer.headers["content-type"] for answer in answers.values()
    }
    # A gateway reads no status, only its own code.
    assert "00" != nonsense.json()["MaLoi"]
    assert 404 == nowhere.status_code


# -- the end ------------------------------------------------------------------------------------


def test_ctrl_c_ends_a_demo_that_serves(new_house: Any) -> None:
    """
    Whoever has seen enough is rid of everything.
    """
    house: House = new_house(2)

    assert 0 == _interrupted(house, lambda: bool(house.said("stdout")))


def test_ctrl_c_ends_a_day_on_its_way(new_house: Any) -> None:
    """
    A long day does not hold up whoever has no time for it, and is no crash.
    """
    house: House = new_house(1000)

    assert 130 == _interrupted(house, lambda: house.told_of("Received") > 0)


def _interrupted(house: House, moment: Callable[[], bool]) -> int:
    """Press Ctrl+C when *moment* has come; return the exit code, when all is gone in time."""
    with house.playing() as demo:
        alive.wait_for(moment, demo_kit.LONGEST_DAY, "the moment for Ctrl+C")
        everybody = demo_kit.family(demo.pid)
        demo.send_signal(signal.SIGINT)
        code = demo.wait(demo_kit.ENDS_WITHIN)
    assert "Traceback" not in house.said("stderr")
    assert [] == [pid for pid in everybody if alive.is_alive(pid)]
    assert not house.server.running()
    return code
