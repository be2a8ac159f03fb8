"""
How fast statements are read, beside the bare parser (the floor) and a whole tree (the peer).

Each reading runs in a process of its own, three times in turn, over the same file; the best
processor time counts, because the machine may have other work. Peak memory is the process's
own high-water mark.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

from lxml import etree

from dossiers.money import reference
from payments import readers
from payments.readers import StatementLine

_ROUNDS: Final = 3
_TEMPLATE: Final = """<Ntry><NtryRef>{n}</NtryRef><Amt Ccy="VND">{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
<ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>FT{n:012d}</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>FT{n:012d}</AcctSvcrRef><EndToEndId>E{n}</EndToEndId></Refs>
<Amt Ccy="VND">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>NGUYEN VAN {n}</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>10{n:010d}</Id>
</Othr></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{memo}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-11-23T23:59:00+07:00</CreDtTm></GrpHdr>
<Stmt><Id>BENCH</Id><ElctrncSeqNb>1</ElctrncSeqNb><Acct><Id><Othr><Id>1</Id></Othr></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">0</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">{closing}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>
"""


def statement(n: int = 20_000) -> dict[str, Any]:
    """
    Read a generated camt.053.001.08 of *n* entries; return the figures of the public contract.

    ``rate`` is lines a second; ``ratio.floor`` our speed as a part of the bare parser's and
    ``ratio.lxml_dom`` how many times as fast as a whole tree we are, both in processor time;
    ``wrong`` the lines that differ from what was generated.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xml"
        _write(path, n)
        runs = [(name, _measure(name, path)) for _ in range(_ROUNDS) for name in _READINGS]
        wrong = _wrong(path, n)
    best = {
        name: min((run for told, run in runs if told == name), key=lambda run: run["cpu"])
        for name in _READINGS
    }
    ours = best["reader"]
    return {
        "name": "statement",
        "rate": round(n / ours["wall"]),
        "unit": "lines/s",
        "cpu_ms": round(ours["cpu"] * 1000),
        "peak_mb": round(ours["peak_mb"], 1),
        "ratio": {
            "floor": round(best["floor"]["cpu"] / ours["cpu"], 3),
            "lxml_dom": round(best["lxml_dom"]["cpu"] / ours["cpu"], 2),
        },
        "peak_mb_of": {name: round(best[name]["peak_mb"], 1) for name in _READINGS},
        "wrong": wrong,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.python_version()}",
    }


def _line(n: int) -> tuple[int, date, str, str]:
    """Return amount, day, bank reference and memo of the entry *n*."""
    day = date(2026, 11, 1) + timedelta(days=n % 23)
    memo = f"MBVCB.{6804250000 + n}.{reference(n % 10**8)} nop phi ho so.CT tu 10{n:010d} toi 1"
    return 1000 * (1 + n % 997), day, f"FT{n:012d}", memo


def _write(path: Path, n: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD.format(closing=sum(_line(at)[0] for at in range(n))))
        for at in range(n):
            amount, day, _reference, memo = _line(at)
            file.write(_TEMPLATE.format(n=at, amount=amount, day=day, memo=memo))
        file.write("</Stmt></BkToCstmrStmt></Document>")


def _lines(path: Path) -> Iterator[StatementLine]:
    with path.open("rb") as file:
        yield from (found for found in readers.pieces(file) if isinstance(found, StatementLine))


def _wrong(path: Path, n: int) -> int:
    """Count the lines that were not read as they were written."""
    read = [
        (line.amount, line.booked_on, line.reference, line.memo.reveal()) for line in _lines(path)
    ]
    differing = sum(read[at] != _line(at) for at in range(min(n, len(read))))
    return differing + abs(n - len(read))


def _read(path: Path) -> int:
    return sum(1 for _line in _lines(path))


def _floor(path: Path) -> int:
    """Let the parser find every entry and throw it away: no reader can be quicker."""
    count = 0
    with path.open("rb") as file:
        for _event, entry in etree.iterparse(file, events=("end",), tag="{*}Ntry"):
            entry.clear()
            while entry.getprevious() is not None:
                del entry.getparent()[0]
            count += 1
    return count


def _dom(path: Path) -> int:
    """Read the same fields from a whole tree, as most programs do."""
    wanted = (
        *("{*}Amt", "{*}CdtDbtInd", "{*}Sts/{*}Cd", "{*}BookgDt/{*}Dt", "{*}ValDt/{*}Dt"),
        *("{*}AcctSvcrRef", "{*}NtryDtls/{*}TxDtls/{*}Refs/{*}EndToEndId"),
        *(
            "{*}NtryDtls/{*}TxDtls/{*}RmtInf/{*}Ustrd",
            "{*}NtryDtls/{*}TxDtls/{*}RltdPties/{*}Dbtr/{*}Pty/{*}Nm",
        ),
    )
    root = etree.parse(path).getroot()
    return len([[entry.findtext(at) for at in wanted] for entry in root.iter("{*}Ntry")])


_READINGS: Final[dict[str, Callable[[Path], int]]] = {
    "floor": _floor,
    "reader": _read,
    "lxml_dom": _dom,
}


def _measure(name: str, path: Path) -> dict[str, float]:
    """Run one reading in a process of its own; return its seconds and peak memory."""
    done = subprocess.run(
        [sys.executable, "-m", "payments.bench", name, str(path)],
        check=True,
        capture_output=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _child(name: str, path: Path) -> dict[str, float]:
    wall, cpu = perf_counter(), process_time()
    _READINGS[name](path)
    cpu, wall = process_time() - cpu, perf_counter() - wall
    return {"wall": wall, "cpu": cpu, "peak_mb": _peak_mb()}


def _peak_mb() -> float:
    """Return this process's own high-water mark; getrusage would show our parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_child(sys.argv[1], Path(sys.argv[2]))))
