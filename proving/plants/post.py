"""
Bugs around the post: bookings, the carrier's feed, manifests.
"""

from __future__ import annotations

from proving.chance import Fault
from proving.cuts import code
from proving.plants import Planted
from proving.plants.stages import LONG_FROST, OFTEN_REFUSED, STRANGE_CODES

POST = (
    Planted(
        "booked_blind",
        "After a silence the parcel is booked again and the carrier is not asked.",
        (
            code(
                "scheduler.advance:_book",
                "_look_for(intent, carrier, shipment) if has_left else None",
                "None",
            ),
        ),
        needs=(Fault.REPLY_LOST,),
    ),
    Planted(
        "error_500_is_nothing",
        "An error 500 is read as: nothing happened there.",
        (
            code(
                "connectors.http:_judge",
                "raise unclear(message, question=question)",
                "raise Unavailable(message)",
            ),
        ),
        needs=(Fault.ERROR_AFTER_ACCEPTING,),
    ),
    Planted(
        "timeout_is_failure",
        "A silence is read as a no.",
        (
            code(
                "connectors.http:send",
                "raise unclear(cause, question=question)",
                "raise Refused(cause)",
            ),
        ),
        needs=(Fault.REPLY_LOST,),
    ),
    Planted(
        "connector_retries",
        "The connector tries again by itself when the line breaks.",
        (
            code(
                "connectors.http:send",
                "        reply = _exchange(http, request, limits)\n",
                "        try:\n"
                "            reply = _exchange(http, request, limits)\n"
                "        except httpx.TransportError:\n"
                "            reply = _exchange(http, request, limits)\n",
            ),
        ),
        needs=(Fault.REPLY_LOST,),
    ),
    Planted(
        "second_parcel_per_retry",
        "Each try to book prepares another shipment.",
        (
            code(
                "dispatch.shipments:prepare",
                "tries.exclude(state__in=FAILED).first()",
                "None",
            ),
        ),
    ),
    Planted(
        "other_reference_sent",
        "The carrier is told another reference than the one that was committed.",
        (
            code(
                "connectors.carriers.vnpost:VNPost._order",
                '"OrderNumber": parcel.reference',
                '"OrderNumber": f"{parcel.reference}-{self.now():%S}"',
            ),
        ),
    ),
    Planted(
        "effect_without_a_claim",
        "The carrier is called before the try is committed.",
        (
            code("scheduler.effects:claim", "if not intents.claim(intent):", "if False:"),
            code("register.intents:check", "if not ours.exists():", "if False:"),
        ),
    ),
    Planted(
        "lease_ignored",
        "A worker takes over an intent that another living one holds.",
        (code("register.intents:_held", "return bool(cursor.fetchone()[0])", "return False"),),
        needs=(Fault.TWO_WORKERS, Fault.FROZEN_WORKER),
    ),
    Planted(
        "answer_without_a_fence",
        "The late answer of an older try is taken.",
        (
            code(
                "register.intents:finish",
                "pk=intent.pk, attempt=intent.attempt, state__in=_UNSETTLED",
                "pk=intent.pk",
            ),
        ),
        stage=(LONG_FROST,),
        needs=(Fault.TWO_WORKERS, Fault.FROZEN_WORKER),
    ),
    Planted(
        "outcome_before_its_fact",
        "That a booking is done and the fact that tells of it are two transactions.",
        (
            code(
                "scheduler.advance:_book",
                "    with transaction.atomic():\n"
                '        intents.finish(intent, IntentState.DONE, answer={"tracking": '
                "booking.tracking})\n",
                "    if True:\n"
                '        intents.finish(intent, IntentState.DONE, answer={"tracking": '
                "booking.tracking})\n"
                '        world.point("outcome kept")\n',
            ),
        ),
        needs=(Fault.CRASH,),
    ),
    Planted(
        "refusal_told_to_nobody",
        "A parcel that the carrier refused stands on nobody's list.",
        (
            code(
                "dispatch.shipments:refused",
                "            tasks.open(",
                "            repr or tasks.open(",
            ),
        ),
        stage=(OFTEN_REFUSED,),
    ),
    Planted(
        "mark_before_events",
        "How far the feed was read is committed before its events are.",
        (
            code(
                "dispatch.scans:take",
                "    with transaction.atomic():\n",
                "    FeedMark.objects.update_or_create(\n"
                '        carrier=carrier, defaults={"mark": mark, "read_at": world.now()}\n'
                "    )\n"
                '    world.point("mark kept")\n'
                "    with transaction.atomic():\n",
            ),
        ),
        needs=(Fault.CRASH,),
    ),
    Planted(
        "page_cut_short",
        "Only the first event of a page of the feed is taken.",
        (
            code(
                "connectors.carriers.vnpost:VNPost.scans",
                "for row in rows if self._is_ours(row)",
                "for row in rows[:1] if self._is_ours(row)",
            ),
        ),
    ),
    Planted(
        "late_scan_counts",
        "A scan that comes late moves the parcel back.",
        (code("dossiers.state:_carried", "if late or state.delivery in ENDED or", "if"),),
        needs=(Fault.TRACKING_OUT_OF_ORDER,),
    ),
    Planted(
        "unknown_code_is_delivered",
        "A code that is not in the carrier's table is taken for the delivery.",
        (
            code(
                "connectors.carriers.vnpost:_scan",
                "STATUSES.get((flow, code))",
                "STATUSES.get((flow, code), Delivery.DELIVERED)",
            ),
        ),
        stage=(STRANGE_CODES,),
    ),
    Planted(
        "parcel_dropped",
        "A manifest leaves a parcel out and says nothing.",
        (
            code(
                "dispatch.manifests:_list",
                "sorted(locked, key=lambda one: one.item)",
                "sorted(locked, key=lambda one: one.item)[1:]",
            ),
        ),
    ),
    Planted(
        "parcel_on_two_manifests",
        "A parcel that stands on a manifest is listed again.",
        (code("dispatch.manifests:waiting", "carrier=carrier, line=None", "carrier=carrier"),),
    ),
    Planted(
        "fewer_on_paper",
        "The paper of a manifest counts a parcel less than were listed.",
        (
            code(
                "dispatch.manifests:_draw",
                "manifest.parcels, manifest.grams, manifest.cod = sheet.parcels,",
                "manifest.parcels, manifest.grams, manifest.cod = sheet.parcels - 1,",
            ),
        ),
    ),
    Planted(
        "hand_over_without_a_fact",
        "That the postal worker took a parcel stands on the paper only.",
        (
            code(
                "dispatch.manifests:_take",
                "ledger.record(line.shipment.dossier_id, fact, by=postal_worker)",
                "ledger.state(line.shipment.dossier_id)",
            ),
        ),
    ),
)
