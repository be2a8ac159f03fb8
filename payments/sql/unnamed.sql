-- Lines up to a day that are neither allocated nor a discrepancy: they still wait, or were forgotten.
SELECT t.bank_reference || ':' || t.occurrence AS line
FROM hub_payments_banktransaction t
WHERE t.account_id = %(account)s AND t.booked_on <= %(day)s
    AND (
        EXISTS (SELECT FROM hub_payments_waiting w WHERE w.transaction_id = t.id)
        OR ((t.amount > 0 OR t.reversal)
            AND COALESCE((SELECT sum(l.amount) FROM hub_payments_allocation l
                      WHERE l.transaction_id = t.id), 0) <= 0
            AND NOT EXISTS (SELECT FROM hub_payments_discrepancy x WHERE x.transaction_id = t.id))
    )
ORDER BY t.id
