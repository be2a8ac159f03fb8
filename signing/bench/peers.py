"""
Others' ways to the same signature, with the same token and the same file.

pyHanko's own interface makes the same appearance; PDFBox with BouncyCastle, from Debian's
packages, signs invisibly, which is less work than ours.
"""

from __future__ import annotations

import json
import logging  # noqa: TID251 - only to quiet a peer
import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1
from PIL import Image
from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from register import fonts
from signing.bench.stage import KEY, LABEL, LINES, MODULE, PIN, Stage
from signing.devices.tokens import Tokens
from signing.pdf import fields

SOURCE = Path(__file__).with_name("PdfBox.java")
#: Debian's libpdfbox2-java and libbcpkix-java with what they need.
JARS = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("pdfbox2", "fontbox2", "bcpkix", "bcprov", "bcutil", "commons-logging")
]
NEEDED = "default-jdk-headless libpdfbox2-java libbcpkix-java"


class PyHanko:
    """pyHanko's default way: ``PdfSigner`` with a text stamp over the seal."""

    def __init__(self, stage: Stage) -> None:
        """Open the token in a process of its own."""
        # With each signature it tells which tables of the font it drops.
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        logging.getLogger("pyhanko").setLevel(logging.ERROR)
        self._stage = stage
        tokens = Tokens(MODULE, environment=stage.environment)
        tokens.login(LABEL, stage.pin)
        face = GlyphAccumulatorFactory(str(fonts.path("LiberationSerif-Regular")))
        style = TextStampStyle(
            stamp_text="\n".join(LINES),
            text_box_style=TextBoxStyle(font=face, font_size=10),
            background=PdfImage(Image.open(BytesIO(stage.png))),
        )
        meta = signers.PdfSignatureMetadata(
            field_name=fields.SEAL,
            md_algorithm=stage.certificate.digest,
            subfilter=SigSeedSubFilter.PADES,
        )
        self._signer = signers.PdfSigner(meta, _Signer(stage, tokens), stamp_style=style)

    def __call__(self, count: int) -> list[bytes]:
        """Seal the document *count* times."""
        return [self._one() for _ in range(count)]

    def _one(self) -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(self._stage.pdf))
        out: Any = self._signer.sign_pdf(writer, existing_fields_only=True)
        return bytes(out.getvalue())

    def cpu(self) -> float:
        """Return seconds of CPU so far, without the token's."""
        return time.process_time()


class _Signer(signers.Signer):
    """pyHanko's signer over our token process."""

    def __init__(self, stage: Stage, tokens: Tokens) -> None:
        super().__init__(
            signing_cert=asn1.Certificate.load(stage.certificate.der),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # untyped
        )
        self._certificate, self._tokens = stage.certificate, tokens

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002 - pyHanko's signature
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        """Return 512 bytes for pyHanko's estimate of the size, else the token's signature."""
        if dry_run:
            return bytes(512)
        scheme = self._certificate.scheme
        return self._certificate.wire(self._tokens.sign(LABEL, KEY, [data], scheme=scheme)[0])


def pdfbox_missing() -> str:
    """Return why PDFBox cannot be run beside us, or nothing."""
    lacking = [file.name for file in JARS if not file.exists() and file.stem != "bcutil"]
    if shutil.which("javac") is None or lacking:
        return f"not installed: apt-get install {NEEDED}"
    return ""


def pdfbox(stage: Stage, count: int, threads: int) -> dict[str, Any]:
    """
    Sign the result *count* times in one Java process with *threads*; return its figures.

    ``{"rate": documents/s, "made": PATH}``; a tenth as many are signed before, for the JIT.
    CalledProcessError if Java fails.
    """
    classes = stage.folder / "classes"
    path = ":".join(str(file) for file in JARS if file.exists())
    subprocess.run(["javac", "-cp", path, "-d", classes, SOURCE], check=True, capture_output=True)
    provider = stage.folder / "pkcs11.cfg"
    provider.write_text(f"name = bench\nlibrary = {MODULE}\nslotListIndex = 0\n")
    made = stage.folder / "made" / "pdfbox.pdf"
    algorithm = "SHA256withRSA" if stage.certificate.is_rsa else "SHA256withECDSA"
    command: list[str | Path] = ["java", "-cp", f"{path}:{classes}", "PdfBox", provider, PIN]
    command += [stage.folder / "ready.pdf", made, str(count), str(threads), algorithm]
    environment = stage.environment | {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    return dict(json.loads(done.stdout))
