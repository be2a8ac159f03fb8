"""
From the plan to the summary, with bars for whoever watches.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from config import catalogue
from config.demo import setting, summary
from config.demo.board import Board
from config.demo.cast import Citizens, Stage
from config.demo.day import Day
from config.processes import Supervisor
from register import places
from sandbox import day as invented


def day(plan: Mapping[str, Any], home: Path, supervisor: Supervisor) -> dict[str, Any]:
    """Play the day of *plan* in *home*; return its summary."""
    letter = json.loads((home / "sandbox" / "endpoints.json").read_text())
    on = date.fromisoformat(plan["day"])
    stage = Stage(
        hub=f"http://127.0.0.1:{plan['port']}",
        control=letter["control"],
        account=letter["bank"]["accounts"][0]["number"],
        api_token=plan["token"],
        day=on,
    )
    cases = invented.plan(
        plan["seed"], plan["dossiers"], catalogue.read()["procedures"], places.rows(), day=on
    )
    played = Day(cases, stage, seed=plan["seed"], tend=supervisor.tend)
    with Board(len(cases)) as board:
        played.play(board)
    hits = Citizens(stage).state()["faults"]["hits"]
    faults = {f"{hit['party']} {hit['operation']} {hit['fault']}": hit["n"] for hit in hits}
    told = summary.tell(on, home / "out", faults)
    told["lookup"] = dict(list(played.lookup.items())[:1])
    return told


def show(told: dict[str, Any], port: int, *, as_json: bool) -> None:
    """Print the summary: JSON on stdout for machines, or a page for people."""
    if as_json:
        print(json.dumps(told, ensure_ascii=False), flush=True)
        return
    hub = f"http://127.0.0.1:{port}"
    ((code, secret),) = told["lookup"].items()
    print(
        f"""
{told["dossiers"]} hồ sơ: ký {told["signed"]}, đóng dấu {told["sealed"]}, \
đã thu phí {told["paid"]} (miễn {told["exempt"]}), khớp {told["matched"]} bút toán, \
{told["discrepancies"]} chênh lệch
phát hành {told["released"]}, gửi bưu điện {told["handed_over"]}, \
chờ nhận tại quầy {told["at_counter"]}, giữ lại {len(told["held"])}  ({told["seconds"]} s)

Giấy tờ · papers     {Path(told["artifacts"]["close"] or "").parent}
Mở · open            {hub}
Đăng nhập · sign in  cb-sxd (lãnh đạo), vt-sxd (văn thư), ketoan, buucuc, quanly
Mật khẩu · password  {setting.PASSWORD}
Tra cứu · look up    {hub}/tra-cuu/   {code}   {secret}
"""
    )
    for one in told["held"]:
        print(f"  giữ lại · held  {one['code']}  {', '.join(one['reasons'])}")
    print("\nCtrl+C để dừng · to stop", file=sys.stderr)
