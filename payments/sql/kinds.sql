-- Phí and lệ phí, apart, of the charges that lines of this close pay in full.
SELECT i.kind, sum(i.amount)::bigint AS amount
FROM hub_payments_chargeline i
WHERE i.charge_id IN (
    SELECT l.charge_id
    FROM hub_payments_allocation l
    JOIN hub_payments_banktransaction t ON t.id = l.transaction_id
    JOIN hub_payments_statementfile f ON f.id = t.file_id
    WHERE t.account_id = %(account)s AND t.booked_on <= %(day)s
        AND (t.booked_on > %(after)s OR f.taken_at > %(closed_at)s)
        AND l.match = ANY (%(agrees)s) AND l.reverses_id IS NULL
        AND NOT EXISTS (SELECT FROM hub_payments_allocation r WHERE r.reverses_id = l.id)
)
GROUP BY i.kind
