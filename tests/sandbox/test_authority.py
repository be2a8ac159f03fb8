from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from sandbox import people
from tests.support.other_side import Side

CRL = "/ca/official/crls/issuing/latest.crl"


def _openssl(*arguments: str | Path, data: bytes = b"") -> str:
    """What OpenSSL, which is not ours, says."""
    done = subprocess.run(
        ["openssl", *map(str, arguments)], input=data, capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode(errors="replace")


@pytest.fixture
def chain(side: Side, tmp_path: Path) -> Path:
    """Root and issuing certificate of the official tree in one file."""
    files = [side.world.authority.certificate_file(label) for label in ("root", "issuing")]
    path = tmp_path / "chain.pem"
    path.write_bytes(b"".join(file.read_bytes() for file in files))
    return path


@pytest.mark.parametrize("holder", people.holders(), ids=lambda holder: holder.label)
def test_holders_chain_to_the_official_root(side: Side, chain: Path, holder: people.Holder) -> None:
    """
    OpenSSL builds the path of every official and every seal, and the name is theirs.
    """
    certificate = side.world.authority.certificate_file(holder.label)
    assert "OK" in _openssl("verify", "-CAfile", chain, certificate)
    subject = _openssl("x509", "-in", certificate, "-noout", "-subject", "-nameopt", "utf8")
    assert holder.common_name in subject


def _status(side: Side, label: str, tree: tuple[str, str], responder: str) -> str:
    """The answer of the OCSP responder for *label*, as OpenSSL reads and verifies it."""
    root, issuer = (side.world.authority.certificate_file(name) for name in tree)
    return _openssl(
        *("ocsp", "-issuer", issuer, "-cert", side.world.authority.certificate_file(label)),
        *("-url", f"{side.url}/ca/{responder}", "-CAfile", root, "-verify_other", issuer),
    )


def test_ocsp(side: Side) -> None:
    """
    OCSP says good of an official, and revoked of the certificate that always is.
    """
    official = _status(side, "cb-sxd", ("root", "issuing"), "official/ocsp/issuing")
    assert "Response verify OK" in official
    assert ": good" in official
    public = ("public-root", "public-issuing")
    assert ": revoked" in _status(side, "revoked", public, "public/ocsp/public-issuing")
    assert ": good" in _status(side, "citizen", public, "public/ocsp/public-issuing")


def test_revoking_by_hand(side: Side) -> None:
    """
    A certificate revoked through the control endpoint is revoked in OCSP and on the list.
    """
    side.control("authority/revoke", {"label": "dau-syt"})
    answer = _status(side, "dau-syt", ("root", "issuing"), "official/ocsp/issuing")
    assert ": revoked" in answer
    listed = _openssl(
        "crl",
        "-inform",
        "DER",
        "-noout",
        "-text",
        data=side.http.get(
            side.url + CRL, headers={"X-Certomancer-Fake-Time": "2027-01-01T00:00:00Z"}
        ).content,
    )
    assert "Key Compromise" in listed


def test_time_stamp(side: Side, chain: Path, tmp_path: Path) -> None:
    """
    OpenSSL accepts the time stamp over its own question.
    """
    question, answer = tmp_path / "q", tmp_path / "a"
    digest = hashlib.sha256(b"x").hexdigest()
    _openssl("ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", question)
    url = side.world.authority.endpoints()["tsa"]
    answer.write_bytes(side.http.post(url, content=question.read_bytes()).content)
    tsa = side.world.authority.certificate_file("tsa")
    verified = _openssl(
        *("ts", "-verify", "-in", answer, "-queryfile", question),
        *("-CAfile", chain, "-untrusted", tsa),
    )
    assert "Verification: OK" in verified
