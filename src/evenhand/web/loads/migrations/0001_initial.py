"""The tables of the loads."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Files brought, loads, and whether they count."""

    initial = True

    dependencies = [
        ("ledger", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brought",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=32, unique=True)),
                ("dataset", models.CharField(max_length=40)),
                ("report", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a decision"),
                            ("loaded", "Loaded"),
                            ("discarded", "Discarded"),
                        ],
                        max_length=10,
                    ),
                ),
                ("brought_by", models.CharField(max_length=200)),
                ("brought_at", models.DateTimeField()),
                ("load", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Load",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("dataset", models.CharField(max_length=40)),
                ("lake_id", models.CharField(max_length=64)),
                ("rows_read", models.IntegerField()),
                ("rows_loaded", models.IntegerField()),
                ("rows_quarantined", models.IntegerField()),
                ("report", models.JSONField()),
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
        migrations.CreateModel(
            name="LoadStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "Standing"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="loads.load",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("load",),
                        name="loads_one_standing",
                    )
                ],
            },
        ),
    ]
