"""Tables of copies that hold erased words; nothing rewrites what was found."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from evenhand.web.foundation.append_only import AppendOnly


def event(*, null: bool = False) -> models.Field[Any, Any]:
    """The event by which a row was recorded, or superseded."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="ledger.event",
    )


class Migration(migrations.Migration):
    """What was found when words were erased, and what was dismissed as no match."""

    initial = True

    dependencies = (("ledger", "0002_append_only"),)

    operations = (
        migrations.CreateModel(
            name="Remnant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("record", "Public page of a recommendation"),
                            ("release", "Statement of a release"),
                            ("file", "Public version of evidence"),
                            ("paper", "Issued paper"),
                        ],
                        max_length=10,
                    ),
                ),
                ("copy", models.BigIntegerField()),
                ("event", event()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "place", "copy"), name="remnants_found_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RemnantStanding",
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
                        choices=[("found", "Found"), ("dismissed", "No match")], max_length=20
                    ),
                ),
                ("by", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("event", event()),
                (
                    "remnant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="remnants.remnant",
                    ),
                ),
                ("superseded_by", event(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("remnant",),
                        name="remnants_one_standing",
                    )
                ],
            },
        ),
        AppendOnly("remnants_remnant"),
        AppendOnly("remnants_remnantstanding", facts=True, erasable=("reason",)),
    )
