"""
Everybody of a simulated day who is not the hub: departments, citizens, officials, finance, post.

They act through the hub's own services, as a page's button would, at moments that the seed
chooses; what they do may fail like everything else, and then they do it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from dossiers.manifests import ManifestState
from dossiers.settlement import RefundState
from dossiers.signing_status import ItemStatus, SigningRole
from dossiers.status import CAME_TO_NOTHING, Business
from dossiers.steps import Step
from dossiers.work import TaskKind
from payments import refunds
from proving import acts
from proving.chance import Fault
from proving.house import CENTRE, EPOCH
from proving.letters import Letters
from register import intake, world
from sandbox.world import ACCOUNTS

if TYPE_CHECKING:
    from proving.play import Play


#: A procedure with a fee, and who decides it.
PAYING, PAYING_UNIT = "1.013236", "H49.21"

#: How a parcel travels on a good day, in the sandbox's codes.
JOURNEY = ("2", "3", "5", "4")
RETURNING = ("2", "3", "6", "7")


#: What people do, in the order in which they get up; methods of the cast.
ACTS = (
    "pay",
    "officials",
    "clerks",
    "plug_in",
    "strangers",
    "upload",
    "close_manifests",
    "fetch_parcels",
    "carry",
    "decide_parcels",
    "ask_refunds",
    "approve_refunds",
    "run_again",
    "withdraw",
    "close_day",
)

#: The hour from which finance closes the day, and how often somebody gets round to it.
CLOSING, CLOSES = 17, 0.15

#: Chance that somebody does today's work at this moment rather than later.
DILIGENCE = 0.8


@dataclass(slots=True)
class Citizen:
    """The owner of one dossier, and what the seed made them do."""

    handed: intake.Handed
    wish: str
    """``platform``, ``transfer`` or ``never``."""
    share: float = 1.0
    """Part of the amount that they pay."""
    twice: bool = False
    acted: bool = False
    received: bool = False
    """True when their department was told that the hub has the result."""
    journey: list[str] = field(default_factory=list)
    """Codes that the post has still to tell."""
    sent: bool = False

    @property
    def code(self) -> str:
        """The dossier."""
        return self.handed.code


class Cast:
    """All people of one day."""

    def __init__(self, play: Play) -> None:
        """Invent who comes today."""
        self._play, self._chance = play, play.chance
        self._sql = play.house.sql
        self._other = play.other_side
        self._letters = Letters(play)
        rows = self._sql.execute(
            "SELECT code, unit_id FROM hub_register_procedure WHERE unit_id = ANY (%s)"
            " ORDER BY code",
            [["H49.21", "H49.22"]],
        ).fetchall()
        number = self._chance.pick((1, 1, 1, 1, 2, 2, 3))
        self.citizens = [self._citizen(n, *self._chance.pick(rows)) for n in range(1, number + 1)]
        self.by_code = {one.code: one for one in self.citizens}

    def _citizen(self, number: int, procedure: str, unit: str) -> Citizen:
        chance = self._chance
        handed = intake.Handed(
            code=f"{CENTRE}.{unit[-2:]}-261123-{number:04d}",
            procedure=procedure,
            unit=unit,
            centre=CENTRE,
            delivery=chance.pick(("post", "post", "post", "counter")),
            due_at=EPOCH + timedelta(hours=9),
            owner=acts.CANARY,
        )
        made = Citizen(handed, chance.pick(("platform", "platform", "transfer", "never")))
        if chance.strikes(Fault.SHORT):
            made.share = 0.5
        elif chance.strikes(Fault.OVER):
            made.share = 2.0
        made.twice = chance.strikes(Fault.TWINS)
        returned = chance.strikes(Fault.PARCEL_RETURNED)
        made.journey = list(RETURNING if returned else JOURNEY)
        return made

    def only(self, *, wish: str, share: float, returned: bool) -> None:
        """Let one citizen come, who does just this."""
        handed = self.citizens[0].handed
        journey = list(RETURNING if returned else JOURNEY)
        by_post = replace(handed, procedure=PAYING, unit=PAYING_UNIT, delivery="post")
        self.citizens = [Citizen(by_post, wish, share=share, journey=journey)]
        self.by_code = {by_post.code: self.citizens[0]}

    # -- the department -----------------------------------------------------------------------

    def begin(self) -> None:
        """Let every department hand over its result some time in the first hour."""
        for citizen in self.citizens:
            span = timedelta(seconds=self._chance.between(1, 1200))
            self._play.later(span, f"hand over {citizen.code}", self._handing(citizen))

    def _handing(self, citizen: Citizen) -> Callable[[], None]:
        return lambda: self._hand_over(citizen)

    def _hand_over(self, citizen: Citizen) -> None:
        paper = self._play.house.paper_of(citizen.code)

        def answered(answer: Any) -> None:
            if isinstance(answer, BaseException):
                self._play.later(timedelta(seconds=30), "hand over again", self._handing(citizen))
                return
            citizen.received = True
            self._play.eyes.acknowledged_result(citizen.code)
            if self._chance.strikes(Fault.HAND_OVER_REPEATED):
                self._play.later(timedelta(seconds=9), "hand over twice", self._handing(citizen))

        self._play.at_desk(
            "hands over",
            partial(acts.hand_over, citizen.handed, paper),
            answered,
        )

    # -- everybody, when there is time --------------------------------------------------------

    def act(self) -> None:
        """Let everybody do what waits for them, some of them not yet while faults strike."""
        for name in ACTS:
            if self._chance.calm or self._chance.between(0, 1) < DILIGENCE:
                self.do(name)

    def do(self, name: str) -> None:
        """Let somebody do one thing of :data:`ACTS`, and the platform's letters go out."""
        getattr(self, f"_{name}")()
        self._letters.carry()

    def mend_all(self) -> None:
        """The day gets quiet: whoever made a mistake puts it right."""
        for label in self._play.house.holders:
            self._play.hardware.mend(label)

    def _do(self, label: str, work: Callable[[], Any]) -> None:
        self._play.at_desk(label, work, lambda _answer: None)

    # -- citizens -----------------------------------------------------------------------------

    def _pay(self) -> None:
        rows = self._sql.execute(
            "SELECT dossier_id, reference, amount FROM hub_payments_charge WHERE amount > 0"
            " ORDER BY reference"
        ).fetchall()
        for code, reference, amount in rows:
            citizen = self.by_code[code]
            if citizen.acted or citizen.wish == "never":
                continue
            if citizen.wish == "transfer":
                citizen.acted = True
                self._transfer(citizen, reference, int(amount * citizen.share))
            else:
                self._pay_on_the_platform(citizen, int(amount * citizen.share))

    def _transfer(self, citizen: Citizen, reference: str, amount: int) -> None:
        for _ in range(2 if citizen.twice else 1):
            delay = timedelta(hours=self._chance.between(1, 20))
            late = self._chance.strikes(Fault.STATEMENT_LATE)
            self._play.later(
                delay if late else timedelta(seconds=5),
                f"transfer {reference} {amount}",
                lambda: self._book_transfer(citizen.code, reference, amount),
            )

    def _book_transfer(self, code: str, reference: str, amount: int) -> None:
        self._play.eyes.paid(code, amount)
        self._other.bank.transfer(
            {
                "account": ACCOUNTS[0].number,
                "amount": amount,
                "memo": f"CT DEN {reference} NOP LE PHI",
                "payer": acts.CANARY.name.reveal(),
                "booked_at": self._play.now.isoformat(),
            }
        )

    def _pay_on_the_platform(self, citizen: Citizen, amount: int) -> None:
        orders = self._other.platform.state()["orders"]
        mine = [row for row in orders if citizen.code.replace(".", "-") in row["note"]]
        if not mine:
            return
        citizen.acted = True
        order = self._chance.pick(mine)
        self._play.tell(f"citizen pays {order['reference']} {amount}")
        self._play.eyes.paid(citizen.code, amount)
        self._other.platform.pay(order["reference"], amount=amount, at=self._play.now.isoformat())

    def _strangers(self) -> None:
        if self._chance.strikes(Fault.STRANGER):
            self._book_transfer("", "CHUC MUNG SINH NHAT", 35_000)

    def _withdraw(self) -> None:
        for citizen in self.citizens:
            if citizen.received and self._chance.strikes(Fault.WITHDRAWN):
                self._do("withdraws", partial(acts.withdraw, citizen.code))

    # -- officials and clerks -----------------------------------------------------------------

    def _officials(self) -> None:
        self._sign(SigningRole.OFFICIAL)

    def _clerks(self) -> None:
        self._sign(SigningRole.SEAL)

    def _sign(self, role: SigningRole) -> None:
        rows = self._sql.execute(
            "SELECT i.id, s.person FROM hub_signing_signingitem i"
            " JOIN hub_signing_signer s ON s.id = i.signer_id"
            " WHERE i.role = %s AND i.status = %s ORDER BY s.person, i.dossier_id",
            [role, ItemStatus.ON_TRAY],
        ).fetchall()
        for person in sorted({person for _id, person in rows}):
            items = [item for item, whose in rows if whose == person]
            if role is SigningRole.OFFICIAL and self._chance.strikes(Fault.SENT_BACK):
                self._do("sends back", partial(acts.send_back, items[0], person))
            else:
                self._do("approves", partial(acts.approve, items, person, role))

    def _plug_in(self) -> None:
        """Whoever holds a stopped token plugs it in, puts the PIN right and says so."""
        rows = self._sql.execute(
            "SELECT label FROM hub_signing_token WHERE stopped <> '' ORDER BY label"
        ).fetchall()
        for (label,) in rows:
            self._play.hardware.mend(label)
            self._do(f"plugs in {label}", partial(acts.go_on, label))

    # -- finance and post ---------------------------------------------------------------------

    def _upload(self) -> None:
        """Somebody takes the bank's statement from its web page and uploads it as well."""
        if not self._chance.strikes(Fault.STATEMENT_TWICE):
            return
        day = self._play.now.astimezone(world.VIETNAM).date()
        data = self._other.bank.statement(ACCOUNTS[0].number, day)
        self._do("uploads a statement", partial(acts.upload, data))

    def _close_day(self) -> None:
        """Finance closes what was yesterday, or today where nothing else is played."""
        day = self._play.now.astimezone(world.VIETNAM).date()
        known = self._sql.execute(
            "SELECT count(*) FROM hub_payments_dailyclose WHERE day >= %s", [day]
        ).fetchone()
        hour = self._play.now.astimezone(world.VIETNAM).hour
        late = hour >= CLOSING and self._chance.between(0, 1) < CLOSES
        if (late or not self._play.by_chance) and not (known and known[0]):
            self._do("closes the day", partial(acts.close_day, day))

    def _close_manifests(self) -> None:
        waiting = self._sql.execute(
            "SELECT count(*) FROM hub_dispatch_shipment s JOIN hub_register_dossier d"
            " ON d.code = s.dossier_id WHERE d.delivery IN ('booked', 'accepted') AND NOT EXISTS"
            " (SELECT FROM hub_dispatch_manifestline l WHERE l.shipment_id = s.reference)"
        ).fetchone()
        if waiting and waiting[0]:
            self._do("closes the manifest", acts.close_manifest)

    def _fetch_parcels(self) -> None:
        rows = self._sql.execute(
            "SELECT number FROM hub_dispatch_manifest WHERE state <> %s ORDER BY number",
            [ManifestState.RECEIVED],
        ).fetchall()
        for (number,) in rows:
            self._do("takes the parcels", partial(acts.take_parcels, number))

    def _decide_parcels(self) -> None:
        """The post decides what becomes of parcels that were refused or came back."""
        rows = self._sql.execute(
            "SELECT code FROM hub_register_dossier WHERE business = %s AND next_step = %s"
            " AND delivery = ANY (%s) ORDER BY code",
            [Business.RELEASED, Step.AWAIT_PERSON, list(CAME_TO_NOTHING)],
        ).fetchall()
        for (code,) in rows:
            self.by_code[code].journey = list(JOURNEY)
            act = self._chance.pick(acts.DECISIONS) if self._play.by_chance else acts.send_again
            self._do("decides about the parcel", partial(act, code))

    # -- refunds ------------------------------------------------------------------------------

    def _ask_refunds(self) -> None:
        """Finance asks that a surplus goes back to its payer."""
        rows = self._sql.execute(
            "SELECT d.id FROM hub_payments_discrepancy d WHERE d.closed_at IS NULL"
            " AND d.charge_id IS NOT NULL AND d.code = ANY (%s) AND NOT EXISTS"
            " (SELECT FROM hub_payments_refund r WHERE r.discrepancy_id = d.id) ORDER BY d.id",
            [list(refunds.REASONS)],
        ).fetchall()
        for (number,) in rows:
            self._do("asks for a refund", partial(acts.ask_refund, number))

    def _approve_refunds(self) -> None:
        """A second person approves."""
        rows = self._sql.execute(
            "SELECT reference FROM hub_payments_refund WHERE state = %s ORDER BY reference",
            [RefundState.ASKED],
        ).fetchall()
        for (reference,) in rows:
            self._do("approves a refund", partial(acts.approve_refund, reference))

    def _run_again(self) -> None:
        """A manager mends what was wrong and has failed work run again."""
        rows = self._sql.execute(
            "SELECT id FROM hub_register_task WHERE kind = %s AND closed_at IS NULL ORDER BY id",
            [TaskKind.WORK_FAILED],
        ).fetchall()
        for (number,) in rows:
            self._do("runs failed work again", partial(acts.run_again, number))

    def _carry(self) -> None:
        """The post moves every parcel that it was given a step on, and tells of it."""
        taken = {
            row[0]
            for row in self._sql.execute(
                "SELECT shipment_id FROM hub_dispatch_manifestline WHERE taken_at IS NOT NULL"
            ).fetchall()
        }
        for order in self._other.vnpost.state()["orders"]:
            if order["number"] in taken:
                self._carry_one(order["number"])
        if self._chance.strikes(Fault.CURSOR_RESET):
            self._sql.execute("UPDATE hub_dispatch_feedmark SET mark = ''")

    def _carry_one(self, number: str) -> None:
        citizen = self.by_code[number.rpartition("-D-")[0]]
        if not citizen.journey:
            return
        code = citizen.journey.pop(0)
        at = self._play.now
        if self._chance.strikes(Fault.TRACKING_OUT_OF_ORDER) and citizen.journey:
            # The next event is told first; this one follows with its own, earlier time.
            self._tell(number, citizen.journey.pop(0), at + timedelta(minutes=1))
        self._tell(number, code, at)
        if self._chance.strikes(Fault.TRACKING_REPEATED):
            self._tell(number, code, at)
        if self._chance.strikes(Fault.UNKNOWN_CODE):
            self._tell(number, "93", at)

    def _tell(self, number: str, code: str, at: Any) -> None:
        self._play.tell(f"post: {number} {code}")
        self._other.vnpost.advance(code, order=number, at=at.isoformat())
