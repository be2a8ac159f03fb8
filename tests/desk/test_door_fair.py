"""Who waits at the door, and who is refused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.door.fair import CROWD, Fair

CALLERS = st.sampled_from("abcdefgh")


def test_lines_are_served_in_turn() -> None:
    """
    Who says little does not wait for whoever says much.
    """
    fair: Fair[str] = Fair()
    for thing in ("a1", "a2", "a3", "b1", "c1", "b2"):
        assert fair.put(thing[0], thing, most=10)

    assert ["a1", "b1", "c1", "a2"] == fair.take(4)
    assert ["b2", "a3"] == fair.take(4)
    assert 0 == len(fair)


def test_nobody_is_refused_while_there_is_room() -> None:
    """
    One gateway alone may use all of it.
    """
    fair: Fair[int] = Fair()

    assert [True] * 5 + [False] == [fair.put("a", number, most=5) for number in range(6)]


@given(st.lists(CALLERS), st.integers(1, 20))
def test_a_flood_costs_its_own_caller(before: list[str], most: int) -> None:
    """
    Whatever waits already, a caller with less than an equal share is let in.
    """
    fair: Fair[str] = Fair()
    for caller in before:
        fair.put(caller, caller, most=most)
    waiting = len(fair)

    assert fair.put("new", "new", most=most) or waiting >= CROWD * most


@given(st.lists(st.tuples(CALLERS, st.booleans())), st.integers(1, 10))
def test_what_is_let_in_comes_out_once(story: list[tuple[str, bool]], most: int) -> None:
    """
    Nothing is lost or doubled, each caller's things keep their order, and the crowd is bounded.
    """
    fair: Fair[tuple[str, int]] = Fair()
    put: list[tuple[str, int]] = []
    taken: list[tuple[str, int]] = []
    for number, (caller, takes) in enumerate(story):
        if fair.put(caller, (caller, number), most=most):
            put.append((caller, number))
        assert len(fair) <= CROWD * most
        if takes:
            taken += fair.take(2)
    taken += fair.take(len(story))

    assert sorted(put) == sorted(taken)
    for caller in "abcdefgh":
        mine = [number for one, number in taken if one == caller]
        assert sorted(mine) == mine
