-- Where the book and what it was posted from differ: account, whose, what the book says, what the rooms say.
WITH posted AS (
    SELECT p.book_id AS book, sum(p.amount)::bigint AS amount
    FROM hub_payments_posting p GROUP BY p.book_id
),
owed AS (
    SELECT p.charge_id, sum(p.amount)::bigint AS amount
    FROM hub_payments_posting p WHERE p.book_id = %(book_receivable)s GROUP BY p.charge_id
),
given AS (
    SELECT COALESCE(sum(amount), 0)::bigint AS all_of_it FROM hub_payments_allocation
),
went AS (
    SELECT COALESCE(sum(amount) FILTER (WHERE state = %(refund_done)s), 0)::bigint AS sent,
        COALESCE(sum(amount) FILTER (WHERE transaction_id IS NOT NULL), 0)::bigint AS shown
    FROM hub_payments_refund
),
rooms AS (
    SELECT %(book_bank)s || ':' || n.number AS book, sum(t.amount)::bigint AS amount
    FROM hub_payments_banktransaction t JOIN hub_payments_account n ON n.id = t.account_id
    GROUP BY n.number
    UNION ALL
    SELECT %(book_suspense)s,
        (given.all_of_it - went.shown
            - (SELECT COALESCE(sum(amount), 0) FROM hub_payments_banktransaction))::bigint
    FROM given, went
    UNION ALL
    SELECT %(book_refunds)s, went.shown - went.sent FROM went
    UNION ALL
    SELECT %(book_budget)s || ':' || kind, -sum(amount)::bigint
    FROM hub_payments_chargeline GROUP BY kind
    UNION ALL
    SELECT %(book_clearing)s || ':' || a.gateway,
        (COALESCE(sum(a.amount) FILTER (WHERE a.counted), 0) - COALESCE(sum(s.amount), 0))::bigint
    FROM hub_payments_attempt a
    LEFT JOIN LATERAL (
        SELECT sum(l.amount) AS amount FROM hub_payments_allocation l
        WHERE l.attempt_id = a.id AND NOT l.counted
    ) s ON true
    GROUP BY a.gateway
)
SELECT book, '' AS whose, COALESCE(posted.amount, 0) AS posted, COALESCE(rooms.amount, 0) AS told
FROM posted FULL JOIN rooms USING (book)
WHERE book <> %(book_receivable)s AND COALESCE(posted.amount, 0) <> COALESCE(rooms.amount, 0)
UNION ALL
SELECT %(book_receivable)s, COALESCE(c.reference, ''), COALESCE(owed.amount, 0),
    COALESCE(c.amount - d.paid, 0)
FROM owed
FULL JOIN (hub_payments_charge c JOIN hub_register_dossier d ON d.code = c.dossier_id)
    ON c.id = owed.charge_id
WHERE COALESCE(owed.amount, 0) <> COALESCE(c.amount - d.paid, 0)
ORDER BY 1, 2
