"""Which partner is paused, who waits for it, and of which failed job a person was told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hub_scheduler", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Breaker",
            fields=[
                ("connector", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("paused_until", models.DateTimeField(blank=True, null=True)),
                ("pauses", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="FailedJob",
            fields=[
                ("job", models.BigIntegerField(primary_key=True, serialize=False)),
                ("lock", models.CharField(blank=True, max_length=160)),
                ("told_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["lock", "told_at"], name="failed_lately")]},
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.BigIntegerField(unique=True)),
                ("connector", models.CharField(max_length=40)),
            ],
            options={
                "indexes": [models.Index(fields=["connector", "id"], name="waiting_in_order")]
            },
        ),
    ]
