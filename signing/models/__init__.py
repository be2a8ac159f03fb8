"""The tables of signing."""

from signing.models.levels import Unstamped
from signing.models.signers import Signer, Token
from signing.models.trays import Batch, Number, SigningItem

__all__ = ["Batch", "Number", "Signer", "SigningItem", "Token", "Unstamped"]
