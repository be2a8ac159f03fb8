from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.demo_kit import House

#: Minutes that the tests of this folder need of a day; the demo's day is the calendar's.
NEEDS = timedelta(minutes=10)

NewHouse = Callable[[int], House]


@pytest.fixture(scope="session", autouse=True)
def same_day() -> None:
    """Demos are compared that were played on one day; there are none around midnight."""
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    if (now + NEEDS).date() != now.date():
        pytest.skip("the day in Vietnam is about to end")


@pytest.fixture(scope="session")
def new_house() -> Iterator[NewHouse]:
    """Make folders for demos of so many dossiers; their databases are ended with the tests."""
    houses: list[House] = []
    with tempfile.TemporaryDirectory(prefix="motcua-demo-") as folder:
        # PostgreSQL runs as a user who must pass
        Path(folder).chmod(0o711)

        def make(dossiers: int) -> House:
            house = House(Path(folder) / str(len(houses)), dossiers)
            house.folder.mkdir()
            houses.append(house)
            return house

        yield make
        for house in houses:
            house.clear()


@pytest.fixture(scope="session")
def small_day(new_house: NewHouse) -> dict[str, Any]:
    """The summary of a small day that nobody disturbed."""
    return new_house(20).play()
