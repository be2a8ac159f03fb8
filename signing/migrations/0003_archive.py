"""The rounds in which the archive is stamped."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub_register", "0003_open_work"),
        ("hub_signing", "0002_unstamped"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unarchived",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="hub_register.dossier",
                    ),
                ),
                ("wanted_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ArchiveRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("algorithm", models.CharField(max_length=10)),
                ("leaves", models.CharField(max_length=64)),
                ("spare", models.CharField(blank=True, max_length=64)),
                ("count", models.PositiveIntegerField()),
                ("token", models.BinaryField()),
                ("stamped_at", models.DateTimeField()),
                ("renew_by", models.DateTimeField(db_index=True)),
                (
                    "covered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="hub_signing.archiveround",
                    ),
                ),
            ],
        ),
    ]
