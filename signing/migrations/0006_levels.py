"""Proofs of certificates, and until when each result's stamp holds."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub_register", "0003_open_work"),
        ("hub_signing", "0005_placements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("certificate", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("document", models.CharField(max_length=64)),
                ("told_at", models.DateTimeField()),
                ("next_update", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LastStamp",
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
                ("level", models.CharField(max_length=10)),
                ("stamped_at", models.DateTimeField()),
                ("renew_by", models.DateTimeField(db_index=True)),
                ("ask_after", models.DateTimeField()),
                ("trouble", models.CharField(blank=True, max_length=60)),
            ],
        ),
    ]
