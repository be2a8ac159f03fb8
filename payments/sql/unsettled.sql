-- Attempts that a gateway called paid before a given instant and that no bank has shown since.
SELECT a.id
FROM hub_payments_attempt a
WHERE a.counted AND NOT a.handed_on AND a.settled_at < %(before)s
    AND NOT EXISTS (
        SELECT FROM hub_payments_discrepancy x
        WHERE x.code = %(code)s AND x.subject = a.reference AND x.closed_at IS NULL)
ORDER BY a.id
