"""The tables of payments, and the triggers that keep them append-only."""
