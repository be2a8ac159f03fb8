"""The eyes' own look at a signed paper finds what is wrong with it, without the hub's readers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from proving import papers
from signing import cms
from signing.certificates import Certificate

PAPER = b"%PDF the result of H49.61.21-261123-0001\n"
AT = datetime(2026, 11, 23, tzinfo=UTC)
ROOM = 6000


class Hand:
    """A key and its certificate."""

    def __init__(self, name: str, issuer: Hand | None = None) -> None:
        """Let *issuer*, or the hand itself, certify a new key."""
        self.key: RSAPrivateKey = generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        above = issuer.made.subject if issuer else subject
        self.made: x509.Certificate = self._certified(subject, above, (issuer or self).key)
        self.der: bytes = self.made.public_bytes(Encoding.DER)

    def _certified(
        self, subject: x509.Name, issuer: x509.Name, key: RSAPrivateKey
    ) -> x509.Certificate:
        builder = x509.CertificateBuilder(
            issuer_name=issuer,
            subject_name=subject,
            public_key=self.key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=AT,
            not_valid_after=AT + timedelta(days=9),
        )
        return builder.sign(key, hashes.SHA256())

    def sign(self, data: bytes, *, key: RSAPrivateKey | None = None) -> bytes:
        """Return *data* with this hand's signature behind it, made with *key* if one is given."""
        first = len(data) + 60
        second = first + ROOM + 2
        before = data + f"/ByteRange [0 {first} {second} 3]".encode().ljust(60)
        after = b"%%\n"
        attributes = cms.signed_attributes(sha256(before + after).digest(), self.certificate)
        signature = (key or self.key).sign(attributes, PKCS1v15(), hashes.SHA256())
        envelope = cms.signed_data(attributes, signature, self.certificate).hex()
        return before + b"<" + envelope.ljust(ROOM, "0").encode() + b">" + after

    @property
    def certificate(self) -> Certificate:
        """As signing knows it."""
        return Certificate(self.der)


ROOT = Hand("root")
OFFICIAL, SEAL, STRANGER = (Hand(name, ROOT) for name in ("official", "seal", "stranger"))
BOTH = [OFFICIAL.der, SEAL.der]


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """A folder that trusts our root."""
    (tmp_path / "root.pem").write_bytes(ROOT.made.public_bytes(Encoding.PEM))
    return tmp_path


def test_a_good_paper_has_no_fault(trust: Path) -> None:
    """
    Signed by the official and then sealed, over all that stood before: nothing is wrong.
    """
    assert "" == papers.fault_of(SEAL.sign(OFFICIAL.sign(PAPER)), PAPER, BOTH, trust)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (PAPER, "no signature covers"),
        (SEAL.sign(OFFICIAL.sign(b"%PDF another's result")), "not the paper"),
        (OFFICIAL.sign(PAPER), "1 signatures"),
        (OFFICIAL.sign(SEAL.sign(PAPER)), "in their order"),
        (STRANGER.sign(OFFICIAL.sign(PAPER)), "not one of each"),
        (SEAL.sign(OFFICIAL.sign(PAPER)) + b" ", "no signature covers"),
        (SEAL.sign(OFFICIAL.sign(PAPER, key=STRANGER.key)), "did not make"),
        (SEAL.sign(OFFICIAL.sign(PAPER).replace(b"%%", b"%!")), "other bytes"),
        (SEAL.sign(OFFICIAL.sign(PAPER)).replace(b"<", b"["), "leaves more out"),
    ],
)
def test_each_fault_is_named(data: bytes, fault: str, trust: Path) -> None:
    """
    Unsigned, another's, half signed, sealed first, by a stranger, changed, forged: each is told.
    """
    assert fault in papers.fault_of(data, PAPER, BOTH, trust)


def test_a_signer_whom_nobody_knows_is_not_trusted(tmp_path: Path) -> None:
    """
    Certificates that no trusted authority issued are a fault, where trust is asked for.
    """
    data = SEAL.sign(OFFICIAL.sign(PAPER))
    assert "not trusted" in papers.fault_of(data, PAPER, BOTH, tmp_path)
    assert "" == papers.fault_of(data, PAPER, BOTH)
