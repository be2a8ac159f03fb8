-- A payment that a gateway told of and that was counted: now the gateway owes it to us.
SELECT a.reference AS evidence, c.account_id, (a.settled_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
    NULL::bigint AS reverses_id, side.book, c.id AS charge_id, side.amount
FROM hub_payments_attempt a
JOIN hub_payments_charge c ON c.id = a.charge_id
CROSS JOIN LATERAL (VALUES
    (%(book_clearing)s || ':' || a.gateway, a.amount),
    (%(book_receivable)s, -a.amount)
) AS side (book, amount)
WHERE a.counted AND (%(ids)s::bigint[] IS NULL OR a.id = ANY (%(ids)s::bigint[]))
