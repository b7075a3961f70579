"""The table of papers that were brought."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One row a paper."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ImportDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=16, unique=True)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("filename", models.CharField(max_length=300)),
                ("kind", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be accepted"),
                            ("accepted", "On the register"),
                            ("discarded", "Discarded"),
                        ],
                        max_length=10,
                    ),
                ),
                ("brought_by", models.CharField(max_length=200)),
                ("brought_at", models.DateTimeField()),
                ("read", models.JSONField()),
                ("corrected", models.JSONField(default=dict)),
                ("publication", models.CharField(blank=True, max_length=200)),
            ],
        ),
    ]
