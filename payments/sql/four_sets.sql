-- The four sets of a close: both sides agree, only ours, only theirs, differing; and what went out.
WITH line AS (
    SELECT t.id, t.amount,
        (SELECT l.match FROM hub_payments_allocation l
         WHERE l.transaction_id = t.id AND l.reverses_id IS NULL
             AND NOT EXISTS (SELECT FROM hub_payments_allocation r WHERE r.reverses_id = l.id)
         ORDER BY l.id DESC LIMIT 1) AS match
    FROM hub_payments_banktransaction t
    JOIN hub_payments_statementfile f ON f.id = t.file_id
    WHERE t.account_id = %(account)s AND t.booked_on <= %(day)s
        AND (t.booked_on > %(after)s OR f.taken_at > %(closed_at)s)
),
named AS (
    SELECT CASE
        WHEN amount < 0 THEN 'outgoing'
        WHEN match IS NULL THEN 'theirs_only'
        WHEN match = ANY (%(agrees)s) THEN 'agree'
        ELSE 'differing'
    END AS name, amount FROM line
    UNION ALL
    SELECT 'ours_only', a.amount
    FROM hub_payments_attempt a
    JOIN hub_payments_charge c ON c.id = a.charge_id
    WHERE c.account_id = %(account)s AND a.counted AND NOT a.handed_on
        AND (a.settled_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(day)s
)
SELECT kind.name, count(named.name) AS count, COALESCE(sum(named.amount), 0)::bigint AS amount
FROM unnest(ARRAY['agree', 'ours_only', 'theirs_only', 'differing', 'outgoing']) AS kind (name)
LEFT JOIN named ON named.name = kind.name
GROUP BY kind.name
