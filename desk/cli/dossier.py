"""
``motcua dossier CODE``: every fact of a dossier, in the order in which it was told.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from register import ledger, world
from register.models import Dossier


def main(arguments: list[str]) -> int:
    """Print the dossier; exit code 1 if there is none or its chain does not hold."""
    parser = argparse.ArgumentParser(prog="motcua dossier", description=__doc__)
    parser.add_argument("code")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    dossier = Dossier.objects.select_related("procedure").filter(pk=given.code).first()
    if dossier is None:
        print(f"Không có hồ sơ {given.code} · no such dossier", file=sys.stderr)
        return 1
    told = _told(dossier)
    print(json.dumps(told, ensure_ascii=False) if given.json else _page(told))
    return int(bool(told["broken"]))


def _told(dossier: Dossier) -> dict[str, Any]:
    return {
        "code": dossier.code,
        "procedure": dossier.procedure.name,
        "unit": dossier.unit_id,
        "business": dossier.business,
        "money": dossier.money,
        "delivery": dossier.delivery,
        "next_step": dossier.next_step,
        "facts": [
            {
                "seq": row.seq,
                "at": row.at.astimezone(world.VIETNAM).isoformat(timespec="seconds"),
                "kind": row.kind,
                "by": row.by,
                "body": row.body,
                "hash": row.hash,
            }
            for row in ledger.history(dossier.code)
        ],
        "broken": [f"{one.seq}: {one.reason}" for one in ledger.audit(dossier.code)],
    }


def _page(told: dict[str, Any]) -> str:
    lines = [
        f"{told['code']}  {told['procedure']}",
        f"{told['business']} · {told['money']} · {told['delivery']} → {told['next_step']}",
        "",
    ]
    for fact in told["facts"]:
        body = "  ".join(f"{name}={_short(value)}" for name, value in fact["body"].items())
        lines.append(f"{fact['seq']:>3}  {fact['at']}  {fact['kind']:<16} {fact['by']:<10} {body}")
    lines.append("")
    lines += told["broken"] or ["Chuỗi sự kiện nguyên vẹn · the chain holds"]
    return "\n".join(lines)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 24 else f"{text[:12]}…"
