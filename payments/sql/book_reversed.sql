-- A contra row takes an allocation back: the same postings the other way round.
SELECT l.id::text AS evidence, e.account_id, (l.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
    e.id AS reverses_id, p.book_id AS book, p.charge_id, -p.amount AS amount
FROM hub_payments_allocation l
JOIN hub_payments_entry e ON e.kind = %(entry_allocated)s AND e.evidence = l.reverses_id::text
JOIN hub_payments_posting p ON p.entry_id = e.id
WHERE l.reverses_id IS NOT NULL AND (%(ids)s::bigint[] IS NULL OR l.id = ANY (%(ids)s::bigint[]))
