"""Triggers by which the database itself refuses to rewrite or delete what is on the record.

Used in migrations: ``AppendOnly("register_duty", facts=True)``. They do not stop someone who may
change the schema; that is what the ledger's root, printed outside, is for. They stop a slip, a
script and an administrator's shell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation

ERASED = "[erased as the law requires]"
"""What stands in a column of narrative whose words had to be erased."""

CLOSING = ("superseded_at", "superseded_by_id")


class AppendOnly(Operation):
    """Refuse DELETE and UPDATE on a table.

    ``facts``: the two columns that close a fact may be set, once. ``erasable``: these columns of
    narrative may be replaced by :data:`ERASED` and by nothing else.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *, facts: bool = False, erasable: Sequence[str] = ()) -> None:
        self.table, self.facts, self.erasable = table, facts, tuple(erasable)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a squashed migration would write this again."""
        return (
            type(self).__name__,
            [self.table],
            {"facts": self.facts, "erasable": self.erasable},
        )

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's own signature
        schema_editor: Any,
        from_state: Any,  # noqa: ARG002
        to_state: Any,  # noqa: ARG002
    ) -> None:
        """Make the triggers, in place of those that are there."""
        self._drop(schema_editor)
        with schema_editor.connection.cursor() as cursor:
            columns = [
                column.name
                for column in schema_editor.connection.introspection.get_table_description(
                    cursor, self.table
                )
            ]
        for statement in self._statements(columns, vendor=schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's own signature
        schema_editor: Any,
        from_state: Any,  # noqa: ARG002
        to_state: Any,  # noqa: ARG002
    ) -> None:
        """Remove them: only a migration can, and it is itself on the record of the code."""
        self._drop(schema_editor)

    def _drop(self, schema_editor: Any) -> None:
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in ("no_delete", "no_update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_{name}{on}", params=None)

    def describe(self) -> str:
        """One line for the list of migrations."""
        return f"Refuse rewriting of {self.table}"

    def _statements(self, columns: Sequence[str], *, vendor: str) -> list[str]:
        changed = self._forbidden(columns, vendor)
        message = f"{self.table} is append-only"
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {self.table}_no_delete BEFORE DELETE ON {self.table} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
                f"CREATE TRIGGER {self.table}_no_update BEFORE UPDATE ON {self.table} "
                f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{message}'); END",
            ]
        function = f"{self.table}_refuse"
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$ BEGIN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER {self.table}_no_delete BEFORE DELETE ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"CREATE TRIGGER {self.table}_no_update BEFORE UPDATE ON {self.table} "
            f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {function}()",
        ]

    def _forbidden(self, columns: Sequence[str], vendor: str) -> str:
        """The condition under which an update is refused."""
        if not self.facts and not self.erasable:
            return "TRUE" if vendor == "postgresql" else "1"
        unequal = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        free = (*(CLOSING if self.facts else ()), *self.erasable)
        conditions = [f"NEW.{c} {unequal} OLD.{c}" for c in columns if c not in free]
        if self.facts:
            conditions += [f"(OLD.{c} IS NOT NULL AND NEW.{c} {unequal} OLD.{c})" for c in CLOSING]
        conditions += [
            f"(NEW.{c} {unequal} OLD.{c} AND NEW.{c} <> '{ERASED}')" for c in self.erasable
        ]
        return " OR ".join(conditions)
