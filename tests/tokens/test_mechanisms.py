"""What a token is given to sign, and what becomes of its answer."""

from __future__ import annotations

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st
from pkcs11 import KeyType, Mechanism

from signing.certificates import Scheme
from signing.devices import mechanisms, probe

P256, P384, P521 = mechanisms.CURVES

numbers = st.integers(min_value=1, max_value=2**521 - 1)


@given(numbers, numbers, st.sampled_from([P256, P384, P521]))
def test_ecdsa_is_told_in_one_form(r: int, s: int, curve: bytes) -> None:
    """
    A driver may answer r and s side by side, or DER: the hub gets them side by side.
    """
    bits = mechanisms.CURVES[curve][0]
    r, s, size = r % 2**bits, s % 2**bits, (bits + 7) // 8
    plain = r.to_bytes(size, "big") + s.to_bytes(size, "big")

    assert plain == mechanisms.side_by_side(plain, curve)
    der = encode_dss_signature(r, s)
    if len(der) != 2 * size:
        assert plain == mechanisms.side_by_side(der, curve)


@given(st.binary(max_size=200))
def test_any_other_answer_stays_what_it_is(answer: bytes) -> None:
    """
    What is no signature is not made into one: the check with the public key will refuse it.
    """
    told = mechanisms.side_by_side(answer, P256)

    assert answer == told or len(told) == 64


@pytest.mark.parametrize("scheme", Scheme)
def test_every_scheme_of_the_hub_has_its_ways(scheme: Scheme) -> None:
    """
    The token process knows the words of the hub: hashing on the token first, then by us.
    """
    first, second = mechanisms.ways(scheme, set(Mechanism))

    assert b"text" == first.prepared(b"text")
    assert second.prepared(b"text").startswith(second.head)
    assert {first.mechanism.name, second.mechanism.name} <= probe.SIGNING
    assert [] == mechanisms.ways(scheme, set())


def test_a_raw_rsa_signature_says_its_hash() -> None:
    """
    DigestInfo of RFC 8017 stands before the hash, or no verifier takes the signature.
    """
    (raw,) = mechanisms.ways("rsa-sha256", {Mechanism.RSA_PKCS})

    assert mechanisms.DIGEST_INFO + sha256(b"text").digest() == raw.prepared(b"text")


def test_the_curve_chooses_the_hash() -> None:
    """
    P-384 signs SHA-384, as its strength asks; a key that only encrypts signs nothing.
    """
    assert "ecdsa-sha256" == mechanisms.scheme_of(KeyType.EC, P256)
    assert "ecdsa-sha384" == mechanisms.scheme_of(KeyType.EC, P384)
    assert "rsa-sha256" == mechanisms.scheme_of(KeyType.RSA, b"")
    assert "" == mechanisms.scheme_of(KeyType.AES, b"")
