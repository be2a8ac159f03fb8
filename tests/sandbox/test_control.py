from __future__ import annotations

from typing import Any

import pytest

from tests.support.other_side import Side


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("faults", {"party": "bank", "operation": "statement", "fault": "no"}, 400),
        ("faults", {"party": "bank"}, 400),
        ("bank/transfers", {"account": "0", "amount": 1}, 404),
        ("bank/transfers", {"account": "1017000022333", "amount": 1.5}, 400),
        ("bank/transfers", {"account": "1017000022333", "amount": 1, "booked_at": "x"}, 400),
        ("platform/pay", {"reference": "nobody"}, 404),
        ("vnpost/advance", {"order": "nobody", "code": "2"}, 404),
        ("authority/revoke", {"label": "nobody"}, 404),
        ("nowhere", {}, 404),
        ("faults", [], 400),
    ],
)
def test_what_cannot_be_done(side: Side, path: str, value: Any, status: int) -> None:
    """
    A wrong order to the other side is answered in JSON, with what is wrong.
    """
    answer = side.http.post(f"{side.url}/control/{path}", json=value)
    assert status == answer.status_code
    assert answer.json()["error"]


def test_state_tells_of_every_party(side: Side) -> None:
    """
    One page tells what everybody holds, without names or addresses.
    """
    state = side.http.get(f"{side.url}/control/state").json()
    assert {"platform", "bank", "vnpost", "authority", "signers", "faults"} == state.keys()


def test_transfers_come_in_lists(side: Side) -> None:
    """
    A whole day's transfers are booked in one call, in order.
    """
    one = {"account": "1017000022333", "amount": 1000, "booked_at": "2026-05-01T09:00:00+07:00"}
    first, second = side.control("bank/transfers", [one, one | {"amount": 2000}])
    assert (1000, 2000) == (first["amount"], second["amount"])
    assert first["number"] < second["number"]
