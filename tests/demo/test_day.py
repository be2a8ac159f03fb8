from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sandbox.day import Case, Trouble
from tests.support import demo_kit, level_kit, signing_kit
from tests.support.demo_kit import House

pytestmark = pytest.mark.slow

KEYS = {
    *("dossiers", "signed", "sealed", "charged", "paid", "matched", "discrepancies", "released"),
    *("archival", "booked", "manifests", "artifacts", "faults", "seconds"),
}

#: Why a dossier with such a trouble does not leave the house.
HELD = {
    Trouble.UNPAID: ["unpaid"],
    Trouble.SHORT_PAID: ["unpaid"],
    Trouble.PAID_LATE: ["unpaid"],
    Trouble.TYPO_IN_REFERENCE: ["unpaid"],
    Trouble.NO_REFERENCE: ["unpaid"],
    Trouble.UNSIGNED: ["unsigned", "unsealed", "unverified"],
    Trouble.SENT_BACK: ["sent_back"],
    Trouble.REFUSED_ADDRESS: ["booking_refused"],
}

Told = dict[str, Any]


@pytest.fixture(scope="module")
def house(new_house: Any) -> House:
    """Sixty dossiers are enough for every trouble to happen."""
    made: House = new_house(60)
    return made


@pytest.fixture(scope="module")
def told(house: House) -> Told:
    """The summary of the day."""
    return house.play()


def _reasons(told: Told) -> dict[str, list[str]]:
    return {one["code"]: one["reasons"] for one in told["held"]}


def test_the_summary_is_one_object(house: House, told: Told) -> None:
    """
    Stdout has one JSON object with every promised number; the seconds are those of a person.
    """
    assert set() == KEYS - told.keys()
    assert {"results", "manifest", "statement", "close"} == told["artifacts"].keys()
    assert 1 == house.said("stdout").count("\n")
    assert "Traceback" not in house.said("stderr")


def test_the_numbers_agree(told: Told) -> None:
    """
    Nothing is counted twice or lost between the department and the post.
    """
    results, reasons = told["artifacts"]["results"], list(_reasons(told).values())
    refused = reasons.count(["booking_refused"])

    assert 60 == told["dossiers"] == told["charged"] + told["exempt"]
    assert told["signed"] >= told["sealed"] >= len(results) >= told["released"]
    assert told["paid"] + told["exempt"] >= told["released"]
    assert told["released"] == told["booked"] + told["at_counter"] + refused
    assert told["dossiers"] == told["released"] - refused + len(reasons)
    assert told["booked"] == told["handed_over"]
    assert told["released"] == told["archival"]
    assert told["booked"] == sum(manifest["parcels"] for manifest in told["manifests"])
    assert told["discrepancies"] == sum(told["discrepancies_by_code"].values())


def test_what_was_planned_to_be_held_is_held(house: House, told: Told) -> None:
    """
    Each trouble of the plan has its own reason at the gate, and nobody else is held.
    """
    cases, found = house.cases(), _reasons(told)
    expected = {code: HELD[case.trouble] for code, case in cases.items() if case.trouble in HELD}
    unlucky = {code: reasons for code, reasons in found.items() if code not in expected}

    assert expected == {code: found.get(code) for code in expected}
    assert [["booking_refused"]] * told["faults"].get("vnpost order refused", 0) == list(
        unlucky.values()
    )


def test_troubles_that_hold_nothing(house: House, told: Told) -> None:
    """
    Who paid too much, twice or in parts has the result; the surplus is a difference with a name.
    """
    cases = house.cases().values()
    surplus = [case.code for case in cases if case.trouble is Trouble.OVERPAID]
    twice = [case.code for case in cases if case.trouble is Trouble.PAID_TWICE]
    short = [case.code for case in cases if case.trouble is Trouble.SHORT_PAID]
    names = told["discrepancies_by_code"]

    assert (len(surplus), len(twice), len(short)) == (
        names["over"],
        names["duplicate"],
        names["short"],
    )


def test_manifests_list_what_left(house: House, told: Told) -> None:
    """
    The data in each manifest's PDF are its parcels: one per dossier, none of those held.
    """
    listed = demo_kit.listed(told)

    assert [one["parcels"] for one in told["manifests"]] == [
        len(demo_kit.embedded(one)["rows"]) for one in told["manifests"]
    ]
    assert len(listed) == len(set(listed))
    assert set() == set(listed) & _reasons(told).keys()
    assert {"post"} == {house.cases()[code].delivery for code in listed}


def test_the_post_has_what_the_manifests_say(house: House, told: Told) -> None:
    """
    The post office's own book has one order per listed parcel, and no other.
    """
    rows = [row for one in told["manifests"] for row in demo_kit.embedded(one)["rows"]]

    assert sorted(house.orders()) == sorted(row[2] for row in rows)


def test_poppler_finds_two_valid_signatures(told: Told) -> None:
    """
    Every result bears the official's signature and the agency's seal, says poppler too.
    """
    head = "- Signature Validation: "
    verdicts = {}
    for path in told["artifacts"]["results"]:
        done = subprocess.run(
            ["pdfsig", "-nocert", path], capture_output=True, text=True, check=False
        )
        lines = done.stdout.splitlines()
        verdicts[path] = [line.split(head)[1] for line in lines if head in line][:2]

    assert dict.fromkeys(verdicts, ["Signature is Valid."] * 2) == verdicts


def test_openssl_agrees(house: House, told: Told, tmp_path: Path) -> None:
    """
    OpenSSL follows both signatures of a few results up to the authority's root.
    """
    authority = house.letter()["authority"]
    roots = tmp_path / "roots.pem"
    roots.write_bytes(
        b"".join(
            Path(file).read_bytes() for file in authority["roots"] + authority["intermediates"]
        )
    )
    results = [Path(path) for path in told["artifacts"]["results"]]

    for result in results[:: len(results) // 3]:
        assert [True, True] == signing_kit.openssl(result.read_bytes(), tmp_path, roots)[:2]


def test_released_results_are_for_the_archive(house: House, told: Told, tmp_path: Path) -> None:
    """
    Each ends with a time stamp that covers the whole file; OpenSSL verifies both stamps of a few.
    """
    root = house.letter()["authority"]["certificates"]["root"]
    held = _reasons(told)
    results = [Path(path) for path in told["artifacts"]["results"]]
    released = [path for path in results if held.get(path.stem, []) in ([], ["booking_refused"])]

    assert told["released"] == len(released)
    for path in released:
        data = path.read_bytes()
        assert (4, len(data)) == (len(found := level_kit.parts(data)), found[-1].end)
    for path in released[:: len(released) // 3]:
        for part in level_kit.parts(path.read_bytes())[2:]:
            assert "Verification: OK" in level_kit.openssl_stamp(part, tmp_path, root)


def test_the_papers_of_the_day_lie_there(told: Told) -> None:
    """
    The bank's statement and the minute of the close are what their names say.
    """
    statement, close = (Path(told["artifacts"][name]) for name in ("statement", "close"))

    assert b"urn:iso:std:iso:20022:tech:xsd:camt.053" in statement.read_bytes()
    assert close.read_bytes().startswith(b"%PDF-")


def test_logs_name_nobody(house: House, told: Told) -> None:
    """
    No log has an applicant's name, telephone, identity number or address.
    """
    logs = [*(house.home / "logs").glob("*.log"), house.home / "postgres" / "server.log"]
    said = "".join(log.read_text(errors="replace") for log in logs) + house.said("stderr")
    words = [word for case in house.cases().values() for word in _personal(case)]

    assert [] == [word for word in words if word in said or json.dumps(word)[1:-1] in said]


def _personal(case: Case) -> tuple[str, ...]:
    owner = case.applicant
    return owner.name, owner.phone, owner.id_number, owner.address


def test_the_same_seed_has_the_same_day(new_house: Any, small_day: Told) -> None:
    """
    Twice the same command in fresh homes: the same numbers, reasons and faults.
    """
    assert demo_kit.numbers(small_day) == demo_kit.numbers(new_house(20).play())
