"""Every result of our own is good for four verifiers that share no code with us."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from dossiers.signing_status import Policy
from register import world
from signing.bench import seeds, stage
from signing.bench.seeds import Signatory
from signing.pdf import stamping
from signing.verification.verify import Trust, verify
from signing.xml.xades import Form
from tests.support import signing_kit as kit
from tests.support import trust_kit

JAVA = Path(__file__).resolve().parents[1] / "java" / "Verify.java"
JARS = [
    Path("/usr/share/java") / name
    for name in (
        *("pdfbox2.jar", "fontbox2.jar", "commons-logging.jar"),
        *("bcprov.jar", "bcpkix.jar", "bcutil.jar"),
    )
]
KINDS = ("rsa", "p256")
AT = world.now()


def command(name: str) -> None:
    """Skip where the program is not installed; the tests' set-up installs it."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed; ./motcua test installs it")


@dataclass(frozen=True)
class Result:
    """One signed and sealed result, its signer, and files on disk."""

    signatory: Signatory
    pdf: bytes
    stamped: bytes
    folder: Path
    root: Path


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """A result by an RSA and by a P-256 key: B-B, and with a document time stamp."""
    return {kind: made(kind, tmp_path_factory.mktemp(kind)) for kind in KINDS}


@pytest.fixture(params=KINDS)
def result(request: pytest.FixtureRequest, results: dict[str, Result]) -> Result:
    """One of the two."""
    return results[request.param]


def made(kind: str, folder: Path) -> Result:
    """Sign, seal and stamp a result with a key of *kind*."""
    signatory = Signatory(stage.KEYS[kind]())
    root = folder / "root.pem"
    root.write_bytes(signatory.pem)
    sealed = signatory.pdf(AT - timedelta(minutes=1))
    stamped = stamp(sealed)
    (folder / "b.pdf").write_bytes(sealed)
    (folder / "t.pdf").write_bytes(stamped)
    return Result(signatory, sealed, stamped, folder, root)


def stamp(data: bytes) -> bytes:
    """Put a document time stamp of the tests' authority on *data*, as the hub does."""
    prepared = stamping.prepare(data)
    return prepared.finish(trust_kit.token(prepared.imprint, at=AT))


def test_our_own_verifier(result: Result, tmp_path: Path) -> None:
    """
    The first stack is ours: both signatures valid, and still after the stamp.
    """
    told = trust_kit.world()
    folder = told.folder(tmp_path)
    shutil.copy(result.root, folder / "signer.pem")
    for data, count in ((result.pdf, 2), (result.stamped, 3)):
        verdict = verify(data, Trust(folder, Policy.OURS), at=world.now())
        assert ((), count) == (verdict.reasons, len(verdict.signatures))


def test_poppler(result: Result) -> None:
    """
    Poppler (NSS) says of both signatures that they are valid; a stamp it does not know.
    """
    command("pdfsig")
    assert ["Signature is Valid."] * 2 == kit.pdfsig(result.pdf, result.folder)
    assert ["Signature is Valid."] * 2 == kit.pdfsig(result.stamped, result.folder)[:2]


def test_openssl(result: Result) -> None:
    """
    OpenSSL verifies each CMS over its byte range up to the root, and the stamp's token.
    """
    command("openssl")
    assert [True, True] == kit.openssl(result.pdf, result.folder, result.root)
    assert [True, True, True] == [
        *kit.openssl(result.stamped, result.folder, result.root)[:2],
        openssl_ts(result.stamped, result.folder),
    ]


def openssl_ts(data: bytes, folder: Path) -> bool:
    """Verify the last byte range's time-stamp token."""
    edges = list(re.finditer(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) ?\]", data))[-1].groups()
    start, first, second, rest = (int(edge) for edge in edges)
    token, text, root = folder / "token.der", folder / "stamped.bin", folder / "tsa.pem"
    padded = bytes.fromhex(data[start + first + 1 : second - 1].decode())
    size = int.from_bytes(padded[2:4], "big") + 4
    token.write_bytes(padded[:size])
    text.write_bytes(data[start : start + first] + data[second : second + rest])
    told = trust_kit.world()
    root.write_bytes(told.root.pem + told.issuing.pem)
    checked = ["openssl", "ts", "-verify", "-data", text, "-in", token, "-token_in"]
    done = subprocess.run([*checked, "-CAfile", root], capture_output=True, check=False)
    return b"Verification: OK" in done.stdout + done.stderr


def test_mupdf(result: Result) -> None:
    """
    MuPDF (OpenSSL, its own reader) finds both sound: the first revised since, the last not.
    """
    command("mutool")
    told = run("mutool", "sign", "-v", result.folder / "b.pdf")
    sound = ("The signature is valid but", "The document is unchanged since signing")
    assert 2 == sum(map(told.count, sound)), told


def test_pdfbox_and_bouncycastle(results: dict[str, Result]) -> None:
    """
    Java: PDFBox reads, BouncyCastle verifies; the signatures and the stamp alike.
    """
    command("javac")
    if missing := [str(jar) for jar in JARS if not jar.exists()]:
        packages = "default-jdk-headless libpdfbox2-java libbcpkix-java"
        pytest.skip(f"no {', '.join(missing)}: apt-get install {packages}")
    path = ":".join(map(str, JARS))
    files = [one.folder / name for one in results.values() for name in ("b.pdf", "t.pdf")]
    told = run("java", "-cp", path, str(JAVA), *files)
    assert ["true"] * 10 == [line.split()[-1] for line in told.splitlines()]


@pytest.mark.parametrize("form", [Form.ENVELOPED, Form.ENVELOPING])
def test_xmlsec(form: Form, result: Result) -> None:
    """
    XML: xmlsec1 verifies every reference and the certificate.
    """
    command("xmlsec1")
    file = result.folder / f"{form}.xml"
    file.write_bytes(result.signatory.xml(AT, form))
    properties = "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"
    told = run(
        "xmlsec1", "--verify", "--trusted-pem", result.root, "--id-attr:Id", properties,
        "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object", file,
    )  # fmt: skip
    assert "OK" in told, told


@pytest.mark.parametrize("kind", ["p7m", "p7s"])
def test_openssl_cms(kind: str, result: Result) -> None:
    """
    p7m and p7s: OpenSSL verifies them up to the root, content inside or beside.
    """
    command("openssl")
    make: Callable[..., bytes] = getattr(result.signatory, kind)
    file, content = result.folder / f"a.{kind}", result.folder / "a"
    file.write_bytes(make(AT))
    content.write_bytes(seeds.RECORD)
    beside = ["-content", content] if kind == "p7s" else []
    options = ["-binary", "-CAfile", result.root, "-purpose", "any", "-out", "/dev/null"]
    told = run("openssl", "cms", "-verify", "-inform", "DER", "-in", file, *beside, *options)
    assert "successful" in told, told


def run(*words: object) -> str:
    """Return what a program says."""
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False)
    return (done.stdout + done.stderr).decode(errors="replace")
