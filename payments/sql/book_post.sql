-- Post one kind of entry: what another statement tells, put in place of side, each event once.
WITH side AS MATERIALIZED (
    {side}
),
opened AS (
    INSERT INTO hub_payments_bookaccount (code, kind)
    SELECT DISTINCT book, split_part(book, ':', 1) FROM side
    WHERE NOT EXISTS (SELECT FROM hub_payments_bookaccount k WHERE k.code = side.book)
    ORDER BY book
    ON CONFLICT DO NOTHING
),
made AS (
    INSERT INTO hub_payments_entry
        (kind, evidence, account_id, day, parts, reverses_id, at, by)
    SELECT %(kind)s, evidence, min(account_id), min(day), count(*), min(reverses_id), %(at)s, %(by)s
    FROM side
    GROUP BY evidence ORDER BY min(day), evidence
    ON CONFLICT (kind, evidence) DO NOTHING
    RETURNING id, evidence
)
INSERT INTO hub_payments_posting (entry_id, book_id, charge_id, amount)
SELECT made.id, side.book, side.charge_id, side.amount
FROM made JOIN side USING (evidence)
ORDER BY made.id, side.amount DESC
