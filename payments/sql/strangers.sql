-- Claimed lines that were given to no charge, with why: several charges, another account, none, money taken back.
SELECT t.id AS transaction_id, t.amount, COALESCE(f.charges, 0) AS charges,
    COALESCE(f.asked, 0) AS asked, f.charge_id, t.reversal, t.references AS marks
FROM hub_payments_banktransaction t
LEFT JOIN found f ON f.transaction_id = t.id
WHERE t.id = ANY (%(lines)s) AND (t.amount > 0 OR t.reversal)
    AND NOT EXISTS (
        SELECT FROM hub_payments_allocation l
        WHERE l.transaction_id = t.id AND l.id = ANY (%(allocations)s))
ORDER BY t.id
