"""
How fast a visible seal is, beside what the token alone can do and what pyHanko does by default.

Everything in one run on one machine: SoftHSM2 with an RSA-2048 key in its own process, a
Vietnamese result of about 100 KB with its two empty fields, seal, number and date.
"""

from __future__ import annotations

import logging  # noqa: TID251 - only to quiet the peer
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from fpdf import FPDF
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from register import fonts, world
from signing.certificates import Certificate
from signing.devices.tokens import Tokens
from signing.pdf import appearance, fields, pades
from signing.verification.verify import Trust, Verifier

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL, PIN, KEY = "bench", "135790", "01"
LINES = ("Số: 1284/GPXD", "Ngày 23/11/2026")
PEER = "pyhanko_default"
_PEER_SHARE = 10
"""The peer is so slow that a tenth of the documents tells its rate."""


_BARE = """
import sys, time, pkcs11
module, label, pin, n = sys.argv[1:]
token = pkcs11.lib(module).get_token(token_label=label)
with token.open(user_pin=open(pin).read()) as session:
    key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY)
    start = time.perf_counter()
    for _ in range(int(n)):
        key.sign(b"text", mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
    print(int(n) / (time.perf_counter() - start))
"""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run works with."""

    tokens: Tokens
    certificate: Certificate
    pdf: bytes
    places: fields.Places
    png: bytes

    def seal(self) -> bytes:
        """Seal the document once, as a batch does."""
        looks = appearance.seal(self.places.seal, self.png, diameter=36.0, lines=LINES)
        request = pades.Request(fields.SEAL, self.certificate, world.now(), looks, last=True)
        prepared = pades.prepare(self.pdf, request)
        return prepared.finish(self.tokens.sign(LABEL, KEY, [prepared.attributes])[0])


def seal(n: int = 200) -> dict[str, Any]:
    """
    Seal *n* documents; return rate (documents/s), CPU and how far it is from floor and peer.

    ``ratio.floor`` is our rate over bare C_Sign in a process of its own, on the same token;
    ``ratio.pyhanko_default`` how many times faster than pyHanko's own visible signature.
    """
    # The peer tells with each signature which tables of the font it drops.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("pyhanko").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="bench-seal-") as folder:
        bench = _prepared(Path(folder))
        with bench.tokens:
            bench.seal()  # loads the font and the picture, once per process
            floor = _bare(n, Path(folder))
            before = _cpu(bench.tokens)
            made: list[bytes] = []
            rate = _rate(n, lambda: made.append(bench.seal()))
            cpu = (_cpu(bench.tokens) - before) / n
            peer = _rate(max(n // _PEER_SHARE, 3), _peer(bench))
        wrong = _wrong(made, Path(folder))
    return {
        "name": "seal",
        "rate": round(rate, 1),
        "unit": "documents/s",
        "cpu_ms": round(cpu * 1000, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "ratio": {"floor": round(rate / floor, 3), PEER: round(rate / peer, 1)},
        "wrong": wrong,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
    }


def _rate(n: int, work: Callable[[], object]) -> float:
    """Return how often per second *work* was done, over *n* times."""
    start = time.perf_counter()
    for _ in range(n):
        work()
    return n / (time.perf_counter() - start)


def _bare(n: int, folder: Path) -> float:
    """Return how often per second the key signs when nothing but C_Sign is done."""
    done = subprocess.run(
        [sys.executable, "-c", _BARE, str(MODULE), LABEL, str(folder / "pin"), str(n)],
        env={"SOFTHSM2_CONF": str(folder / "softhsm2.conf")},
        check=True,
        capture_output=True,
    )
    return float(done.stdout)


def _cpu(tokens: Tokens) -> float:
    """Return seconds of CPU so far, of this process and of the token's."""
    spent = int(Path(f"/proc/{tokens.pid}/schedstat").read_text().split()[0])
    return time.process_time() + spent / 1e9


def _wrong(made: Iterable[bytes], folder: Path) -> int:
    """Return how many of the sealed files are not VALID."""
    verifier, now = Verifier(), world.now()
    try:
        trust = Trust(folder / "trust")
        return sum(not verifier.verify(data, trust, at=now).valid for data in made)
    finally:
        verifier.close()


def _peer(bench: Bench) -> Callable[[], object]:
    """Return pyHanko's default way to the same signature: same token, same page, same looks."""
    face = GlyphAccumulatorFactory(str(fonts.path("LiberationSerif-Regular")))
    style = TextStampStyle(
        stamp_text="\n".join(LINES),
        text_box_style=TextBoxStyle(font=face, font_size=10),
        background=PdfImage(Image.open(BytesIO(bench.png))),
    )
    meta = signers.PdfSignatureMetadata(
        field_name=fields.SEAL, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = signers.PdfSigner(meta, _Signer(bench), stamp_style=style)

    def work() -> object:
        writer = IncrementalPdfFileWriter(BytesIO(bench.pdf))
        return signer.sign_pdf(writer, existing_fields_only=True)

    return work


class _Signer(signers.Signer):
    """pyHanko's signer over our token process."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            signing_cert=asn1.Certificate.load(bench.certificate.der),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # untyped
        )
        self._tokens = bench.tokens

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002 - pyHanko's signature
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        """Return 256 bytes for pyHanko's estimate of the size, else the token's signature."""
        return bytes(256) if dry_run else self._tokens.sign(LABEL, KEY, [data])[0]


def _prepared(folder: Path) -> Bench:
    """Return a token with a key, a root to trust, and a document with its fields."""
    hsm = folder / "softhsm2.conf"
    (folder / "tokens").mkdir()
    hsm.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    environment = {"SOFTHSM2_CONF": str(hsm)}
    key = rsa.generate_private_key(65537, 2048)
    _put_on_token(folder, key, environment)
    certificate = _certificate(key)
    (folder / "trust").mkdir()
    pem = certificate.parsed.public_bytes(serialization.Encoding.PEM)
    (folder / "trust" / "root.pem").write_bytes(pem)
    pdf = _document()
    places = fields.find(pdf, fields.Signer("Nguyễn Thị Hồng Gấm", "CHỦ TỊCH"))
    tokens = Tokens(MODULE, environment=environment)
    tokens.login(LABEL, folder / "pin")
    return Bench(tokens, certificate, fields.add(pdf, places), places, _png())


def _put_on_token(folder: Path, key: rsa.RSAPrivateKey, environment: dict[str, str]) -> None:
    pin, pem = folder / "pin", folder / "key.pem"
    pin.touch(mode=0o600)
    pin.write_text(PIN)
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    tool, search = "softhsm2-util", {"PATH": "/usr/bin:/bin"}
    names = ["--label", LABEL, "--pin", PIN]
    for command in (
        [tool, "--init-token", "--free", "--so-pin", PIN, *names],
        [tool, "--import", str(pem), "--token", LABEL, "--id", KEY, *names],
    ):
        subprocess.run(command, env=environment | search, check=True, capture_output=True)


def _certificate(key: rsa.RSAPrivateKey) -> Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bench")])
    now = world.now()
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(_usage(), critical=True)
        .sign(key, SHA256())
    )
    return Certificate(built.public_bytes(serialization.Encoding.DER))


def _usage() -> x509.KeyUsage:
    no = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement"),
            *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=True, content_commitment=True, **no)


def _document() -> bytes:
    """Return two pages of Vietnamese text with a scanned picture, about 100 KB."""
    pdf = FPDF()
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.set_font("serif", size=13)
    for _page in range(2):
        pdf.add_page()
        pdf.multi_cell(0, 7, "GIẤY PHÉP XÂY DỰNG\n" + "Ủy ban nhân dân phường Hồng Gai. " * 60)
        pdf.image(Image.effect_noise((200, 140), 40), x=20, y=150, w=60)
    for y, text in ((200, "CHỦ TỊCH"), (232, "Nguyễn Thị Hồng Gấm")):
        pdf.set_xy(110, y)
        pdf.cell(80, 7, text, align="C")
    return bytes(pdf.output())


def _png() -> bytes:
    """Return a red, round, transparent seal."""
    image = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((2, 2, 417, 417), outline=(200, 0, 0, 255), width=10)
    draw.regular_polygon((210, 210, 70), 5, fill=(200, 0, 0, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
