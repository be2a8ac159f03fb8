"""How many processes of a token's driver sign side by side."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub_signing", "0003_archive"),
    ]

    operations = [
        migrations.AddField(
            model_name="token",
            name="processes",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
    ]
