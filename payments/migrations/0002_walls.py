"""
What Django cannot say: the numbers of charges, append-only, exclusive money, row-level security.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

NUMBERS = "CREATE SEQUENCE hub_payments_charge_number MINVALUE 1 MAXVALUE 99999999 NO CYCLE"

# What a bank said, what was given to whom, and what was closed stays as it was.
APPEND_ONLY = "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hub_payments_{table}
    FOR EACH ROW EXECUTE FUNCTION hub_register_append_only();
"""
    for table in ("statementfile", "banktransaction", "allocation", "dailyclose", "chargeline")
)

# A line's money is given away at most once, whoever gives it and however many at a time; a
# contra row takes back exactly what was given.
EXCLUSIVE = """
CREATE FUNCTION hub_payments_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    had bigint;
    given bigint;
BEGIN
    SELECT amount INTO had FROM hub_payments_banktransaction
        WHERE id = NEW.transaction_id FOR UPDATE;
    SELECT COALESCE(sum(amount), 0) INTO given FROM hub_payments_allocation
        WHERE transaction_id = NEW.transaction_id;
    IF given < 0 OR given > had THEN
        RAISE EXCEPTION 'line % has %, but % would be given away', NEW.transaction_id, had, given
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM hub_payments_allocation a WHERE a.id = NEW.reverses_id
            AND a.reverses_id IS NULL AND a.amount = -NEW.amount
            AND (a.transaction_id, a.charge_id) = (NEW.transaction_id, NEW.charge_id)
    ) THEN
        RAISE EXCEPTION 'a contra row takes back what one allocation gave'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER within AFTER INSERT ON hub_payments_allocation
    FOR EACH ROW EXECUTE FUNCTION hub_payments_within();
"""

_SEES_ALL = "current_setting('motcua.units', true) = '*'"
_OWN_UNIT = "{unit} = ANY (string_to_array(current_setting('motcua.units', true), ','))"

#: Table, and by what else than '*' its rows are seen: its own unit, or the row it hangs on.
_SEEN = (
    ("account", _OWN_UNIT.format(unit="unit_id")),
    ("discrepancy", _OWN_UNIT.format(unit="unit")),
    ("charge", "EXISTS (SELECT FROM hub_register_dossier d WHERE d.code = dossier_id)"),
    ("chargeline", "EXISTS (SELECT FROM hub_payments_charge c WHERE c.id = charge_id)"),
    ("attempt", "EXISTS (SELECT FROM hub_payments_charge c WHERE c.id = charge_id)"),
    ("statementfile", "EXISTS (SELECT FROM hub_payments_account a WHERE a.id = account_id)"),
    ("banktransaction", "EXISTS (SELECT FROM hub_payments_account a WHERE a.id = account_id)"),
    ("dailyclose", "EXISTS (SELECT FROM hub_payments_account a WHERE a.id = account_id)"),
    (
        "allocation",
        "EXISTS (SELECT FROM hub_payments_banktransaction t WHERE t.id = transaction_id)",
    ),
)

SCOPE = "".join(
    f"""
ALTER TABLE hub_payments_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub_payments_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON hub_payments_{table} USING ({_SEES_ALL} OR {seen});
"""
    for table, seen in _SEEN
)


class Migration(migrations.Migration):
    """The walls of payments."""

    dependencies: ClassVar = [
        ("hub_payments", "0001_initial"),
        ("hub_register", "0002_walls"),
    ]

    operations: ClassVar = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (NUMBERS, APPEND_ONLY, EXCLUSIVE, SCOPE)
    ]
