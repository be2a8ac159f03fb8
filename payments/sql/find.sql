-- For each claimed line, the one charge it names and how: by a machine's id before a memo's reference.
CREATE TEMPORARY TABLE found ON COMMIT DROP AS
WITH line AS (
    SELECT * FROM hub_payments_banktransaction
    WHERE id = ANY (%(lines)s) AND amount > 0
),
-- Stage 1: the reference of an attempt, or the number its gateway gave it.
named AS (
    SELECT line.id, mark
    FROM line,
        unnest(array_cat(line.references::text[],
               ARRAY[line.end_to_end, line.clearing, line.bank_reference]::text[])) AS mark
    WHERE mark <> ''
),
attempt AS (
    SELECT named.id, a.id AS attempt_id, a.charge_id, named.mark
    FROM named JOIN hub_payments_attempt a ON a.reference = named.mark
    UNION
    SELECT named.id, a.id, a.charge_id, named.mark
    FROM named JOIN hub_payments_attempt a ON a.transaction = named.mark
),
by_machine AS (
    SELECT id, min(attempt_id) AS attempt_id, min(charge_id) AS charge_id, min(mark) AS evidence,
        count(DISTINCT attempt_id) AS charges
    FROM attempt GROUP BY id
),
-- Stage 2: a reference with right check digits.
by_reference AS (
    SELECT line.id, min(c.id) AS charge_id, min(c.reference) AS evidence,
        count(DISTINCT c.id) AS charges, sum(c.amount) AS asked
    FROM line JOIN hub_payments_charge c ON c.reference = ANY (line.references)
    GROUP BY line.id
)
SELECT
    line.id AS transaction_id,
    COALESCE(m.charge_id, r.charge_id) AS charge_id,
    m.attempt_id,
    CASE WHEN m.id IS NULL THEN %(stage_reference)s ELSE %(stage_machine_id)s END AS stage,
    COALESCE(m.evidence, r.evidence, '') AS evidence,
    COALESCE(m.charges, r.charges, 0) AS charges,
    COALESCE(r.asked, 0) AS asked
FROM line
LEFT JOIN by_machine m ON m.id = line.id
LEFT JOIN by_reference r ON r.id = line.id
