"""
``./motcua bench growth``: what one step costs when a year's dossiers are stored.

``stage`` sets a hub up, ``fill`` stores dossiers that nobody handed over (``rows.sql``),
``steps`` leads one dossier through its life, and ``bench`` compares two databases.
"""
