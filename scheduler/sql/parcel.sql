-- Dossiers whose parcel is elsewhere than the dispatch room says. A person's correction is the
-- dossier's alone, and a try that came to nothing may have left it where it was before.
SELECT d.code, d.delivery AS ours, coalesce(s.state, '') AS theirs
FROM hub_register_dossier d
LEFT JOIN LATERAL (
    SELECT state FROM hub_dispatch_shipment
    WHERE dossier_id = d.code AND leg = %(leg_deliver)s ORDER BY attempt DESC LIMIT 1
) s ON true
WHERE d.code = ANY (%(codes)s)
    AND d.delivery <> coalesce(s.state, %(delivery_none)s)
    AND NOT (d.delivery IN (%(delivery_none)s, %(delivery_collected)s)
        AND coalesce(s.state, %(delivery_none)s) = ANY (%(no_parcel)s))
    AND NOT EXISTS (
        SELECT FROM hub_register_fact f
        WHERE f.dossier_id = d.code AND f.kind = 'DeliveryCorrected')
