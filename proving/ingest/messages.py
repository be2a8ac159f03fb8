"""A confirmation as the national platform sends it."""

from __future__ import annotations

import hashlib
import json

from connectors.banks.platform import CONFIRM

PARTNER, SECRET = "QNI-BENCH", "bench"


def message(reference: str) -> bytes:
    """Return the signed body that says that *reference* was paid."""
    said = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": "00",
        "MaDoiTac": PARTNER,
        "MaThamChieu": reference,
        "SoTien": "75000",
        "MaTienTe": "VND",
        "MaGiaoDich": f"GD{reference}",
        "MaNganHang": "VCB",
        "ThoiGianGD": "20261123083000",
        "ThongTinGiaoDich": "NOP LE PHI",
    }
    sealed = "|".join([*(said[name] for name in CONFIRM), SECRET])
    said["MaXacThuc"] = hashlib.sha256(sealed.encode()).hexdigest()
    return json.dumps(said).encode()
