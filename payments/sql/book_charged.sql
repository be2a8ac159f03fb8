-- A charge: citizens owe it to us, and we to the budget, phí and lệ phí apart.
WITH charge AS (
    SELECT c.*, (c.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day FROM hub_payments_charge c
    WHERE c.amount > 0 AND (%(ids)s::bigint[] IS NULL OR c.id = ANY (%(ids)s::bigint[]))
)
SELECT reference AS evidence, account_id, day, NULL::bigint AS reverses_id,
    %(book_receivable)s AS book, id AS charge_id, amount
FROM charge
UNION ALL
SELECT c.reference, c.account_id, c.day, NULL, %(book_budget)s || ':' || i.kind, c.id,
    -sum(i.amount)::bigint
FROM charge c JOIN hub_payments_chargeline i ON i.charge_id = c.id
GROUP BY c.reference, c.account_id, c.day, c.id, i.kind HAVING sum(i.amount) <> 0
