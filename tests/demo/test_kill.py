from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from config import alive
from dossiers.codes import split_reference
from tests.support import demo_kit
from tests.support.demo_kit import House

pytestmark = pytest.mark.slow

#: When the demo is killed: while results come in, get signed, are booked, and after the manifest.
MOMENTS: dict[str, Callable[[House], bool]] = {
    "received": lambda house: house.told_of("Received") >= house.dossiers // 3,
    "signed": lambda house: house.told_of("Signed") >= house.dossiers // 3,
    "booked": lambda house: len(house.post()) >= 3,
    "listed": lambda house: house.told_of("Listed") > 0,
}


def _kill_when(house: House, moment: Callable[[House], bool]) -> set[int]:
    """Start the demo and kill it with -9 when *moment* has come; return what it had started."""
    with house.playing("--once") as demo:

        def come() -> bool:
            assert demo.poll() is None, f"ended too early: {house.said('stderr')}"
            return moment(house)

        alive.wait_for(come, demo_kit.LONGEST_DAY, "the moment to kill the demo")
        children = demo_kit.family(demo.pid) - {demo.pid}
        demo.kill()
        demo.wait()
    return children


def test_a_day_that_is_killed_again_and_again(new_house: Any, small_day: dict[str, Any]) -> None:
    """
    Killed with -9 at every stage, the same command goes on: nothing is lost or done twice.
    """
    house: House = new_house(small_day["dossiers"])
    for moment in MOMENTS.values():
        children = _kill_when(house, moment)
        alive.wait_for(lambda: not any(map(alive.is_alive, children)), 20, "the parts to end")  # noqa: B023
        assert house.server.running(), "the database outlives the demo"

    told = house.play()

    assert demo_kit.numbers(small_day) == demo_kit.numbers(told)
    _the_post_has_each_parcel_once(house, told)
    for code in [*demo_kit.listed(told)[:3], *(one["code"] for one in told["held"][:2])]:
        assert [] == _broken(house, code)


def _the_post_has_each_parcel_once(house: House, told: dict[str, Any]) -> None:
    orders = house.orders()
    dossiers = Counter(split_reference(number)[0] for number in orders)

    assert sorted(demo_kit.listed(told)) == sorted(dossiers)
    assert {1} == set(dossiers.values())


def _broken(house: House, code: str) -> list[str]:
    """Return what ``motcua dossier`` finds wrong with the chain of *code*."""
    done = subprocess.run(
        [sys.executable, "-m", "config", "dossier", code, "--json"],
        env={**house.environment(), "MOTCUA_HOME": str(house.home)},
        cwd=house.folder,
        capture_output=True,
        check=True,
    )
    return list(json.loads(done.stdout)["broken"])
