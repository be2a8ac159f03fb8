-- Dossiers that changed in a span of time, by code; the steps are there for their index.
SELECT code FROM hub_register_dossier
WHERE next_step = ANY (%(steps)s) AND changed_at > %(since)s AND changed_at <= %(until)s
    AND code > %(after)s
ORDER BY code LIMIT %(most)s
