"""Each signer of before gets what it stood for: appointment, delegation, custody of its seal."""

import re
from datetime import UTC, datetime, time

from django.db import migrations

_FORM = re.compile(r"(KT|TL|TUQ)\.\s*(.+)")
_BEFORE = "chuyển từ phiên bản trước"


def _power(signer):
    """Return what every power of *signer* has; it was in force, so it counts as approved."""
    since = datetime.combine(signer.valid_from, time(), tzinfo=UTC)
    return {
        "authority": _BEFORE,
        "valid_from": signer.valid_from,
        "valid_to": signer.valid_to,
        "asked_by": "hub",
        "asked_at": since,
        "approved_by": "hub",
        "approved_at": since,
    }


def _fill(apps, _editor):
    """Make appointment, delegation and custody of every signer; there are a few per agency."""
    table = {
        name: apps.get_model("hub_signing", name).objects
        for name in ("Signer", "Appointment", "Delegation", "SealCustody")
    }
    for signer in table["Signer"].filter(appointment=None):
        power = _power(signer)
        lines = [line.strip() for line in signer.title.splitlines() if line.strip()]
        body = lines.pop(0)[3:].strip() if len(lines) > 1 and lines[0].startswith("TM.") else ""
        found = _FORM.match(lines[0]) if len(lines) > 1 else None
        official = signer.role == "official"
        signer.appointment = table["Appointment"].create(
            person=signer.person,
            name=signer.name if official else "",
            title="\n".join(lines[1:] if found else lines) or ("" if official else "Văn thư"),
            unit=signer.unit,
            head=official and not found,
            body="" if found else body,
            **power,
        )
        if found:
            head = table["Appointment"].create(
                title=found[2], unit=signer.unit, head=True, body=body, **power
            )
            signer.delegation = table["Delegation"].create(
                form="TM" if body else found[1], giver=head, taker=signer.appointment, **power
            )
        if not official:
            table["SealCustody"].create(
                unit=signer.unit, mode="B", holder=signer.appointment, token=signer.token, **power
            )
        signer.save()


class Migration(migrations.Migration):
    dependencies = [
        ("hub_signing", "0007_policy"),
    ]

    operations = [
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
