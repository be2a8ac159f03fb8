-- Lock the dossiers that money was found for, in one order for all; what they had is then certain.
SELECT d.code
FROM hub_register_dossier d
WHERE d.code IN (
    SELECT c.dossier_id FROM found JOIN hub_payments_charge c ON c.id = found.charge_id
    WHERE found.charges = 1
    UNION
    SELECT c.dossier_id FROM found_outgoing o
    JOIN hub_payments_refund r ON r.id = o.refund_id
    JOIN hub_payments_charge c ON c.id = r.charge_id
)
ORDER BY d.code
FOR UPDATE OF d
