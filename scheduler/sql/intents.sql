-- Effects of unknown outcome that nobody looks after: no job, no task, and no step of the hub's.
SELECT i.reference, coalesce(i.dossier_id, '') AS code, i.kind, i.state AS ours
FROM hub_register_intent i
LEFT JOIN hub_register_dossier d ON d.code = i.dossier_id
WHERE i.state IN (%(intent_open)s, %(intent_unsure)s) AND i.changed_at < %(before)s
    AND NOT coalesce(d.next_step = ANY (%(steps_ours)s), false)
    AND NOT EXISTS (
        SELECT FROM hub_register_task t
        WHERE t.closed_at IS NULL AND (t.dossier_id = i.dossier_id OR t.subject = i.reference)
            AND t.kind <> %(task_parity)s)
    AND NOT EXISTS (
        SELECT FROM procrastinate_jobs j CROSS JOIN LATERAL jsonb_each_text(j.args) a
        WHERE j.status IN ('todo', 'doing') AND a.value IN (i.reference, i.dossier_id))
    AND NOT EXISTS (
        -- A signature waits for its token's job, or for the person who has the PIN.
        SELECT FROM hub_signing_signingitem s
        JOIN hub_signing_batch b ON b.code = s.batch_id
        WHERE s.dossier_id = i.dossier_id AND s.status = %(item_queued)s
            AND (b.status = %(batch_stopped)s OR EXISTS (
                SELECT FROM procrastinate_jobs j
                WHERE j.status IN ('todo', 'doing') AND j.args->>'token' = b.token_id)))
ORDER BY i.id LIMIT 1000
