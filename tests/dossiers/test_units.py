"""The dated unit tree, with the real rows of Quảng Ninh."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.units import Succession, Unit, UnitTree, UnknownUnitError, fold, succession, unit

DATA = Path(__file__).parents[2] / "config" / "data"
CHANGE = date(2025, 7, 1)
OLD, NEW = CHANGE - timedelta(days=1), date(2026, 11, 23)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TREE = UnitTree(map(unit, rows("units.csv")), map(succession, rows("unit_successions.csv")))


def names(units: tuple[Unit, ...]) -> list[str]:
    """Return the names, sorted."""
    return sorted(unit.name for unit in units)


def count(kind: str, day: date) -> int:
    """Return how many units of *kind* there were on *day*."""
    return sum(unit.kind == kind for unit in TREE.on(day))


def test_the_numbers_of_units() -> None:
    """13 districts and 171 communes until June 2025; 54 communes and no district since."""
    districts = ("thành phố", "thị xã", "huyện")
    assert [count(kind, OLD) for kind in districts] == [5, 1, 7]
    assert [count(kind, OLD) for kind in ("phường", "xã", "thị trấn")] == [73, 91, 7]
    assert [count(kind, NEW) for kind in ("phường", "xã", "đặc khu")] == [30, 22, 2]
    assert [count(kind, NEW) for kind in districts] == [0, 0, 0]


def test_one_code_two_meanings() -> None:
    """06688 was Hồng Hải until June 2025 and is Hạ Long since; each resolves as of its day."""
    assert TREE.at("06688", OLD).name == "Phường Hồng Hải"
    assert TREE.at("06688", NEW).name == "Phường Hạ Long"
    assert names(TREE.successors(TREE.at("06688", OLD), NEW)) == ["Phường Hạ Long"]


def test_an_abolished_district_still_resolves() -> None:
    """An address of 2025 leads through its district to the province; one of today does not."""
    assert [unit.name for unit in TREE.path("06691", OLD)] == [
        "Phường Hồng Gai",
        "Thành phố Hạ Long",
        "Tỉnh Quảng Ninh",
    ]
    assert [unit.name for unit in TREE.path("06685", NEW)] == ["Phường Hồng Gai", "Tỉnh Quảng Ninh"]
    with pytest.raises(UnknownUnitError):
        TREE.at("193", NEW)


def test_a_split_commune_is_ambiguous() -> None:
    """Half of Hà Khẩu lies in Việt Hưng, half in Tuần Châu: both are told, none is guessed."""
    (hamlet,) = TREE.find("Hà Khẩu", OLD)
    assert names(TREE.successors(hamlet, NEW)) == ["Phường Tuần Châu", "Phường Việt Hưng"]
    assert sum(len(TREE.successors(u, NEW)) > 1 for u in TREE.on(OLD)) == 12


def test_every_old_commune_has_a_successor_and_every_new_one_a_predecessor() -> None:
    """No commune of either day hangs in the air."""
    old = [u for u in TREE.on(OLD) if len(u.code) == 5]
    new = [u for u in TREE.on(NEW) if len(u.code) == 5]
    assert (len(old), len(new)) == (171, 54)
    assert all(TREE.successors(u, NEW) for u in old)
    assert all(TREE.predecessors(u, OLD) for u in new)


@pytest.mark.parametrize("typed", ["Hạ Long", "hạ long", "  HẠ   LONG "])
def test_a_name_alone_may_mean_several(typed: str) -> None:
    """Hạ Long was a city and a commune of Vân Đồn, and is another ward today."""
    assert names(TREE.find(typed, OLD)) == ["Thành phố Hạ Long", "Xã Hạ Long"]
    assert names(TREE.find(typed, NEW)) == ["Phường Hạ Long"]


@pytest.mark.parametrize("typed", ["Xã Hạ Long", "X. Hạ Long", "x.hạ long", "X Hạ Long"])
def test_a_kind_tells_them_apart(typed: str) -> None:
    """With its kind, in full or short, the name means one unit."""
    assert names(TREE.find(typed, OLD)) == ["Xã Hạ Long"]


@pytest.mark.parametrize("typed", ["Hải Hoà", "Hải Hòa", "HẢI HOÀ"])
def test_the_place_of_the_tone_mark_is_a_matter_of_taste(typed: str) -> None:
    """The official list itself writes hoà and hòa; both find both."""
    assert names(TREE.find(typed, OLD)) == ["Phường Hải Hoà", "Xã Hải Hòa"]


def test_tones_are_not_dropped() -> None:
    """Hà, Hạ and Ha are three names; Đ and D are two letters, Đ and Ð look the same."""
    assert len({fold("Hà"), fold("Hạ"), fold("Ha")}) == 3
    assert fold("Đông") != fold("Dông")
    assert fold("Đông") == fold("Ðông") == fold("đông")


VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệòóỏõọờớởỡợùúủũụừứửữự ")


@given(VIETNAMESE)
def test_folding_does_not_depend_on_how_text_was_typed(name: str) -> None:
    """NFC, NFD and capitals fold to one; folding twice is folding once."""
    assert fold(name) == fold(unicodedata.normalize("NFD", name)) == fold(name.upper())
    assert fold(name) == fold(fold(name))


@given(st.sampled_from(sorted(TREE, key=lambda u: (u.code, u.valid_from))))
def test_every_unit_is_found_by_its_official_name_on_its_day(wanted: Unit) -> None:
    """Whatever was in force can be found by name and by code on its first day."""
    assert wanted in TREE.find(wanted.name, wanted.valid_from)
    assert wanted == TREE.at(wanted.code, wanted.valid_from)


def made(code: str, start: str, end: str = "", parent: str = "") -> Unit:
    """Return a unit made for a test."""
    return unit(
        {
            "code": code,
            "name": f"Xã {code}",
            "kind": "xã",
            "parent": parent,
            "valid_from": start,
            "valid_to": end,
        }
    )


@pytest.mark.parametrize(
    ("units", "successions", "fault"),
    [
        ([made("1", "2020-01-01"), made("1", "2021-01-01")], [], "two things"),
        ([made("1", "2020-01-01", "2022-01-01"), made("1", "2021-01-01")], [], "two things"),
        ([made("1", "2020-01-01", parent="9")], [], "parent of 1"),
        (
            [made("1", "2020-01-01"), made("2", "2020-01-01")],
            [Succession("1", "2", date(2021, 1, 1), partly=False)],
            "did not end",
        ),
        (
            [made("1", "2020-01-01", "2021-01-01")],
            [Succession("1", "2", date(2021, 1, 1), partly=False)],
            "succession of 1",
        ),
    ],
)
def test_rows_that_contradict_themselves_are_refused(
    units: list[Unit], successions: list[Succession], fault: str
) -> None:
    """A table with a hole or a double is refused when it is loaded, with the row named."""
    with pytest.raises(ValueError, match=fault):
        UnitTree(units, successions)


def test_succession_over_two_changes() -> None:
    """What was merged twice is followed through both changes."""
    tree = UnitTree(
        [
            made("1", "2019-01-01", "2020-01-01"),
            made("2", "2020-01-01", "2025-01-01"),
            made("3", "2025-01-01"),
        ],
        [
            Succession("1", "2", date(2020, 1, 1), partly=False),
            Succession("2", "3", date(2025, 1, 1), partly=False),
        ],
    )
    assert tuple(u.code for u in tree.successors(tree.at("1", date(2019, 6, 1)), NEW)) == ("3",)
    assert tuple(u.code for u in tree.predecessors(tree.at("3", NEW), date(2019, 6, 1))) == ("1",)
