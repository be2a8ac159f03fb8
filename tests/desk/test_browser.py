"""
The desk in a real browser: keys, focus, the policy in force, axe-core without a finding.

The journey can be pointed at a running demo, whose people have the passwords given there:
``MOTCUA_DESK_URL=http://127.0.0.1:8000 MOTCUA_DESK_PEOPLE=official:user:password,… pytest …``
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from dossiers.roles import Role
from signing.models import Batch, Confirmation
from tests.support import desk_kit

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
DEMO = os.environ.get("MOTCUA_DESK_URL", "")

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs apt's chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this file; Django's guard for async code is told about it."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(SWITCHES))
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def desk(transactional_db: None, now: None) -> Iterator[str]:
    """The desk behind HTTP with a Centre at work; its address."""
    desk_kit.morning()
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    connections.close_all()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of 1366×768 that fails on any complaint in the console."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert [] == complaints


def sign_in(page: Page, desk: str, username: str, password: str = desk_kit.PASSWORD) -> None:
    """Sign in as a person does."""
    page.goto(f"{desk}/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".nav")


def findings(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds wrong with the page."""
    told = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}}).response
    assert told["passes"], "axe did not run"
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in told["violations"]]


PLACES = {
    Role.OFFICIAL: ("/", "/signing/"),
    Role.CLERK: ("/sealing/",),
    Role.FINANCE: ("/money/", "/money/?tab=matched", "/connections/"),
    Role.POST: ("/post/", "/post/manifests/BK-261123-01/"),
    Role.MANAGER: ("/attention/", "/day/", "/dossiers/H49.61-261123-0001/", "/?show=all"),
}


@pytest.mark.parametrize("role", list(Role))
def test_axe_finds_nothing(desk: str, page: Page, role: Role) -> None:
    """WCAG 2.2 AA and best practice on the role's pages, and no sideways scrolling at 1366×768."""
    sign_in(page, desk, desk_kit.PEOPLE[role][0])
    for place in PLACES[role]:
        page.goto(desk + place)
        assert [] == findings(page), place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def test_axe_finds_nothing_on_the_powers(desk: str, page: Page) -> None:
    """With rows and every form open; the forms are opened and filled by keys."""
    desk_kit.person(Role.MANAGER, unit=desk_kit.AGENCY, name="thu")
    sign_in(page, desk, "thu")
    page.goto(f"{desk}/powers/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert [] == findings(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{desk}/powers/")
    page.locator("details.box summary").first.focus()
    for key in ("Enter", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("hung")
    assert "hung" == page.input_value("#appointment-person")


def test_axe_finds_nothing_on_the_public_pages(desk: str, page: Page) -> None:
    """Also at 320 pixels, where nothing may be cut off."""
    for place in ("/sign-in/", "/tra-cuu/"):
        page.goto(desk + place)
        assert [] == findings(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
        page.set_viewport_size({"width": 1366, "height": 768})


def test_signing_by_keys_alone(desk: str, page: Page) -> None:
    """See two results to their end, choose, take one back, sign the other: no mouse."""
    sign_in(page, desk, "hung")
    page.goto(f"{desk}/signing/")
    assert "0" == page.text_content("#chosen")
    first = page.get_attribute(".view", "data-document")
    for turn in range(2):
        page.wait_for_function("() => [...document.images].every((one) => one.complete)")
        while page.locator(".it.cur[data-seen='1']").count() == 0:
            page.keyboard.press("Space")
            page.wait_for_timeout(80)
        assert str(turn + 1) == page.text_content("#chosen")
        if turn == 0:
            page.keyboard.press("j")
            page.wait_for_function(
                "before => document.querySelector('.view').dataset.document !== before", arg=first
            )
    page.keyboard.press("x")
    assert "1" == page.text_content("#chosen")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#batch progress")
    assert 2 == Confirmation.objects.count()
    assert [1] == [batch.items.count() for batch in Batch.objects.all()]


def test_sending_back_by_keys(desk: str, page: Page) -> None:
    """R opens the question for a reason; letters typed there are no keys of the tray."""
    sign_in(page, desk, "hung")
    page.goto(f"{desk}/signing/")
    page.keyboard.press("r")
    page.wait_for_selector("dialog[open]")
    assert "reason" == page.evaluate("document.activeElement.id")
    page.keyboard.type("Sai jkx so thua")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    # Chromium ends a modal dialog by Escape in two steps; a hand is slower than both.
    page.wait_for_timeout(200)
    page.keyboard.press("r")
    page.wait_for_selector("dialog[open]")
    assert "Sai jkx so thua" == page.input_value("#reason")
    page.click("dialog .btn.p")
    page.wait_for_selector(".note.ok")


def test_sending_back_means_the_result_that_is_open(desk: str, page: Page) -> None:
    """After walking on with J the reason belongs to the result in the middle."""
    sign_in(page, desk, "hung")
    page.goto(f"{desk}/signing/")
    first = page.get_attribute(".view", "data-item")
    page.keyboard.press("j")
    page.wait_for_function(
        "before => document.querySelector('.view').dataset.item !== before", arg=first
    )
    opened = page.get_attribute(".view", "data-item")
    assert opened == page.input_value("#back-item")


def test_arrows_walk_a_list(desk: str, page: Page) -> None:
    """↓ goes to the next dossier, Enter opens it, / goes to the search."""
    sign_in(page, desk, "tuan")
    page.goto(f"{desk}/?show=all")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    first = page.locator("[data-key-row]").first.text_content()
    assert first == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("/")
    assert "find" == page.evaluate("document.activeElement.id")


def test_the_day_renews_itself(desk: str, page: Page) -> None:
    """The bars ask again without a reload."""
    sign_in(page, desk, "tuan")
    page.goto(f"{desk}/day/")
    with page.expect_response(lambda told: "/day/" in told.url, timeout=5000) as asked:
        pass
    assert 200 == asked.value.status


def test_the_language_is_switched_and_kept(desk: str, page: Page) -> None:
    """EN turns this page and the next ones English."""
    sign_in(page, desk, "tuan")
    assert "Việc của tôi" in page.title()
    page.click(".top .lang button")
    page.wait_for_load_state()
    assert "My work" in page.title()


# -- the journey ---------------------------------------------------------------------------


def people() -> dict[str, tuple[str, str]]:
    """Who is signed in on the journey: role → user name, password."""
    if given := os.environ.get("MOTCUA_DESK_PEOPLE", ""):
        parts = (one.split(":", 2) for one in given.split(","))
        return {role: (username, password) for role, username, password in parts}
    return {role: (desk_kit.PEOPLE[role][0], desk_kit.PASSWORD) for role in Role}


@pytest.fixture
def journey_desk(request: pytest.FixtureRequest) -> str:
    """The running demo that was named, else a desk of our own."""
    return DEMO or str(request.getfixturevalue("desk"))


@pytest.mark.django_db(transaction=True)
def test_the_journey_of_a_morning(journey_desk: str, browser: Browser) -> None:
    """Each role signs in and walks: tray, seal, reconciliation, manifest, attention, day."""
    walks = {
        Role.OFFICIAL: ("/signing/", "#tray"),
        Role.CLERK: ("/sealing/", ".desk.red"),
        Role.FINANCE: ("/money/", ".rec .tabs"),
        Role.POST: ("/post/", "section.card, p.card"),
        Role.MANAGER: ("/day/", "#bars progress"),
    }
    for role, (place, sign) in walks.items():
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        sign_in(page, journey_desk, *people()[role])
        page.click(f".nav a[href='{place}']")
        page.wait_for_selector(sign)
        assert 1 == page.locator(".nav a[aria-current=page]").count(), role
        page.click(".top form[action='/sign-out/'] button")
        page.wait_for_selector("#id_username")
        context.close()
