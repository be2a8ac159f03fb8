"""The command line of everyday work. Every command that reads takes ``--json``."""
