"""The gate: no way leads to the post past signature, seal, verification and money."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers import facts
from dossiers.parcels import Parcel
from dossiers.personal import Address, Name, Phone
from dossiers.release import HeldError, Released, reasons_to_hold, release
from dossiers.state import State, apply, fold
from dossiers.status import CARRIED, Business, Delivery
from dossiers.steps import OURS, Step, next_step
from dossiers.transitions import TransitionError

PARCEL = Parcel("H49-D-1", Name("Nguyễn An"), Phone("0912345678"), Address("12 Trần Phú"), "06685")
DOCUMENTS = st.sampled_from(["a" * 64, "b" * 64, "c" * 64, "d" * 64])
AMOUNTS = st.integers(-10, 200_000) | st.sampled_from([0, 50_000, 75_000])
WORDS = st.sampled_from(["x", "y", "QN0000012825", "BK-261123-01"])
INSTANTS = st.sampled_from([f"2026-11-23T{hour:02d}:00:00+07:00" for hour in range(8, 18)])

READY = [
    facts.Received("a" * 64, "1.004", "H49.12", "H49.61", "2026-11-24T17:00:00+07:00", "post"),
    facts.Charged("QN0000012825", 75_000, "transfer"),
    facts.Submitted("b" * 64, "hung"),
    facts.Signed("c" * 64, "b" * 64, "hung", "f" * 64),
    facts.Numbered("1284/GPXD", "2026-11-23", "lan"),
    facts.Sealed("d" * 64, "c" * 64, "lan", "e" * 64),
    facts.Verified("d" * 64, "pyhanko"),
    facts.Paid(75_000, "transfer", "bank:1"),
]


def any_fact() -> st.SearchStrategy[facts.Fact]:
    """Facts of every kind, with values that often fit together."""
    text = {"document": DOCUMENTS, "over": DOCUMENTS, "at": INSTANTS, "manifest": WORDS}
    numbers = {"amount": AMOUNTS, "due": AMOUNTS, "paid": AMOUNTS}
    status = st.sampled_from([*(str(word) for word in CARRIED), "unheard of"])
    delivery = st.sampled_from(["post", "counter"])
    channel = st.sampled_from(["platform", "transfer", "counter"])
    special = {**text, **numbers, "status": status, "delivery": delivery, "channel": channel}
    return st.one_of(
        st.builds(
            kind,
            **{name: special.get(name, WORDS) for name in (field.name for field in fields(kind))},
        )
        for kind in facts.Fact.kinds.values()
    )


def told(history: list[facts.Fact]) -> tuple[State, list[facts.Fact]]:
    """Return the state after all of *history* that could follow, and that part of it."""
    state, kept = State(), []
    for fact in history:
        try:
            state = apply(state, fact)
        except TransitionError:
            continue
        kept.append(fact)
    return state, kept


@settings(max_examples=400, deadline=None)
@given(st.lists(any_fact(), max_size=60), st.permutations(READY))
def test_nothing_leaves_unready(noise: list[facts.Fact], ready: list[facts.Fact]) -> None:
    """
    Whatever is told, in whatever order, a released dossier was signed, sealed, verified, paid.
    """
    mixed = [fact for pair in zip(ready, noise, strict=False) for fact in pair]
    released = facts.Released("d" * 64, 75_000, 75_000)
    _state, kept = told([*mixed, *READY, *noise, released, facts.Booked("vnpost", "r", "t")])
    kinds = [fact.kind for fact in kept]

    if "Booked" in kinds:
        assert "Released" in kinds[: kinds.index("Booked")]
    if "Released" in kinds:
        before = fold(kept[: kinds.index("Released")])
        assert {"Signed", "Sealed", "Verified", "Charged"} <= set(kinds[: kinds.index("Released")])
        assert before.paid >= before.due
        assert before.verified == before.document


@settings(max_examples=200, deadline=None)
@given(st.lists(any_fact(), max_size=40))
def test_every_state_survives_storage(noise: list[facts.Fact]) -> None:
    """
    A state kept as JSON comes back as it was, and so does every fact.
    """
    state, kept = told([*READY, *noise])

    assert state == State.from_json(state.as_json())
    assert kept == [facts.read(fact.kind, fact.body()) for fact in kept]


@settings(max_examples=200, deadline=None)
@given(st.lists(any_fact(), max_size=40))
def test_every_state_has_one_next_step(noise: list[facts.Fact]) -> None:
    """
    However it came about, a state says what comes next; the gate's step only when it is open.
    """
    state, _kept = told([*READY, *noise])

    assert next_step(state) in Step
    assert (next_step(state) is not Step.RELEASE) or not reasons_to_hold(state)


def test_the_straight_way() -> None:
    """
    The facts of a good day lead from received to done, and the hub's steps come in order.
    """
    way = [
        *READY,
        facts.Released("d" * 64, 75_000, 75_000),
        facts.Booked("vnpost", "H49-D-1", ""),
        facts.Carried("booked", "1", "2026-11-23T10:00:00+07:00", "EB1VN"),
        facts.Listed("BK-1"),
        facts.HandedOver("BK-1", "minh"),
        facts.Carried("accepted", "2", "2026-11-23T16:00:00+07:00"),
        facts.Carried("delivered", "4", "2026-11-24T09:00:00+07:00"),
    ]
    steps = [next_step(fold(way[:count])) for count in range(1, len(way) + 1)]

    assert [
        Step.CHARGE,
        Step.SUBMIT,
        Step.AWAIT_OFFICIAL,
        Step.AWAIT_CLERK,
        Step.AWAIT_CLERK,
        Step.VERIFY,
        Step.AWAIT_MONEY,
        Step.RELEASE,
        Step.BOOK,
        Step.AWAIT_MANIFEST,
        Step.AWAIT_MANIFEST,
        Step.AWAIT_POSTAL_WORKER,
        Step.AWAIT_CARRIER,
        Step.AWAIT_CARRIER,
        Step.DONE,
    ] == steps
    assert "EB1VN" == fold(way).tracking
    assert {Step.CHARGE, Step.SUBMIT, Step.VERIFY, Step.RELEASE, Step.BOOK} < set(OURS)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"business": Business.ON_TRAY}, "unsigned"),
        ({"business": Business.SIGNED}, "unsealed"),
        ({"verified": "x"}, "unverified"),
        ({"charge": ""}, "uncharged"),
        ({"paid": 74_999}, "unpaid"),
        ({"business": Business.WITHDRAWN}, "withdrawn"),
    ],
)
def test_one_missing_fact_is_enough(change: dict[str, object], reason: str) -> None:
    """
    The gate names what is missing, and holds.
    """
    state = fold(READY)

    assert Released(state.document, PARCEL, release(state, PARCEL)._key) == release(state, PARCEL)
    with pytest.raises(HeldError) as held:
        release(replace(state, **change), PARCEL)
    assert reason in held.value.reasons


def test_a_release_cannot_be_forged() -> None:
    """
    Only the gate makes what a carrier accepts.
    """
    with pytest.raises(TypeError):
        Released("d" * 64, PARCEL, object())


@pytest.mark.parametrize(
    ("before", "impossible"),
    [
        (READY[:3], facts.Signed("c" * 64, "a" * 64, "hung", "f" * 64)),
        (READY[:5], facts.Sealed("d" * 64, "b" * 64, "lan", "e" * 64)),
        (READY[:6], facts.Verified("c" * 64, "pyhanko")),
        (READY[:2], facts.Sealed("d" * 64, "a" * 64, "lan", "e" * 64)),
        (READY[:1], facts.Paid(75_000, "transfer", "1")),
        (READY[:2], facts.Paid(0, "transfer", "1")),
        (READY, facts.PaymentReversed(75_001, "r")),
        (READY, facts.PaymentReversed(-1, "r")),
        (READY, facts.Released("d" * 64, 1, 1)),
        (READY, facts.Booked("vnpost", "r", "t")),
        (READY[:1], facts.Charged("QN", -1, "transfer")),
        (READY, facts.Received("a" * 64, "1", "2", "3", "4", "post")),
        ([], facts.Withdrawn("x")),
    ],
)
def test_what_cannot_follow_is_refused(before: list[facts.Fact], impossible: facts.Fact) -> None:
    """
    A fact out of place, over another file or with an impossible amount changes nothing.
    """
    with pytest.raises(TransitionError) as refused:
        apply(fold(before), impossible)
    assert refused.value.fact is impossible


def test_a_fact_needs_a_row_in_the_table() -> None:
    """
    A kind of fact that the table does not name cannot happen.
    """

    class Rumour(facts.Fact):
        """Hearsay."""

    try:
        with pytest.raises(TransitionError, match="transition table"):
            apply(State(), Rumour())
    finally:
        del facts.Fact.kinds["Rumour"]
    with pytest.raises(facts.UnknownFactError):
        facts.read("Rumour", {})


RELEASED = [*READY, facts.Released("d" * 64, 75_000, 75_000), facts.Booked("vnpost", "r", "")]


def test_a_late_scan_moves_nothing_backwards() -> None:
    """
    Scans count by when they happened; after the end only a named correction counts.
    """
    noon = facts.Carried("in_transit", "3", "2026-11-23T12:00:00+07:00")
    morning = facts.Carried("accepted", "2", "2026-11-23T09:00:00+07:00")
    done = facts.Carried("delivered", "4", "2026-11-23T15:00:00+07:00")
    after = facts.Carried("in_transit", "3", "2026-11-23T16:00:00+07:00")
    correction = facts.DeliveryCorrected("returned", "wrong house", "thu")

    assert Delivery.IN_TRANSIT is fold([*RELEASED, noon, morning]).delivery
    assert Delivery.DELIVERED is fold([*RELEASED, noon, done, after]).delivery
    assert Delivery.RETURNED is fold([*RELEASED, done, correction]).delivery


def test_the_carrier_may_be_quicker_than_the_desk() -> None:
    """
    A parcel scanned by the carrier before our own record is not moved back by it.
    """
    quick = [
        *RELEASED,
        facts.Carried("accepted", "2", "2026-11-23T12:00:00+07:00"),
        facts.Listed("BK-1"),
    ]

    assert Step.AWAIT_MANIFEST is next_step(fold(quick[:-1]))
    assert Delivery.ACCEPTED is fold(quick).delivery
    assert Delivery.ACCEPTED is fold([*quick, facts.HandedOver("BK-1", "minh")]).delivery
    with pytest.raises(TransitionError, match="another manifest"):
        fold([*quick, facts.HandedOver("BK-2", "minh")])


def test_a_status_that_no_parcel_has_is_refused() -> None:
    """
    What a carrier says in unknown words never becomes a status.
    """
    with pytest.raises(TransitionError, match="no status"):
        fold([*RELEASED, facts.Carried("somewhere", "99", "2026-11-23T12:00:00+07:00")])


def test_a_refused_address_is_mended_and_booked_again() -> None:
    """
    A refused booking waits for a person; a mended address opens the way again.
    """
    refused = [*RELEASED[:-1], facts.BookingRefused("vnpost", "r", "no such street")]
    mended = [*refused, facts.AddressCorrected("thu")]

    assert Step.AWAIT_PERSON is next_step(fold(refused))
    assert Step.BOOK is next_step(fold(mended))
    assert 1 == fold(mended).bookings


def test_a_payment_is_counted_once() -> None:
    """
    The same evidence twice is one payment; two payments with two evidences are two.
    """
    twice = fold([*READY, READY[-1]])
    both = fold([*READY, facts.Paid(75_000, "transfer", "bank:2")])

    assert (75_000, "paid") == (twice.paid, twice.money)
    assert (150_000, "over") == (both.paid, both.money)
    assert "short" == fold([*READY[:-1], facts.Paid(1, "transfer", "bank:2")]).money
    assert "due" == fold([*READY, facts.PaymentReversed(75_000, "r")]).money


def test_what_the_hub_waits_for() -> None:
    """
    Each status names whom the dossier waits for.
    """
    gone = [*READY[:3], facts.SentBack("hung", "wrong name")]
    counter = [replace(READY[0], delivery="counter"), *RELEASED[1:-1]]
    platform = [READY[0], facts.Charged("QN0000012825", 75_000, "platform")]

    assert Step.AWAIT_DEPARTMENT is next_step(fold(gone))
    assert Step.SUBMIT is next_step(fold([*gone, READY[0]]))
    assert Step.AWAIT_CITIZEN is next_step(fold(counter))
    assert Step.DONE is next_step(fold([*counter, facts.Collected("3")]))
    assert Step.DONE is next_step(fold([*READY[:3], facts.Withdrawn("asked")]))
    assert Step.ASK_PAYMENT is next_step(fold(platform))
    assert Step.SUBMIT is next_step(fold([*platform, facts.PaymentAsked("platform", "r1")]))
    assert "exempt" == fold([READY[0], facts.Charged("QN", 0, "counter")]).money


@settings(max_examples=300, deadline=None)
@given(st.lists(any_fact(), max_size=60))
def test_a_released_file_is_a_verified_file(noise: list[facts.Fact]) -> None:
    """
    Whatever is told of a released result, also a time stamp: its file is the one that was judged.
    """
    state, _kept = told([*RELEASED, *noise])

    assert Business.RELEASED is state.business
    assert state.verified == state.document
    assert state.stamped in ("", state.document)
    assert set(reasons_to_hold(state)) <= {"unpaid"}


def test_a_stamp_comes_after_the_gate_and_over_its_file() -> None:
    """
    Only a released result is stamped, only over its own file; it may be stamped again later.
    """
    stamp = facts.Stamped("e" * 64, "d" * 64)
    stamped = fold([*RELEASED, stamp])

    assert ("e" * 64,) * 3 == (stamped.document, stamped.verified, stamped.stamped)
    assert next_step(fold(RELEASED)) is next_step(stamped)
    assert "f" * 64 == apply(stamped, facts.Stamped("f" * 64, "e" * 64)).stamped
    with pytest.raises(TransitionError, match="business is verified"):
        fold([*READY, stamp])
    with pytest.raises(TransitionError, match="another file"):
        apply(stamped, stamp)


@pytest.mark.parametrize("status", ["returned", "cancelled"])
def test_what_came_back_is_decided_by_a_person(status: str) -> None:
    """
    Sent again, sent elsewhere, or kept at the counter; nothing of the first parcel lingers.
    """
    back = [
        *RELEASED,
        facts.Listed("BK-1"),
        facts.Carried(status, "9", "2026-11-23T12:00:00+07:00"),
    ]
    assert Step.AWAIT_PERSON is next_step(fold(back))

    for again in (facts.SentAgain("minh"), facts.AddressCorrected("minh")):
        state = fold([*back, again])
        assert Step.BOOK is next_step(state)
        assert ("", "", "", "") == (state.parcel, state.tracking, state.manifest, state.carried_at)
    kept = fold([*back, facts.KeptAtCounter("minh")])
    assert Step.AWAIT_CITIZEN is next_step(kept)
    assert Step.DONE is next_step(apply(kept, facts.Collected("3")))
    for act in (facts.SentAgain("minh"), facts.KeptAtCounter("minh")):
        with pytest.raises(TransitionError):
            fold([*RELEASED, act])


TWICE = [*READY, facts.Paid(75_000, "transfer", "bank:2")]


def test_surplus_goes_back_and_no_more() -> None:
    """
    Above the fee everything can go back, also after the release; never the fee itself.
    """
    refund = facts.Refunded(75_000, "bank:r", "QN0000012825R01")
    done = fold([*TWICE, facts.Released("d" * 64, 75_000, 150_000), refund])

    assert (75_000, "paid") == (done.paid, done.money)
    assert [] == reasons_to_hold(fold([*TWICE, refund]))
    for wrong in (
        replace(refund, amount=75_001),
        replace(refund, amount=0),
        replace(refund, evidence="bank:2"),
    ):
        with pytest.raises(TransitionError):
            fold([*TWICE, wrong])
    with pytest.raises(TransitionError, match="surplus"):
        fold([*READY, replace(refund, amount=1)])
    with pytest.raises(TransitionError, match="told already"):
        fold([*TWICE, facts.Paid(75_000, "transfer", "bank:3"), refund, refund])


def test_all_money_of_a_withdrawn_dossier_goes_back() -> None:
    """
    Nobody keeps, or asks for, the fee of a dossier that was taken back.
    """
    gone = [*READY, facts.Withdrawn("asked")]
    part = facts.Refunded(25_000, "bank:r1", "QN0000012825R01")
    rest = facts.Refunded(50_000, "bank:r2", "QN0000012825R02")

    assert "short" == fold([*gone, part]).money
    assert (0, "refunded") == (fold([*gone, part, rest]).paid, fold([*gone, part, rest]).money)
    with pytest.raises(TransitionError, match="surplus"):
        fold([*gone, part, replace(rest, amount=50_001)])


@settings(max_examples=200, deadline=None)
@given(st.lists(any_fact(), max_size=40))
def test_no_refund_leaves_a_result_unpaid(noise: list[facts.Fact]) -> None:
    """
    Whatever is told, a refund never takes the fee of a result that may leave or has left.
    """
    state = State()
    for fact in told([*READY, *noise])[1]:
        before, state = state, apply(state, fact)
        if isinstance(fact, facts.Refunded):
            assert state.paid >= 0
            assert before.business is Business.WITHDRAWN or state.paid >= state.due
