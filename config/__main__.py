"""
``./motcua COMMAND``: the table of commands, and what each needs before it runs.

A command is a module with ``main(arguments) -> int``; it is imported only when it is asked
for, so that ``--help`` and ``verify`` start fast and without a database.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass

import django

from config import environment
from config.postgres import Postgres, PostgresError

VERSION = "0.1.0"
USAGE, PROBLEM = 2, 1


@dataclass(frozen=True, slots=True)
class Command:
    """One word of the command line."""

    module: str
    says: str
    database: bool = True
    """Needs the database; the private one is started if no other is named."""
    django: bool = True
    """Needs Django in this very process."""


#: What a command needs that sees to everything itself.
ALONE = (False, False)

COMMANDS = {
    "demo": Command("config.commands.demo", "một ngày trọn vẹn · a whole day", *ALONE),
    "up": Command("config.commands.up", "chạy mọi phần · run all parts", *ALONE),
    "init": Command("config.commands.init", "tạo cấu hình · write configuration"),
    "doctor": Command("config.commands.doctor", "kiểm tra mọi thứ · check everything"),
    "verify": Command("desk.cli.verify", "kiểm tra chữ ký · verify signatures", *ALONE),
    "token": Command("desk.cli.token", "thiết bị ký · tokens and their drivers", *ALONE),
    "trust": Command("desk.cli.trust", "ký cấu hình tin cậy · sign whom we trust", *ALONE),
    "evidence export": Command("desk.cli.evidence_export", "gói bằng chứng · a bundle of proof"),
    "evidence verify": Command("desk.cli.evidence_verify", "kiểm tra gói · judge a bundle", *ALONE),
    "dossier": Command("desk.cli.dossier", "mọi sự kiện của hồ sơ · every fact of a dossier"),
    "bench": Command("desk.cli.bench", "đo tốc độ · measure", *ALONE),
    "simulate": Command("proving.simulate", "những ngày mô phỏng đầy lỗi · seeded days", *ALONE),
    "torture": Command("proving.torture.command", "kill -9 mọi phần · kill every part", *ALONE),
    "web": Command("config.commands.web", "chỉ trang web · the web part only", django=False),
    "door": Command("config.commands.door", "chỉ cửa nhận tin · callbacks only", django=False),
    "worker": Command("config.commands.worker", "chỉ phần xử lý · a worker only"),
    "clock": Command("config.commands.clock", "chỉ đồng hồ · the clock only"),
    "manage": Command("config.commands.manage", "lệnh Django · Django's commands"),
}


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code (0 ok, 1 problem, 2 usage)."""
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        print(overview())
        return 0
    if arguments[0] in ("--version", "-V"):
        print(f"motcua {VERSION}")
        return 0
    words = 2 if " ".join(arguments[:2]) in COMMANDS else 1
    command = COMMANDS.get(" ".join(arguments[:words]))
    if command is None:
        print(f"Không có lệnh {arguments[0]!r} · no such command\n\n{overview()}", file=sys.stderr)
        return USAGE
    try:
        if command.database:
            find_database()
        if command.django:
            django.setup()
        return int(importlib.import_module(command.module).main(arguments[words:]))
    except PostgresError as error:
        print(f"Cơ sở dữ liệu không chạy được · the database cannot run\n{error}", file=sys.stderr)
        return PROBLEM


def find_database() -> None:
    """Have a database for Django to be told of."""
    given = environment.read()
    if not given.database_url:
        server = Postgres(given.home / "postgres")
        server.start()
        os.environ["DATABASE_URL"] = server.dsn()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def overview() -> str:
    """Return the help page."""
    lines = [
        "motcua · Trục kết nối một cửa: ký số, đóng dấu, đối soát, bưu chính",
        "         the hub of a one-stop public administration centre",
        "",
        "Cách dùng · usage:  ./motcua LỆNH [--help]",
        "",
        *(f"  {word:<15} {command.says}" for word, command in COMMANDS.items()),
        "  test            chạy kiểm thử · run the tests",
        "",
        "Bắt đầu · start with:  ./motcua demo",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
