-- Rules that need hold only when a day is over: nets below may mend what broke in between.

-- failed_work_has_a_person: Work that used up its patience stands on a person's list.
SELECT j.task_name || ' ' || j.args FROM procrastinate_jobs j
WHERE j.status IN ('failed', 'aborted') AND NOT EXISTS (SELECT FROM hub_register_task t
    WHERE t.kind = 'work_failed' AND starts_with(t.subject, j.task_name));

-- comes_to_rest: No job is left in the hands of a worker that does not work.
SELECT j.task_name || ' ' || j.args FROM procrastinate_jobs j WHERE j.status = 'doing';

-- intent_is_looked_after: A signature without a certain end waits in a queue, or with a person.
SELECT n.reference FROM hub_register_intent n WHERE n.kind = 'sign' AND n.state IN ('open', 'unsure')
AND NOT EXISTS (SELECT FROM hub_signing_signingitem i
    WHERE i.status = 'queued' AND n.reference = i.batch_id || '/' || i.id)
AND NOT EXISTS (SELECT FROM hub_register_task t
    WHERE t.closed_at IS NULL AND t.dossier_id = n.dossier_id);

-- every_line_is_named: Every line of a statement has its charge, or a difference with an owner.
SELECT t.bank_reference FROM hub_payments_banktransaction t
WHERE (t.amount > 0 OR t.reversal)
AND coalesce((SELECT sum(l.amount) FROM hub_payments_allocation l WHERE l.transaction_id = t.id), 0) <= 0
AND NOT EXISTS (SELECT FROM hub_payments_discrepancy d WHERE d.transaction_id = t.id)
AND NOT EXISTS (SELECT FROM hub_payments_waiting w WHERE w.transaction_id = t.id);

-- surplus_is_named: Who paid too much or too little has a difference with an owner.
SELECT d.code || ' ' || d.money FROM hub_register_dossier d
WHERE d.paid > 0 AND d.paid <> d.due AND NOT EXISTS (SELECT FROM hub_payments_discrepancy x
    JOIN hub_payments_charge c ON c.id = x.charge_id WHERE c.dossier_id = d.code);

-- difference_has_an_owner: Every open difference stands on its owner's list.
SELECT x.code || ' ' || x.subject FROM hub_payments_discrepancy x WHERE x.closed_at IS NULL
AND NOT EXISTS (SELECT FROM hub_register_task t WHERE t.closed_at IS NULL
    AND t.kind = 'discrepancy' AND t.detail->>'discrepancy' = x.id::text);

-- closes_are_chained: Each daily close names the one before it.
SELECT c.day::text FROM hub_payments_dailyclose c
WHERE c.previous <> coalesce((SELECT b.sha256 FROM hub_payments_dailyclose b
    WHERE b.account_id = c.account_id AND b.day < c.day ORDER BY b.day DESC LIMIT 1),
    repeat('0', 64)) OR c.body->>'previous' <> c.previous;

-- batch_ends: A batch with nothing left to sign is closed.
SELECT b.code FROM hub_signing_batch b WHERE b.status <> 'done'
AND NOT EXISTS (SELECT FROM hub_signing_signingitem i
    WHERE i.batch_id = b.code AND i.status = 'queued');
