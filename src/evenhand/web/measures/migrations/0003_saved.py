"""Named measures, and the refusal to rewrite them."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """The table of saved measures."""

    dependencies = [
        ("ledger", "0002_append_only"),
        ("measures", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("title", models.CharField(max_length=200, unique=True)),
                ("dataset", models.CharField(max_length=80)),
                ("indicator", models.CharField(max_length=80)),
                ("step", models.CharField(blank=True, max_length=200)),
                ("characteristic", models.CharField(max_length=80)),
                ("group", models.CharField(blank=True, max_length=200)),
                ("comparator", models.CharField(blank=True, max_length=200)),
                ("unit", models.CharField(blank=True, max_length=200)),
                ("by", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        AppendOnly("measures_savedmeasure"),
    ]
