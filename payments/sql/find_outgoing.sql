-- For each claimed line of money that went out under a reference of ours, the refund it names, if one is known.
CREATE TEMPORARY TABLE found_outgoing ON COMMIT DROP AS
WITH line AS (
    SELECT * FROM hub_payments_banktransaction
    WHERE id = ANY (%(lines)s) AND amount < 0 AND NOT reversal
),
named AS (
    SELECT line.id, line.account_id, mark
    FROM line,
        unnest(array_cat(line.references::text[],
               ARRAY[line.end_to_end, line.clearing]::text[])) AS mark
    WHERE mark <> ''
),
known AS (
    SELECT named.id, r.id AS refund_id
    FROM named JOIN hub_payments_refund r
        ON r.reference = named.mark AND r.account_id = named.account_id
    UNION
    SELECT line.id, r.id
    FROM line JOIN hub_payments_refund r
        ON r.bank_reference = line.bank_reference AND r.account_id = line.account_id
)
SELECT line.id AS transaction_id, min(known.refund_id) AS refund_id
FROM line LEFT JOIN known USING (id)
WHERE known.id IS NOT NULL OR cardinality(line.references) > 0
GROUP BY line.id HAVING count(known.refund_id) < 2
