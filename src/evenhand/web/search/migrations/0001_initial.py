"""The table of searchable passages."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Passages."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(db_index=True, max_length=200)),
                ("source", models.CharField(max_length=200)),
                ("words", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["source"], name="search_passage_source")],
            },
        ),
    ]
