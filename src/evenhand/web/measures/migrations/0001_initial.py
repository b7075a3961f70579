"""The tables of measures."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Runs, figures, reviews and notes."""

    initial = True

    dependencies = [
        ("ledger", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
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
                ("title", models.CharField(max_length=200)),
                ("synthetic", models.BooleanField()),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("code_version", models.CharField(max_length=80)),
                ("definitions", models.JSONField()),
                ("loads", models.JSONField()),
                ("policies", models.JSONField()),
                ("figures_sha256", models.CharField(max_length=64)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FindingReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("key", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not reviewed"),
                            ("accepted", "Accepted"),
                            ("dismissed", "Dismissed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("by", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
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
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="measures.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FindingNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("key", models.CharField(max_length=16)),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=200)),
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
                        related_name="notes",
                        to="measures.run",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("policy", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=16)),
                ("order", models.IntegerField()),
                ("indicator", models.CharField(max_length=80)),
                ("step", models.CharField(blank=True, max_length=200)),
                ("service", models.CharField(blank=True, max_length=200)),
                ("unit", models.CharField(blank=True, max_length=200)),
                ("characteristic", models.CharField(max_length=80)),
                ("group", models.CharField(max_length=200)),
                ("comparator", models.CharField(max_length=200)),
                ("field", models.CharField(blank=True, max_length=80)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("signal", models.CharField(max_length=80)),
                ("scale", models.CharField(max_length=80)),
                ("count", models.FloatField(null=True)),
                ("of", models.FloatField(null=True)),
                ("other_count", models.FloatField(null=True)),
                ("other_of", models.FloatField(null=True)),
                ("value", models.FloatField(null=True)),
                ("other_value", models.FloatField(null=True)),
                ("estimate", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("p_adjusted", models.FloatField(null=True)),
                ("comparisons", models.IntegerField(null=True)),
                ("unknown_share", models.FloatField(null=True)),
                ("low_bound", models.FloatField(null=True)),
                ("high_bound", models.FloatField(null=True)),
                ("detectable", models.FloatField(null=True)),
                ("absent", models.JSONField()),
                ("sentence", models.TextField()),
                ("method", models.TextField()),
                ("address", models.CharField(blank=True, max_length=200)),
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
                        related_name="figures",
                        to="measures.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunStanding",
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
                        max_length=20,
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="measures.run",
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
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["dataset", "ends"], name="measures_run_by_end"),
        ),
        migrations.AddConstraint(
            model_name="findingreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("run", "key"),
                name="measures_one_review",
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["policy", "key"], name="measures_figure_by_key"),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["run", "policy", "order"], name="measures_figure_in_order"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(
                fields=("run", "policy", "key"), name="measures_one_figure_an_audience"
            ),
        ),
        migrations.AddConstraint(
            model_name="runstanding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("run",),
                name="measures_one_run_standing",
            ),
        ),
    ]
