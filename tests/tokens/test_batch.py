"""A batch of documents on a smart card, from the tray to the facts: its PIN counter tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dossiers import facts
from dossiers.signing_status import BatchStatus, SigningRole
from register import ledger, world
from signing import batches
from signing.devices import drivers
from signing.devices.tokens import PinWrong
from signing.models import Batch, SigningItem, Token
from tests.support import pcsc, signing_desk
from tests.support import signing_kit as kit
from tests.support.piv_card import TRIES
from tests.tokens.conftest import LABEL, Inserted

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = 3


@pytest.fixture
def desk(inserted: Inserted, tmp_path: Path) -> Iterator[signing_desk.Desk]:
    """The agency's desk; the official's token is the card, its key the one of 9A."""
    soft = kit.make_token(tmp_path / "soft", "condau")
    kit.authority().write(tmp_path / "trust")
    with world.running_in(replace(world.current(), home=tmp_path, now=lambda: kit.AT)):
        made = signing_desk.desk(soft, soft)
        card = Token.objects.create(
            label=LABEL,
            module=str(pcsc.MODULE),
            pin_file=str(inserted.pin_file),
            environment=inserted.reader.environment,
        )
        made.official.token = card
        _use(made, inserted, "01")
        yield made
    _end_processes()
    drivers._processes.clear()  # they remember a refused PIN as long as they live


def _use(desk: signing_desk.Desk, inserted: Inserted, key: str) -> None:
    """Let the official sign with another key of the card."""
    certificate = inserted.certificates[key]
    desk.official.key = key
    desk.official.certificate_der = certificate.der
    desk.official.fingerprint = certificate.fingerprint
    desk.official.save()


def _end_processes() -> None:
    for process in drivers.processes():
        process.close()


def _open(count: int = COUNT, *, first: int = 1) -> Batch:
    items = [signing_desk.on_tray(number) for number in range(first, first + count)]
    return batches.open(items, person=signing_desk.OFFICIAL, role=SigningRole.OFFICIAL)


def _status(batch: Batch) -> str:
    batch.refresh_from_db()
    return batch.status


def _signed(batch: Batch) -> list[int]:
    """How many facts tell that each of the batch's results is signed."""
    codes = SigningItem.objects.filter(batch=batch).values_list("dossier_id", flat=True)
    told = [[row.kind for row in ledger.history(code)] for code in codes]
    return [kinds.count(facts.Signed.__name__) for kinds in told]


def test_one_pin_signs_a_batch(desk: signing_desk.Desk, inserted: Inserted) -> None:
    """
    One PIN for the whole batch, and none for the next one while the session is open.
    """
    first = _open()
    batches.drain(LABEL)
    second = _open(1, first=COUNT + 1)
    batches.drain(LABEL)

    assert [BatchStatus.DONE] * 2 == [_status(first), _status(second)]
    assert [1] * COUNT == _signed(first)
    assert ([kit.PIN], TRIES) == (inserted.card.sent, inserted.card.tries)


def test_a_key_that_wants_its_pin_each_time(desk: signing_desk.Desk, inserted: Inserted) -> None:
    """
    One PIN to open the card and one for each signature; nobody types, the counter stays full.
    """
    _use(desk, inserted, "02")
    batch = _open()
    batches.drain(LABEL)

    assert [1] * COUNT == _signed(batch)
    assert ([kit.PIN] * (1 + COUNT), TRIES) == (inserted.card.sent, inserted.card.tries)


def test_a_wrong_pin_costs_exactly_one_try(desk: signing_desk.Desk, inserted: Inserted) -> None:
    """
    However often the token is drained, and by fresh processes, too; a person mends it.
    """
    Token.objects.filter(pk=LABEL).update(pin_file=str(inserted.wrong_file))
    batch = _open()
    for _ in range(3):
        batches.drain(LABEL)
        _end_processes()

    assert (BatchStatus.STOPPED, TRIES - 1) == (_status(batch), inserted.card.tries)

    Token.objects.filter(pk=LABEL).update(pin_file=str(inserted.pin_file))
    batches.go_on(LABEL, person=signing_desk.OFFICIAL)
    batches.drain(LABEL)
    assert [1] * COUNT == _signed(batch)
    assert TRIES == inserted.card.tries


def test_pulled_in_the_middle_and_put_back(desk: signing_desk.Desk, inserted: Inserted) -> None:
    """
    Pulled after the first of three: the rest waits; put back, each is signed, and once.
    """
    batch = _open()
    with _at("signature kept", 1, inserted.pull):
        batches.drain(LABEL)
    assert (BatchStatus.STOPPED, "TokenMissing") == (_status(batch), _stopped())
    before = sum(_signed(batch))
    inserted.insert()
    batches.go_on(LABEL, person=signing_desk.OFFICIAL)
    batches.drain(LABEL)

    assert 1 <= before < COUNT
    assert (BatchStatus.DONE, [1] * COUNT) == (_status(batch), _signed(batch))
    assert ([kit.PIN] * 2, TRIES) == (inserted.card.sent, inserted.card.tries)


def _stopped() -> str:
    return Token.objects.get(pk=LABEL).stopped


class Died(BaseException):
    """The process ends here."""


def _die() -> None:
    raise Died


@contextmanager
def _at(point: str, count: int, act: Callable[[], None]) -> Iterator[None]:
    """Do *act* when the *point* is passed for the *count*-th time."""
    passed: list[str] = []

    def watch(name: str) -> None:
        passed.append(name)
        if name == point and passed.count(point) == count:
            act()

    with world.running_in(replace(world.current(), point=watch)):
        yield


def test_nobody_knows_whether_the_pin_was_sent(desk: signing_desk.Desk, inserted: Inserted) -> None:
    """
    The worker died with a PIN on its way: nothing is sent until a person says so.
    """
    batch = _open()
    with _at("PIN on its way", 1, _die), pytest.raises(Died):
        batches.drain(LABEL)
    batches.drain(LABEL)
    assert (BatchStatus.STOPPED, "PinUnsure") == (_status(batch), _stopped())
    assert [] == inserted.card.sent
    batches.go_on(LABEL, person=signing_desk.OFFICIAL)
    batches.drain(LABEL)

    assert ([1] * COUNT, [kit.PIN]) == (_signed(batch), inserted.card.sent)


class DiesOfIt:
    """A driver whose worker dies the moment that the card has refused a PIN."""

    def __init__(self, driver: drivers.Driver) -> None:
        self._driver = driver

    def find(self, token: str) -> bool:
        return self._driver.find(token)

    def login(self, token: str, pin_file: Path, *, retry: bool = False) -> None:
        try:
            self._driver.login(token, pin_file, retry=retry)
        except PinWrong as error:
            raise Died from error

    def sign(self, token: str, key: str, texts: list[bytes], *, scheme: str = "") -> list[bytes]:
        return self._driver.sign(token, key, texts, scheme=scheme)


def test_a_worker_that_dies_of_a_wrong_pin(desk: signing_desk.Desk, inserted: Inserted) -> None:
    """
    It never told anybody that the card refused; the next worker does not find out a second time.
    """
    Token.objects.filter(pk=LABEL).update(pin_file=str(inserted.wrong_file))
    batch = _open(1)
    drivers.install(lambda token: DiesOfIt(drivers.own_process(token)))
    try:
        with pytest.raises(Died):
            batches.drain(LABEL)
    finally:
        drivers.install()
    _end_processes()
    for _ in range(2):
        batches.drain(LABEL)
        _end_processes()

    assert (BatchStatus.STOPPED, "PinUnsure") == (_status(batch), _stopped())
    assert (["999999"], TRIES - 1) == (inserted.card.sent, inserted.card.tries)


def test_a_pin_that_the_card_took_is_no_doubt(desk: signing_desk.Desk, inserted: Inserted) -> None:
    """
    The same PIN file was good before: a worker that died with it on its way stops nobody, once.
    """
    batch = _open(1)
    batches.drain(LABEL)
    assert [1] == _signed(batch)
    _end_processes()
    other = _open(1, first=2)
    with _at("PIN on its way", 1, _die), pytest.raises(Died):
        batches.drain(LABEL)
    batches.drain(LABEL)

    assert ([1], [1]) == (_signed(batch), _signed(other))
    assert [kit.PIN] * 2 == inserted.card.sent
