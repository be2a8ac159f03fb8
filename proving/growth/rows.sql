-- The rows of every table, each as one SELECT over growth_seed, whose columns have the table's
-- names. "told" is how many facts were told of a dossier: 14 is its whole life.

-- table: hub_register_dossier
SELECT d.code, d.unit AS unit_id, %(centre)s AS centre_id, d.procedure AS procedure_id,
    substr(d.a, 1, 10) AS secret, d.at AS received_at, d.at + interval '20 days' AS due_at,
    {business} AS business, {money} AS money, {delivery} AS delivery,
    {synchronisation} AS synchronisation, {next_step} AS next_step, {state}::jsonb AS state,
    {paid} AS paid, %(amount)s AS due,
    CASE WHEN d.told >= 7 THEN d.d ELSE d.b END AS document,
    CASE WHEN d.told >= 8 THEN d.d ELSE '' END AS verified,
    CASE WHEN d.told >= 10 THEN d.at + interval '60 hours' END AS released_at,
    CASE WHEN d.told >= 10 THEN %(amount)s END AS released_due,
    CASE WHEN d.told >= 10 THEN %(amount)s END AS released_paid,
    d.told AS facts, substr(d.a || d.b, d.told, 64) AS head,
    d.at + d.told * interval '6 hours' AS changed_at
FROM growth_seed d

-- table: hub_register_applicant
SELECT d.code AS dossier_id, 'Nguyễn Văn ' || d.n AS name_text,
    '09' || lpad((d.n %% 100000000)::text, 8, '0') AS phone_text,
    lpad(d.n::text, 12, '0') AS id_number_text, d.n || ' Trần Phú' AS address_text, '06685' AS ward
FROM growth_seed d

-- table: hub_register_fact
SELECT d.code AS dossier_id, f.seq, f.kind, f.body::jsonb AS body, 'hub' AS by,
    d.at + f.seq * interval '6 hours' AS at, substr(d.a || d.b, f.seq - 1, 64) AS previous,
    substr(d.a || d.b, f.seq, 64) AS hash
FROM growth_seed d CROSS JOIN LATERAL (VALUES {facts}) AS f (seq, kind, body)
WHERE f.seq <= d.told

-- table: hub_register_idempotencykey
SELECT 'so-nganh' AS client, d.code AS key, d.a AS request_sha256, d.code AS dossier_id
FROM growth_seed d

-- table: hub_register_document
SELECT f.sha256, 100000 AS size, 'application/pdf' AS media_type, d.at AS stored_at
FROM growth_seed d CROSS JOIN LATERAL unnest(ARRAY[d.b, d.c, d.d]) AS f (sha256)

-- table: hub_register_intent
SELECT f.kind, f.reference, d.code AS dossier_id, %(intent_done)s AS state, 1 AS attempt,
    true AS tried, jsonb_build_object('document', d.b, 'text', d.c) AS request,
    jsonb_build_object('document', d.d) AS answer, d.at AS opened_at, d.at AS changed_at
FROM growth_seed d CROSS JOIN LATERAL (VALUES
    ('sign', d.signed_in || '/' || d.n, 5), ('sign', d.sealed_in || '/' || d.n, 7),
    ('book', d.code || '-D-1', 11)
) AS f (kind, reference, told)
WHERE f.told <= d.told

-- table: hub_register_task
SELECT %(task)s AS kind, d.code AS subject, 'post' AS role, d.unit, d.code AS dossier_id,
    d.at AS opened_at, d.at AS closed_at, 'tai' AS closed_by
FROM growth_seed d WHERE d.told = 14 AND d.n %% 20 = 0

-- table: hub_register_inbox
SELECT %(gateway)s AS source, d.charge || 'T01:paid:GD' || d.n AS external_id, d.a AS body_sha256,
    convert_to(repeat(d.a, 4), 'UTF8') AS body, true AS verified, d.at AS received_at, 1 AS times
FROM growth_seed d WHERE d.told >= 9

-- table: hub_signing_batch
SELECT f.code, f.role, f.person, 'growth' AS token_id, %(batch_done)s AS status, d.at AS opened_at
FROM growth_seed d CROSS JOIN LATERAL (VALUES
    (d.signed_in, %(role_official)s, %(official)s), (d.sealed_in, %(role_seal)s, %(clerk)s)
) AS f (code, role, person)
WHERE d.n %% 40 = 0

-- table: hub_signing_signingitem
SELECT d.code AS dossier_id, f.role, f.document, f.signer AS signer_id,
    CASE WHEN d.told > f.told THEN %(item_signed)s ELSE %(item_on_tray)s END AS status,
    CASE WHEN d.told > f.told THEN f.batch END AS batch_id,
    CASE WHEN d.told > f.told THEN 1 + d.n %% 40 ELSE 0 END AS sequence,
    CASE WHEN d.told > f.told THEN f.signed ELSE '' END AS signed,
    d.at AS submitted_at, d.at AS changed_at
FROM growth_seed d CROSS JOIN LATERAL (VALUES
    (%(role_official)s, d.b, d.c, d.signer, d.signed_in, 4),
    (%(role_seal)s, d.c, d.d, d.seal, d.sealed_in, 5)
) AS f (role, document, signed, signer, batch, told)
WHERE f.told <= d.told

-- table: hub_signing_number
SELECT d.unit AS unit_id, extract(year FROM d.at) AS year, 'GP' AS register, d.n AS value,
    d.code AS dossier_id, d.day AS issued_on
FROM growth_seed d WHERE d.told >= 6

-- table: hub_desk_viewing
SELECT %(official)s AS person, d.b AS document, d.at FROM growth_seed d WHERE d.told >= 5

-- table: hub_desk_reading
SELECT %(official)s AS person, d.code AS dossier_id, 'signing' AS page, d.at FROM growth_seed d

-- table: hub_payments_charge
SELECT d.n AS id, d.charge AS reference, d.code AS dossier_id, d.account AS account_id,
    %(amount)s AS amount, 'platform' AS channel, d.at AS opened_at
FROM growth_seed d

-- table: hub_payments_chargeline
SELECT d.n AS charge_id, 'le_phi' AS kind, 'LP' AS code, 'Lệ phí cấp giấy phép' AS name,
    %(amount)s AS amount
FROM growth_seed d

-- table: hub_payments_attempt
SELECT d.n AS id, d.n AS charge_id, %(gateway)s AS gateway, d.charge || 'T01' AS reference,
    d.at, %(amount)s AS amount, 'https://pay.example/' || d.n AS url, 1 AS questions,
    CASE WHEN d.told >= 9 THEN %(attempt_paid)s ELSE %(attempt_asked)s END AS state,
    CASE WHEN d.told >= 9 THEN 'GD' || d.n ELSE '' END AS transaction,
    d.told >= 9 AS counted, d.told >= 9 AS handed_on,
    CASE WHEN d.told >= 9 THEN d.at END AS settled_at,
    -- an open one has just been asked about
    CASE WHEN d.told < 9 THEN now() + interval '1 day' END AS ask_after
FROM growth_seed d

-- table: hub_payments_statementfile
SELECT d.n / 1000 + 1 AS id, d.a AS sha256, d.account AS account_id, 'camt.053.001.08' AS format,
    0 AS opening, 0 AS closing, d.day, 'soap_bank' AS source, d.at AS taken_at
FROM growth_seed d WHERE d.n %% 1000 = 0

-- table: hub_payments_banktransaction
SELECT d.n AS id, d.account AS account_id, d.n / 1000 + 1 AS file_id,
    'FT' || d.n AS bank_reference, 1 AS occurrence, d.day AS booked_on, d.day AS value_on,
    %(amount)s AS amount, d.charge || 'T01' AS end_to_end, 'NGUYEN VAN ' || d.n AS party_text,
    'MBVCB.' || d.n || '.' || d.charge || ' nop le phi ho so.CT tu 10' AS memo_text,
    'MBVCB.' || d.n || '.' || d.charge || ' NOP LE PHI HO SO.CT TU 10' AS memo_plain,
    ARRAY[d.charge] AS references
FROM growth_seed d WHERE d.told >= 9

-- table: hub_payments_allocation
SELECT d.n AS transaction_id, d.n AS charge_id, d.n AS attempt_id, 1 AS part, 1 AS generation,
    %(amount)s AS amount, %(stage)s AS stage, %(match)s AS match, false AS counted,
    d.charge || 'T01' AS evidence, '2026-11/1' AS rule, 'hub' AS by, d.at
FROM growth_seed d WHERE d.told >= 9

-- table: hub_payments_bookaccount
SELECT code, split_part(code, ':', 1) AS kind
FROM unnest(ARRAY['receivable', 'budget:le_phi', 'suspense', 'clearing:' || %(gateway)s]) AS k (code)
WHERE NOT EXISTS (SELECT FROM hub_payments_bookaccount b WHERE b.code = k.code)

-- table: hub_payments_entry
SELECT d.n * 3 + f.number AS id, f.kind, f.evidence, d.account AS account_id, d.day, 2 AS parts,
    d.at, 'hub' AS by
FROM growth_seed d CROSS JOIN LATERAL (VALUES
    (1, %(entry_charged)s, d.charge, 2), (2, %(entry_cleared)s, d.charge || 'T01', 9),
    (3, %(entry_allocated)s, 'L' || d.n, 9)
) AS f (number, kind, evidence, told)
WHERE f.told <= d.told

-- table: hub_payments_posting
SELECT d.n * 3 + f.number AS entry_id, f.book AS book_id, f.charge AS charge_id, f.amount
FROM growth_seed d CROSS JOIN LATERAL (VALUES
    (1, 'receivable', d.n, %(amount)s, 2), (1, 'budget:le_phi', d.n, -%(amount)s, 2),
    (2, 'clearing:' || %(gateway)s, d.n, %(amount)s, 9), (2, 'receivable', d.n, -%(amount)s, 9),
    (3, 'suspense', NULL, %(amount)s, 9), (3, 'clearing:' || %(gateway)s, d.n, -%(amount)s, 9)
) AS f (number, book, charge, amount, told)
WHERE f.told <= d.told

-- table: hub_dispatch_shipment
SELECT d.code || '-D-1' AS reference, d.code AS dossier_id, 'D' AS leg, 1 AS attempt,
    %(carrier)s AS carrier, d.office AS office_id, {delivery} AS state, d.tracking,
    d.at AS prepared_at, d.at AS changed_at
FROM growth_seed d WHERE d.told >= 11

-- table: hub_dispatch_manifest
SELECT d.manifest AS number, d.office AS office_id, %(carrier)s AS carrier, d.day, d.n AS run,
    %(manifest_received)s AS state, 100 AS parcels, 10000 AS grams, d.a AS pdf, d.b AS xlsx,
    d.c AS csv, d.d AS json, d.at AS closed_at, 'tai' AS closed_by
FROM growth_seed d WHERE d.n %% 100 = 0

-- table: hub_dispatch_manifestline
SELECT d.manifest AS manifest_id, d.code || '-D-1' AS shipment_id, 1 + d.n %% 100 AS position,
    d.tracking AS item, d.at AS taken_at
FROM growth_seed d WHERE d.told >= 12

-- table: hub_dispatch_carrierevent
SELECT %(carrier)s AS carrier, d.n || ':' || f.code AS event_id, d.code || '-D-1' AS reference,
    f.code, 'theo bưu điện' AS said, f.status, d.at + f.code::int * interval '20 hours' AS at,
    d.tracking, d.at AS told_at
FROM growth_seed d CROSS JOIN unnest(
    ARRAY['1', '2', '3'], %(carried)s::text[]) AS f (code, status)
WHERE d.told = 14

-- table: procrastinate_jobs
SELECT 'default' AS queue_name, 'advance' AS task_name, 'dossier ' || d.code AS lock,
    jsonb_build_object('dossier', d.code) AS args, 1 AS attempts,
    'succeeded'::procrastinate_job_status AS status
-- the engine forgets after thirty days
FROM growth_seed d CROSS JOIN generate_series(1, 8)
WHERE d.told = 14 AND d.at > (SELECT max(at) FROM growth_seed) - interval '28 days'

-- table: procrastinate_events
SELECT j.id AS job_id, f.type::procrastinate_job_event_type AS type,
    now() - interval '20 days' AS at
FROM procrastinate_jobs j CROSS JOIN unnest(ARRAY['deferred', 'started', 'succeeded']) AS f (type)
WHERE NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id)
