-- Approved refunds that no job is about, and of which no person was told lately.
SELECT r.reference
FROM hub_payments_refund r
WHERE r.state = %(refund_approved)s AND r.approved_at < %(before)s
    AND NOT EXISTS (
        SELECT FROM procrastinate_jobs j
        WHERE j.lock = 'refund ' || r.reference AND j.status IN ('todo', 'doing'))
    AND NOT EXISTS (
        SELECT FROM hub_scheduler_failedjob f
        WHERE f.lock = 'refund ' || r.reference AND f.told_at > %(lately)s)
    AND NOT EXISTS (
        SELECT FROM hub_register_task t
        WHERE t.kind = %(task_refund_by_hand)s AND t.subject = r.reference AND t.closed_at IS NULL)
ORDER BY r.approved_at LIMIT 1000
