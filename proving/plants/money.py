"""
Bugs around money: what is asked for, what a gateway tells, what a bank shows.
"""

from __future__ import annotations

from proving.chance import Fault
from proving.cuts import code, sql
from proving.plants import Planted
from proving.plants.stages import (
    FORGERIES,
    MUCH_PAID,
    REPEATED_LETTERS,
    SILENT_BANK,
    SILENT_GATEWAY,
)

MONEY = (
    Planted(
        "new_key_per_retry",
        "Each try to ask the gateway goes out under a new reference.",
        (
            code(
                "payments.attempts:begin",
                'charge.attempts.filter(state__in=_OPEN).order_by("-pk").first()',
                "None",
            ),
        ),
    ),
    Planted(
        "attempt_not_kept",
        "The gateway is asked before our own row of it is committed.",
        (code("payments.attempts:begin", "return Attempt.objects.create(", "return Attempt("),),
    ),
    Planted(
        "callback_believed",
        "What a callback says is counted, and the gateway is not asked.",
        (
            code(
                "scheduler.inquiries:confirm_payment",
                "payment = effects.call(gateway,",
                'inbox = __import__("register.models").models.Inbox.objects\n'
                '    told = inbox.filter(external_id__startswith=f"{reference}:").first()\n'
                "    read = connections.gateway(gateway).read\n"
                "    payment = read(bytes(told.body), {}) if told else effects.call(gateway,",
            ),
        ),
    ),
    Planted(
        "checksum_off",
        "The seal of a callback is not looked at.",
        (
            code(
                "connectors.banks.platform:Platform._sealed",
                'not same(seal, message["MaXacThuc"]) or ',
                "",
            ),
        ),
        stage=(FORGERIES,),
    ),
    Planted(
        "acknowledged_before_stored",
        "A callback is answered 00 and then forgotten.",
        (
            code(
                "scheduler.callbacks:take",
                "cursor.execute(inbox.KEEP, inbox.batch([letter], at=world.now()))\n"
                "        believed = inbox.believed(cursor.fetchall())",
                "believed = {letter.key: True}",
            ),
        ),
    ),
    Planted(
        "callbacks_not_known_again",
        "The same callback is kept and followed each time it comes.",
        (
            code(
                "scheduler.callbacks:read",
                "inbox.Letter(gateway.code, identity,",
                "inbox.Letter(gateway.code, identity + world.token(2),",
            ),
        ),
        stage=(REPEATED_LETTERS,),
    ),
    Planted(
        "amount_not_compared",
        "Whatever amount the gateway tells of counts as the amount that was asked for.",
        (code("payments.attempts:_paid", "payment.amount != attempt.amount", "False"),),
        needs=(Fault.SHORT,),
    ),
    Planted(
        "payment_counted_each_time",
        "A payment is counted each time the gateway tells of it.",
        (
            code("payments.attempts:_paid", "if attempt.state == AttemptState.PAID:", "if False:"),
            code("register.ledger:record", "fact.evidence in before.evidence", "False"),
            code("dossiers.state:_paid", "fact.evidence in state.evidence", "False"),
        ),
    ),
    Planted(
        "pending_forgotten",
        "A payment that was not through when we asked is not asked about again.",
        (
            code(
                "payments.attempts:_not_paid",
                "    _ask_again(attempt)",
                "    attempt.ask_after = None",
            ),
        ),
    ),
    Planted(
        "settlement_counted_twice",
        "The bank's line of what a gateway has told of is counted again.",
        (sql("allocate", "settles IS NOT TRUE, evidence", "true, evidence"),),
    ),
    Planted(
        "gateway_counted_after_the_bank",
        "The gateway's word is counted although the bank's line was.",
        (code("payments.attempts:_count", "if _at_the_bank(attempt):", "if False:"),),
        stage=SILENT_GATEWAY,
    ),
    Planted(
        "twins_merged",
        "Two payments that look the same are taken for one.",
        (
            code("payments.intake:_reference", "if line.reference:", "if False:"),
            code(
                "payments.intake:_Numbering.new",
                "self._seen[identity] > self._held[identity]",
                "self._seen[identity] == 1 and not self._held[identity]",
            ),
        ),
        needs=(Fault.TWINS,),
    ),
    Planted(
        "line_taken_again",
        "A line that stands on two statements is taken from both.",
        (
            code(
                "payments.intake:_Numbering.new",
                "self._seen[identity] > self._held[identity]",
                "True",
            ),
        ),
    ),
    Planted(
        "statement_cut_short",
        "Only the first piece of a statement is kept.",
        (
            code(
                "payments.intake:_keep",
                "while batch := list(islice(lines, _BATCH)):",
                "if batch := list(islice(lines, 1)):",
            ),
        ),
    ),
    Planted(
        "match_without_exclusivity",
        "A line that was matched is matched again by the next run.",
        (sql("done", "ANY (%(lines)s)", "ANY (%(lines)s) AND false"),),
    ),
    Planted(
        "stranger_dropped",
        "Money that belongs to nobody leaves the queue without a name.",
        (code("payments.matching:_match", "_name_stranger(row, report)", "pass"),),
        needs=(Fault.STRANGER,),
    ),
    Planted(
        "surplus_not_named",
        "Who paid too much or twice is told to nobody.",
        (
            code("payments.attempts:_count", "if surplus > 0:", "if False:"),
            code("payments.matching:_differences", "if match not in AGREES:", "if False:"),
        ),
        needs=(Fault.OVER,),
    ),
    Planted(
        "difference_without_an_owner",
        "A discrepancy is noted and stands on nobody's list.",
        (code("payments.discrepancies:open", "        if new:", "        if False:"),),
        needs=(Fault.STRANGER,),
    ),
    Planted(
        "one_dong_short",
        "Who has paid one đồng too little is let go.",
        (
            code(
                "dossiers.release:reasons_to_hold",
                "state.paid >= state.due",
                "state.paid >= state.due - 1",
            ),
        ),
        stage=(code("proving.cast:Cast._citizen", "made.share = 0.5", "made.share = 0.999999"),),
        needs=(Fault.SHORT,),
    ),
    Planted(
        "charge_before_its_fact",
        "A charge and the fact that tells of it are two transactions.",
        (
            code(
                "payments.charges:open",
                "        ledger.record(code, facts.Charged(",
                '    world.point("charge kept")\n    ledger.record(code, facts.Charged(',
            ),
        ),
        needs=(Fault.CRASH,),
    ),
    Planted(
        "close_changed",
        "What a daily close says is not what it was signed for.",
        (code("payments.close:_made", "body=body,", 'body=body | {"closed_by": ""},'),),
    ),
    Planted(
        "refunded_blind",
        "After a silence the refund is ordered again and the bank is not asked.",
        (
            code(
                "scheduler.refunds:_order",
                '_look_for(intent, bank, ours) if "sent" in intent.request else None',
                "None",
            ),
        ),
        stage=(MUCH_PAID, SILENT_BANK),
    ),
    Planted(
        "refund_without_a_fact",
        "Money that went back still counts as paid.",
        (
            code(
                "payments.refunds:done",
                "        ledger.record(ours.charge.dossier_id, fact, by=ours.approved_by)\n",
                "",
            ),
        ),
        stage=(MUCH_PAID,),
    ),
    Planted(
        "refund_without_an_intent",
        "The bank is ordered to send money back before the try of it is committed.",
        (
            code("scheduler.effects:claim", "if not intents.claim(intent):", "if False:"),
            code("register.intents:check", "if not ours.exists():", "if False:"),
        ),
        stage=(MUCH_PAID,),
    ),
    Planted(
        "entry_without_its_other_side",
        "An allocation is not posted to the money book.",
        (
            code(
                "payments.book:post",
                "if ids is not None and not ids:",
                "if kind == EntryKind.ALLOCATED:",
            ),
        ),
    ),
)
