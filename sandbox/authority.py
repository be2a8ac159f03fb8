"""
The certification authorities: two trees of certificates, OCSP, CRL and time stamps.

certomancer does the work; its trees are in ``authority.yaml``, and the holders of tokens
come from ``people.toml``. Keys, days of validity and revocations are kept in the data
folder, so a second start issues the same certificates to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from asn1crypto import algos
from asn1crypto import keys as asn1_keys
from certomancer import crypto_utils
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from sandbox import keys, wire
from sandbox.people import Holder

TREES = Path(__file__).with_name("authority.yaml")
CA_YEARS = timedelta(days=15 * 365)
HOLDER_YEARS = timedelta(days=3 * 365)
AGE = timedelta(days=90)
"""How old the trees are when they are made, so that documents of last month can be checked."""

_TIME = "HTTP_X_CERTOMANCER_FAKE_TIME"
"""By this header certomancer is told the time."""

_AIA = {
    "id": "authority_information_access",
    "smart-value": {
        "schema": "aia-urls",
        "params": {"ocsp-responder-names": ["issuing"], "ca-issuer-links": [{"repo": "issuing"}]},
    },
}
_KEY_USAGE = {
    "id": "key_usage",
    "critical": True,
    "smart-value": {"schema": "key-usage", "params": ["digital_signature", "non_repudiation"]},
}


class KeptKeys(crypto_utils.PycaCryptographyBackend):
    """certomancer's cryptography, with keys loaded once: it loads and checks one per signature."""

    def load_private_key(
        self, key_bytes: bytes, password: bytes | None
    ) -> tuple[asn1_keys.PrivateKeyInfo, asn1_keys.PublicKeyInfo]:
        """Return both halves of the key in PEM *key_bytes*."""
        del password
        key = keys.load(key_bytes)
        private = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return asn1_keys.PrivateKeyInfo.load(private), asn1_keys.PublicKeyInfo.load(public)

    def generic_sign(
        self,
        private_key: asn1_keys.PrivateKeyInfo,
        tbs_bytes: bytes,
        sd_algo: algos.SignedDigestAlgorithm,
    ) -> bytes:
        """Sign with RSA PKCS#1 v1.5 and SHA-256, the only algorithm of these trees."""
        if (sd_algo.signature_algo, sd_algo.hash_algo) != ("rsassa_pkcs1v15", "sha256"):
            return super().generic_sign(private_key, tbs_bytes, sd_algo)
        return _loaded(private_key.dump()).sign(tbs_bytes, PKCS1v15(), hashes.SHA256())


@lru_cache(maxsize=64)
def _loaded(der: bytes) -> RSAPrivateKey:
    return keys.load(der)


class Authority(wire.Party):
    """The authorities as a WSGI application."""

    def __init__(self, folder: Path, url: str, holders: Iterable[Holder], *, at: datetime) -> None:
        """
        Keep everything in *folder*; put *url* into the certificates.

        *at* is the day on which the trees are made, where they are not there yet.
        """
        crypto_utils.CRYPTO_BACKEND = KeptKeys()
        self.folder = folder
        self.url = url
        self._holders = list(holders)
        made = keys.keep(folder / "made_at", lambda: at.astimezone(UTC).isoformat().encode())
        self._made = datetime.fromisoformat(made.decode()).replace(microsecond=0)
        self._trees = self._with_holders(yaml.safe_load(TREES.read_text("utf-8")))
        labels = [label for tree in self._trees.values() for label in tree["certs"]]
        keys.ensure(self.key_file(label) for label in labels)
        self._start()
        self._publish(labels)

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        # Its clock is the other side's, like every party's, unless the question names a time.
        request.environ.setdefault(_TIME, wire.now().replace(microsecond=0).isoformat())
        return Response.from_app(self._animator, request.environ)

    def key_file(self, label: str) -> Path:
        """Return where the private key of *label* is."""
        return self.folder / "keys" / f"{label}.pem"

    def certificate_file(self, label: str) -> Path:
        """Return where the certificate of *label* is, as PEM."""
        return self.folder / "certificates" / f"{label}.pem"

    def revoke(self, label: str, *, at: datetime, reason: str = "key_compromise") -> None:
        """Revoke the certificate of *label* from the second of *at* on. NotFound if none."""
        at = at.replace(microsecond=0)
        if all(label not in tree["certs"] for tree in self._trees.values()):
            message = f"no certificate {label!r}"
            raise NotFound(message)
        revoked = self._revoked() | {
            label: {"revoked-since": at.astimezone(UTC).isoformat(), "reason": reason}
        }
        keys.write(self.folder / "revoked.json", json.dumps(revoked).encode())
        self._start()

    def endpoints(self) -> dict[str, Any]:
        """Return where time stamps are made and which certificates to trust."""
        labels = ("root", "issuing", "public-root", "public-issuing", "tsa")
        return {
            "url": self.url,
            "tsa": f"{self.url}/official/tsa/tsa",
            "ocsp": f"{self.url}/official/ocsp/issuing",
            "crl": f"{self.url}/official/crls/issuing/latest.crl",
            "certificates": {label: str(self.certificate_file(label)) for label in labels},
            "roots": [str(self.certificate_file(label)) for label in ("root", "public-root")],
            "intermediates": [
                str(self.certificate_file(label)) for label in ("issuing", "public-issuing")
            ],
            "test_keys": str(self.folder / "keys"),
        }

    def state(self) -> dict[str, Any]:
        """Return what is revoked."""
        return {"revoked": self._revoked()}

    # How the trees grow

    def _with_holders(self, trees: dict[str, Any]) -> dict[str, Any]:
        """Return *trees* with every holder below the official issuing authority."""
        for holder in self._holders:
            name = {
                "common-name": holder.common_name,
                "organization-name": holder.organisation,
                "locality-name": "Quảng Ninh",
                **({"title": holder.title} if holder.title else {}),
            }
            trees["official"]["entities"][holder.label] = name
            trees["official"]["certs"][holder.label] = {
                "issuer": "issuing",
                "extensions": [_KEY_USAGE, _AIA],
            }
        for label in ("citizen", "revoked", "expired"):
            trees["public"]["certs"][label]["extensions"] = [_KEY_USAGE]
        return trees

    def _validity(self, certificate: dict[str, Any], label: str) -> dict[str, str]:
        begin = self._made - AGE
        lasts = CA_YEARS if "profiles" in certificate or label == "tsa" else HOLDER_YEARS
        end = self._made - timedelta(days=1) if label == "expired" else begin + lasts
        return {"valid-from": begin.isoformat(), "valid-to": end.isoformat()}

    def _revoked(self) -> dict[str, Any]:
        always = {"revoked-since": self._made.isoformat(), "reason": "key_compromise"}
        path = self.folder / "revoked.json"
        return {"revoked": always} | (json.loads(path.read_bytes()) if path.exists() else {})

    def _start(self) -> None:
        revoked = self._revoked()
        trees = {
            name: tree
            | {
                "certs": {
                    label: certificate
                    | {"validity": self._validity(certificate, label)}
                    | ({"revocation": revoked[label]} if label in revoked else {})
                    for label, certificate in tree["certs"].items()
                }
            }
            for name, tree in self._trees.items()
        }
        keysets = {
            name: {"keys": {label: {"path": f"{label}.pem"} for label in tree["certs"]}}
            for name, tree in trees.items()
        }
        config = CertomancerConfig(
            {"keysets": keysets, "pki-architectures": trees},
            key_search_dir=str(self.folder / "keys"),
            lazy_load_keys=True,
            external_url_prefix=self.url,
        )
        self._architectures = config.pki_archs
        self._animator = Animator(AnimatorArchStore(config.pki_archs), with_web_ui=False)

    def _publish(self, labels: Iterable[str]) -> None:
        """Write every certificate as a PEM file."""
        folder = self.folder / "certificates"
        folder.mkdir(exist_ok=True)
        for label in labels:
            tree = next(name for name, tree in self._trees.items() if label in tree["certs"])
            der = self._architectures[ArchLabel(tree)].get_cert(CertLabel(label)).dump()
            pem = x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
            keys.write(self.certificate_file(label), pem, mode=0o644)
