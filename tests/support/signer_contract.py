"""
What every remote signing service must do, against the sandbox's vault over real HTTP.
"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from connectors import Refused, Unavailable
from connectors.signers import RemoteSigner
from dossiers.personal import IdNumber
from dossiers.remote import RemoteHash, RemoteOrder, RemoteReason, RemoteState
from sandbox.faults import Faults, Plan
from sandbox.parties.vault import CONFIRMED, EXPIRED, REJECTED, Subscriber, Vault
from tests.support import signing_kit as kit
from tests.support.contract import (
    EFFECT,
    QUESTION,
    SECRET,
    ConnectorContract,
    World,
)
from tests.support.loopback import Switch, nowhere

USER = IdNumber("022090001234")
CLIENT = "QNI-SANDBOX"
TEXTS = (b"signed attributes of one", b"signed attributes of two", b"and three")
AT = datetime(2026, 11, 23, 2, 15, 42, tzinfo=UTC)


def subscriber(folder: Path) -> Subscriber:
    """Return a subscriber with an RSA key, its files in *folder*."""
    key = kit.rsa_key("afar")
    certificate = x509.load_der_x509_certificate(kit.authority().issue("afar", key))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    root = kit.authority().certificate.public_bytes(Encoding.PEM)
    files = {"key": pem, "own": certificate.public_bytes(Encoding.PEM), "root": root}
    for name, content in files.items():
        (folder / f"{name}.pem").write_bytes(content)
    chain = (folder / "own.pem", folder / "root.pem")
    return Subscriber(USER.reveal(), folder / "key.pem", chain)


class SignerWorld(World):
    """A service on loopback, and the telephone in the test's hand."""

    def __init__(self, folder: Path) -> None:
        self.who = subscriber(folder)
        self.vault = Vault(folder / "vault.sqlite3", [self.who])
        self.faults = Faults(folder / "faults.sqlite3", Plan())
        self.switch = Switch(self.party())

    @abstractmethod
    def party(self) -> Any:
        """Return the sandbox's face of the vault."""

    @abstractmethod
    def connector(self, url: str, secret: str = SECRET) -> RemoteSigner:
        """Return the connector, with the service at *url*."""

    def order(self, reference: str = "PK-261123-001-1", texts: tuple[bytes, ...] = TEXTS) -> Any:
        """Return a list of three results."""
        hashes = tuple(
            RemoteHash(
                f"H49.61-261123-{n:04d}", f"Giấy phép {n}.pdf", hashlib.sha256(text).digest()
            )
            for n, text in enumerate(texts, start=1)
        )
        return RemoteOrder(reference, USER, self.who.serial, "Phiên ký 1", AT, hashes)

    def decide(self, decision: str) -> None:
        """Press a button for the newest list."""
        self.vault.decide(self.vault.state()["lists"][-1]["reference"], decision)

    def lists(self) -> int:
        """How many lists reached the telephone."""
        return len(self.vault.state()["lists"])


class SignerContract(ConnectorContract):
    """Every remote signing service passes these."""

    effect: ClassVar[str]
    """End of the path at which a list is begun."""
    asking: ClassVar[str]
    """End of the path at which a list is asked after."""
    finds: ClassVar[bool]

    @pytest.fixture
    def world(self) -> Iterator[SignerWorld]:
        """The service; each test file has its own."""
        raise NotImplementedError

    def test_the_certificates_are_those_of_the_subscriber(self, world: SignerWorld) -> None:
        """
        Key and certificate as the service has them.
        """
        (found,) = world.connector(world.url).certificates(USER)

        assert world.who.serial == found.key
        assert world.who.certificates[0] == found.der

    def test_one_confirmation_signs_the_whole_list(self, world: SignerWorld) -> None:
        """
        Waiting until the person presses yes; then one signature for each, by the right key.
        """
        signer, order = world.connector(world.url), world.order()
        theirs = signer.start(order)

        assert RemoteState.WAITING is signer.answer(order, theirs).state
        world.decide(CONFIRMED)
        answer = signer.answer(order, theirs)

        assert RemoteState.SIGNED is answer.state
        assert [one.id for one in order.hashes] == list(answer.signatures)
        key = x509.load_der_x509_certificate(world.who.certificates[0]).public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        for text, made in zip(TEXTS, answer.signatures.values(), strict=True):
            key.verify(made, text, padding.PKCS1v15(), SHA256())
        assert answer == signer.answer(order, theirs)
        assert 1 == world.lists()

    @pytest.mark.parametrize(
        ("decision", "reason"),
        [(REJECTED, RemoteReason.CANCELLED), (EXPIRED, RemoteReason.EXPIRED)],
    )
    def test_a_no_has_its_reason(
        self, world: SignerWorld, decision: str, reason: RemoteReason
    ) -> None:
        """
        Cancelled and expired are answers, told apart; nothing is signed.
        """
        signer, order = world.connector(world.url), world.order()
        theirs = signer.start(order)
        world.decide(decision)

        answer = signer.answer(order, theirs)

        assert (RemoteState.REFUSED, reason, {}) == (
            answer.state,
            answer.reason,
            answer.signatures,
        )

    @pytest.mark.parametrize(("fault", "error"), EFFECT)
    def test_what_may_happen_to_a_beginning(
        self, world: SignerWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Each failure has its meaning; one that left is Unsure, and the telephone rang once.
        """
        self.fail(world, fault, self.effect, error)("start", world.order())

    @pytest.mark.parametrize(("fault", "error"), QUESTION)
    def test_what_may_happen_to_a_question(
        self, world: SignerWorld, fault: str, error: type[Exception]
    ) -> None:
        """
        Asking loses nothing: never Unsure.
        """
        order = world.order()
        theirs = world.connector(world.url).start(order)
        if fault == "no":
            return  # A no that the service words itself is an answer; each file has its test.
        self.fail(world, fault, self.asking, error)("answer", order, theirs)

    def test_a_lost_beginning_is_found_or_said_to_be_unknown(self, world: SignerWorld) -> None:
        """
        Without their number: found by ours, or plainly unknown, so that a person begins anew.
        """
        signer, order = world.connector(world.url), world.order()
        signer.start(order)
        world.decide(CONFIRMED)

        answer = signer.answer(order, "")

        assert self.finds is type(signer).finds
        if self.finds:
            assert RemoteState.SIGNED is answer.state
        else:
            assert RemoteReason.UNKNOWN is answer.reason

    def test_what_they_do_not_know_is_unknown(self, world: SignerWorld) -> None:
        """
        A list that never arrived is not waited for for ever.
        """
        answer = world.connector(world.url).answer(world.order("never-sent"), "")

        assert (RemoteState.REFUSED, RemoteReason.UNKNOWN) == (answer.state, answer.reason)

    def test_a_wrong_number_of_signatures_is_no_answer(self, world: SignerWorld) -> None:
        """
        Signatures for another list than ours are not put together with our hashes.
        """
        signer = world.connector(world.url)
        theirs = signer.start(world.order())
        world.decide(CONFIRMED)

        with pytest.raises(Unavailable):
            signer.answer(world.order(texts=TEXTS[:2]), theirs)

    def test_a_wrong_secret_is_refused_and_not_shown(self, world: SignerWorld) -> None:
        """
        ``doctor`` finds it, and says nothing of it.
        """
        with pytest.raises(Refused) as caught:
            world.connector(world.url, secret="canary-wrong").check()

        assert "canary-wrong" not in str(caught.value)

    def test_nobody_there_is_unavailable(self, world: SignerWorld) -> None:
        """
        Nothing happened: the same list goes later.
        """
        with pytest.raises(Unavailable):
            world.connector(nowhere()).start(world.order())

        assert 0 == world.lists()
