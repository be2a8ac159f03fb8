"""
What Django cannot say: carriers' events are append-only, shipments are seen with their dossier.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hub_dispatch_carrierevent
    FOR EACH ROW EXECUTE FUNCTION hub_register_append_only();
"""

# A closed manifest is a paper in two hands: its content stays, only the hand-over is noted.
CLOSED = """
CREATE FUNCTION hub_dispatch_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.number, NEW.office_id, NEW.carrier, NEW.day, NEW.run, NEW.parcels, NEW.grams, NEW.cod,
            NEW.left_out, NEW.pdf, NEW.xlsx, NEW.csv, NEW.json, NEW.closed_at, NEW.closed_by)
        IS DISTINCT FROM
           (OLD.number, OLD.office_id, OLD.carrier, OLD.day, OLD.run, OLD.parcels, OLD.grams, OLD.cod,
            OLD.left_out, OLD.pdf, OLD.xlsx, OLD.csv, OLD.json, OLD.closed_at, OLD.closed_by)
    THEN
        RAISE EXCEPTION 'manifest % is closed', OLD.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed BEFORE UPDATE OR DELETE ON hub_dispatch_manifest
    FOR EACH ROW EXECUTE FUNCTION hub_dispatch_closed();
"""

SCOPE = """
ALTER TABLE hub_dispatch_shipment ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub_dispatch_shipment FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON hub_dispatch_shipment USING (
    current_setting('motcua.units', true) = '*'
    OR EXISTS (SELECT FROM hub_register_dossier d WHERE d.code = hub_dispatch_shipment.dossier_id));
"""


class Migration(migrations.Migration):
    """The walls of the post."""

    dependencies: ClassVar = [
        ("hub_dispatch", "0001_initial"),
        ("hub_register", "0002_walls"),
    ]

    operations: ClassVar = [
        migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (APPEND_ONLY, CLOSED, SCOPE)
    ]
