"""
The twelve things that Circular 15/2025/TT-BKHCN, Art. 5 asks of signing software (domain §2.3).

Each is a function that tells, before a signature, whether the installation can keep it for this
one; the text of the article was read in quotations, so its wording here is ours.
"""

from __future__ import annotations

import shutil
from typing import Final

from cryptography import x509
from django.contrib.auth.models import User

from dossiers.signing_status import Policy, TrustTree
from register import documents, world
from signing.policy import cases
from signing.policy.cases import Case

#: Bytes that must be free, so that what belongs to a signature can be stored with it.
ROOM: Final = 64 * 1024 * 1024
_HEAD: Final = b"%PDF-1."
_MARK: Final = b"\xef\xbb\xbf"


def certificate_names_somebody(case: Case) -> bool:
    """Art. 5(1): the signer's data in the certificate is looked at before the signature."""
    names = case.signer.certificate.parsed.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return any(str(name.value).strip() for name in names)


def key_is_in_a_device(case: Case) -> bool:
    """Art. 5(2): the key lies in a device, here or at a remote service, and is named there."""
    signer = case.signer
    return bool(signer.key and (signer.token.module or signer.token.connector))


def format_is_recommended(case: Case) -> bool:
    """Art. 5(3): what is signed is in a recommended format: PDF or XML for a result."""
    try:
        with documents.path(case.item.document).open("rb") as file:
            head = file.read(len(_HEAD))
            return head == _HEAD or head.removeprefix(_MARK).lstrip().startswith(b"<")
    except FileNotFoundError:
        return False


def time_can_be_told(case: Case) -> bool:
    """Art. 5(4): the signing time goes into the file, so the clock must not run backwards."""
    return case.at >= case.item.submitted_at


def roots_are_there(case: Case) -> bool:
    """Art. 5(5): certificates of roots are installed; without any, nobody could be believed."""
    return case.anchors is None or bool(case.anchors.roots)


def message_is_whole(case: Case) -> bool:
    """Art. 5(7): what is stored is still what was stored."""
    try:
        documents.get(case.item.document)
    except (FileNotFoundError, documents.DamagedError):
        return False
    return True


def path_reaches_a_root(case: Case) -> bool:
    """Art. 5(8), Art. 6: the certificate leads to a trusted root."""
    own = ("certificate_revoked", "certificate_expired", "certificate_not_yet_valid")
    return case.way is None or case.way.reason in ("", *own)


def tree_is_the_official_one(case: Case) -> bool:
    """
    Art. 5(9): only public certificates need the eSign gateway; an agency has official ones.

    Since 31 December 2025 agencies sign with certificates of the official tree (domain §2.2).
    """
    return case.way is None or case.way.tree != TrustTree.PUBLIC


def store_has_room(_case: Case) -> bool:
    """Art. 5(10): certificate, proofs and verdict can be kept beside the signature."""
    folder = world.home() / "documents"
    return not folder.exists() or shutil.disk_usage(folder).free >= ROOM


def trust_is_as_signed(case: Case) -> bool:
    """Art. 5(11): authorities are added and removed by who may, and by nobody else."""
    return case.anchors is not None


def somebody_can_be_told(case: Case) -> bool:
    """Art. 5(12): the signer is told how it ended, so their account is not shut."""
    return not User.objects.filter(username=case.person, is_active=False).exists()


def revocation_is_known(case: Case) -> bool:
    """
    Art. 6: what nobody knows is not valid; asked where the trust is signed configuration.

    A plain folder of certificates serves training and tests, whose authorities answer nobody.
    """
    if case.anchors is None or not case.anchors.signed:
        return True
    if case.proof is not None and case.at < case.proof.next_update:
        return True
    listed = cases.way_of(case.signer, case.anchors, case.at, policy=Policy.STRANGER)
    return listed.reason != "revocation_unknown"
