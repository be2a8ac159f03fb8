"""Tokens and what drives them: the only place where keys are used."""
