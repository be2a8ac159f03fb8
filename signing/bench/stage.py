"""
What a run works with, in one folder that every process of it can read.

A SoftHSM2 token with one key and its certificate, a root to trust, a Vietnamese result of about
100 KB with its two empty fields, and the picture of a seal.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, Self

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from fpdf import FPDF
from PIL import Image, ImageDraw

from register import fonts, world
from signing.certificates import Certificate, load
from signing.pdf import fields
from signing.pdf.appearance import Box

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL, PIN, KEY = "bench", "135790", "01"
LINES = ("Số: 1284/GPXD", "Ngày 23/11/2026")
#: A scan of this size makes a result of about 100 KB.
SCAN = (360, 250)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

#: Name on the command line → how the key is made.
KEYS: dict[str, Callable[[], Key]] = {
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "rsa3072": lambda: rsa.generate_private_key(65537, 3072),
    "rsa4096": lambda: rsa.generate_private_key(65537, 4096),
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
}

#: Java's door to a token shows only keys that have a certificate beside them.
_STORE = """
import sys, pkcs11
from pkcs11.util.x509 import decode_x509_certificate
module, label, pin, key, file = sys.argv[1:]
with pkcs11.lib(module).get_token(token_label=label).open(user_pin=pin, rw=True) as session:
    told = decode_x509_certificate(open(file, "rb").read())
    session.create_object({**told, pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: label,
                           pkcs11.Attribute.ID: bytes.fromhex(key)})
"""


@dataclass(frozen=True)
class Stage:
    """One run's folder."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What the token's driver must see."""
        return {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}

    @property
    def pin(self) -> Path:
        """The PIN file."""
        return self.folder / "pin"

    @property
    def trust(self) -> Path:
        """The folder with the root."""
        return self.folder / "trust"

    @cached_property
    def certificate(self) -> Certificate:
        """The key's certificate."""
        return load((self.folder / "certificate.der").read_bytes())

    @cached_property
    def pdf(self) -> bytes:
        """The result with its empty fields."""
        return (self.folder / "ready.pdf").read_bytes()

    @cached_property
    def png(self) -> bytes:
        """The seal."""
        return (self.folder / "seal.png").read_bytes()

    @cached_property
    def box(self) -> Box:
        """Where the seal goes."""
        return Box(**json.loads((self.folder / "box.json").read_text()))

    @classmethod
    def built(cls, folder: Path, kind: str) -> Self:
        """Make everything in the empty *folder*, with a key of *kind* (one of ``KEYS``)."""
        stage = cls(folder)
        (folder / "tokens").mkdir()
        text = f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n"
        (folder / "softhsm2.conf").write_text(text)
        key = KEYS[kind]()
        given = issued(key)
        der = serialization.Encoding.DER
        (folder / "certificate.der").write_bytes(given.leaf.public_bytes(der))
        (folder / "root.der").write_bytes(given.root.public_bytes(der))
        (folder / "root.crl").write_bytes(given.crl.public_bytes(der))
        stage.trust.mkdir()
        pem = given.root.public_bytes(serialization.Encoding.PEM)
        (stage.trust / "root.pem").write_bytes(pem)
        stage._put_on_token(key)
        pdf = document()
        places = fields.find(pdf, fields.Signer("Nguyễn Thị Hồng Gấm", "CHỦ TỊCH"))
        (folder / "ready.pdf").write_bytes(fields.add(pdf, places))
        (folder / "box.json").write_text(json.dumps(asdict(places.seal)))
        (folder / "seal.png").write_bytes(seal_png())
        return stage

    def _put_on_token(self, key: Key) -> None:
        pem = self.folder / "key.pem"
        self.pin.touch(mode=0o600)
        self.pin.write_text(PIN)
        pem.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        names = ["--label", LABEL, "--pin", PIN]
        tool, stored = "softhsm2-util", str(self.folder / "certificate.der")
        for command in (
            [tool, "--init-token", "--free", "--so-pin", PIN, *names],
            [tool, "--import", str(pem), "--token", LABEL, "--id", KEY, *names],
            [sys.executable, "-c", _STORE, str(MODULE), LABEL, PIN, KEY, stored],
        ):
            environment = self.environment | {"PATH": "/usr/bin:/bin"}
            subprocess.run(command, env=environment, check=True, capture_output=True)


class Issued(NamedTuple):
    """What an authority gives out, good for two days."""

    leaf: x509.Certificate
    root: x509.Certificate
    crl: x509.CertificateRevocationList
    """Nothing is revoked."""


def issued(key: Key) -> Issued:
    """Return a certificate of *key*, the root that issued it, and its list."""
    own = rsa.generate_private_key(65537, 2048)
    ends = x509.BasicConstraints(ca=False, path_length=None)
    root = _certificate("Bench Root", own, own, x509.BasicConstraints(ca=True, path_length=None))
    now = world.now()
    revoked = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(now - timedelta(days=1))
        .next_update(now + timedelta(days=1))
        .sign(own, SHA256())
    )
    return Issued(_certificate("Bench", key, own, ends), root, revoked)


def _certificate(
    name: str, key: Key, issuer: rsa.RSAPrivateKey, constraints: x509.BasicConstraints
) -> x509.Certificate:
    now = world.now()
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named("Bench Root"))
        .public_key(key.public_key())
        .serial_number(2 - constraints.ca)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(constraints, critical=True)
        .add_extension(_usage(ca=constraints.ca), critical=True)
        .sign(issuer, SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, ca: bool) -> x509.KeyUsage:
    names = ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only")
    no = dict.fromkeys((*names, "decipher_only"), False)
    return x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, crl_sign=ca, **no
    )


def document() -> bytes:
    """Return two pages of Vietnamese text with a scanned picture, about 100 KB."""
    pdf = FPDF()
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.set_font("serif", size=13)
    scan = Image.effect_noise(SCAN, 40)
    for _page in range(2):
        pdf.add_page()
        pdf.multi_cell(0, 7, "GIẤY PHÉP XÂY DỰNG\n" + "Ủy ban nhân dân phường Hồng Gai. " * 60)
        pdf.image(scan, x=20, y=150, w=60)
    for y, text in ((200, "CHỦ TỊCH"), (232, "Nguyễn Thị Hồng Gấm")):
        pdf.set_xy(110, y)
        pdf.cell(80, 7, text, align="C")
    return bytes(pdf.output())


def seal_png() -> bytes:
    """Return a red, round, transparent seal."""
    image = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((2, 2, 417, 417), outline=(200, 0, 0, 255), width=10)
    draw.regular_polygon((210, 210, 70), 5, fill=(200, 0, 0, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
