-- What follows from each number; every table of rows.sql takes from here.
CREATE UNLOGGED TABLE growth_seed AS
SELECT n, told, at, at::date AS day, at + interval '84 hours' AS ended,
    unit || '-' || to_char(at, 'YYMMDD') || '-' || lpad(n::text, 7, '0') AS code, unit, procedure,
    'QN' || digits || lpad((98 - (digits || '262300')::bigint %% 97)::text, 2, '0') AS charge,
    encode(sha256(('a' || n)::bytea), 'hex') AS a, encode(sha256(('b' || n)::bytea), 'hex') AS b,
    encode(sha256(('c' || n)::bytea), 'hex') AS c, encode(sha256(('d' || n)::bytea), 'hex') AS d,
    'E' || lpad(n::text, 9, '0') || 'VN' AS tracking, 'M' || n / 100 AS manifest,
    'PK-000000-A' || n / 40 AS signed_in, 'PK-000000-B' || n / 40 AS sealed_in,
    (%(offices)s::text[])[1 + n %% 4] AS office, signer.id AS signer, seal.id AS seal, account
FROM (
    SELECT n, lpad(n::text, 8, '0') AS digits, (%(units)s::text[])[1 + n %% 4] AS unit,
        (%(standing)s::int[])[1 + n %% cardinality(%(standing)s::int[])] AS told,
        %(since)s::timestamptz + (n %% 36000) * interval '1 second'
            + ((n - %(first)s)::bigint * %(months)s / (%(last)s - %(first)s))::int * interval '1 month'
            + (n %% %(days)s) * interval '1 day' AS at
    FROM generate_series(%(first)s, %(last)s - 1) AS n
) AS one
JOIN LATERAL (
    SELECT p.code AS procedure FROM hub_register_procedure p WHERE p.unit_id = one.unit
    ORDER BY p.code LIMIT 1
) AS p ON true
JOIN hub_signing_signer signer ON signer.unit_id = one.unit AND signer.role = %(role_official)s
JOIN hub_signing_signer seal ON seal.unit_id = one.unit AND seal.role = %(role_seal)s
CROSS JOIN (SELECT min(id) AS account FROM hub_payments_account) AS account
