"""The mark of a made-up record."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DemoMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("loaded_at", models.DateTimeField()),
            ],
        ),
    ]
