"""Tables of releases."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Proposals and what was decided; the frozen copies."""

    initial = True

    dependencies = [
        ("ledger", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "act",
                    models.CharField(
                        choices=[("released", "Released"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("statement", models.TextField()),
                ("acted_on", models.DateField()),
                ("manifest", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("withdraws", models.PositiveIntegerField(null=True)),
                ("made_up", models.BooleanField()),
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
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("title", models.CharField(max_length=200)),
                ("statement", models.TextField()),
                ("reasons", models.TextField()),
                ("asked", models.TextField()),
                ("viewed_at", models.DateTimeField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("records", models.PositiveIntegerField()),
                ("proposed_by", models.CharField(max_length=200)),
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
            name="FrozenRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("address", models.CharField(max_length=200)),
                (
                    "act",
                    models.CharField(
                        choices=[("released", "Released"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                    ),
                ),
                ("inquiry", models.CharField(max_length=200)),
                ("publication", models.CharField(max_length=200)),
                ("place", models.PositiveIntegerField()),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="releases.frozenrelease",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["address", "-id"], name="releases_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "address"), name="releases_address_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseStanding",
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
                        choices=[
                            ("proposed", "Proposed"),
                            ("released", "Released"),
                            ("declined", "Declined"),
                            ("taken_back", "Taken back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("by", models.CharField(max_length=200)),
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
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="releases.release",
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
                        fields=("release",),
                        name="releases_one_standing",
                    )
                ],
            },
        ),
    ]
