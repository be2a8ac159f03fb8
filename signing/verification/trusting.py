"""
Whom we trust: a folder of certificates, plain or as configuration that the province signed.

A plain folder holds PEM files; self-signed certificates are roots, the others help to reach
them. A signed one has the two Vietnamese trees and a manifest::

    trust/official/*.pem      chuyên dùng công vụ: officials and agencies
    trust/public/*.pem        công cộng: citizens and companies
    trust/manifest.json       the SHA-256 of every certificate file
    trust/manifest.sig        Ed25519 over manifest.json, base64
    trust-key.pem             beside the folder: the province's public key

Where a key stands beside a folder, the folder must be signed by it: whoever can change the
folder cannot turn a signed one into a plain one. Revocation lists (``*.crl``, anywhere in the
folder) are not in the manifest: each is signed by its authority, and they change daily.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dossiers.signing_status import TrustTree

MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "trust-key.pem"
TREES = (TrustTree.OFFICIAL, TrustTree.PUBLIC)
_SUFFIXES = frozenset({".pem", ".crt", ".cer"})
_NOT_ED25519, _NOT_SIGNED = "the key is not Ed25519", "not signed"
_NO_KEY = f"no public key: {KEY} stands beside the folder, or is named"
_NOT_THE_PROVINCE = "the signature is not the province's"


class TrustError(Exception):
    """The trust folder is not what the province signed; nothing of it is used."""


@dataclass(frozen=True, eq=False)
class Anchors:
    """The certificates of one trust folder."""

    roots: dict[bytes, TrustTree]
    """SHA-256 of each root's DER → its tree."""
    certificates: dict[bytes, x509.Certificate]
    """SHA-256 → certificate, roots and others."""
    crls: tuple[bytes, ...] = ()
    signed: bool = False
    """True for signed configuration."""

    @property
    def trusted(self) -> list[x509.Certificate]:
        """The roots."""
        return [self.certificates[digest] for digest in self.roots]

    @property
    def others(self) -> list[x509.Certificate]:
        """The intermediates: they complete a CMS that brings only its leaf."""
        return [one for digest, one in self.certificates.items() if digest not in self.roots]


NOBODY = Anchors({}, {})


def read(folder: Path | None, key: Path | None = None) -> Anchors:
    """
    Return what is in the trust *folder*; TrustError if it is not as signed.

    *key* is the province's public key; without it the one beside the folder holds, if any.
    """
    if folder is None:
        return NOBODY
    try:
        key = key or beside(folder)
        return _read(str(folder), str(key) if key else "", _state(folder, key))
    except (OSError, ValueError) as error:
        message = f"unreadable: {error}"
        raise TrustError(message) from error


def beside(folder: Path) -> Path | None:
    """Return the key that stands beside *folder*, if there is one."""
    key = folder.resolve().parent / KEY
    return key if key.is_file() else None


def _state(folder: Path, key: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Tell one state of the folder from another; a file is put in by renaming, never rewritten."""
    files = [*sorted(folder.rglob("*")), *([key] if key else [])]
    stats = ((str(file), file.stat()) for file in files)
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=8)
def _read(folder: str, key: str, _state: object) -> Anchors:
    base = Path(folder)
    signed = (
        bool(key) or (base / MANIFEST).exists() or any((base / tree).is_dir() for tree in TREES)
    )
    if signed:
        check(base, Path(key) if key else None)
    roots: dict[bytes, TrustTree] = {}
    certificates: dict[bytes, x509.Certificate] = {}
    for file in _certificate_files(base):
        name = file.relative_to(base).parts[0]
        tree = TrustTree(name) if signed and name in TREES else TrustTree.LOCAL
        for certificate in _certificates(file.read_bytes()):
            certificates[certificate.sha256] = certificate
            if certificate.issuer.dump() == certificate.subject.dump():
                roots[certificate.sha256] = tree
    crls = tuple(file.read_bytes() for file in sorted(base.rglob("*.crl")))
    return Anchors(roots, certificates, crls, signed=signed)


def _certificate_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix in _SUFFIXES)


def _certificates(data: bytes) -> Iterator[x509.Certificate]:
    for kind, _headers, der in pem.unarmor(data, multiple=True):
        if kind == "CERTIFICATE":
            yield x509.Certificate.load(der)


# Signed configuration


def make_key(file: Path) -> Path:
    """Write a new private key into *file* (mode 0600) and its public half beside it (``.pub``)."""
    key = Ed25519PrivateKey.generate()
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public = file.with_name(file.name + ".pub")
    public.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return public


def sign(folder: Path, key: Path) -> list[str]:
    """
    Write manifest and signature of *folder* by the private *key*; return the files it names.

    TrustError if a certificate stands outside of the two trees, or if the key is not Ed25519.
    """
    private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TrustError(_NOT_ED25519)
    files = _digests(folder)
    if strays := [name for name in files if name.split("/")[0] not in TREES]:
        message = f"belongs to no tree: {', '.join(strays)}"
        raise TrustError(message)
    text = json.dumps({"version": 1, "files": files}, indent=1, sort_keys=True).encode()
    _replace(folder / MANIFEST, text)
    _replace(folder / SIGNATURE, base64.b64encode(private.sign(text)) + b"\n")
    return sorted(files)


def check(folder: Path, key: Path | None) -> list[str]:
    """Return the files that the manifest of *folder* names, all as signed; else TrustError."""
    if key is None:
        raise TrustError(_NO_KEY)
    public = serialization.load_pem_public_key(key.read_bytes())
    if not isinstance(public, Ed25519PublicKey):
        raise TrustError(_NOT_ED25519)
    try:
        text = (folder / MANIFEST).read_bytes()
        public.verify(base64.b64decode((folder / SIGNATURE).read_bytes(), validate=False), text)
    except FileNotFoundError as error:
        raise TrustError(_NOT_SIGNED) from error
    except (InvalidSignature, binascii.Error) as error:
        raise TrustError(_NOT_THE_PROVINCE) from error
    told, found = json.loads(text)["files"], _digests(folder)
    if told != found:
        changed = sorted(name for name in {*told, *found} if told.get(name) != found.get(name))
        message = f"changed since it was signed: {', '.join(changed)}"
        raise TrustError(message)
    return sorted(told)


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in _certificate_files(folder)
    }


def _replace(file: Path, data: bytes) -> None:
    """Put *data* in by renaming, so that no reader sees half of it."""
    fresh = file.with_name(file.name + ".new")
    fresh.write_bytes(data)
    fresh.replace(file)
