"""Verdicts on p7m and p7s, with the store that completes a lone leaf."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms

from dossiers.signing_status import VerdictWord
from signing.cades import signatures
from signing.cades.signatures import Request
from signing.verification.files import verify_files
from signing.verification.verify import Trust, verify
from tests.support import trust_kit
from tests.support.trust_kit import AT, Party, World

PERSON, VALID, NOT_VALID = (
    VerdictWord.NEEDS_A_PERSON,
    VerdictWord.VALID,
    VerdictWord.NOT_VALID,
)
TEXT = "Bản vẽ hoàn công – lô A7".encode()


@dataclass(frozen=True)
class Case:
    """The parties, and whom we trust."""

    told: World
    trust: Trust
    bare: Trust
    """The root alone, without the issuing authority."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A trust folder with lists in date."""
    told, base = trust_kit.world(), tmp_path_factory.mktemp("trusts")
    full = told.folder(base / "full", *told.lists())
    bare = told.folder(base / "bare", *told.lists(), issuing=False)
    return Case(told, Trust(full), Trust(bare))


def attached(by: Party, text: bytes = TEXT) -> bytes:
    """Return a p7m with only its leaf."""
    prepared = signatures.attach(text, Request(by.ours, AT))
    return prepared.finish(by.raw(prepared.attributes))


def detached(by: Party) -> bytes:
    """Return a p7s with only its leaf."""
    prepared = signatures.detach(hashlib.sha256(TEXT).digest(), Request(by.ours, AT))
    return prepared.finish(by.raw(prepared.attributes))


def said(
    data: bytes, trust: Trust, beside: bytes | None = None
) -> tuple[VerdictWord, tuple[str, ...]]:
    """Judge and return word and reasons."""
    verdict = verify(data, trust, at=AT, beside=beside)
    return verdict.word, verdict.reasons


def test_a_lone_leaf_is_completed_from_our_store(case: Case) -> None:
    """
    Vietnamese signers often embed their own certificate only; the issuing one is in our folder.
    """
    made = attached(case.told.official)

    assert (VALID, ()) == said(made, case.trust)
    assert (PERSON, ("untrusted",)) == said(made, case.bare)


def test_even_the_leaf_may_come_from_our_store(case: Case, tmp_path: Path) -> None:
    """
    A CMS without any certificate is judged by the one that its signer names, if we have it.
    """
    whole = cms.ContentInfo.load(attached(case.told.official))
    whole["content"]["certificates"] = cms.CertificateSet([])
    bare = whole.dump(force=True)
    folder = case.told.folder(tmp_path, *case.told.lists())
    expected = (NOT_VALID, ("signer_missing",))
    assert expected == said(bare, case.trust)

    (folder / "official.pem").write_bytes(case.told.official.pem)

    assert (VALID, ()) == said(bare, Trust(folder))


def test_a_detached_signature_needs_its_file(case: Case) -> None:
    """
    Right content valid, other content not valid, no content a person's business.
    """
    made = detached(case.told.official)

    assert (VALID, ()) == said(made, case.trust, TEXT)
    assert (NOT_VALID, ("signature_broken",)) == said(made, case.trust, TEXT + b" ")
    assert (PERSON, ("content_missing",)) == said(made, case.trust)


def test_two_contents_are_one_too_many(case: Case) -> None:
    """
    A p7m that carries another file than the one beside it: whoever reads one, sees the other.
    """
    made = attached(case.told.official)

    assert (NOT_VALID, ("content_ambiguous",)) == said(made, case.trust, b"another file")
    assert (VALID, ()) == said(made, case.trust, TEXT)


def test_every_signer_counts(case: Case) -> None:
    """
    Two signers over one content: valid together, and a person looks if one is a stranger.
    """
    first = attached(case.told.official)
    stranger = trust_kit.world("Another Root").official

    def joined(by: Party) -> bytes:
        prepared = signatures.join(first, Request(by.ours, AT))
        return prepared.finish(by.raw(prepared.attributes))

    both = verify(joined(case.told.short), case.trust, at=AT)

    assert (VALID, 2) == (both.word, len(both.signatures))
    assert (PERSON, ("untrusted",)) == said(joined(stranger), case.trust)


def test_no_signer_is_no_signature(case: Case) -> None:
    """
    A CMS that only carries certificates says nothing about its content.
    """
    whole = cms.ContentInfo.load(attached(case.told.official))
    whole["content"]["signer_infos"] = cms.SignerInfos([])

    assert (NOT_VALID, ("unsigned",)) == said(whole.dump(force=True), case.trust)


def test_attributes_passed_off_as_content_are_not_taken(case: Case) -> None:
    """
    Without signed attributes, those of an old signature would be a "document" by its signer.
    """
    whole = cms.ContentInfo.load(attached(case.told.official))
    signer = whole["content"]["signer_infos"][0]
    attributes = signer["signed_attrs"].untag().dump()
    signer["signed_attrs"] = None
    whole["content"]["encap_content_info"]["content"] = attributes

    word, _reasons = said(whole.dump(force=True), case.trust)

    assert word is not VALID


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_changed_byte_is_found(case: Case, place: float) -> None:
    """
    Wherever it is.
    """
    changed = bytearray(attached(case.told.official))
    changed[int(place * len(changed))] ^= 1

    assert VALID is not said(bytes(changed), case.trust)[0]


def test_files_find_their_content_by_name(case: Case, tmp_path: Path) -> None:
    """
    ``a.dwg.p7s`` is over ``a.dwg`` beside it; PEM is read as well as DER.
    """
    (tmp_path / "a.dwg").write_bytes(TEXT)
    (tmp_path / "a.dwg.p7s").write_bytes(detached(case.told.official))
    (tmp_path / "b.p7m").write_bytes(attached(case.told.official))
    found = verify_files([tmp_path / "a.dwg.p7s", tmp_path / "b.p7m"], case.trust)["files"]

    assert [["signature_broken"]] != [one["reasons"] for one in found]
    assert all(set(one["reasons"]) <= {"claimed_time_ahead", "revocation_unknown"} for one in found)


def test_local_time_as_utc_in_a_cms(case: Case) -> None:
    """
    The signing time attribute written seven hours too late.
    """
    official = case.told.official
    prepared = signatures.attach(TEXT, Request(official.ours, AT + timedelta(hours=7)))
    made = prepared.finish(official.raw(prepared.attributes))

    assert (PERSON, ("local_time_as_utc",)) == said(made, case.trust)
