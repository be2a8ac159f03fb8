"""PDF: what may be signed, what a signature looks like, where it stands, how it is written."""
