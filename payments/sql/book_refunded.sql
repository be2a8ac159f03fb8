-- A refund that the bank sent: the citizen has it back, and a statement must show it.
SELECT r.reference AS evidence, r.account_id, (r.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
    NULL::bigint AS reverses_id, side.book, r.charge_id, side.amount
FROM hub_payments_refund r
CROSS JOIN LATERAL (VALUES
    (%(book_receivable)s, r.amount), (%(book_refunds)s, -r.amount)
) AS side (book, amount)
WHERE r.state = %(refund_done)s AND (%(ids)s::bigint[] IS NULL OR r.id = ANY (%(ids)s::bigint[]))
