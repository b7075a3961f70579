"""Passages know the event whose words they are, and the class of evidence they come from."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.db import migrations, models

full_text = import_module("evenhand.web.search.migrations.0002_full_text")


def fill_index(_apps: Any, schema_editor: Any) -> None:
    """Put what is there already into the new index; PostgreSQL fills its own."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')", params=None)


class Migration(migrations.Migration):
    """Two columns. SQLite makes the table anew for them, so its index is made anew too."""

    dependencies = (("search", "0002_full_text"),)

    operations = (
        migrations.RunPython(full_text.drop_index, full_text.add_index),
        migrations.AddField("passage", "event", models.BigIntegerField(db_index=True, null=True)),
        migrations.AddField(
            "passage", "classification", models.CharField(blank=True, max_length=12)
        ),
        migrations.RunPython(full_text.add_index, full_text.drop_index),
        migrations.RunPython(fill_index, migrations.RunPython.noop),
    )
