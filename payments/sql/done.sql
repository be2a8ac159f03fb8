-- The claimed lines wait no longer: each is allocated or has a discrepancy with an owner.
DELETE FROM hub_payments_waiting WHERE transaction_id = ANY (%(lines)s)
