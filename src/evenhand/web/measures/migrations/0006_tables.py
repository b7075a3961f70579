"""Reviewed tables of runs that pages draw, and the refusal to rewrite them."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """The table of tables."""

    dependencies = [
        ("ledger", "0002_append_only"),
        ("measures", "0005_samples"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("policy", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=80)),
                ("characteristic", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("columns", models.JSONField()),
                ("cells", models.JSONField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tables",
                        to="measures.run",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddConstraint(
            model_name="runtable",
            constraint=models.UniqueConstraint(
                fields=("run", "policy", "kind", "characteristic"),
                name="measures_one_table_an_audience",
            ),
        ),
        AppendOnly("measures_runtable"),
    ]
