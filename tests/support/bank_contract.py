"""
What every gateway, every bank with statements and every bank that sends money must do.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import Refused
from connectors.banks import Gateway, PayingBank, StatementBank
from dossiers.orders import Order, Outcome, Transfer
from tests.support.contract import (
    EFFECT,
    ORDER,
    PAYEE_ACCOUNT,
    PAYER,
    QUESTION,
    ConnectorContract,
    World,
    says_nothing,
)
from tests.support.loopback import nowhere


class GatewayWorld(World):
    """A gateway's side."""

    @abstractmethod
    def connector(self, url: str) -> Gateway:
        """Return the gateway, with the other side at *url*."""

    @abstractmethod
    def learn(self, order: Order, url: str) -> None:
        """Let the other side know *order* if asking alone (*url* was the answer) did not."""

    @abstractmethod
    def pay(self, order: Order) -> bytes:
        """Let the citizen pay; return the callback."""

    @abstractmethod
    def break_off(self, order: Order) -> bytes:
        """Let the payment fail; return the callback."""

    @abstractmethod
    def changed(self, body: bytes) -> Iterator[bytes]:
        """Give callbacks that differ from *body* in one value each, seal not made anew."""

    @abstractmethod
    def sample(self) -> bytes:
        """Return a callback with a right seal."""

    @abstractmethod
    def orders(self) -> int:
        """Return how many orders the other side holds."""


class GatewayContract(ConnectorContract):
    """Every gateway passes these."""

    effect: ClassVar[str | None]
    """End of the path of ``ask``; None if asking sends nothing."""

    @pytest.mark.parametrize(("fault", "error"), EFFECT)
    def test_asking_fails_in_three_ways(
        self, world: GatewayWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Whatever happens on the wire while asking is Refused, Unavailable or Unsure.
        """
        if self.effect is None:
            world.switch.fault = fault
            assert world.connector(nowhere()).ask(ORDER).startswith("http")
            assert [] == world.switch.calls
            return
        self.fail(world, fault, self.effect, error)("ask", ORDER)

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    def test_a_question_is_never_unsure(
        self, world: GatewayWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Asking what became of an order changes nothing, so it can always be asked again.
        """
        self.fail(world, fault, self.question, error)("find", ORDER)

    def test_asking_twice_is_one_order(self, world: GatewayWorld) -> None:
        """
        The same order asked for again leads to the same page.
        """
        gateway = world.connector(world.url)
        first, second = gateway.ask(ORDER), gateway.ask(ORDER)
        world.learn(ORDER, first)

        assert first == second
        assert 1 == world.orders()

    def test_an_order_never_asked_for_is_not_found(self, world: GatewayWorld) -> None:
        """
        After a request that never left, the hub learns that nothing is there.
        """
        assert None is world.connector(world.url).find(ORDER)

    def test_an_order_is_pending_until_paid(self, world: GatewayWorld) -> None:
        """
        A page that nobody paid at is neither paid nor failed.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        found = gateway.find(ORDER)

        assert found is not None
        assert (ORDER.reference, Outcome.PENDING, "") == (
            found.reference,
            found.outcome,
            found.transaction,
        )

    def test_a_payment_whose_callback_was_lost_is_found(self, world: GatewayWorld) -> None:
        """
        The truth can be asked for: amount, transaction and an instant with its zone.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        world.pay(ORDER)
        found = gateway.find(ORDER)

        assert found is not None
        assert (ORDER.reference, Outcome.PAID, 50_000) == (
            found.reference,
            found.outcome,
            found.amount,
        )
        assert found.transaction
        assert found.at is not None
        assert found.at.utcoffset() is not None

    def test_a_failed_payment_is_failed(self, world: GatewayWorld) -> None:
        """
        A payment that failed is told so by question and by callback.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        told = gateway.read(world.break_off(ORDER), {})
        found = gateway.find(ORDER)

        assert found is not None
        assert (Outcome.FAILED, Outcome.FAILED) == (told.outcome, found.outcome)

    def test_a_true_callback_says_what_a_question_says(self, world: GatewayWorld) -> None:
        """
        The callback and the question tell the same payment.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        told = gateway.read(world.pay(ORDER), {})
        found = gateway.find(ORDER)

        assert found is not None
        assert (found.reference, found.outcome, found.amount, found.transaction, found.at) == (
            told.reference,
            told.outcome,
            told.amount,
            told.transaction,
            told.at,
        )

    def test_a_changed_callback_is_refused(self, world: GatewayWorld) -> None:
        """
        Nobody but the gateway can tell the hub that a fee was paid.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        bodies = list(world.changed(world.pay(ORDER)))

        assert len(bodies) > 5
        for body in bodies:
            with pytest.raises(Refused) as caught:
                gateway.read(body, {})
            assert says_nothing(caught.value)

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(
        body=st.binary(max_size=200)
        | st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
            lambda some: (
                st.lists(some, max_size=3)
                | st.dictionaries(st.sampled_from(("MaXacThuc", "MaLoi", "SoTien", "x")), some)
            ),
        ).map(lambda value: json.dumps(value).encode())
    )
    def test_any_bytes_are_refused_and_nothing_else(self, world: GatewayWorld, body: bytes) -> None:
        """
        A stranger's bytes never break the hub: they are Refused, and never answered with a seal.
        """
        gateway = world.connector(world.url)
        with pytest.raises(Refused):
            gateway.read(body, {})
        answer = gateway.answer(body, accepted=True)

        assert b"MaXacThuc" not in answer.body
        assert answer.body != gateway.answer(world.sample(), accepted=True).body

    @abstractmethod
    def is_yes(self, answer: bytes) -> bool:
        """Tell whether *answer* makes the gateway stop calling."""

    def test_answers_yes_only_when_stored(self, world: GatewayWorld) -> None:
        """
        The gateway calls again until the hub has the callback; a forged one gets a no.
        """
        gateway = world.connector(world.url)
        world.learn(ORDER, gateway.ask(ORDER))
        true = world.pay(ORDER)
        changed = next(world.changed(true))

        assert self.is_yes(gateway.answer(true, accepted=True).body)
        assert not self.is_yes(gateway.answer(true, accepted=False).body)
        assert not self.is_yes(gateway.answer(changed, accepted=True).body)


class StatementContract(ConnectorContract):
    """Every bank with statements passes these."""

    account: ClassVar[str]
    day: ClassVar[date]

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    def test_a_question_is_never_unsure(
        self, world: World, fault: str, error: type[Exception]
    ) -> None:
        """
        A statement that did not come whole is asked for again.
        """
        self.fail(world, fault, self.question, error)("statement", self.account, self.day)

    def test_the_statement_is_the_banks_own(self, world: World) -> None:
        """
        The hub gets the statement byte for byte, the same every time.
        """
        bank: StatementBank = world.connector(world.url)
        statement = bank.statement(self.account, self.day)

        assert self.account.encode() in statement
        assert statement == bank.statement(self.account, self.day)


class PayingWorld(World):
    """A bank's side that sends money."""

    @abstractmethod
    def connector(self, url: str) -> PayingBank:
        """Return the bank, with the other side at *url*."""

    @abstractmethod
    def sent(self) -> list[int]:
        """Return the amounts that have gone out, in order."""


class PayingContract(ConnectorContract):
    """Every bank that sends money passes these."""

    account: ClassVar[str]

    def order(self, **changes: Any) -> Transfer:
        """Return an order to send 50,000 đồng."""
        given = {
            "reference": "QN0000128417R01",
            "account": self.account,
            "amount": 50_000,
            "payee": PAYER,
            "payee_bank": "970436",
            "payee_account": PAYEE_ACCOUNT,
            "note": "QN0000128417R01 HOAN PHI HO SO H49-261120-0012",
        }
        return Transfer(**(given | changes))

    @pytest.mark.parametrize(("fault", "error"), EFFECT)
    def test_sending_fails_in_three_ways(
        self, world: PayingWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Whatever happens on the wire, money that may have gone is Unsure, and no name is told.
        """
        self.fail(world, fault, self.question, error)("transfer", self.order())

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    def test_asking_after_an_order_is_never_unsure(
        self, world: PayingWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        What became of an order can always be asked again.
        """
        call = self.fail(world, fault, self.question, error)
        call("find_transfer", self.account, self.order().reference)

    def test_an_order_given_twice_is_sent_once(self, world: PayingWorld) -> None:
        """
        The same reference moves money once, and has one number at the bank.
        """
        bank = world.connector(world.url)

        assert bank.transfer(self.order()) == bank.transfer(self.order())
        assert [50_000] == world.sent()

    def test_another_order_under_a_used_reference_is_refused(self, world: PayingWorld) -> None:
        """
        A reference is never lent to another amount or another payee.
        """
        bank = world.connector(world.url)
        bank.transfer(self.order())
        for changed in ({"amount": 50_001}, {"payee_bank": "970418"}):
            with pytest.raises(Refused) as caught:
                bank.transfer(self.order(**changed))
            assert says_nothing(caught.value)

        assert [50_000] == world.sent()

    def test_what_was_never_ordered_is_not_found(self, world: PayingWorld) -> None:
        """
        After an order that never left, the hub learns that nothing went.
        """
        reference = self.order().reference

        assert None is world.connector(world.url).find_transfer(self.account, reference)

    def test_an_order_whose_answer_was_lost_is_found(self, world: PayingWorld) -> None:
        """
        The truth can be asked for: the number, the amount and an instant with its zone.
        """
        bank = world.connector(world.url)
        number = bank.transfer(self.order())
        found = bank.find_transfer(self.account, self.order().reference)

        assert found is not None
        assert (number, 50_000) == (found.transaction, found.amount)
        assert found.at.utcoffset() is not None
