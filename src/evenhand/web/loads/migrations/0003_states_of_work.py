"""Files are checked and loaded by work of its own: two states between."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The states that files which were brought can be in."""

    dependencies = (("loads", "0002_append_only"),)

    operations = (
        migrations.AlterField(
            model_name="brought",
            name="state",
            field=models.CharField(
                choices=[
                    ("checking", "Being checked"),
                    ("waiting", "Waiting for a decision"),
                    ("loading", "Being loaded"),
                    ("loaded", "Loaded"),
                    ("discarded", "Discarded"),
                ],
                max_length=10,
            ),
        ),
    )
