"""Small atoms of the pages."""
