"""
A person of one unit never sees another's: by role, by unit, by address, and in the database.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from desk import rows, scope
from dossiers import facts
from dossiers.roles import Role
from register.models import Dossier, Unit
from tests.support import desk_kit, dossier_kit

UNITS = ("H49", "H49.12", "H49.13", "H49.61", "H49.62")
STAGES = (None, facts.Charged, facts.Signed, facts.Released)

#: Which stages a role sees of a dossier that its unit reaches.
SEES = {
    Role.OFFICIAL: STAGES,
    Role.MANAGER: STAGES,
    Role.FINANCE: STAGES[1:],
    Role.CLERK: STAGES[2:],
    Role.POST: STAGES[3:],
}


def dossiers() -> dict[str, tuple[str, str, int]]:
    """One dossier per pair of agency and centre and per stage: code → agency, centre, stage."""
    dossier_kit.catalogue()
    Unit.objects.filter(pk__in=("H49.12", "H49.13")).update(parent_id="H49")
    made = {}
    for agency, centre in (("H49.12", "H49.61"), ("H49.13", "H49.62")):
        for stage, until in enumerate(STAGES):
            code = f"{agency}-261123-{stage + 1:04d}"
            one = dossier_kit.dossier(code, unit=agency, centre=centre)
            if until:
                dossier_kit.walk(one, until=until)
            made[code] = (agency, centre, stage)
    return made


@pytest.mark.django_db
def test_the_matrix_of_roles_and_units(now: None) -> None:
    """Each role in each unit sees exactly what it reaches, and of that what it needs."""
    made = dossiers()
    for role in Role:
        for unit in UNITS:
            user = desk_kit.person(role, unit=unit, name=f"{role}-{unit}")
            below = {"H49", "H49.12", "H49.13"} if unit == "H49" else {unit}
            expected = {
                code
                for code, (agency, centre, stage) in made.items()
                if below & {agency, centre} and STAGES[stage] in SEES[role]
            }
            seen = set(scope.dossiers_for(user).values_list("pk", flat=True))
            assert expected == seen, (role, unit)


@pytest.mark.django_db
def test_a_role_does_not_lend_its_units_to_another(now: None) -> None:
    """Clerk here and manager there is not manager here."""
    dossiers()
    user = desk_kit.person(Role.CLERK, unit="H49.12", name="both")
    desk_kit.person(Role.MANAGER, unit="H49.13", name="both")
    assert Role.MANAGER in scope.of(user).roles
    seen = scope.dossiers_for(user, Role.MANAGER).values_list("unit_id", flat=True)
    assert {"H49.13"} == set(seen)


@pytest.mark.django_db
def test_the_second_wall_stands_without_the_first(now: None) -> None:
    """A query that forgot its scope still sees only the rows of the units that were named."""
    dossiers()
    try:
        rows.show(["H49.13"])
        assert {"H49.13"} == set(Dossier.objects.values_list("unit_id", flat=True))
        rows.show([])
        assert 0 == Dossier.objects.count()
    finally:
        rows.forget()
    assert 8 == Dossier.objects.count()


@pytest.mark.django_db
def test_seeing_everything_ends_with_its_act(now: None) -> None:
    """What the public page opens for one look-up is shut afterwards."""
    dossiers()
    try:
        rows.show(["H49.13"])
        with rows.everything():
            assert 8 == Dossier.objects.count()
        assert 4 == Dossier.objects.count()
    finally:
        rows.forget()


def test_a_circle_of_units_ends() -> None:
    """Wrong data in the unit tree does not hang the desk."""
    assert {"a", "b"} == scope.below(["a"], {"a": ["b"], "b": ["a"]})


# -- every address -------------------------------------------------------------------------


def addresses() -> dict[str, Callable[..., object]]:
    """Every address of the desk but the API's, by name."""
    found: dict[str, Callable[..., object]] = {}
    waiting: list[URLPattern | URLResolver] = list(get_resolver("desk.urls").url_patterns)
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLResolver):
            waiting += [] if one.namespace == "api" else one.url_patterns
        elif one.name:
            found[one.name] = one.callback
    return found


def test_every_page_says_for_whom_it_is() -> None:
    """No view is open because somebody forgot to shut it."""
    assert [] == [name for name, view in addresses().items() if not hasattr(view, "roles")]


OPEN_TO_ALL = {"sign-in", "sign-out", "language", "public", "public-qr"}


def test_only_these_pages_are_open_to_all() -> None:
    """A page becomes public by changing this list, which somebody reviews."""
    assert OPEN_TO_ALL == {name for name, view in addresses().items() if not view.roles}  # type: ignore[attr-defined]


def paths(morning: desk_kit.Morning) -> dict[str, str]:
    """An address per page, each about something of our Centre."""
    item, manifest = morning.tray[0], morning.manifest.number
    code, document = item.dossier_id, item.document
    return {
        "work": "/",
        "dossier": f"/dossiers/{code}/",
        "document": f"/dossiers/{code}/{document}.pdf",
        "page": f"/dossiers/{code}/{document}/1.png",
        "signing": "/signing/",
        "sealing": "/sealing/",
        "money": "/money/",
        "post": "/post/",
        "post-manifest": f"/post/manifests/{manifest}/",
        "post-download": f"/post/manifests/{manifest}.pdf",
        "attention": "/attention/",
        "day": "/day/",
        "connectors": "/connections/",
    }


#: Pages about one thing: another unit's person gets 404, as if it were not there.
ABOUT_ONE = {"dossier", "document", "page", "post-manifest", "post-download"}


def test_every_page_for_every_role_here_and_elsewhere(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """Right role, right unit: the page. Wrong role: 403. Right role elsewhere: nothing of ours."""
    views = addresses()
    ours = {item.dossier_id for item in (*morning.tray, *morning.seal)} | set(morning.parcels)
    for role in Role:
        here, elsewhere = signed_in(role), signed_in(role, unit=desk_kit.STRANGERS[role])
        for name, path in paths(morning).items():
            allowed = role in views[name].roles  # type: ignore[attr-defined]
            there = elsewhere.get(path)
            if not allowed:
                assert (403, 403) == (here.get(path).status_code, there.status_code), (role, name)
            elif name in ABOUT_ONE:
                assert 404 == there.status_code, (role, name)
            else:
                assert 200 == here.get(path).status_code, (role, name)
                assert not [code for code in ours if code in there.content.decode()], (role, name)


def test_nobody_signed_in_is_led_to_the_door(morning: desk_kit.Morning, client: Client) -> None:
    """Every page of the desk asks who is there."""
    for name, path in paths(morning).items():
        answer = client.get(path)
        assert (302, True) == (answer.status_code, answer["Location"].startswith("/sign-in/")), name


def test_acts_are_shut_to_other_units(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """Knowing the number of another unit's item, office or difference is not enough to act."""
    stranger = {role: signed_in(role, unit=desk_kit.STRANGERS[role]) for role in Role}
    item = morning.tray[0]
    assert 404 == stranger[Role.POST].post("/post/close/", {"office": "HLG"}).status_code
    assert 404 == stranger[Role.FINANCE].post("/money/close/", {"account": "1"}).status_code
    sent = {"item": item.pk, "document": item.document, "reason": "x"}
    assert 404 == stranger[Role.OFFICIAL].post("/signing/seen/", sent).status_code
    assert 404 == stranger[Role.OFFICIAL].post("/signing/back/", sent).status_code
    number = morning.manifest.number
    handed = stranger[Role.POST].post(
        f"/post/manifests/{number}/hand-over/", {"postal_worker": "x"}
    )
    assert 404 == handed.status_code


def test_a_tray_belongs_to_one_person(
    morning: desk_kit.Morning, signed_in: Callable[..., Client]
) -> None:
    """A colleague of the same agency has a tray of their own."""
    colleague = Client()
    colleague.force_login(desk_kit.person(Role.OFFICIAL, name="binh"))
    shown = colleague.get("/signing/").content.decode()
    assert not [item for item in morning.tray if item.dossier_id in shown]
