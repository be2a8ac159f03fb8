"""Keys at remote signing services, and the lists that wait for a telephone."""

import django.db.models.deletion
from django.db import migrations, models

_OPEN = models.Q(("status__in", ["ready", "started"]))


class Migration(migrations.Migration):
    dependencies = [
        ("hub_signing", "0009_sending"),
    ]

    operations = [
        migrations.AlterField(
            model_name="token",
            name="module",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="token",
            name="pin_file",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="token",
            name="connector",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="token",
            name="account_text",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.CreateModel(
            name="RemoteRound",
            fields=[
                ("reference", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("status", models.CharField(default="ready", max_length=10)),
                ("theirs", models.CharField(blank=True, max_length=200)),
                ("opened_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ask_after", models.DateTimeField(db_index=True)),
                ("reason", models.CharField(blank=True, max_length=20)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="hub_signing.batch"
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="hub_signing.token"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemoteText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("intent", models.CharField(max_length=120)),
                ("attributes", models.BinaryField()),
                ("file", models.BinaryField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="hub_signing.signingitem"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="hub_signing.remoteround",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="remoteround",
            constraint=models.UniqueConstraint(
                condition=_OPEN, fields=("token",), name="remote_round_alone"
            ),
        ),
        migrations.AddConstraint(
            model_name="remotetext",
            constraint=models.UniqueConstraint(fields=("round", "item"), name="remote_text_once"),
        ),
    ]
