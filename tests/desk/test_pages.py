"""Every page of every role, in both languages: words, security headers, nothing inline."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from desk import context
from desk.models import Reading
from dossiers.roles import Role
from register import documents
from tests.support import desk_kit
from tests.support.dossier_kit import catalogue

STATIC = Path(__file__).resolve().parents[2] / "desk" / "static"
TEMPLATES = STATIC.parent / "templates"
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE
)

#: One sentence of each page in Vietnamese and in English.
HEADINGS = {
    "/": ("Việc của tôi", "My work"),
    "/signing/": ("Bàn ký số", "Signing tray"),
    "/sealing/": ("Chọn tất cả", "Choose all"),
    "/money/": ("Đối soát phí, lệ phí", "Reconciliation of fees and charges"),
    "/post/": ("Bưu cục Hạ Long", "parcels wait"),
    "/attention/": ("Hồ sơ cần chú ý", "Needs attention"),
    "/day/": ("Tiến độ trong ngày", "Progress of the day"),
    "/connections/": ("Lỗi gần nhất", "Last failure"),
    "/powers/": ("Quyền ký", "Powers to sign"),
}


def test_every_page_of_every_role_in_both_languages(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """A person finds the pages of the role in the navigation, in the chosen language."""
    for role in Role:
        for n, language in enumerate(("vi", "en")):
            browser = signed_in(role, language=language)
            for place in _places(role):
                answer = browser.get(place)
                page = answer.content.decode()
                assert 200 == answer.status_code, (role, place)
                assert HEADINGS[place][n] in page, (role, place, language)
                assert f'<html lang="{language}">' in page
                assert [] == INLINE.findall(page), (role, place)


def _places(role: Role) -> list[str]:
    names = {
        "work": "/",
        "signing": "/signing/",
        "sealing": "/sealing/",
        "money": "/money/",
        "post": "/post/",
        "attention": "/attention/",
        "day": "/day/",
        "powers": "/powers/",
        "connectors": "/connections/",
    }
    return [
        names[place.name]
        for _heading, places in context.PLACES
        for place in places
        if role in place.roles
    ]


def test_vietnamese_unless_another_language_was_chosen(client: Client, db: None) -> None:
    """An English Windows does not turn the desk English; the switch does."""
    assert (
        "Đăng nhập" in client.get("/sign-in/", headers={"accept-language": "en"}).content.decode()
    )
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert "Sign in" in client.get("/sign-in/").content.decode()


def test_the_policy_allows_nothing_inline(client: Client, db: None) -> None:
    """Content-Security-Policy: our own files only."""
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_templates_hold_nothing_inline() -> None:
    """A style attribute or a handler would be dead under the policy, so none is written."""
    assert [] == [
        str(file.relative_to(TEMPLATES))
        for file in TEMPLATES.rglob("*.html")
        if INLINE.search(file.read_text(encoding="utf-8"))
    ]


def test_templates_speak_htmx_4() -> None:
    """Attributes and events of older versions do nothing here."""
    old = re.compile(r"hx-disabled-elt|hx-ext=|hx-vars|htmx:after[A-Z]|htmx:before[A-Z]")
    files = [*TEMPLATES.rglob("*.html"), *(STATIC / "desk").rglob("*.js")]
    assert [] == [str(file) for file in files if old.search(file.read_text(encoding="utf-8"))]


def test_vendored_files_are_those_that_were_reviewed() -> None:
    """A changed byte in another's code is seen."""
    folder = STATIC / "vendor"
    assets = tomllib.loads((folder / "assets.lock.toml").read_text())["asset"]
    assert [] == [
        asset["file"]
        for asset in assets
        if hashlib.sha256((folder / asset["file"]).read_bytes()).hexdigest() != asset["sha256"]
    ]
    kept = {file.name for file in folder.glob("*.js")}
    assert kept == {asset["file"] for asset in assets}


def test_pages_name_only_our_own_files(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """No address of another host is loaded by a page."""
    page = signed_in(Role.MANAGER).get("/attention/").content.decode()
    assert [] == re.findall(r'(?:src|href)="(?:https?:)?//[^"]*', page)


def test_a_page_weighs_little(morning: desk_kit.Morning, signed_in: Callable[..., Client]) -> None:
    """First load of the tray: at most 250 kB of our own files, 30 kB for a swap."""
    browser = signed_in(Role.OFFICIAL)
    page = browser.get("/signing/").content.decode()
    files = set(re.findall(r'"/static/([^"#]+)', page))
    fonts = list((STATIC / "desk" / "fonts").glob("*.woff2"))
    weight = sum((STATIC / name).stat().st_size for name in files) + sum(
        f.stat().st_size for f in fonts
    )
    assert 250_000 >= weight + len(page)
    swap = browser.get("/signing/", headers={"HX-Request": "true"}).content
    assert 30_000 >= len(swap)


# -- personal data --------------------------------------------------------------------------


def test_lists_mask_the_owner(morning: desk_kit.Morning, signed_in: Callable[..., Client]) -> None:
    """Who only looks through a list does not read names."""
    page = signed_in(Role.MANAGER).get("/?show=all").content.decode()
    assert "Nguyễn V** A*" in page
    assert "Nguyễn Văn An" not in page


@pytest.mark.parametrize(
    ("role", "reads", "masked"),
    [
        (Role.OFFICIAL, ["Nguyễn Văn An"], ["0912345678", "12 Trần Phú", "099123456789"]),
        (Role.MANAGER, ["Nguyễn Văn An", "0912345678", "12 Trần Phú"], ["099123456789"]),
    ],
)
def test_a_role_reads_what_it_needs(
    morning: desk_kit.Morning,
    signed_in: Callable[..., Client],
    role: Role,
    reads: list[str],
    masked: list[str],
) -> None:
    """The owner's fields open by role; the identity number to nobody."""
    code = morning.tray[0].dossier_id
    page = signed_in(role).get(f"/dossiers/{code}/").content.decode()
    assert [] == [text for text in reads if text not in page]
    assert [] == [text for text in masked if text in page]


def test_a_read_is_kept(morning: desk_kit.Morning, signed_in: Callable[..., Client]) -> None:
    """The citizen may ask later who read."""
    code = morning.tray[0].dossier_id
    signed_in(Role.MANAGER).get(f"/dossiers/{code}/")
    assert [("tuan", code, "dossier")] == list(
        Reading.objects.values_list("person", "dossier_id", "page")
    )


def test_search_forgives_diacritics(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """Typed without marks, or by the end of its code, the dossier is found."""
    browser = signed_in(Role.MANAGER)
    for query, found in (
        ("nguyen van an", True),
        ("VĂN AN", True),
        ("-0001", True),
        ("zzz", False),
    ):
        page = browser.get("/", {"show": "all", "q": query}).content.decode()
        row = f"data-key-row>{morning.tray[0].dossier_id}<"
        assert found == (row in page), query


# -- files ----------------------------------------------------------------------------------


def test_a_page_is_drawn_from_the_bytes_that_are_signed(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """The image and the PDF come from the document with the hash of the tray."""
    item = morning.tray[0]
    browser, folder = signed_in(Role.OFFICIAL), f"/dossiers/{item.dossier_id}/{item.document}"
    image = browser.get(f"{folder}/1.png")
    assert b"\x89PNG" == image.content[:4]
    whole = b"".join(browser.get(f"{folder}.pdf").streaming_content)  # type: ignore[attr-defined]
    assert documents.get(item.document) == whole
    assert 404 == browser.get(f"{folder}/99.png").status_code


def test_a_file_of_another_dossier_is_not_shown(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """A hash opens a file only through the dossier that it belongs to."""
    first, second = morning.tray[:2]
    wrong = f"/dossiers/{first.dossier_id}/{second.document}.pdf"
    assert 404 == signed_in(Role.OFFICIAL).get(wrong).status_code


# -- signing in -----------------------------------------------------------------------------


def test_five_wrong_passwords_need_a_rest(client: Client, db: None, now: None) -> None:
    """The sixth try is refused even when it is right, and another person is not hindered."""
    catalogue()
    desk_kit.person(Role.CLERK)
    desk_kit.person(Role.POST)
    for _try in range(5):
        wrong = client.post("/sign-in/", {"username": "hoa", "password": "x"})
        assert 401 == wrong.status_code
    right = {"username": "hoa", "password": desk_kit.PASSWORD}
    assert 401 == client.post("/sign-in/", right).status_code
    other = {"username": "tai", "password": desk_kit.PASSWORD}
    assert 302 == client.post("/sign-in/", other).status_code


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client: Client, db: None, now: None, where: str) -> None:
    """A forged link cannot use our door to lead somewhere else."""
    catalogue()
    desk_kit.person(Role.CLERK)
    form = {"username": "hoa", "password": desk_kit.PASSWORD, "next": where}
    assert "/" == client.post("/sign-in/", form)["Location"]
