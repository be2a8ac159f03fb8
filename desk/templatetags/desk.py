"""
Atoms of the pages: icons, money, instants, status tags. Blocks are templates in ``parts/``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import words, words_of_verdicts
from dossiers.discrepancies import Code
from dossiers.manifests import ManifestState
from dossiers.remote import RemoteReason
from dossiers.roles import Role
from dossiers.settlement import Match, RefundState, Stage
from dossiers.signing_status import BatchStatus, ItemStatus
from dossiers.status import Business, Delivery, Money, Synchronisation
from dossiers.steps import Step
from dossiers.work import TaskKind
from register import world
from register.models import Dossier
from signing.pdf.unfit import REASONS, Unfit

register = template.Library()

NBSP = "\u00a0"

_AXES: dict[str, type[StrEnum]] = {
    "business": Business,
    "money": Money,
    "delivery": Delivery,
    "synchronisation": Synchronisation,
    "step": Step,
    "role": Role,
    "task": TaskKind,
    "manifest": ManifestState,
    "discrepancy": Code,
    "refund": RefundState,
    "stage": Stage,
    "match": Match,
    "item": ItemStatus,
    "batch": BatchStatus,
    "remote": RemoteReason,
}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw icon *name* of the sprite; *size* ``s`` is smaller. It is never the only sign."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        size,
        static("desk/icons.svg"),
        name,
    )


@register.filter
def unfit(reason: str) -> str:
    """Say why a file cannot be signed, and what to do; a reason of a newer version as it is."""
    return words.chosen(REASONS[Unfit(reason)]) if reason in set(Unfit) else str(reason)


@register.filter
def verdict(reasons: list[str]) -> str:
    """Say what speaks against a signature; what is no verdict's reason stays as it is."""
    return "; ".join(words.chosen(words_of_verdicts.both(one)) for one in reasons)


@register.filter
def money(amount: int | None) -> str:
    """Write integer đồng: ``1.234.567 ₫`` with a blank that does not break."""
    if amount is None:
        return ""
    return f"{number_format(amount, decimal_pos=0, force_grouping=True)}{NBSP}₫"


@register.filter
def count(number: int) -> str:
    """Write a whole number with its thousands grouped."""
    return number_format(number, decimal_pos=0, force_grouping=True)


@register.filter
def when(at: datetime | str | None) -> SafeString | str:
    """Write an instant in Vietnam's time as ``<time>``; today without the date."""
    if not at:
        return ""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = timezone.localtime(instant)
    shown = "H:i" if local.date() == world.today() else "SHORT_DATETIME_FORMAT"
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), date_format(local, shown)
    )


@register.filter
def instant(at: datetime | str | None) -> SafeString | str:
    """Write an instant in full, date and time."""
    if not at:
        return ""
    local = timezone.localtime(datetime.fromisoformat(at) if isinstance(at, str) else at)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(),
        date_format(local, "SHORT_DATETIME_FORMAT"),
    )


@register.filter
def day(value: date | None) -> SafeString | str:
    """Write a date as ``<time>``."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "SHORT_DATE_FORMAT")
    )


@register.filter
def word(value: str, axis: str) -> words.Word:
    """Return the word of status *value* on *axis* (``business``, ``step``, ``role`` …)."""
    return words.of(_AXES[axis](value))


@register.filter
def advice(code: str) -> words.Word:
    """Return what to do about a difference of *code*."""
    return words.ADVICE[Code(code)]


@register.simple_tag
def status(value: str, axis: str) -> SafeString:
    """Draw a status: icon and word, never colour alone."""
    member = _AXES[axis](value)
    kind, name = words.look(member)
    return format_html('<span class="tag {}">{}{}</span>', kind, icon(name, "s"), words.of(member))


@register.simple_tag
def due(dossier: Dossier) -> SafeString:
    """Draw how far away the promise is: overdue, hours left, else the date."""
    left = dossier.due_at - world.now()
    if dossier.next_step == Step.DONE or left > timedelta(days=1):
        return format_html('<span class="xs nw">{}</span>', instant(dossier.due_at))
    if left < timedelta(0):
        return _due("late", "alert", _("Overdue by %(time)s") % {"time": span(-left)})
    return _due("wait", "clock", _("%(time)s left") % {"time": span(left)})


def _due(kind: str, name: str, text: str) -> SafeString:
    return format_html('<span class="tag {}">{}{}</span>', kind, icon(name, "s"), text)


@register.filter
def span(length: timedelta) -> str:
    """Write a length of time in its largest unit."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = minutes // (24 * 60)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@register.filter
def since(at: datetime | None) -> str:
    """Write how long ago *at* was."""
    return span(world.now() - at) if at else ""


@register.filter
def short(digest: str) -> str:
    """Write a hash so that a person can compare it: first and last eight signs."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}" if len(digest) > 16 else digest


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the middle and the given name, as on a door."""
    return "".join(part[0] for part in name.split()[-2:]).upper()
