"""The tables of signing."""

from signing.models.archive import ArchiveRound, Unarchived
from signing.models.levels import LastStamp, Proof, Unstamped
from signing.models.placements import Placement
from signing.models.policy import (
    Appointment,
    Confirmation,
    CustodyMinute,
    Delegation,
    NumberNote,
    SealCustody,
    Succession,
)
from signing.models.remote import RemoteRound, RemoteText
from signing.models.signers import Signer, Token
from signing.models.trays import Batch, Number, SigningItem

__all__ = [
    "Appointment",
    "ArchiveRound",
    "Batch",
    "Confirmation",
    "CustodyMinute",
    "Delegation",
    "LastStamp",
    "Number",
    "NumberNote",
    "Placement",
    "Proof",
    "RemoteRound",
    "RemoteText",
    "SealCustody",
    "Signer",
    "SigningItem",
    "Succession",
    "Token",
    "Unarchived",
    "Unstamped",
]
