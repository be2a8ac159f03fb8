"""
Batches as they are signed, with a database, a slow token, and deaths in between.

``./motcua bench token`` and ``./motcua bench kills``.
"""
