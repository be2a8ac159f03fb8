-- What was just allocated, with all that has to be told of it, in the order in which dossiers are locked.
SELECT l.id, l.transaction_id, l.charge_id, l.amount, l.match, l.counted, l.attempt_id,
    t.bank_reference, t.occurrence, n.number AS account, c.amount AS due, c.dossier_id AS dossier,
    c.reference AS charge, d.business = %(business_withdrawn)s AS withdrawn,
    a.amount AS attempted, a.reference AS attempt, a.gateway, a.counted AS told_by_gateway
FROM hub_payments_allocation l
JOIN hub_payments_banktransaction t ON t.id = l.transaction_id
JOIN hub_payments_account n ON n.id = t.account_id
JOIN hub_payments_charge c ON c.id = l.charge_id
JOIN hub_register_dossier d ON d.code = c.dossier_id
LEFT JOIN hub_payments_attempt a ON a.id = l.attempt_id
WHERE l.id = ANY (%(allocations)s)
ORDER BY c.dossier_id, t.booked_on, l.transaction_id
