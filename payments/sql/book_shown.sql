-- A refund that a statement shows: the line that went out is explained.
SELECT r.reference AS evidence, r.account_id, t.booked_on AS day,
    NULL::bigint AS reverses_id, side.book, r.charge_id, side.amount
FROM hub_payments_refund r
JOIN hub_payments_banktransaction t ON t.id = r.transaction_id
CROSS JOIN LATERAL (VALUES
    (%(book_refunds)s, r.amount), (%(book_suspense)s, -r.amount)
) AS side (book, amount)
WHERE (%(ids)s::bigint[] IS NULL OR r.id = ANY (%(ids)s::bigint[]))
