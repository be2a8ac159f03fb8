"""What was seen before is confirmed now: the checks before a signature look there."""

from django.db import migrations

COPY = """
INSERT INTO hub_signing_confirmation (person, document, kind, at)
SELECT person, document, 'seen', at FROM hub_desk_viewing
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hub_desk", "0001_initial"),
        ("hub_signing", "0007_policy"),
    ]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
