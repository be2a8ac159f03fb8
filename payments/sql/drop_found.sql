-- Forget what an earlier run in the same transaction found.
DROP TABLE IF EXISTS pg_temp.found, pg_temp.found_outgoing
