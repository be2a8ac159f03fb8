"""
What must hold when the day is over: everything ended or waits for a person, all books agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dossiers.state import State
from dossiers.steps import OURS, Step, next_step
from payments import book, close
from payments.models import Account
from proving import canaries, rules
from proving.seen import Seen, hold, missing
from register import ledger

if TYPE_CHECKING:
    from proving.play import Play

#: What a whole day's clock fires; where one of these is missing only a part of a day is played.
WHOLE = frozenset({"ask_pending", "fetch_statements", "track", "sweep"})

_OPEN_TASK = "SELECT count(*) FROM hub_register_task WHERE closed_at IS NULL AND dossier_id = %s"
_ON_TRAY = (
    "SELECT count(*) FROM hub_signing_signingitem WHERE dossier_id = %s AND status = 'on_tray'"
)
_TOKEN_STOPPED = """
SELECT count(*) FROM hub_signing_signingitem i
JOIN hub_signing_batch b ON b.code = i.batch_id
JOIN hub_register_task t ON t.closed_at IS NULL
    AND t.subject IN (b.token_id, 'drain_token ' || b.token_id)
WHERE i.dossier_id = %s AND i.status = 'queued'
"""


def _closes() -> list[close.Broken]:
    """Return what is wrong with the chains of the daily closes."""
    return [fault for account in Account.objects.all() for fault in close.verify(account)]


class Ending:
    """Judges the end of a day."""

    def __init__(self, play: Play, seen: Seen) -> None:
        """Watch *play*."""
        self._play, self._seen, self._sql = play, seen, play.house.sql
        self._fired = {line.job for line in play.lines}
        self._whole = self._fired >= WHOLE

    def judge(self) -> None:
        """Raise Violation if something is left over, lost or invented."""
        for code, state in self._seen.states.items():
            self._ended(code, state)
            back = self._play.other_side.sent_back(state.charge) if state.charge else 0
            truth = self._seen.truth[code] - back
            agrees = state.paid == truth
            hold("books_agree", agrees, f"{code}: hub {state.paid}, truth {truth}")
            self._is_audited(code)
        wrong = self._play.troupe.desks[0].ask(book.check)
        hold("book_agrees", not wrong, "; ".join(wrong[:2]))
        broken = self._play.troupe.desks[0].ask(_closes)
        hold("closes_are_chained", not broken, f"{broken[:1]}")
        self._bank()
        self._post()
        digests = [row[0] for row in self._rows("SELECT sha256 FROM hub_register_document")]
        gone = missing(self._play.house.home, digests)
        hold("file_before_row", not gone, f"file {gone[:8]}")
        canaries.look_everywhere(self._sql)
        if self._whole:
            rules.hold(self._sql, rules.LAST, secret=canaries.PATTERN)

    # -- the dossiers -------------------------------------------------------------------------

    def _ended(self, code: str, state: State) -> None:
        """Nothing of ours is left to do, and whoever must act was asked."""
        step = next_step(state)
        if self._one(_OPEN_TASK, code):
            return
        if step in (Step.AWAIT_OFFICIAL, Step.AWAIT_CLERK):
            asked = self._one(_ON_TRAY, code) or self._one(_TOKEN_STOPPED, code)
            hold("ends", bool(asked), f"{code} waits for nobody at {step}")
        elif step is Step.AWAIT_MONEY:
            hold("ends", self._seen.truth[code] < state.due, f"{code} is paid and not let go")
        elif step is Step.AWAIT_CARRIER:
            journey = self._play.cast.by_code[code].journey
            hold("ends", not journey, f"{code} at {state.delivery}")
        else:
            waits = step in self._waiting()
            hold("ends", not waits, f"{code} stands at {step} and nobody was asked")

    def _waiting(self) -> tuple[Step, ...]:
        """Return the steps that no dossier may be left at without a task."""
        ours = (*OURS, Step.AWAIT_PERSON, Step.AWAIT_DEPARTMENT)
        if not self._whole:
            return ours
        return (*ours, Step.AWAIT_MANIFEST, Step.AWAIT_POSTAL_WORKER)

    def _is_audited(self, code: str) -> None:
        """The register's own audit finds nothing, and the projection is our fold."""
        faults = self._play.troupe.desks[0].ask(lambda: ledger.audit(code))
        hold("chain_is_whole", not faults, f"{code}: {faults[:1]}")
        kept = self._rows("SELECT state FROM hub_register_dossier WHERE code = %s", code)[0][0]
        same = State.from_json(kept) == self._seen.states[code]
        hold("projection_is_the_fold", same, code)

    # -- the others' books --------------------------------------------------------------------

    def _bank(self) -> None:
        """Every entry of the bank is kept once, twins apart, and nothing else is."""
        if "fetch_statements" not in self._fired:
            return
        theirs = {
            (row["account"], row["day"]): (row["entries"], row["amount"])
            for row in self._play.other_side.bank.state()["days"]
        }
        ours = {
            (account, day): (count, int(amount))
            for account, day, count, amount in self._rows(
                "SELECT n.number, t.booked_on::text, count(*), sum(t.amount)"
                " FROM hub_payments_banktransaction t"
                " JOIN hub_payments_account n ON n.id = t.account_id GROUP BY 1, 2"
            )
        }
        hold("bank_is_kept", ours == theirs, f"bank {theirs}, hub {ours}")
        left = self._one("SELECT count(*) FROM hub_payments_waiting")
        hold("every_line_is_named", not left, f"{left} lines wait and nobody looks")

    def _post(self) -> None:
        """Every order at the carrier is known to the hub, and every event was taken."""
        state = self._play.other_side.vnpost.state()
        known = {
            row[0]
            for row in self._rows(
                "SELECT s.reference FROM hub_dispatch_shipment s"
                " WHERE s.state NOT IN ('none', 'refused') OR EXISTS (SELECT"
                " FROM hub_register_task t WHERE t.dossier_id = s.dossier_id"
                " AND t.closed_at IS NULL AND t.kind IN ('outcome_unknown', 'work_failed'))"
            )
        }
        lost = {order["number"] for order in state["orders"]} - known
        hold("orders_are_known", not lost, f"the carrier has {sorted(lost)}")
        if "track" in self._fired:
            kept = self._one("SELECT count(*) FROM hub_dispatch_carrierevent")
            hold("feed_is_kept", kept == state["events"], f"{kept} of {state['events']} events")

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return self._sql.execute(query, values or None).fetchall()

    def _one(self, query: str, *values: Any) -> int:
        return int(self._rows(query, *values)[0][0])
