-- A statement: what came in and went out by it is on the bank's account, and not explained yet.
SELECT f.sha256 AS evidence, f.account_id, COALESCE(f.day, t.day) AS day,
    NULL::bigint AS reverses_id, side.book, NULL::bigint AS charge_id, side.amount
FROM hub_payments_statementfile f
JOIN hub_payments_account n ON n.id = f.account_id
JOIN LATERAL (
    SELECT max(booked_on) AS day,
        COALESCE(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS came,
        COALESCE(sum(amount) FILTER (WHERE amount < 0), 0)::bigint AS went
    FROM hub_payments_banktransaction WHERE file_id = f.id
) t ON true
CROSS JOIN LATERAL (VALUES
    (%(book_bank)s || ':' || n.number, t.came), (%(book_suspense)s, -t.came),
    (%(book_bank)s || ':' || n.number, t.went), (%(book_suspense)s, -t.went)
) AS side (book, amount)
WHERE side.amount <> 0 AND (%(ids)s::bigint[] IS NULL OR f.id = ANY (%(ids)s::bigint[]))
