"""Proof that outlives keys and algorithms: evidence records (RFC 4998) over the whole archive."""
