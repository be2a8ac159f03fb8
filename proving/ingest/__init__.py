"""
How fast callbacks are taken, by real processes: ``./motcua bench ingest``.

``callers`` is a process that calls at a fixed rate, ``slow`` one that drips, ``floor`` the bare
handler that we compare with; ``bench`` runs them and compares what was answered with what lies
in the database.
"""
