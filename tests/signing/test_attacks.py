"""The published attacks on PDF signatures, odd corpora and damaged files: none is ever valid."""

from __future__ import annotations

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from desk.words_of_verdicts import reason
from dossiers.signing_status import VerdictWord
from signing.bench import verify as bench
from signing.verification.verify import Trust, shared, verify
from tests.support import pdf_attacks, trust_kit
from tests.support import signing_kit as kit

#: A folder with odd PDFs (reference: shared/corpora); absent on most machines.
CORPORA = Path(
    os.environ.get("MOTCUA_CORPORA", Path(__file__).resolve().parents[3] / "shared" / "corpora")
)


@pytest.mark.parametrize("attack", pdf_attacks.ATTACKS, ids=lambda one: one.__name__)
def test_no_attack_makes_a_valid_file(
    attack: pdf_attacks.Attack, two: kit.Two, trust: Trust
) -> None:
    """
    After the seal, whatever the class of the attack; the reason has words.
    """
    lie = attack(two.sealed)
    verdict = verify(lie, trust, at=kit.AT)

    assert lie != two.sealed
    assert verdict.word is not VerdictWord.VALID, attack
    assert verdict.reasons
    assert all(reason(word) for word in verdict.reasons)


@pytest.mark.parametrize(
    "attack",
    [
        pdf_attacks.page_replaced,
        pdf_attacks.annotation_added,
        pdf_attacks.shadow_replace_font,
        pdf_attacks.shadow_pages_swapped,
        pdf_attacks.shadow_hide_by_value,
    ],
    ids=lambda one: one.__name__,
)
def test_a_change_between_the_signatures_is_not_hidden_by_the_seal(
    attack: pdf_attacks.Attack, trust: Trust
) -> None:
    """
    Official signs, somebody changes the page, another signs all of it: the first still tells.
    """
    told = trust_kit.world()
    folder = trust.folder
    assert folder
    first = trust_kit.pdf(kit.result_pdf(), told.official, told)
    both = trust_kit.pdf(attack(first), told.short, told, level="T")
    trusted = Trust(told.folder(folder.parent / f"both-{attack.__name__}", *told.lists()))

    assert verify(first, trusted, at=trust_kit.AT).valid
    assert ("changed_after_signing",) == verify(both, trusted, at=trust_kit.AT).reasons


def test_a_sneaky_signature_needs_a_person(two: kit.Two, trust: Trust) -> None:
    """
    A stranger's further signature, in a field of its own that covers the page.
    """
    strange = trust_kit.world("Another Root")
    writer = IncrementalPdfFileWriter(BytesIO(two.signed))
    append_signature_field(writer, SigFieldSpec("B26", box=(0, 0, 590, 800)))
    out = BytesIO()
    writer.write(out)
    lie = trust_kit.pdf(out.getvalue(), strange.official, strange)

    assert verify(lie, trust, at=trust_kit.AT).word is not VerdictWord.VALID


def test_damaged_files_are_judged_without_surprise() -> None:
    """
    A share of ``motcua bench fuzz``: no surprise, no death, nothing damaged is valid, all fast.
    """
    told = bench.fuzz(200)

    assert [] == told["first_wrong"]
    assert 0 == told["wrong"]
    assert told["slowest"] < 10


def test_a_verdict_is_cheap() -> None:
    """
    A share of ``motcua bench verify``: at most 40 ms of CPU each, all valid, little memory.
    """
    told = bench.verify(20)

    assert 0 == told["wrong"]
    assert told["cpu_ms"] <= 40
    assert told["peak_mb"] < 200


def test_odd_files_are_judged_without_surprise() -> None:
    """
    Every PDF of the corpora: a verdict with a declared reason, within the limits.
    """
    files = sorted((CORPORA / "pdf").glob("*.pdf"))
    if not files:
        pytest.skip(f"no PDFs in {CORPORA / 'pdf'}; MOTCUA_CORPORA names another folder")
    surprises = []
    for file in files:
        begun = time.monotonic()
        verdict = verify(file.read_bytes(), Trust())
        assert time.monotonic() - begun < 12
        surprises += [one for one in verdict.reasons if one.startswith("surprise") or ":" in one]
        assert "verifier_died" not in verdict.reasons, file

    assert [] == surprises
    shared().close()
