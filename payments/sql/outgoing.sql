-- Money that went out under a reference of ours, in the order in which dossiers are locked.
SELECT o.transaction_id, o.refund_id, c.id AS charge_id
FROM found_outgoing o
LEFT JOIN hub_payments_refund r ON r.id = o.refund_id
LEFT JOIN hub_payments_charge c ON c.id = r.charge_id
ORDER BY c.dossier_id, o.transaction_id
