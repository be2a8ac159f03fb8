-- A line is explained: it pays a charge, or hands on what a gateway has told of.
SELECT l.id::text AS evidence, t.account_id, t.booked_on AS day,
    NULL::bigint AS reverses_id, side.book, side.charge_id, side.amount
FROM hub_payments_allocation l
JOIN hub_payments_banktransaction t ON t.id = l.transaction_id
LEFT JOIN hub_payments_attempt a ON a.id = l.attempt_id
CROSS JOIN LATERAL (VALUES
    (%(book_suspense)s, NULL, l.amount),
    (CASE WHEN l.counted THEN %(book_receivable)s
        ELSE %(book_clearing)s || ':' || a.gateway END, l.charge_id, -l.amount)
) AS side (book, charge_id, amount)
WHERE l.reverses_id IS NULL AND (%(ids)s::bigint[] IS NULL OR l.id = ANY (%(ids)s::bigint[]))
