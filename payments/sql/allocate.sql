-- Give each line's money to its charge, and say how the amount compares with what was due before it.
WITH candidate AS (
    SELECT f.transaction_id, f.charge_id, f.stage, f.evidence, t.amount, t.booked_on,
        c.amount AS due, c.payable_until, d.paid,
        -- A gateway's own word was counted: its money is then only handed on, once per attempt.
        a.id AS attempt_id, a.counted AND s.transaction_id IS NULL AS handed_on
    FROM found f
    JOIN hub_payments_banktransaction t ON t.id = f.transaction_id
    JOIN hub_payments_charge c ON c.id = f.charge_id AND (c.account_id = t.account_id OR c.account_id IS NULL)
    JOIN hub_register_dossier d ON d.code = c.dossier_id
    LEFT JOIN LATERAL (
        -- Without a machine's id: an attempt of the same amount that the gateway still owes us.
        SELECT a.* FROM hub_payments_attempt a
        WHERE a.id = f.attempt_id
            OR (f.attempt_id IS NULL AND a.charge_id = c.id AND a.counted AND a.amount = t.amount)
        ORDER BY a.id LIMIT 1
    ) a ON true
    LEFT JOIN LATERAL (
        SELECT l.transaction_id FROM hub_payments_allocation l
        WHERE l.attempt_id = a.id
        GROUP BY l.transaction_id HAVING sum(l.amount) > 0 LIMIT 1
    ) s ON true
    WHERE f.charges = 1
),
ranked AS (
    SELECT *, handed_on AND row_number() OVER (
        PARTITION BY attempt_id, handed_on ORDER BY booked_on, transaction_id) = 1 AS settles
    FROM candidate
),
summed AS (
    SELECT *, paid + COALESCE(sum(amount) FILTER (WHERE settles IS NOT TRUE) OVER (
        PARTITION BY charge_id ORDER BY booked_on, transaction_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
    FROM ranked
)
INSERT INTO hub_payments_allocation
    (transaction_id, charge_id, attempt_id, part, generation, amount, stage, match, counted,
     evidence, rule, by, at)
SELECT transaction_id, charge_id, attempt_id, 1,
    1 + (SELECT count(*) FROM hub_payments_allocation l
         WHERE l.transaction_id = summed.transaction_id AND l.reverses_id IS NOT NULL),
    amount, stage,
    CASE
        WHEN settles THEN %(match_settlement)s
        WHEN before >= due AND due > 0 THEN %(match_duplicate)s
        WHEN before + amount > due THEN %(match_over)s
        WHEN before + amount < due THEN %(match_short)s
        WHEN before > 0 THEN %(match_split)s
        WHEN booked_on > payable_until THEN %(match_late)s
        ELSE %(match_exact)s
    END,
    settles IS NOT TRUE, evidence, %(rule)s, %(by)s, %(at)s
FROM summed
ORDER BY charge_id, booked_on, transaction_id
RETURNING id
