"""XML results, signers with keys in memory, and what other programs say of their signatures."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from lxml import etree
from signxml.xades import XAdESSignatureConfiguration, XAdESVerifier

from signing.certificates import Certificate, Scheme, load
from signing.xml import names
from tests.support import signing_kit as kit

RESULT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- kết quả -->\n'
    '<GiayPhep xmlns="urn:qn:giay-phep" xmlns:k="urn:khac" xml:lang="vi">'
    "<Ten>Nguyễn Thị Hồng Gấm &amp; con</Ten>\r\n<k:So k:loai='GPXD'>1284</k:So></GiayPhep>\n"
).encode()


@dataclass(frozen=True)
class Holder:
    """A certificate with its key at hand."""

    key: kit.Key
    certificate: Certificate

    def sign(self, text: bytes) -> bytes:
        """Return what a token would answer: PKCS#1, or r and s side by side."""
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            p384 = self.certificate.scheme is Scheme.P384
            der = self.key.sign(text, ec.ECDSA(SHA384() if p384 else SHA256()))
            size = (self.key.key_size + 7) // 8
            return b"".join(one.to_bytes(size, "big") for one in decode_dss_signature(der))
        if self.certificate.scheme is Scheme.PSS:
            salted = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
            return self.key.sign(text, salted, SHA256())
        assert isinstance(self.key, rsa.RSAPrivateKey)
        return kit.raw_signature(self.key, text)


def holder(name: str, key: kit.Key | None = None) -> Holder:
    """Return a holder called *name*, certified by the root of ``signing_kit``."""
    key = key or kit.rsa_key(name)
    return Holder(key, load(kit.authority().issue(name, key)))


def xmlsec(data: bytes, folder: Path, id_: str, *, beside: dict[str, bytes] | None = None) -> bool:
    """Return whether xmlsec1 verifies the signature *id_*, up to the root of ``signing_kit``."""
    kit.authority().write(folder)
    for name, content in {"judged.xml": data, **(beside or {})}.items():
        (folder / name).write_bytes(content)
    known = (
        f"{names.DS}:SignatureValue",
        f"{names.DS}:Object",
        f"{names.XADES}:SignedProperties",
    )
    options = [part for name in known for part in ("--id-attr:Id", name)]
    where = f"//*[local-name()='Signature' and @Id='{id_}']"
    command = ["xmlsec1", "--verify", "--trusted-pem", "root.pem", *options]
    done = subprocess.run(
        [*command, "--node-xpath", where, "judged.xml"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def signxml(
    data: bytes,
    certificate: Certificate,
    *,
    location: str = "./",
    resolve: Callable[[str], bytes] | None = None,
) -> list[etree._Element | None]:
    """Return the elements that signxml says were signed by *certificate*; it raises if none."""
    expected = XAdESSignatureConfiguration(expect_references=2, location=location)
    found = XAdESVerifier().verify(
        data, x509_cert=certificate.parsed, expect_config=expected, uri_resolver=resolve
    )
    return [one.signed_xml for one in found]


def openssl(data: bytes, folder: Path, *, beside: bytes | None = None) -> bytes | None:
    """Return the content that OpenSSL says every signer of the CMS signed; None if it says no."""
    kit.authority().write(folder)
    (folder / "judged.p7m").write_bytes(data)
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "judged.p7m", "-binary"]
    if beside is not None:
        (folder / "beside").write_bytes(beside)
        command += ["-content", "beside"]
    options = ["-CAfile", "root.pem", "-purpose", "any", "-out", "content"]
    done = subprocess.run([*command, *options], cwd=folder, capture_output=True, check=False)
    return (folder / "content").read_bytes() if done.returncode == 0 else None
