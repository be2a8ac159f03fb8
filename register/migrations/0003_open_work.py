"""
What is open is found without a look at what is over, however much that is.

Made while the hub serves, so no statement here holds a lock for longer than a moment.
"""

import django.contrib.postgres.operations
from django.db import migrations, models

import dossiers.status
import dossiers.steps


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("hub_register", "0002_walls")]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="dossier",
            index=models.Index(
                fields=["due_at"],
                name="dossier_open",
                condition=models.Q(("next_step", dossiers.steps.Step["DONE"]), _negated=True),
            ),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="dossier",
            index=models.Index(
                fields=["delivery"],
                name="dossier_listable",
                condition=models.Q(
                    (
                        "delivery__in",
                        (dossiers.status.Delivery["BOOKED"], dossiers.status.Delivery["ACCEPTED"]),
                    )
                ),
            ),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="dossier",
            index=models.Index(fields=["received_at"], name="dossier_received"),
        ),
    ]
