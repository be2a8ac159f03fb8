"""How dates and numbers are written; Django's own Vietnamese reads 05/06 as the sixth of May."""
