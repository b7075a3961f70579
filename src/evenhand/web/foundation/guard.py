"""Triggers by which the database refuses a row that the rules could never have led to.

Used in migrations: ``Guard("register_workstate", "closed_by_verdict", when=…, message=…)``. The
condition is SQL over ``NEW`` that SQLite and PostgreSQL both read. Like
:mod:`.append_only`, it stops a slip, a script and a shell, and not someone who may change the
schema; for that there is the ledger.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation


class Guard(Operation):
    """Refuse an INSERT into a table while a condition over the new row holds."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, name: str, *, when: str, message: str) -> None:
        self.table, self.name, self.when, self.message = table, name, when, message

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a squashed migration would write this again."""
        facts = {"when": self.when, "message": self.message}
        return type(self).__name__, [self.table, self.name], facts

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's own signature
        schema_editor: Any,
        from_state: Any,  # noqa: ARG002
        to_state: Any,  # noqa: ARG002
    ) -> None:
        """Make the trigger."""
        for statement in self._statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's own signature
        schema_editor: Any,
        from_state: Any,  # noqa: ARG002
        to_state: Any,  # noqa: ARG002
    ) -> None:
        """Remove it: only a migration can, and it is itself on the record of the code."""
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self._trigger}{on}", params=None)

    def describe(self) -> str:
        """One line for the list of migrations."""
        return f"Refuse rows of {self.table}: {self.message}"

    @property
    def _trigger(self) -> str:
        return f"{self.table}_{self.name}"

    def _statements(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {self._trigger} BEFORE INSERT ON {self.table} "
                f"WHEN {self.when} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            ]
        function = f"{self._trigger}_refuse"
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$ BEGIN "
            f"IF {self.when} THEN RAISE EXCEPTION '{self.message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN NEW; END $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER {self._trigger} BEFORE INSERT ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        ]
