-- Rules that are seen in the committed rows alone, looked at after every step.
-- Each has a name and a sentence; each row is what breaks it. ``fact`` is the register's facts.

-- charged_once: A dossier is asked for its fee once, and by one try at a time.
SELECT dossier_id FROM fact WHERE kind = 'Charged' GROUP BY 1 HAVING count(*) > 1;

-- charged_once
SELECT c.reference FROM hub_payments_charge c
JOIN hub_payments_attempt a ON a.charge_id = c.id AND a.state IN ('begun', 'asked', 'pending')
GROUP BY 1 HAVING count(*) > 1;

-- charge_is_told: A charge is what its fact says and what its lines add up to.
SELECT c.reference FROM hub_payments_charge c
LEFT JOIN fact f ON f.dossier_id = c.dossier_id AND f.kind = 'Charged'
WHERE (f.body->>'reference', (f.body->>'amount')::bigint) IS DISTINCT FROM (c.reference, c.amount)
OR c.amount <> (SELECT coalesce(sum(amount), 0) FROM hub_payments_chargeline WHERE charge_id = c.id);

-- counted_once: What a gateway has told of and what its bank then shows is one payment.
SELECT a.reference FROM hub_payments_attempt a
JOIN hub_payments_banktransaction t ON t.bank_reference = 'FT' || a.transaction
JOIN hub_payments_allocation l ON l.transaction_id = t.id AND l.counted
WHERE a.counted AND a.transaction <> '';

-- counted_is_told: Money that the rooms count stands in the facts, and no other money does.
(WITH counted AS (
    SELECT c.dossier_id,
        'bank:' || n.number || ':' || t.bank_reference || ':' || t.occurrence AS evidence
    FROM hub_payments_allocation l
    JOIN hub_payments_banktransaction t ON t.id = l.transaction_id
    JOIN hub_payments_account n ON n.id = t.account_id
    JOIN hub_payments_charge c ON c.id = l.charge_id
    WHERE l.counted AND l.reverses_id IS NULL
    UNION ALL
    SELECT c.dossier_id, a.gateway || ':' || a.transaction FROM hub_payments_attempt a
    JOIN hub_payments_charge c ON c.id = a.charge_id WHERE a.counted
), told AS (
    SELECT dossier_id, body->>'evidence' AS evidence FROM fact WHERE kind = 'Paid'
)
SELECT coalesce(counted.evidence, told.evidence)
FROM counted FULL JOIN told USING (dossier_id, evidence)
WHERE counted.evidence IS NULL OR told.evidence IS NULL);

-- line_is_given_once: A line of a statement is given away once and not beyond its amount.
SELECT t.bank_reference FROM hub_payments_banktransaction t
JOIN hub_payments_allocation l ON l.transaction_id = t.id
GROUP BY t.id, t.bank_reference, t.amount HAVING sum(l.amount) > t.amount;

-- book_sums_to_zero: Every entry of the money book, and so the whole book, sums to zero.
-- needs hub_payments_posting
SELECT entry_id::text FROM hub_payments_posting GROUP BY entry_id HAVING sum(amount) <> 0;

-- one_parcel_per_leg: A leg of a dossier has one living shipment.
SELECT dossier_id FROM hub_dispatch_shipment
WHERE state NOT IN ('refused', 'cancelled', 'returned')
GROUP BY dossier_id, leg HAVING count(*) > 1;

-- booked_is_told: A shipment that is booked or refused stands in the facts, and no other does.
SELECT coalesce(s.reference, f.body->>'reference')
FROM (SELECT * FROM hub_dispatch_shipment WHERE state <> 'none') s
FULL JOIN (SELECT * FROM fact WHERE kind IN ('Booked', 'BookingRefused')) f
ON f.body->>'reference' = s.reference
WHERE s.reference IS NULL OR f.kind IS NULL;

-- booked_is_told
SELECT n.reference FROM hub_register_intent n WHERE n.kind = 'book' AND n.state = 'done'
AND NOT EXISTS (SELECT FROM fact WHERE kind = 'Booked' AND body->>'reference' = n.reference);

-- manifest_is_whole: What the papers list, the lines and the facts are the same parcels.
SELECT m.number FROM hub_dispatch_manifest m
WHERE m.parcels <> (SELECT count(*) FROM hub_dispatch_manifestline l WHERE l.manifest_id = m.number);

-- manifest_is_whole
(WITH line AS (
    SELECT s.dossier_id, l.manifest_id FROM hub_dispatch_manifestline l
    JOIN hub_dispatch_shipment s ON s.reference = l.shipment_id
), told AS (
    SELECT dossier_id, body->>'manifest' AS manifest_id FROM fact WHERE kind = 'Listed'
)
SELECT coalesce(line.dossier_id, told.dossier_id)
FROM line FULL JOIN told USING (dossier_id, manifest_id)
WHERE line.dossier_id IS NULL OR told.dossier_id IS NULL);

-- taken_is_told: A parcel that the postal worker took stands in the facts, and no other does.
(WITH line AS (
    SELECT s.dossier_id, l.manifest_id FROM hub_dispatch_manifestline l
    JOIN hub_dispatch_shipment s ON s.reference = l.shipment_id WHERE l.taken_at IS NOT NULL
), told AS (
    SELECT dossier_id, body->>'manifest' AS manifest_id FROM fact WHERE kind = 'HandedOver'
)
SELECT coalesce(line.dossier_id, told.dossier_id)
FROM line FULL JOIN told USING (dossier_id, manifest_id)
WHERE line.dossier_id IS NULL OR told.dossier_id IS NULL);

-- numbers_without_holes: Numbers of manifests count the day's manifests.
SELECT c.day::text FROM hub_dispatch_manifestcount c
WHERE c.last <> (SELECT count(*) FROM hub_dispatch_manifest m WHERE m.day = c.day);

-- numbers_without_holes: Numbers of results count those of their agency, year and register.
SELECT unit_id || ' ' || register FROM hub_signing_number
GROUP BY unit_id, year, register HAVING max(value) <> count(*) OR min(value) <> 1;

-- number_is_told: A number that was given stands in the facts, and no other does.
(WITH given AS (
    SELECT dossier_id, to_char(value, 'FM9900') || '/' || register AS number FROM hub_signing_number
), told AS (
    SELECT dossier_id, body->>'number' AS number FROM fact WHERE kind = 'Numbered'
)
SELECT coalesce(given.dossier_id, told.dossier_id)
FROM given FULL JOIN told USING (dossier_id, number)
WHERE given.dossier_id IS NULL OR told.dossier_id IS NULL);

-- signed_is_told: A signature that the tray keeps stands in the facts, and no other does.
(WITH item AS (
    SELECT dossier_id, CASE role WHEN 'seal' THEN 'Sealed' ELSE 'Signed' END AS kind,
        signed AS document FROM hub_signing_signingitem WHERE status = 'signed'
), told AS (
    SELECT dossier_id, kind, body->>'document' AS document FROM fact
    WHERE kind IN ('Signed', 'Sealed')
)
SELECT coalesce(item.dossier_id, told.dossier_id)
FROM item FULL JOIN told USING (dossier_id, kind, document)
WHERE item.dossier_id IS NULL OR told.dossier_id IS NULL);

-- four_eyes: Nobody both approves a result and seals it.
SELECT s.dossier_id FROM fact s JOIN fact o ON o.dossier_id = s.dossier_id AND o.kind = 'Signed'
WHERE s.kind = 'Sealed' AND s.body->>'clerk' = o.body->>'official';

-- gate: Nothing leaves unsigned, unsealed, unverified or unpaid.
SELECT code FROM hub_register_dossier
WHERE business = 'released' AND (released_paid < released_due OR verified <> document);

-- document_is_there: A file that a fact tells of has its row in the document store.
SELECT f.dossier_id || ' ' || f.kind FROM fact f WHERE f.body ? 'document'
AND NOT EXISTS (SELECT FROM hub_register_document d WHERE d.sha256 = f.body->>'document');

-- intent_is_looked_after: An effect without a certain end has a job or a person after it.
SELECT n.reference FROM hub_register_intent n
WHERE n.kind IN ('book', 'refund') AND n.state IN ('open', 'unsure')
AND NOT EXISTS (SELECT FROM procrastinate_jobs j
    WHERE j.status IN ('todo', 'doing', 'failed')
    AND (j.args->>'dossier' = n.dossier_id OR j.args->>'reference' = n.reference))
AND NOT EXISTS (SELECT FROM hub_register_task t
    WHERE t.closed_at IS NULL AND t.dossier_id = n.dossier_id);

-- attempt_is_looked_after: A payment without a certain end is asked about, or a person is told.
SELECT a.reference FROM hub_payments_attempt a
WHERE a.state IN ('asked', 'pending') AND a.ask_after IS NULL
AND NOT EXISTS (SELECT FROM hub_payments_discrepancy d
    WHERE d.subject = a.gateway || ':' || a.reference);

-- work_is_not_lost: A dossier whose next step is ours has a job for it, or a person after it.
SELECT d.code || ' ' || d.next_step FROM hub_register_dossier d
WHERE d.next_step IN ('charge', 'ask_payment', 'submit', 'verify', 'release', 'book')
AND NOT EXISTS (SELECT FROM procrastinate_jobs j
    WHERE j.status IN ('todo', 'doing', 'failed') AND j.args->>'dossier' = d.code)
AND NOT EXISTS (SELECT FROM hub_register_task t
    WHERE t.closed_at IS NULL AND t.dossier_id = d.code);

-- work_is_not_lost: What waits to be signed has a job for its token, or a person at it.
SELECT i.dossier_id || ' ' || b.token_id FROM hub_signing_signingitem i
JOIN hub_signing_batch b ON b.code = i.batch_id JOIN hub_signing_token t ON t.label = b.token_id
WHERE i.status = 'queued' AND t.stopped = '' AND (b.status = 'stopped'
    OR NOT EXISTS (SELECT FROM procrastinate_jobs j
        WHERE j.status IN ('todo', 'doing', 'failed') AND j.args->>'token' = b.token_id));

-- stopped_token_has_a_person: Whoever holds a token that stands still was told.
SELECT t.label FROM hub_signing_token t WHERE t.stopped <> ''
AND NOT EXISTS (SELECT FROM hub_register_task k WHERE k.closed_at IS NULL
    AND k.kind IN ('token_missing', 'pin_wrong') AND k.subject = t.label);

-- who_must_act_is_told: A dossier that waits for a person's decision stands on a list.
SELECT d.code || ' ' || d.next_step FROM hub_register_dossier d
WHERE d.next_step IN ('await_person', 'await_department')
AND NOT EXISTS (SELECT FROM hub_register_task t
    WHERE t.closed_at IS NULL AND t.dossier_id = d.code);

-- no_secrets: No job carries a person's data or a secret in its arguments.
SELECT task_name FROM procrastinate_jobs WHERE args::text ~* (SELECT pattern FROM secret);
