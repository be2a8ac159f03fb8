"""
``python -m proving.batch.act ACT …``: one process of the hub, which does one thing and tells.

- ``build SIZE`` makes the hall and queues the batch
- ``timed LATENCY LEVEL TSA`` signs it with a slow token and completes what is signed
- ``drain FAULT COUNT`` signs until the fault strikes at its COUNT-th chance
- ``go_on`` is a person's leave to go on; ``compare`` tells what came of it
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import django

django.setup()

from dossiers import facts  # noqa: E402 - Django comes first
from proving.batch import hall, timed  # noqa: E402
from proving.batch.devices import Pulled  # noqa: E402
from register import documents, ledger, world  # noqa: E402
from register.models import Dossier, Intent  # noqa: E402
from signing import batches  # noqa: E402
from signing.bench.stage import LABEL  # noqa: E402
from signing.devices import drivers  # noqa: E402
from signing.devices.drivers import own_process  # noqa: E402

PULLED = "pulled"
"""The token is pulled out; every other fault is the name of a point where the process dies."""


def build(size: str) -> dict[str, Any]:
    """Make the hall."""
    return {"batch": hall.build(world.home(), int(size)).code}


def drain(fault: str, count: str) -> dict[str, Any]:
    """Sign what is queued; at the *count*-th chance the *fault* strikes."""
    if fault == PULLED:
        drivers.install(lambda token: Pulled(own_process(token), int(count)))
    else:
        world.install(replace(world.current(), point=_deadly(fault, int(count))))
    batches.drain(LABEL)
    return {}


def go_on() -> dict[str, Any]:
    """Plug the token in and let it try again."""
    batches.go_on(LABEL, person=hall.OFFICIAL)
    return {}


def compare() -> dict[str, Any]:
    """Tell how many dossiers are not signed, signed twice, or hold a wrong file."""
    told = Counter[str]()
    for dossier in Dossier.objects.all():
        signed = [
            fact
            for row in ledger.history(dossier.code)
            if isinstance(fact := row.told(), facts.Signed)
        ]
        told["lost"] += not signed
        told["twice"] += len(signed) > 1
        told["wrong"] += bool(signed) and not _whole(signed[-1].document)
    unfinished = Intent.objects.filter(kind="sign").exclude(state="done").count()
    return {name: told[name] for name in ("lost", "twice", "wrong")} | {"unfinished": unfinished}


def _whole(digest: str) -> bool:
    """Tell whether the stored file holds one signature and nothing after it."""
    data = documents.get(digest)
    return data.count(b"/ByteRange") == 1 and data.endswith(b"%%EOF\n")


def _deadly(fault: str, count: int) -> Callable[[str], None]:
    left = count

    def point(name: str) -> None:
        nonlocal left
        left -= name == fault
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return point


def main(arguments: list[str]) -> None:
    """Act and print what is told as one line of JSON."""
    act, *given = arguments
    acts: dict[str, Callable[..., dict[str, Any]]] = {
        "build": build,
        "timed": timed.timed,
        "drain": drain,
        "go_on": go_on,
        "compare": compare,
    }
    try:
        told = acts[act](*given)
    finally:
        for process in drivers.processes():
            process.close()
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    world.install(replace(world.current(), home=world.home()))
    main(sys.argv[1:])
