"""Samples drawn, and the refusal to rewrite them."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """The table of samples."""

    dependencies = [
        ("ledger", "0002_append_only"),
        ("measures", "0004_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("dataset", models.CharField(max_length=80)),
                ("share", models.CharField(max_length=20)),
                ("seed", models.BigIntegerField()),
                ("strata", models.JSONField()),
                ("frame_sha256", models.CharField(max_length=64)),
                ("drawn_sha256", models.CharField(max_length=64)),
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
        AppendOnly("measures_sample"),
    ]
