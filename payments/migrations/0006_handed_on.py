"""
A payment that no statement has shown yet is found without a look at all those that were shown.

The mark is the database's own: whoever gives a line's money to an attempt, or takes it back, by
this version or the one before. Made while the hub serves: old payments are marked a few
thousand at a time, each in a moment of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import django.contrib.postgres.operations
from django.db import connection, migrations, models, transaction

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 5_000

HANDED_ON = """
CREATE OR REPLACE FUNCTION hub_payments_handed_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hub_payments_attempt a SET handed_on = (
        SELECT COALESCE(sum(l.amount), 0) > 0 FROM hub_payments_allocation l
        WHERE l.attempt_id = NEW.attempt_id)
    WHERE a.id = NEW.attempt_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER handed_on AFTER INSERT ON hub_payments_allocation
    FOR EACH ROW WHEN (NEW.attempt_id IS NOT NULL) EXECUTE FUNCTION hub_payments_handed_on();
"""

MARK = """
UPDATE hub_payments_attempt a SET handed_on = true
WHERE a.id > %(after)s AND a.id <= %(after)s + %(batch)s AND NOT a.handed_on
    AND (SELECT sum(l.amount) FROM hub_payments_allocation l WHERE l.attempt_id = a.id) > 0
"""


def mark(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Mark what was shown before; the trigger sees to what comes meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SET motcua.units = '*'")
        cursor.execute("SELECT COALESCE(max(id), 0) FROM hub_payments_attempt")
        (last,) = cursor.fetchone()
        for after in range(-1, last, BATCH):
            with transaction.atomic():
                cursor.execute(MARK, {"after": after, "batch": BATCH})
        cursor.execute("RESET motcua.units")


class Migration(migrations.Migration):
    """The mark, and the one index that it is for."""

    atomic = False

    dependencies: ClassVar = [("hub_payments", "0005_opening")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="attempt",
            name="handed_on",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(HANDED_ON, "DROP FUNCTION hub_payments_handed_on CASCADE"),
        migrations.RunPython(mark, migrations.RunPython.noop),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="attempt",
            index=models.Index(
                fields=["settled_at"],
                name="attempt_owed",
                condition=models.Q(("counted", True), ("handed_on", False)),
            ),
        ),
    ]
