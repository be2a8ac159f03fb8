"""A PIN on its way to a token, and the PIN file that it took last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub_signing", "0008_appointed"),
    ]

    operations = [
        migrations.AddField(
            model_name="token",
            name="accepted",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
        migrations.AddField(
            model_name="token",
            name="sending",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
