"""
Real processes under fire: kill -9, bad networks, full disks, against what was acknowledged.

``house`` sets web, workers, clocks, PostgreSQL and the sandbox up in a folder of their own;
``sender`` is an honest platform that repeats what was not acknowledged; ``killer`` kills;
``takeover`` watches the jobs of killed workers; ``books`` compares in the end. ``proxy`` is a
bad network between any two of them.
"""
