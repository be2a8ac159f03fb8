"""
The bundle of one dossier.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from register import documents, ledger, world
from register.models import Dossier, Fact
from signing.evidence import bundles
from signing.evidence.finder import Finder
from signing.evidence.records import Record
from signing.evidence.rounds import Leaf

_VERIFIER = Path(__file__).with_name("onefile.py")

README = """\
GÓI BẰNG CHỨNG CỦA MỘT HỒ SƠ / EVIDENCE OF ONE DOSSIER

Kiểm tra (không cần mạng) / check, without any network:

    python3 verify.py GOI.zip --trust THU_MUC_CHUNG_THU_GOC

result.*     tệp kết quả đã ký và đóng dấu / the result, signed and sealed
result.ers   bản ghi chứng cứ RFC 4998 của tệp đó / evidence record of that file
facts.json   mọi sự kiện của hồ sơ, nối bằng mã băm / every fact, chained by hashes
facts.ers    bản ghi chứng cứ của các sự kiện / evidence record of the facts
trust/       chứng thư gốc; hãy so dấu vân tay với nơi công bố / roots; compare their fingerprints
money.json   tiền đã về tài khoản / money that arrived
parcel.json  hành trình bưu gửi / the way of the parcel
"""


class NotArchivedError(LookupError):
    """Kết quả chưa được lưu chứng, chờ lượt sau. / Not archived yet: wait for the next round."""


def export(code: str, extra: Mapping[str, bytes]) -> bytes:
    """
    Return the bundle of dossier *code* with the *extra* files, for example ``money.json``.

    Dossier.DoesNotExist if there is none, NotArchivedError if no round covers its result yet.
    """
    dossier = Dossier.objects.get(pk=code)
    if not dossier.document:
        raise NotArchivedError(code)
    finder, result = Finder(), documents.get(dossier.document)
    told = ledger.history(code)
    covered, facts_record = _facts_record(finder, told, code)
    files = {
        "result.pdf" if result.startswith(b"%PDF-") else "result.bin": result,
        "result.ers": _record(finder, result, code).dump(),
        "facts.json": _facts(code, told, covered),
        "facts.ers": facts_record.dump(),
        "verify.py": _VERIFIER.read_bytes(),
        "README.txt": README.encode(),
        **_roots(),
        **extra,
    }
    return bundles.write(files, world.now().astimezone(world.VIETNAM))


def _record(finder: Finder, data: bytes, code: str) -> Record:
    record = finder.record(_leaf(data))
    if record is None:
        raise NotArchivedError(code)
    return record


def _facts_record(finder: Finder, told: list[Fact], code: str) -> tuple[int, Record]:
    """Return the last fact that a round covers, which binds all before it, and its record."""
    for row in reversed(told):
        if record := finder.record(_leaf(ledger.text(row))):
            return row.seq, record
    raise NotArchivedError(code)


def _leaf(data: bytes) -> Leaf:
    return Leaf(hashlib.sha256(data).digest(), hashlib.sha512(data).digest())


def _facts(code: str, told: list[Fact], covered: int) -> bytes:
    rows = [[*json.loads(ledger.text(row)), row.hash] for row in told]
    said = {"dossier": code, "covered": covered, "facts": rows}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _roots() -> dict[str, bytes]:
    trust = world.home() / "trust"
    return {
        f"trust/{'-'.join(file.relative_to(trust).parts)}": file.read_bytes()
        for file in sorted(trust.rglob("*.pem"))
    }
