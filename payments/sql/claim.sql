-- Claim the lines that wait; another worker passes over them until this transaction ends.
SELECT transaction_id
FROM hub_payments_waiting
ORDER BY transaction_id
LIMIT %(limit)s
FOR UPDATE SKIP LOCKED
