-- Dossiers that owe something else, or under another reference, than the payments room asked for.
SELECT d.code, concat_ws(' ', d.state->>'charge', d.due) AS ours,
    concat_ws(' ', c.reference, c.amount) AS theirs
FROM hub_register_dossier d LEFT JOIN hub_payments_charge c ON c.dossier_id = d.code
WHERE d.code = ANY (%(codes)s)
    AND (d.due <> coalesce(c.amount, 0) OR d.state->>'charge' <> coalesce(c.reference, ''))
