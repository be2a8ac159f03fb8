"""
Bugs below everything: facts, files, jobs, people's lists, and what must not be seen.
"""

from __future__ import annotations

from proving.chance import Fault
from proving.cuts import code
from proving.plants import Planted
from proving.plants.stages import OFTEN_REFUSED

_ENQUEUE = "            jobs.advance(code)\n"

REGISTER = (
    Planted(
        "chain_skips_a_fact",
        "A fact is chained to the beginning and not to the one before it.",
        (code("register.ledger:_append", "previous=dossier.head or GENESIS", "previous=GENESIS"),),
    ),
    Planted(
        "projection_forgets",
        "The projection does not keep who has sealed.",
        (
            code(
                "register.ledger:_project",
                "dossier.state = after.as_json()",
                'dossier.state = after.as_json() | {"clerk": ""}',
            ),
        ),
    ),
    Planted(
        "row_before_file",
        "A document's row is committed before its bytes are on the disk.",
        (
            code(
                "register.documents:put",
                "    if not target.exists():\n        _write(target, data)\n",
                "",
                "    _flush(target.parent)\n",
                "",
                "    return digest",
                '    world.point("row kept")\n'
                "    if not target.exists():\n        _write(target, data)\n    return digest",
            ),
        ),
        needs=(Fault.CRASH,),
    ),
    Planted(
        "disk_error_swallowed",
        "A file that could not be written is taken for stored.",
        (
            code(
                "register.documents:put",
                "        _write(target, data)\n",
                "        try:\n"
                "            _write(target, data)\n"
                "        except OSError:\n"
                "            pass\n",
                "    _flush(target.parent)\n",
                "",
            ),
        ),
        needs=(Fault.DISK_FULL,),
    ),
    Planted(
        "next_step_not_asked",
        "After a verified file nobody asks for the next step, and the net below is cut.",
        (
            code(
                "register.ledger:record",
                "if next_step(after) in OURS:",
                "if next_step(after) in OURS and not isinstance(fact, facts.Verified):",
            ),
            code("scheduler.sweeps:sweep", "    now = world.now()\n", "    return\n"),
        ),
    ),
    Planted(
        "job_after_the_commit",
        "The next step is asked for after the fact has been committed.",
        (
            code(
                "register.ledger:record",
                _ENQUEUE,
                "            transaction.on_commit(lambda: (\n"
                '                world.point("fact kept"), jobs.advance(code)))\n',
            ),
        ),
        needs=(Fault.CRASH,),
    ),
    Planted(
        "exhausted_work_told_to_nobody",
        "A job that has used up its patience is noted in no list.",
        (
            code(
                "scheduler.worker:after",
                "failures.tell(job.name, job.args, error)",
                "pass",
            ),
            code(
                "scheduler.failures:tell_of_untold",
                "    return len(untold)",
                "    return 0",
                "in untold:",
                "in ():",
            ),
        ),
        needs=(Fault.REFUSED,),
    ),
    Planted(
        "repeated_result_refused",
        "A department that hands over the same result again is refused.",
        (code("register.intake:_again", "known.request_sha256 != request", "True"),),
        needs=(Fault.HAND_OVER_REPEATED,),
    ),
    Planted(
        "name_in_a_request",
        "The recipient's name stands in the intent of a booking.",
        (
            code(
                "scheduler.advance:_book",
                'request={"carrier": carrier.code,',
                'request={"to": shipments.parcel(shipment).recipient.reveal(), '
                '"carrier": carrier.code,',
            ),
        ),
    ),
    Planted(
        "name_in_a_task",
        "A person's list shows whose parcel was refused.",
        (
            code(
                "dispatch.shipments:refused",
                'detail={"reference": row.reference,',
                'detail={"of": parcel(row).phone.reveal(), "reference": row.reference,',
            ),
        ),
        stage=(OFTEN_REFUSED,),
    ),
    Planted(
        "name_in_a_job",
        "A job carries the owner's name in its arguments.",
        (
            code(
                "register.ledger:record",
                _ENQUEUE,
                "            name = dossier.applicant.name_text\n"
                '            jobs.enqueue("advance", dossier=code, of=name)\n',
            ),
        ),
    ),
    Planted(
        "name_in_a_log",
        "A log line tells who pays.",
        (
            code(
                "scheduler.advance:_ask_payment",
                "order = attempts.order(attempt)",
                "order = attempts.order(attempt)\n"
                '    __import__("structlog").get_logger().info("asks", of=order.payer.reveal())',
            ),
        ),
    ),
    Planted(
        "secret_in_an_error",
        "The text of an error tells the secret shared with the gateway.",
        (
            code(
                "connectors.banks.platform:Platform._query",
                "raise _refused(answer)",
                "raise Refused(self.settings.secret)",
            ),
            code(
                "connectors.banks.platform:Platform.ask",
                "raise _refused(answer)",
                "raise Refused(self.settings.secret)",
            ),
        ),
        stage=(OFTEN_REFUSED,),
    ),
)
