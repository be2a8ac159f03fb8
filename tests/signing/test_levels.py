"""From B-B to B-LTA: time, then proof of revocation, then a stamp over both; never on a guess."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms, pem
from asn1crypto import x509 as asn1
from cryptography.x509 import ocsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import (
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    FreshnessReqType,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from werkzeug.wrappers import Response

from connectors import Unavailable
from connectors.stamps import StampAuthority
from connectors.stamps.rfc3161 import Answer
from dossiers import facts
from dossiers.signing_status import Level, VerdictWord
from dossiers.work import TaskKind
from register import ledger, world
from register.models import Fact, Task
from scheduler import connections, stamps
from signing import results
from signing.levels import proofs, tokens
from signing.levels import stamps as levels
from signing.models import Proof, Unstamped
from signing.pdf import stamping
from signing.verification.verify import Trust, verify
from tests.support import level_kit
from tests.support import signing_kit as kit
from tests.support.level_kit import OFFICIAL, SEAL, Hub, Others

pytestmark = pytest.mark.django_db

OCSP, TSA = "/ocsp/", "/tsa/"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Others]:
    """The sandbox's authority on loopback."""
    with level_kit.others(tmp_path_factory.mktemp("authority")) as there:
        yield there


@pytest.fixture(scope="module")
def two(running: Others) -> kit.Two:
    """A result signed and sealed with its certificates."""
    return level_kit.result(running)


@pytest.fixture
def hub(running: Others, two: kit.Two, tmp_path: Path) -> Iterator[Hub]:
    """A hub with a data folder of its own, connected to all three and trusting."""
    with level_kit.working(running, two, tmp_path) as made:
        yield made


@dataclass
class Telling:
    """A responder that says something of its own about one certificate, signed by whom we say."""

    hub: Hub
    label: str
    status: str = "good"
    by: str = "ocsp-issuing"
    age: timedelta = timedelta()

    def __call__(self, question: bytes) -> bytes:
        """Answer the *question*: as told about our certificate, "good" about any other."""
        asked = ocsp.load_der_ocsp_request(question).serial_number
        there = self.hub.there
        for label in (OFFICIAL, SEAL, "tsa", "issuing"):
            if there.parsed(label).serial_number == asked:
                status = self.status if label == self.label else "good"
                return there.ocsp(label, status, by=self.by, at=self.hub.now - self.age)
        raise AssertionError(asked)


def test_a_result_becomes_lta(hub: Hub) -> None:
    """
    One job, one fact: two stamps, the proof between them, and a verdict that is VALID.
    """
    code = hub.released()
    over = ledger.state(code).document

    stamps.complete_stamp(code)

    assert not list(Unstamped.objects.values_list("trouble", flat=True))
    state, verdict = ledger.state(code), verify(hub.file(code), results.trust())
    assert facts.Stamped(state.document, over, "B-LTA") == ledger.history(code)[-1].told()
    assert (VerdictWord.VALID, ()) == (verdict.word, verdict.reasons)
    assert [False, False, True, True] == [seen.stamp for seen in verdict.signatures]
    assert (Level.B_LTA, Level.B_LTA) == (proofs.read(hub.file(code)).level, levels.level(code))
    assert [] == ledger.audit(code)
    assert not Unstamped.objects.exists()


def test_the_time_is_kept_when_the_proof_is_late(hub: Hub) -> None:
    """
    A responder is silent and there is no list: B-T is kept, and the rest follows later.
    """
    code = hub.released()
    hub.connect("rfc3161", "ocsp")
    hub.there.answers[OCSP] = Response(status=503)
    with pytest.raises(Unavailable):
        stamps.complete_stamp(code)
    assert (Level.B_T, True) == (levels.level(code), levels.pending(code))

    hub.there.answers.clear()
    hub.later(timedelta(hours=3))
    stamps.complete_stamp(code)

    assert Level.B_LTA is levels.level(code)
    assert [Level.B_T, Level.B_LTA] == [
        fact.told().level for fact in Fact.objects.filter(kind="Stamped").order_by("seq")
    ]
    assert VerdictWord.VALID is verify(hub.file(code), results.trust()).word


def test_a_list_stands_in_for_a_silent_responder(hub: Hub) -> None:
    """
    OCSP is down: the lists of both authorities prove the same, and the result is B-LTA.
    """
    code = hub.released()
    hub.there.answers[OCSP] = Response(status=503)

    stamps.complete_stamp(code)

    assert Level.B_LTA is levels.level(code)
    assert {"crl"} == set(Proof.objects.values_list("kind", flat=True))
    assert b"/CRLs" in hub.file(code)


def test_without_a_source_a_stamp_is_all(hub: Hub) -> None:
    """
    Nobody who tells of revocation is connected: B-T, and nothing waits for more.
    """
    code = hub.released()
    hub.connect("rfc3161")

    stamps.complete_stamp(code)

    assert (Level.B_T, False) == (levels.level(code), levels.pending(code))


def test_each_certificate_is_asked_after_once(hub: Hub) -> None:
    """
    Four certificates for two results: official, seal, the authority above both, the stamps'.
    """
    codes = [hub.released(1), hub.released(2)]

    for code in codes:
        stamps.complete_stamp(code)

    assert [Level.B_LTA] * 2 == [levels.level(code) for code in codes]
    assert (4, 4) == (hub.there.count(OCSP), Proof.objects.count())


def test_kept_proof_is_asked_for_anew_when_it_is_old(hub: Hub) -> None:
    """
    The sandbox's answers are good for ten minutes; an eleventh asks again.
    """
    codes = [hub.released(1), hub.released(2)]
    stamps.complete_stamp(codes[0])
    hub.later(timedelta(minutes=11))

    stamps.complete_stamp(codes[1])

    assert 8 == hub.there.count(OCSP)
    assert Level.B_LTA is levels.level(codes[1])


def test_a_revoked_certificate_is_a_persons(hub: Hub) -> None:
    """
    The seal's certificate is revoked: a task says so, and the result is never called complete.
    """
    code = hub.released()
    hub.there.answers["/ocsp/issuing"] = Telling(hub, SEAL, "revoked")

    stamps.complete_stamp(code)
    stamps.complete_stamp(code)

    task = Task.objects.get(kind=TaskKind.CERTIFICATE_REVOKED)
    assert (hub.there.certificate(SEAL).fingerprint, None) == (task.subject, task.closed_at)
    assert (Level.B_T, "certificate_revoked") == (
        levels.level(code),
        Unstamped.objects.get().trouble,
    )
    assert 1 == Fact.objects.filter(kind="Stamped").count()


@pytest.mark.parametrize(
    ("telling", "word"),
    [
        ({"status": "unknown"}, "revocation_unknown"),
        ({"age": timedelta(hours=1)}, "revocation_stale"),
        ({"age": -timedelta(hours=1)}, "revocation_stale"),
        ({"by": "ocsp-root"}, "revocation_wrong_responder"),
        ({"by": OFFICIAL}, "revocation_wrong_responder"),
    ],
)
def test_a_bad_answer_is_no_proof(hub: Hub, telling: dict[str, object], word: str) -> None:
    """
    Unknown, too old, from the future, or by somebody else: named, B-T kept, and asked again.
    """
    code = hub.released()
    hub.there.answers["/ocsp/issuing"] = Telling(hub, OFFICIAL, **telling)

    stamps.complete_stamp(code)

    assert (Level.B_T, word) == (levels.level(code), Unstamped.objects.get().trouble)
    assert not Proof.objects.filter(pk=hub.there.certificate(OFFICIAL).fingerprint).exists()


def test_an_answer_about_another_certificate_is_none(hub: Hub) -> None:
    """
    A good answer about the seal is no answer about the official: it is not even taken.
    """
    code = hub.released()
    hub.connect("rfc3161", "ocsp")
    hub.there.answers["/ocsp/issuing"] = lambda _question: hub.there.ocsp(SEAL)

    with pytest.raises(Unavailable):
        stamps.complete_stamp(code)

    assert Level.B_T is levels.level(code)


def _unsigned(token: bytes) -> bytes:
    answer = Answer.load(token)
    answer["time_stamp_token"]["content"]["signer_infos"] = cms.SignerInfos([])
    return bytes(answer.dump(force=True))


def _broken(token: bytes) -> bytes:
    answer = Answer.load(token)
    info = answer["time_stamp_token"]["content"]["signer_infos"][0]
    info["signature"] = bytes([info["signature"].native[0] ^ 1, *info["signature"].native[1:]])
    return bytes(answer.dump(force=True))


@pytest.mark.parametrize(
    ("spoil", "word"), [(_unsigned, "stamp_unreadable"), (_broken, "signature_broken")]
)
def test_a_stamp_that_nobody_signed_is_thrown_away(
    hub: Hub, spoil: Callable[[bytes], bytes], word: str
) -> None:
    """
    Right digest and nonce, but no signature or a wrong one: nothing is built on it.
    """
    code = hub.released()
    hub.there.spoils[TSA] = spoil

    stamps.complete_stamp(code)

    assert (Level.B_B, word) == (levels.level(code), Unstamped.objects.get().trouble)
    assert 0 == hub.there.count(OCSP)


def test_a_stamp_of_an_authority_that_ended_is_thrown_away(hub: Hub) -> None:
    """
    Sixteen years on the certificate of the stamps has ended: what it stamps is not kept.
    """
    found = stamping.prepare(hub.two.sealed).imprint
    token = connections.current().of(StampAuthority)["rfc3161"].stamp(found, 7)
    assert "" == tokens.trouble(token, found)
    assert "signature_broken" == tokens.trouble(token, b"\0" * 32)

    hub.later(timedelta(days=16 * 365))

    assert "certificate_expired" == tokens.trouble(token, found)


@pytest.fixture
def lta(hub: Hub) -> bytes:
    """A result at B-LTA."""
    code = hub.released()
    stamps.complete_stamp(code)
    return hub.file(code)


def test_openssl_and_poppler_agree(hub: Hub, lta: bytes, tmp_path: Path) -> None:
    """
    OpenSSL verifies both stamps over their bytes, poppler both signatures; the last covers all.
    """
    root = hub.there.authority.certificate_file("root")
    found = level_kit.parts(lta)

    assert 4 == len(found)
    for part in found[2:]:
        assert "Verification: OK" in level_kit.openssl_stamp(part, tmp_path, root)
    assert ["Signature is Valid."] * 2 == kit.pdfsig(lta, tmp_path)[:2]
    assert len(lta) == found[-1].end
    assert b"/VRI" not in lta
    assert lta.startswith(hub.two.sealed)


def test_pyhankos_long_term_validation_agrees(hub: Hub, lta: bytes) -> None:
    """
    Offline, by ETSI EN 319 102-1 §5.6.3: the stamps hold by the file's own proof and date both.

    pyHanko asks its own clock when it met the proof, so it is asked as of today; how old the
    proof of the last stamp may be is the verifier's choice, and ours is "as old as the file".
    Its last word is that there is no time stamp *inside* a signature, where PAdES wants either.
    """
    freshness = FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[_asn1(hub, "root")]),
        revinfo_policy=CertRevTrustPolicy(
            REQUIRE_REVINFO, freshness=timedelta(days=7300), freshness_req_type=freshness
        ),
    )
    spec = SignatureValidationSpec(
        policy, RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY)
    )
    for signature in PdfFileReader(BytesIO(lta)).embedded_regular_signatures:
        done = asyncio.run(ades_lta_validation(signature, PdfSignatureValidationSpec(spec)))
        assert kit.AT == done.oldest_evidence_record_timestamp
        assert done.api_status
        assert done.api_status.intact
        assert done.api_status.valid
        assert done.api_status.trusted
        assert AdESIndeterminate.SIG_CONSTRAINTS_FAILURE is done.ades_subindic


def test_our_verdict_outlives_the_signers(hub: Hub, lta: bytes) -> None:
    """
    Eight years on the signers' certificates have ended; the stamps still prove their time.
    """
    trust = Trust(hub.home / "trust")
    at = kit.AT + timedelta(days=8 * 365)

    assert VerdictWord.VALID is verify(lta, trust, at=at).word
    assert VerdictWord.VALID is not verify(hub.two.sealed, trust, at=at).word


def _asn1(hub: Hub, label: str) -> asn1.Certificate:
    data = hub.there.authority.certificate_file(label).read_bytes()
    return asn1.Certificate.load(pem.unarmor(data)[2])


def test_seals_stop_after_the_grace_period(hub: Hub) -> None:
    """
    A week is waited for; then nothing more is sealed until the oldest has its level.
    """
    code = hub.released()
    assert not levels.overdue(hub.now + timedelta(days=7))
    assert levels.overdue(hub.now + timedelta(days=7, seconds=1))

    stamps.complete_stamp(code)

    assert not levels.overdue(hub.now + timedelta(days=70))


@pytest.mark.parametrize("place", ["called rfc3161", "called ocsp", "proof kept", "stamp kept"])
def test_a_stop_anywhere_is_made_good(hub: Hub, place: str) -> None:
    """
    Whoever dies leaves a row that asks again, and the result reaches its level once.
    """
    code = hub.released()

    def die(name: str) -> None:
        if name == place:
            raise KeyboardInterrupt

    with world.running_in(replace(world.current(), point=die)), pytest.raises(KeyboardInterrupt):
        stamps.complete_stamp(code)
    stamps.complete_stamp(code)

    assert Level.B_LTA is levels.level(code)
    assert 1 == Fact.objects.filter(kind="Stamped").count()
    assert [] == ledger.audit(code)
