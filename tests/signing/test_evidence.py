"""Evidence records: many results under one stamp, renewed, and judged by three others."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register import documents, ledger, world
from register.models import Dossier
from signing.evidence import bundles, exports, rounds
from signing.evidence.finder import Finder, strengthen
from signing.evidence.proofs import ProofError, check
from signing.evidence.records import Record, UnreadableError
from signing.evidence.rounds import Leaf
from signing.evidence.stamps import StampError
from signing.evidence.trees import Tree, climb, hasher
from signing.models import ArchiveRound, Unarchived
from tests.support import signing_kit as kit
from tests.support import stamp_kit
from tests.support.stamp_kit import Clock

SHA256 = hasher("sha256")
JARS = [Path("/usr/share/java") / f"{name}.jar" for name in ("bcpkix", "bcprov", "bcutil")]


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clock]:
    """The sandbox's authority on loopback."""
    with stamp_kit.ticking(tmp_path_factory.mktemp("authority")) as ticking:
        yield ticking


@pytest.fixture
def ask(clock: Clock, home: Path) -> Iterator[Callable[[bytes], bytes]]:
    """Ask the authority, which the data folder trusts."""
    stamp_kit.trust(home, clock)
    with httpx.Client(timeout=30, trust_env=False) as http:
        authority = stamp_kit.connector(clock.url, http)
        yield lambda imprint: authority.stamp(imprint, 7)


@pytest.fixture
def archived(
    two: kit.Two,
    official: kit.SoftToken,
    seal: kit.SoftToken,
    ask: Callable[[bytes], bytes],
    home: Path,
) -> list[str]:
    """Three released results under one stamp."""
    codes = [stamp_kit.released(two, official, seal, number) for number in (1, 2, 3)]
    for code in codes:
        rounds.want(code)
    rounds.archive(rounds.ready(10), ask)
    return codes


def leaf(data: bytes) -> Leaf:
    """Return both digests of *data*."""
    return Leaf(hashlib.sha256(data).digest(), hashlib.sha512(data).digest())


def record(data: bytes) -> Record:
    """Return the record of *data*, which must be there."""
    found = Finder().record(leaf(data))
    assert found
    return found


def proves(found: Record, data: bytes) -> int:
    """Return by how many stamps *found* proves *data* now."""
    return check(
        found, lambda name: hashlib.new(name, data).digest(), rounds.roots(), at=world.now()
    ).stamps


@given(st.sets(st.binary(min_size=32, max_size=32), min_size=1, max_size=40))
def test_every_leaf_leads_to_the_root(leaves: set[bytes]) -> None:
    """The reduced tree of each leaf leads to the one root, and of no other leaf."""
    inside = sorted(leaves)
    tree = Tree(inside)
    for place, mine in enumerate(inside):
        assert tree.root == climb(mine, tree.reduced(place), SHA256)
        assert tree.root != climb(SHA256(mine), tree.reduced(place), SHA256)


def test_a_tree_needs_a_leaf() -> None:
    """Nothing cannot be stamped."""
    with pytest.raises(ValueError, match="leaf"):
        Tree([])


@pytest.mark.django_db
def test_a_round_proves_results_and_facts(archived: list[str]) -> None:
    """One question covers three results and their chains; nothing waits any more."""
    assert (1, 0) == (ArchiveRound.objects.count(), Unarchived.objects.count())
    for code in archived:
        dossier = Dossier.objects.get(pk=code)
        data, text = documents.get(dossier.document), ledger.text(ledger.history(code)[-1])
        assert [1, 1] == [proves(record(data), data), proves(record(text), text)]


@pytest.mark.django_db
def test_another_file_is_not_proved(archived: list[str]) -> None:
    """A file that differs in one bit has no record, and another's record does not prove it."""
    data = documents.get(Dossier.objects.get(pk=archived[0]).document)
    other = data[:-1] + bytes([data[-1] ^ 1])
    assert Finder().record(leaf(other)) is None
    with pytest.raises(ProofError, match="not_covered"):
        proves(record(data), other)


@pytest.mark.django_db
def test_renewals_prove_more(archived: list[str], ask: Callable[[bytes], bytes]) -> None:
    """A new stamp over the old one, then a stronger tree over everything, then a stamp again."""
    data = documents.get(Dossier.objects.get(pk=archived[0]).document)
    rounds.renew(rounds.due(ArchiveRound.objects.get().renew_by), ask)
    assert 2 == proves(record(data), data)
    strengthen(ask)
    assert 3 == proves(record(data), data)
    last = ArchiveRound.objects.get(covered_by=None)
    rounds.renew([last], ask)
    found = record(data)
    assert 4 == proves(found, data)
    assert [("sha256", 2), ("sha512", 2)] == [(c.algorithm, len(c.stamps)) for c in found.chains]
    assert found == Record.load(found.dump())


@pytest.mark.django_db
def test_two_algorithms_are_not_renewed_together(
    archived: list[str], ask: Callable[[bytes], bytes]
) -> None:
    """A chain has one digest algorithm (RFC 4998 §5.1)."""
    strengthen(ask)
    with pytest.raises(ValueError, match="one algorithm"):
        rounds.renew(list(ArchiveRound.objects.all()), ask)


@pytest.mark.django_db
def test_a_stamp_that_ended_before_the_next_does_not_prove(archived: list[str]) -> None:
    """Years later, without renewal, the record proves nothing: its last stamp must hold now."""
    data = documents.get(Dossier.objects.get(pk=archived[0]).document)
    later = ArchiveRound.objects.get().renew_by + timedelta(days=1)
    with pytest.raises(ProofError, match="stamp_untrusted"):
        check(record(data), lambda name: hashlib.new(name, data).digest(), rounds.roots(), at=later)


@pytest.mark.django_db
def test_a_stamp_for_another_digest_is_not_kept(
    two: kit.Two, official: kit.SoftToken, seal: kit.SoftToken, ask: Callable[[bytes], bytes]
) -> None:
    """An authority that answers another question, or nonsense, leaves everything waiting."""
    code = stamp_kit.released(two, official, seal)
    rounds.want(code)
    for answer in (lambda root: ask(SHA256(root)), lambda _root: b"nonsense"):
        with pytest.raises(StampError):
            rounds.archive([code], answer)
    assert (0, [code]) == (ArchiveRound.objects.count(), rounds.ready(10))


@pytest.mark.django_db
def test_an_untrusted_authority_is_not_kept(
    archived: list[str], ask: Callable[[bytes], bytes], home: Path
) -> None:
    """Without its root in the trust folder a stamp covers nothing."""
    shutil.rmtree(home / "trust")
    (home / "trust").mkdir()
    with pytest.raises(StampError, match="stamp_untrusted"):
        rounds.renew(list(ArchiveRound.objects.all()), ask)
    assert 1 == ArchiveRound.objects.count()


@pytest.mark.parametrize(
    "data", [b"", b"\x30\x00", b"\x30\x80", b"%PDF-1.7", b"\x30\x03\x02\x01\x01"]
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """Anything else is named unreadable, never an error of the reader's."""
    with pytest.raises(UnreadableError):
        Record.load(data)


@given(st.binary(max_size=80))
def test_random_octets_are_no_record(data: bytes) -> None:
    """Nonsense inside a well-formed SEQUENCE is refused by its own error as well."""
    with pytest.raises(UnreadableError):
        Record.load(b"\x30" + bytes([len(data)]) + data)


@pytest.mark.django_db
def test_bouncy_castle_agrees(
    archived: list[str], ask: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """An implementation by others finds the file in our record, also after both renewals."""
    if not (shutil.which("java") and all(jar.exists() for jar in JARS)):
        pytest.skip("needs a JDK and Debian's libbcpkix-java")
    data = documents.get(Dossier.objects.get(pk=archived[0]).document)
    file, ers = tmp_path / "file", tmp_path / "record.ers"
    file.write_bytes(data)
    ers.write_bytes(record(data).dump())
    assert "present" == bouncy(file, ers)
    rounds.renew(list(ArchiveRound.objects.all()), ask)
    strengthen(ask)
    ers.write_bytes(record(data).dump())
    assert "present" == bouncy(file, ers)
    file.write_bytes(data + b" ")
    assert bouncy(file, ers).startswith("absent")


def bouncy(file: Path, ers: Path) -> str:
    """Return what BouncyCastle says."""
    source = Path(__file__).parent.parent / "java" / "Records.java"
    path = ":".join(map(str, JARS))
    run = subprocess.run(
        ["java", "-Xshare:auto", "-cp", path, str(source), str(file), str(ers)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == run.returncode, run.stderr
    return run.stdout.strip()


# -- bundles ----------------------------------------------------------------------------------


@pytest.fixture
def bundle(archived: list[str], tmp_path: Path) -> Path:
    """The bundle of the first result."""
    file = tmp_path / "bundle.zip"
    file.write_bytes(exports.export(archived[0], {"money.json": b"[]"}))
    return file


def both(bundle: Path, trust: Path | None) -> list[dict[str, object]]:
    """Return what our verifier and the one in the bundle say."""
    ours = bundles.judge(bundle, trust, at=world.now()).as_json()
    source = Path(exports.__file__).with_name("onefile.py")
    given = ["--trust", str(trust)] if trust else []
    at = world.now().isoformat()
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(source), str(bundle), "--at", at, "--json", *given],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout, run.stderr
    return [json.loads(json.dumps(ours)), json.loads(run.stdout)]


@pytest.mark.django_db
def test_a_bundle_is_valid_by_both(bundle: Path, home: Path, archived: list[str]) -> None:
    """Our verifier and the one-file verifier say the same of a true bundle, to the letter."""
    ours, alone = both(bundle, home / "trust")
    assert ours == alone
    assert ("VALID", archived[0], 9, 1) == tuple(
        ours[name] for name in ("verdict", "dossier", "facts", "stamps")
    )


@pytest.mark.django_db
def test_its_own_roots_call_a_person(bundle: Path) -> None:
    """Without other roots a person must compare fingerprints: a forger could have put them in."""
    ours, alone = both(bundle, None)
    assert ours == alone
    assert ("NEEDS_A_PERSON", ["roots_from_the_bundle"]) == (ours["verdict"], ours["reasons"])


@pytest.mark.django_db
def test_the_same_bundle_twice(archived: list[str], two: kit.Two) -> None:
    """Made again at the same instant, a bundle is the same to the byte."""
    with world.running_in(replace(world.current(), now=lambda: kit.AT)):
        assert exports.export(archived[0], {}) == exports.export(archived[0], {})


def flip(data: bytes, at: int) -> bytes:
    """Return *data* with one bit the other way."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


Files = dict[str, bytes]


def _other_fact(files: Files) -> Files:
    return files | {"facts.json": files["facts.json"].replace(b"75000", b"57000", 1)}


def _no_last_fact(files: Files) -> Files:
    told = json.loads(files["facts.json"])
    told["facts"].pop()
    return files | {"facts.json": json.dumps(told).encode()}


def _signature(files: Files) -> Files:
    """A bit of the official's page, with facts and records left as they are."""
    return files | {"result.pdf": flip(files["result.pdf"], 300)}


TAMPERED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a fact": (_other_fact, "facts_broken"),
    "the last fact": (_no_last_fact, "facts_broken"),
    "the file": (_signature, "result_unknown"),
    "the record": (lambda f: f | {"result.ers": f["facts.ers"]}, "not_covered"),
    "half a record": (lambda f: f | {"result.ers": f["result.ers"][:-9]}, "record_unreadable"),
    "the stamp": (
        lambda f: f | {"result.ers": flip(f["result.ers"], len(f["result.ers"]) - 9)},
        "stamp_broken",
    ),
    "no record": (lambda f: {n: d for n, d in f.items() if n != "result.ers"}, "bundle_unreadable"),
    "one more file": (lambda f: f | {"../evil": b""}, "bundle_unreadable"),
    "two results": (lambda f: f | {"result.xml": b"<a/>"}, "bundle_unreadable"),
    "no facts": (lambda f: f | {"facts.json": b"{}"}, "bundle_unreadable"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_named_by_both(what: str, bundle: Path, home: Path) -> None:
    """Both say not valid, for the same reason."""
    change, reason = TAMPERED[what]
    with zipfile.ZipFile(bundle) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    with zipfile.ZipFile(bundle, "w") as zipped:
        for name, data in change(files).items():
            zipped.writestr(name, data)
    ours, alone = both(bundle, home / "trust")
    assert [("NOT_VALID", [reason])] * 2 == [
        (one["verdict"], one["reasons"]) for one in (ours, alone)
    ]


@pytest.mark.django_db
def test_strange_roots_are_not_believed(bundle: Path, tmp_path: Path) -> None:
    """Roots that did not issue the stamps make the bundle not valid."""
    trust = tmp_path / "strange"
    trust.mkdir()
    (trust / "root.pem").write_bytes(
        kit.authority().certificate.public_bytes(kit.serialization.Encoding.PEM)
    )
    ours, alone = both(bundle, trust)
    assert [["stamp_untrusted"]] * 2 == [ours["reasons"], alone["reasons"]]


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"no zip at all"])
def test_what_is_no_bundle_is_named_by_both(data: bytes, tmp_path: Path) -> None:
    """An empty or strange file is unreadable, not an error."""
    file = tmp_path / "bundle.zip"
    file.write_bytes(data)
    ours, alone = both(file, tmp_path)
    assert [["bundle_unreadable"]] * 2 == [ours["reasons"], alone["reasons"]]


@pytest.mark.django_db
def test_what_is_not_archived_is_not_exported(
    two: kit.Two, official: kit.SoftToken, seal: kit.SoftToken
) -> None:
    """A bundle is whole or it is not made."""
    with pytest.raises(exports.NotArchivedError):
        exports.export(stamp_kit.released(two, official, seal), {})
