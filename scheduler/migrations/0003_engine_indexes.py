"""
The engine's table as our worker reads it: what is due, what ripens, what failed.

Made while the hub serves, so no statement here holds a lock for longer than a moment.
"""

from django.db import migrations

# Jobs that may be taken, in the order in which they are taken.
DUE = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS hub_jobs_due ON procrastinate_jobs (priority DESC, id)
WHERE status = 'todo' AND scheduled_at IS NULL
"""
# Jobs whose time has not come, soonest first.
LATER = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS hub_jobs_later ON procrastinate_jobs (scheduled_at)
WHERE status = 'todo' AND scheduled_at IS NOT NULL
"""
FAILED = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS hub_jobs_failed ON procrastinate_jobs (id)
WHERE status IN ('failed', 'aborted')
"""
# A queue leaves dead rows at the head of its index; a fifth of a million rows is too late.
VACUUM = """
ALTER TABLE procrastinate_jobs SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000)
"""
USUAL = """
ALTER TABLE procrastinate_jobs RESET (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("hub_scheduler", "0002_engine"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(DUE, "DROP INDEX CONCURRENTLY IF EXISTS hub_jobs_due"),
        migrations.RunSQL(LATER, "DROP INDEX CONCURRENTLY IF EXISTS hub_jobs_later"),
        migrations.RunSQL(FAILED, "DROP INDEX CONCURRENTLY IF EXISTS hub_jobs_failed"),
        migrations.RunSQL(VACUUM, USUAL),
    ]
