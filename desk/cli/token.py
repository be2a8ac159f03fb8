"""
``motcua token list`` and ``motcua token probe MODULE``: which drivers are here, what they can do.

A PIN is never an argument: ``--pin-file`` names a file that only its owner can read.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from signing.devices import catalogue, probe
from signing.devices.tokens import TokenError

USAGE = 2


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 if a driver failed or none was found, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="motcua token", description=__doc__)
    words = parser.add_subparsers(dest="word", required=True)
    found = words.add_parser("list", help="trình điều khiển trên máy · modules on this machine")
    found.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    found.add_argument("--json", action="store_true")
    asked = words.add_parser("probe", help="hỏi thiết bị ký · ask a module's tokens")
    asked.add_argument("module", type=Path, metavar="MODULE")
    asked.add_argument("--token", default="", metavar="LABEL", help="the one that --pin-file opens")
    asked.add_argument("--pin-file", type=Path, metavar="FILE", help="mode 0600")
    asked.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="what the driver must see"
    )
    asked.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    return _list(given) if given.word == "list" else _probe(given)


def _list(given: argparse.Namespace) -> int:
    found = catalogue.installed(given.folders or None)
    if given.json:
        rows = [asdict(one) | {"path": str(one.path), "loads": one.loads} for one in found]
        print(json.dumps({"modules": rows}, ensure_ascii=False))
    else:
        print("\n".join(map(_module, found)) or "Không tìm thấy · none found")
    return int(not found)


def _module(found: catalogue.Found) -> str:
    line = f"  {found.authority:<10} {found.bits} bit  {found.path}"
    if found.loads:
        return line
    return f"{line}\n      → cần tiến trình {found.bits} bit · needs a {found.bits}-bit process"


def _probe(given: argparse.Namespace) -> int:
    if not given.module.is_file() or any("=" not in one for one in given.set):
        wrong = given.module if not given.module.is_file() else " ".join(given.set)
        print(f"Không dùng được · cannot be used: {wrong}", file=sys.stderr)
        return USAGE
    environment = dict(one.split("=", 1) for one in given.set)
    try:
        found = probe.read(
            given.module, environment=environment, pin_file=given.pin_file, token=given.token
        )
    except TokenError as error:
        told = {"error": type(error).__name__, "detail": str(error), "vi": error.vi, "en": error.en}
        line = f"✗ {told['error']}: {error}\n  {error.vi}\n  {error.en}"
        print(json.dumps(told, ensure_ascii=False) if given.json else line)
        return 1
    if given.json:
        rows = [asdict(one) | {"warnings": list(one.warnings())} for one in found]
        print(json.dumps({"tokens": rows}, ensure_ascii=False, default=str))
    else:
        print("\n".join(map(_page, found)) or "Không có thiết bị · no token is plugged in")
    return int(not found)


def _page(found: probe.Probe) -> str:
    lines = [
        f"{found.label}  ({found.manufacturer}, {found.model}, {found.firmware})",
        f"  số hiệu · serial      {found.serial}",
        f"  mã PIN · PIN          {found.pin}",
        f"  ký bằng · signs with  {', '.join(_signing(found.mechanisms))}",
    ]
    lines += [
        f"  chứng thư · certificate {one.key}: {one.name}, đến · until {one.until:%d/%m/%Y}"
        for one in found.certificates
    ]
    lines += [
        f"  khóa · key {one.id}: {one.kind} {one.label}, {one.mechanism or '–'}"
        for one in found.keys
    ]
    lines += [f"  ! {probe.WARNINGS[word]}" for word in found.warnings()]
    return "\n".join(lines)


def _signing(mechanisms: tuple[str, ...]) -> list[str]:
    """Return the mechanisms that the hub signs with, where the token offers them."""
    return [name for name in mechanisms if name in probe.SIGNING]
