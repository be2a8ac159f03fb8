-- Dossiers whose paid sum is not what the payments room counted: bank lines with their contra
-- rows (below 0), gateways' words, and money that went back.
WITH counted AS (
    SELECT c.dossier_id, l.amount
    FROM hub_payments_charge c JOIN hub_payments_allocation l ON l.charge_id = c.id AND l.counted
    WHERE c.dossier_id = ANY (%(codes)s)
    UNION ALL
    SELECT c.dossier_id, a.amount
    FROM hub_payments_charge c JOIN hub_payments_attempt a ON a.charge_id = c.id AND a.counted
    WHERE c.dossier_id = ANY (%(codes)s)
    UNION ALL
    SELECT c.dossier_id, -r.amount
    FROM hub_payments_charge c JOIN hub_payments_refund r ON r.charge_id = c.id
    WHERE c.dossier_id = ANY (%(codes)s) AND r.state = %(refund_done)s
), room AS (
    SELECT dossier_id, sum(amount) AS amount FROM counted GROUP BY dossier_id
)
SELECT d.code, d.paid AS ours, coalesce(room.amount, 0) AS theirs
FROM hub_register_dossier d LEFT JOIN room ON room.dossier_id = d.code
WHERE d.code = ANY (%(codes)s) AND d.paid <> coalesce(room.amount, 0)
