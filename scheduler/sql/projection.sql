-- Dossiers whose columns do not say what their state says.
SELECT d.code, concat_ws(' ', d.business, d.money, d.delivery, d.due, d.paid) AS ours,
    concat_ws(' ', d.state->>'business', d.state->>'money', d.state->>'delivery',
        d.state->>'due', d.state->>'paid') AS theirs
FROM hub_register_dossier d
WHERE d.code = ANY (%(codes)s)
    AND (d.business, d.money, d.delivery, d.synchronisation, d.due, d.paid, d.document, d.verified)
        IS DISTINCT FROM (d.state->>'business', d.state->>'money', d.state->>'delivery',
            d.state->>'synchronisation', (d.state->>'due')::bigint, (d.state->>'paid')::bigint,
            d.state->>'document', d.state->>'verified')
