"""The database's own full-text index: FTS5 on SQLite, a GIN index on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5("
    "words, content='search_passage', content_rowid='id', tokenize='porter unicode61')",
    "CREATE TRIGGER search_fts_insert AFTER INSERT ON search_passage BEGIN "
    "INSERT INTO search_fts(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER search_fts_delete AFTER DELETE ON search_passage BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER search_fts_update AFTER UPDATE OF words ON search_passage BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO search_fts(rowid, words) VALUES (new.id, new.words); END",
)
POSTGRESQL = (
    "CREATE INDEX search_passage_words ON search_passage USING gin (to_tsvector('english', words))",
)


def add_index(_apps: Any, schema_editor: Any) -> None:
    """Make the index of the database at hand."""
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop_index(_apps: Any, schema_editor: Any) -> None:
    """Remove it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_passage_words", params=None)
        return
    for name in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER search_fts_{name}", params=None)
    schema_editor.execute("DROP TABLE search_fts", params=None)


class Migration(migrations.Migration):
    """The full-text index."""

    dependencies = (("search", "0001_initial"),)

    operations = (migrations.RunPython(add_index, drop_index),)
