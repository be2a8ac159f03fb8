"""
What Django cannot say of the book and of refunds: sums of zero, append-only, row-level security.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

APPEND_ONLY = "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hub_payments_{table}
    FOR EACH ROW EXECUTE FUNCTION hub_register_append_only();
"""
    for table in ("bookaccount", "entry", "posting")
)

# Looked at when the transaction commits: an entry is told in several rows.
BALANCED = """
CREATE FUNCTION hub_payments_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    total bigint;
    told bigint;
BEGIN
    SELECT sum(amount), count(*) INTO total, told
        FROM hub_payments_posting WHERE entry_id = NEW.entry_id;
    IF total <> 0 THEN
        RAISE EXCEPTION 'postings of entry % sum to %, not to zero', NEW.entry_id, total
            USING ERRCODE = 'check_violation';
    END IF;
    IF told IS DISTINCT FROM
        (SELECT parts::bigint FROM hub_payments_entry WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'entry % was told with another number of postings', NEW.entry_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON hub_payments_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hub_payments_balanced();
"""

# An entry has postings, and a contra entry has those of the other one with their signs turned.
WHOLE = """
CREATE FUNCTION hub_payments_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM hub_payments_posting WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry % has no postings', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND EXISTS (
        SELECT book_id, charge_id FROM hub_payments_posting
        WHERE entry_id IN (NEW.id, NEW.reverses_id)
        GROUP BY book_id, charge_id HAVING sum(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'a contra entry takes back exactly what one entry posted'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER whole AFTER INSERT ON hub_payments_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hub_payments_whole();
"""

_SEES_ALL = "current_setting('motcua.units', true) = '*'"
_OWN_ACCOUNT = "EXISTS (SELECT FROM hub_payments_account a WHERE a.id = account_id)"

#: Table, and by what else than '*' its rows are seen. The names of book accounts tell nothing.
_SEEN = (
    ("refund", _OWN_ACCOUNT),
    ("entry", _OWN_ACCOUNT),
    ("posting", "EXISTS (SELECT FROM hub_payments_entry e WHERE e.id = entry_id)"),
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
    """The walls of the book."""

    dependencies: ClassVar = [
        ("hub_payments", "0003_book_and_refunds"),
        ("hub_register", "0002_walls"),
    ]

    operations: ClassVar = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (APPEND_ONLY, BALANCED, WHOLE, SCOPE)
    ]
