"""
What Django cannot say: the partitioned chain of facts, the gate, append-only, row-level security.
"""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

# Facts by month; the default partition takes what comes before the clock has made the next one.
FACTS = """
CREATE TABLE hub_register_fact (
    dossier_id varchar(60) NOT NULL REFERENCES hub_register_dossier (code),
    seq integer NOT NULL CHECK (seq > 0),
    kind varchar(40) NOT NULL,
    body jsonb NOT NULL,
    by varchar(150) NOT NULL,
    at timestamptz NOT NULL,
    previous varchar(64) NOT NULL,
    hash varchar(64) NOT NULL,
    PRIMARY KEY (dossier_id, seq, at)
) PARTITION BY RANGE (at);
CREATE TABLE hub_register_fact_rest PARTITION OF hub_register_fact DEFAULT;
"""

# One function makes a month's partition of any table that is partitioned this way.
PARTITIONS = """
CREATE FUNCTION hub_register_partition(parent text, month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    child text := parent || to_char(month, '_YYYY_MM');
    first_day timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
    last_day timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(child) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                       child, parent, first_day, last_day);
    END IF;
END $$;
"""

APPEND_ONLY = """
CREATE FUNCTION hub_register_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hub_register_fact
    FOR EACH ROW EXECUTE FUNCTION hub_register_append_only();
"""

# The same rule as dossiers/release.py, in the same words, looked up in the facts themselves.
GATE = """
CREATE FUNCTION hub_register_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text[] := '{}';
BEGIN
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Signed') THEN
        held := held || 'unsigned'::text;
    END IF;
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Sealed'
                   AND body->>'document' = NEW.document) THEN
        held := held || 'unsealed'::text;
    END IF;
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Verified'
                   AND body->>'document' = NEW.document) THEN
        held := held || 'unverified'::text;
    END IF;
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Charged') THEN
        held := held || 'uncharged'::text;
    END IF;
    IF NEW.paid < NEW.due OR (NEW.released_due, NEW.released_paid) IS DISTINCT FROM (NEW.due, NEW.paid) THEN
        held := held || 'unpaid'::text;
    END IF;
    IF cardinality(held) > 0 THEN
        RAISE EXCEPTION 'dossier may not leave: %', array_to_string(held, ', ')
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gate_insert BEFORE INSERT ON hub_register_dossier
    FOR EACH ROW WHEN (NEW.business = 'released') EXECUTE FUNCTION hub_register_gate();
CREATE TRIGGER gate_update BEFORE UPDATE ON hub_register_dossier
    FOR EACH ROW WHEN (NEW.business = 'released' AND OLD.business <> 'released')
    EXECUTE FUNCTION hub_register_gate();
"""

# Whose rows a connection may see: '*', or codes of units separated by commas; nothing by default.
SCOPE = """
CREATE FUNCTION hub_register_sees(unit text, centre text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT current_setting('motcua.units', true) = '*'
        OR unit = ANY (string_to_array(current_setting('motcua.units', true), ','))
        OR centre = ANY (string_to_array(current_setting('motcua.units', true), ','))
$$;
ALTER TABLE hub_register_dossier ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub_register_dossier FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON hub_register_dossier USING (hub_register_sees(unit_id, centre_id));
"""

# What hangs on a dossier is seen with it.
HANGING = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (
    current_setting('motcua.units', true) = '*'
    OR EXISTS (SELECT FROM hub_register_dossier d WHERE d.code = {table}.dossier_id));
"""
    for table in ("hub_register_fact", "hub_register_applicant")
)


# What Django shall believe of the table above.
FACT = migrations.CreateModel(
    name="Fact",
    fields=[
        (
            "pk",
            models.CompositePrimaryKey(
                "dossier_id",
                "seq",
                "at",
                blank=True,
                editable=False,
                primary_key=True,
                serialize=False,
            ),
        ),
        ("seq", models.PositiveIntegerField()),
        ("kind", models.CharField(max_length=40)),
        ("body", models.JSONField()),
        ("by", models.CharField(max_length=150)),
        ("at", models.DateTimeField()),
        ("previous", models.CharField(max_length=64)),
        ("hash", models.CharField(max_length=64)),
        (
            "dossier",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="told",
                to="hub_register.dossier",
            ),
        ),
    ],
    options={"ordering": ["dossier_id", "seq"]},
)


class Migration(migrations.Migration):
    """The walls of the register."""

    dependencies: ClassVar = [("hub_register", "0001_initial")]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(sql, migrations.RunSQL.noop)
                for sql in (FACTS, PARTITIONS, APPEND_ONLY, GATE, SCOPE, HANGING)
            ],
            state_operations=[FACT],
        )
    ]
