"""
Item codes of the post by UPU standard S10: ``EB`` + 8 digits + check digit + ``VN``.
"""

from __future__ import annotations

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def check_digit(serial: int) -> int:
    """Return the check digit of *serial* (0 … 99,999,999): 11 less the weighted sum mod 11."""
    total = sum(int(digit) * weight for digit, weight in zip(f"{serial:08d}", WEIGHTS, strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)


def item_code(serial: int, *, service: str = "EB", country: str = "VN") -> str:
    """Return the code of the item with *serial* (0 … 99,999,999)."""
    return f"{service}{serial:08d}{check_digit(serial)}{country}"
