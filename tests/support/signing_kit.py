"""
Real parts for the signing tests: a small CA, SoftHSM2 tokens, results as departments make them.

Keys are made by OpenSSL and put on the token by SoftHSM's own tool, so that no test process
loads a PKCS#11 module itself.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from fpdf import FPDF
from PIL import Image, ImageDraw

from register import fonts
from signing.certificates import Certificate, load
from signing.devices.tokens import Tokens
from signing.pdf import appearance, fields, pades

AT = datetime(2026, 11, 23, 2, 15, 42, tzinfo=UTC)
MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "246810"
NAME, TITLE = "Nguyễn Thị Hồng Gấm", "PHÓ CHỦ TỊCH"

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND tỉnh Quảng Ninh"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


@dataclass(frozen=True)
class Authority:
    """A root that issues certificates from 2020 to 2040."""

    key: Key
    certificate: x509.Certificate

    def issue(self, common: str, key: Key, *, days: int = 9000) -> bytes:
        """Return the DER of a signing certificate for *common*."""
        begin = datetime(2020, 1, 1, tzinfo=UTC)
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=True,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        built = (
            x509.CertificateBuilder()
            .subject_name(_name(common))
            .issuer_name(self.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self.key, SHA256())
        )
        return built.public_bytes(serialization.Encoding.DER)

    def write(self, folder: Path) -> Path:
        """Write the root as PEM into *folder* and return the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        pem = self.certificate.public_bytes(serialization.Encoding.PEM)
        (folder / "root.pem").write_bytes(pem)
        return folder


@cache
def rsa_key(_which: str) -> rsa.RSAPrivateKey:
    """Return one RSA-2048 key per name and process; making one is slow."""
    return rsa.generate_private_key(65537, 2048)


@cache
def authority(common: str = "Test Root") -> Authority:
    """Return the self-signed root called *common*."""
    key = rsa_key(f"root {common}")
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(_name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=9000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    return Authority(key, built)


@dataclass(frozen=True)
class SoftToken:
    """A SoftHSM2 token with one key and its certificate (id 01)."""

    label: str
    certificate: Certificate
    pin_file: Path
    configuration: Path

    @property
    def environment(self) -> dict[str, str]:
        """What the token process must see."""
        return {"SOFTHSM2_CONF": str(self.configuration)}


def make_token(folder: Path, label: str, *, key: Key | None = None) -> SoftToken:
    """Return a token called *label* in *folder*; several may share one folder."""
    key = key or rsa_key(label)
    certificate = load(authority().issue(label, key))
    hsm = configuration(folder)
    environment = {"SOFTHSM2_CONF": str(hsm), "PATH": "/usr/bin:/bin"}
    pem, der, pin_file = folder / f"{label}.pem", folder / f"{label}.der", folder / f"{label}.pin"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    der.write_bytes(certificate.der)
    pin_file.write_text(PIN + "\n")
    pin_file.chmod(0o600)
    login = ["--label", label, "--pin", PIN]
    imported = [
        "--import",
        str(pem),
        "--token",
        label,
        "--label",
        label,
        "--id",
        "01",
        "--pin",
        PIN,
    ]
    stored = ["--write-object", str(der), "--type", "cert", "--id", "01", "--label", label]
    for command in (
        ["softhsm2-util", "--init-token", "--free", "--so-pin", "13579", *login],
        ["softhsm2-util", *imported],
        ["pkcs11-tool", "--module", str(MODULE), "--token-label", label, "-l", "-p", PIN, *stored],
    ):
        subprocess.run(command, env=environment, check=True, capture_output=True)
    return SoftToken(label, certificate, pin_file, hsm)


def configuration(folder: Path) -> Path:
    """Return the configuration of a SoftHSM2 that keeps its tokens in *folder*."""
    store = folder / "tokens"
    store.mkdir(parents=True, exist_ok=True)
    file = folder / "softhsm2.conf"
    file.write_text(
        f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    return file


@cache
def seal_png(colour: tuple[int, int, int] = (200, 0, 0)) -> bytes:
    """Return a round transparent seal that reaches every edge of its picture."""
    image = Image.new("RGBA", (360, 360), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, 359, 359), outline=(*colour, 255), width=12)
    draw.regular_polygon((180, 180, 60), 5, fill=(*colour, 255))
    return _png(image)


@cache
def signature_png() -> bytes:
    """Return a blue transparent signature that touches all four edges of its picture."""
    image = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.line([(0, 199), (120, 0), (200, 150), (399, 40)], fill=(0, 0, 200, 255), width=8)
    draw.line([(0, 190), (399, 190)], fill=(0, 0, 200, 255), width=8)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@cache
def result_pdf(name: str = NAME, title: str = TITLE, *, pages: int = 2) -> bytes:
    """Return a result of about 100 KB with a scan on its first page, signer on its last."""
    pdf = FPDF()
    pdf.set_creation_date(AT)
    pdf.add_font("serif", fname=fonts.path("LiberationSerif-Regular"))
    pdf.add_font("serif", "B", fname=fonts.path("LiberationSerif-Bold"))
    for page in range(pages):
        pdf.add_page()
        pdf.set_font("serif", size=13)
        pdf.multi_cell(0, 7, f"GIẤY PHÉP XÂY DỰNG – trang {page + 1}\n" + "Ủy ban nhân dân " * 40)
        if page == 0:
            noise = Image.effect_noise((420, 300), 40)
            pdf.image(noise.convert("RGB"), x=20, y=90, w=90)
    pdf.set_xy(110, 200)
    pdf.set_font("serif", "B", size=13)
    pdf.cell(80, 7, title, align="C")
    pdf.set_xy(110, 232)
    pdf.cell(80, 7, name, align="C")
    return bytes(pdf.output())


@dataclass(frozen=True)
class Two:
    """A result on its way: with empty fields, signed, sealed."""

    ready: bytes
    signed: bytes
    sealed: bytes
    places: fields.Places


def sign_and_seal(pdf: bytes, tokens: Tokens, official: SoftToken, seal: SoftToken) -> Two:
    """Sign *pdf* with the official's token, then seal it with number and date."""
    places = fields.find(pdf, fields.Signer(NAME, TITLE))
    ready = fields.add(pdf, places)
    looks = appearance.signature(places.official, signature_png())
    request = pades.Request(fields.OFFICIAL, official.certificate, AT, looks, first=True)
    signed = give(ready, request, tokens, official)
    lines = ("Số: 1284/GPXD", "Ngày 23/11/2026")
    looks = appearance.seal(places.seal, seal_png(), diameter=36.0, lines=lines)
    request = pades.Request(fields.SEAL, seal.certificate, AT, looks, last=True)
    return Two(ready, signed, give(signed, request, tokens, seal), places)


def give(data: bytes, request: pades.Request, tokens: Tokens, token: SoftToken) -> bytes:
    """Return *data* with the signature that *request* asks for, by *token*."""
    prepared = pades.prepare(data, request)
    return prepared.finish(tokens.sign(token.label, "01", [prepared.attributes])[0])


def raw_signature(key: rsa.RSAPrivateKey, text: bytes) -> bytes:
    """Return what a token with *key* would answer."""
    return key.sign(text, padding.PKCS1v15(), SHA256())


def pdfsig(data: bytes, folder: Path) -> list[str]:
    """Return what poppler says of each signature's cryptography."""
    file = folder / "judged.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfsig", file], capture_output=True, check=False)
    lines = done.stdout.decode().splitlines()
    head = "- Signature Validation: "
    return [line.split(head)[1] for line in lines if head in line]


def openssl(data: bytes, folder: Path, root: Path) -> list[bool]:
    """Return whether OpenSSL verifies each CMS over its byte range, up to *root* (PEM)."""
    verdicts = []
    for match in re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", data):
        start, first, second, rest = (int(edge) for edge in match.groups())
        contents = bytes.fromhex(data[start + first + 1 : second - 1].decode())
        der, text = folder / "signature.der", folder / "text.bin"
        der.write_bytes(contents)
        text.write_bytes(data[start : start + first] + data[second : second + rest])
        command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", der, "-content", text]
        options = ["-binary", "-CAfile", root, "-purpose", "any", "-out", "/dev/null"]
        done = subprocess.run([*command, *options], capture_output=True, check=False)
        verdicts.append(done.returncode == 0)
    return verdicts
