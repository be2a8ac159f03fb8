"""Commands of payments, one module each."""
