-- Signatures that only the register, or only the signing room knows.
SELECT dossier_id AS code,
    CASE WHEN f.told THEN concat_ws(' ', kind, left(document, 16)) ELSE '' END AS ours,
    CASE WHEN i.made THEN concat_ws(' ', kind, left(document, 16)) ELSE '' END AS theirs
FROM (
    SELECT dossier_id, kind, body->>'document' AS document, true AS told
    FROM hub_register_fact
    WHERE dossier_id = ANY (%(codes)s) AND kind IN ('Signed', 'Sealed')
) f
FULL JOIN (
    SELECT dossier_id, CASE role WHEN %(role_official)s THEN 'Signed' ELSE 'Sealed' END AS kind,
        signed AS document, true AS made
    FROM hub_signing_signingitem
    WHERE dossier_id = ANY (%(codes)s) AND status = %(item_signed)s
) i USING (dossier_id, kind, document)
WHERE f.told IS NULL OR i.made IS NULL
