"""
Who acts in the hub. A person may hold several roles, each in one unit and below it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

PROVINCE: Final = "H49"
"""Whose list takes what belongs to no dossier: the provincial centre's parent."""


class Role(StrEnum):
    """A role at the Centre."""

    OFFICIAL = "official"
    """Signs results ("người có thẩm quyền ký")."""
    CLERK = "clerk"
    """Numbers and seals ("văn thư")."""
    FINANCE = "finance"
    """Reconciles and closes the day ("kế toán")."""
    POST = "post"
    """Takes and hands over parcels ("nhân viên bưu chính")."""
    MANAGER = "manager"
    """Sees everything in the unit and what is stuck ("lãnh đạo Trung tâm")."""
