"""How fast results are signed and sealed, beside the token alone and beside others' programs."""
