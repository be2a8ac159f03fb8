"""The trust folder as signed configuration: two trees, and nothing that was slipped in."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.cli import trust as command
from desk.cli import verify as verify_command
from dossiers.signing_status import VerdictWord
from signing.verification import trusting
from signing.verification.trusting import TrustError
from signing.verification.verify import Trust, verify
from tests.support import signing_kit as kit
from tests.support import trust_kit
from tests.support.trust_kit import AT


@dataclass(frozen=True)
class Signed:
    """A signed folder with both trees, its key and a file of each tree."""

    folder: Path
    key: Path
    official: bytes
    public: bytes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """The province's configuration, signed."""
    base = tmp_path_factory.mktemp("province")
    official, public = trust_kit.world("Official Root"), trust_kit.world("Public Root")
    official.folder(base / "trust" / "official", *official.lists())
    public.folder(base / "trust" / "public", *public.lists())
    assert 0 == command.main(["key", str(base / "key.pem")])
    shutil.copy(base / "key.pem.pub", base / trusting.KEY)
    assert 0 == command.main(["sign", str(base / "trust"), "--key", str(base / "key.pem")])
    paper = kit.result_pdf(pages=1)
    return Signed(
        base / "trust",
        base / "key.pem",
        trust_kit.pdf(paper, official.official, official),
        trust_kit.pdf(paper, public.official, public),
    )


@pytest.fixture
def mine(made: Signed, tmp_path: Path) -> Path:
    """A copy of folder and public key, to be tampered with."""
    shutil.copytree(made.folder, tmp_path / "trust")
    shutil.copy(made.folder.parent / trusting.KEY, tmp_path / trusting.KEY)
    return tmp_path / "trust"


def test_the_verdict_names_the_tree(made: Signed) -> None:
    """
    An official's file grows on one tree, a citizen's on the other.
    """
    for data, tree in ((made.official, "official"), (made.public, "public")):
        verdict = verify(data, Trust(made.folder), at=AT)
        assert (VerdictWord.VALID, [tree]) == (
            verdict.word,
            [seen.tree for seen in verdict.signatures],
        )


@pytest.mark.parametrize("act", ["changed", "added", "removed", "unsigned", "moved", "key"])
def test_a_tampered_folder_is_not_used(act: str, mine: Path, made: Signed, tmp_path: Path) -> None:
    """
    Whatever was done to it, nothing of it is trusted; a list of revocations may be exchanged.
    """
    strange = trust_kit.world("Another Root").root.pem
    if act == "changed":
        (mine / "official" / "root.pem").write_bytes(strange)
    elif act == "added":
        (mine / "official" / "more.pem").write_bytes(strange)
    elif act == "removed":
        (mine / "public" / "issuing.pem").unlink()
    elif act == "unsigned":
        for name in (trusting.MANIFEST, trusting.SIGNATURE):
            (mine / name).unlink()
    elif act == "moved":
        (mine / "public" / "root.pem").rename(mine / "official" / "root2.pem")
    else:
        trusting.make_key(tmp_path / "other.pem")
        trusting.sign(mine, tmp_path / "other.pem")

    with pytest.raises(TrustError):
        trusting.read(mine)
    verdict = verify(made.official, Trust(mine), at=AT)
    assert (VerdictWord.NEEDS_A_PERSON, ("trust_refused",)) == (verdict.word, verdict.reasons)
    assert 1 == command.main(["check", str(mine)])


def test_lists_are_exchanged_without_signing_anew(mine: Path, made: Signed) -> None:
    """
    A revocation list is signed by its authority and changes daily.
    """
    (mine / "official" / "0.crl").unlink()

    assert 0 == command.main(["check", str(mine)])
    reasons = verify(made.official, Trust(mine), at=AT).reasons
    assert ("revocation_unknown",) == reasons


def test_a_signed_folder_needs_its_key(mine: Path) -> None:
    """
    Without the province's public key a signed folder is as good as none.
    """
    (mine.parent / trusting.KEY).unlink()

    with pytest.raises(TrustError):
        trusting.read(mine)


def test_a_stray_certificate_is_not_signed(mine: Path, made: Signed) -> None:
    """
    A certificate outside of the two trees belongs to nobody.
    """
    (mine / "stray.pem").write_bytes(trust_kit.root().pem)

    with pytest.raises(TrustError):
        trusting.sign(mine, made.key)


def test_the_command_refuses_a_tampered_folder(
    mine: Path, made: Signed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    ``motcua verify --trust`` ends with 2; with the folder as signed it writes a report, too.
    """
    file = tmp_path / "a.pdf"
    file.write_bytes(made.official)
    asked = [str(file), "--trust", str(mine), "--json", "--report", str(tmp_path / "reports")]
    verify_command.main(asked)
    said = json.loads(capsys.readouterr().out)
    (report,) = (tmp_path / "reports").iterdir()

    assert ["official"] == [seen["tree"] for seen in said["files"][0]["signatures"]]
    assert b"urn:etsi:019102:mainindication:" in report.read_bytes()
    (mine / "official" / "root.pem").unlink()
    assert 2 == verify_command.main(asked)
