"""Fences of the web application: what a reader may rely on without opening every app."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

import evenhand.web
from evenhand.web.foundation.command import COMMANDS
from evenhand.web.foundation.recorded import Fact, Identity, Saying
from evenhand.web.register.models import Recommendation
from evenhand.web.register.services import retitle

WEB = Path(evenhand.web.__file__).parent
APPS = sorted(path.parent.name for path in WEB.glob("*/apps.py"))


def _modules(part: str) -> list[str]:
    names = [f"evenhand.web.{app}.{part}" for app in APPS]
    found = []
    for name in names:
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        found.append(name)
        for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
            found.append(f"{name}.{inner.name}")
    return found


def _public_functions(name: str) -> list[tuple[str, object]]:
    module = importlib.import_module(name)
    return [
        (f"{name}.{key}", value)
        for key, value in vars(module).items()
        if inspect.isfunction(value) and not key.startswith("_") and value.__module__ == name
    ]


SERVICES = [pair for name in _modules("services") for pair in _public_functions(name)]
QUERIES = [
    pair
    for app in ("register", "work", "judgement")
    for name in _modules("queries")
    if name.startswith(f"evenhand.web.{app}.")
    for pair in _public_functions(name)
]


def test_there_are_services_to_hold():
    assert len(SERVICES) > 30


@pytest.mark.parametrize(("name", "function"), SERVICES, ids=[name for name, _ in SERVICES])
def test_every_service_is_a_command_that_is_atomic_authorised_and_audited(name, function):
    known = COMMANDS.get(name.removeprefix("evenhand.web."))
    assert known is not None, f"{name} is not a @command"
    signature = inspect.signature(function)
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
    assert {"by", "at"} <= set(signature.parameters)
    source = inspect.getsource(inspect.unwrap(function))
    asked = re.search(
        rf"require\([^\n]*\n?.*{known.rule.__name__}\(|{known.rule.__name__}\(", source
    )
    assert asked, f"{name} does not ask {known.rule.__name__}"
    assert "require(" in source
    whole = inspect.getsource(inspect.getmodule(inspect.unwrap(function)))
    written = whole + (WEB / "accounts" / "writing.py").read_text()
    assert f'kind="{known.audit}"' in written, f"{name} does not write {known.audit}"
    said = inspect.getdoc(function) or ""
    assert f"Authorisation: `{known.rule.__name__}`" in said
    assert f"``{known.audit}``" in said


@pytest.mark.parametrize(("name", "function"), QUERIES, ids=[name for name, _ in QUERIES])
def test_every_question_can_be_asked_as_of_a_past_day(name, function):
    taken = set(inspect.signature(function).parameters)
    exempt = {
        "list_scales": "scales never change",
        "get_target": "what a command is about stands now",
        "get_work_target": "what a command is about stands now",
        "check_not_future": "asks nothing",
        "build_duty": "asks nothing",
        "owners_of": "asks nothing",
        "place_of": "asks nothing",
        "pin_version": "asks nothing",
        "build_criterion": "asks nothing",
        "is_said": "asks nothing",
        "list_twin_files": "what was erased is gone from the past as well",
    }
    assert "as_of" in taken or name.rpartition(".")[2] in exempt


def _imports(path: Path) -> set[tuple[str, str]]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {(node.module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
    return found


OWN = {"models", "services", "queries", "migrations"}
WRITERS = {
    "writing",
    "recording",
    "indexing",
    "batch",
    "keeping",
    "export",
    "erasure",
    "founding",
    "load",
}
SOURCES = [path for path in sorted(WEB.rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WEB)))
def test_models_are_touched_by_their_own_services_and_queries_alone(path):
    parts = path.relative_to(WEB).with_suffix("").parts
    app, role = parts[0], parts[1] if len(parts) > 1 else ""
    for module, name in _imports(path):
        match = re.fullmatch(r"evenhand\.web\.(\w+)\.models(?:\.\w+)?", module)
        if not match or name == "User":  # the type of ``by``
            continue
        if match[1] == app:
            assert role in OWN | WRITERS, f"{path.name} reaches into its app’s models"
        else:
            assert role == "models", f"{path.name} reaches into the models of {match[1]}"


def test_the_tables_are_as_the_models_say(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


RECORD = [
    model
    for model in apps.get_models()
    if issubclass(model, Identity | Saying | Fact)
    or model.__name__ in {"Event", "Touch", "Node", "CheckpointRow", "RefusedAttempt", "Party"}
]


def test_the_database_itself_refuses_to_rewrite_or_delete_the_record(measured_demo, at):
    ref = Recommendation.objects.first().ref
    keeper = measured_demo.users["secretariat"]
    retitle(recommendation=ref, title="A working title", by=keeper, at=at)
    for model in RECORD:
        row = model.objects.order_by("pk").values_list("pk", flat=True).first() or _make(model)
        for statement in _rewritings(model):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement, [row])


def _rewritings(model: type[models.Model]) -> list[str]:
    table, key = model._meta.db_table, model._meta.pk.column
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    return [f"DELETE FROM {table} WHERE {key} = %s"] + [
        f'UPDATE {table} SET "{column}" = {_other(model, column)} WHERE {key} = %s'
        for column in columns
        if column not in {"superseded_at", "superseded_by_id"}
    ]


def _other(model: type[models.Model], column: str) -> str:
    """An SQL value that differs from what is there."""
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    if isinstance(field, models.ForeignKey):
        field = field.target_field  # a column holds what it refers to: a number, or a reference
    if isinstance(field, models.DateTimeField):
        return "'1999-01-01 00:00:00+00:00'"
    if isinstance(field, models.DateField):
        return "'1999-01-01'"
    if isinstance(field, models.BooleanField):
        return f'NOT "{column}"'
    if isinstance(field, models.BinaryField):
        return "'\\x00'" if connection.vendor == "postgresql" else "x'00'"
    if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField):
        return f'COALESCE("{column}", 0) + 1'
    if isinstance(field, models.JSONField):
        return "'[\"another\"]'"
    return "'another'"


def _make(model: type[models.Model]) -> object:
    from evenhand.web.ledger.models import CheckpointRow, RefusedAttempt

    now = timezone.now()
    if model is CheckpointRow:
        return CheckpointRow.objects.create(size=1, at=now, note="note").pk
    return RefusedAttempt.objects.create(at=now, actor="a", command="c", reason="r").pk


SCRIPTED = {
    # ADR 0013: the bar moves by itself; without the script, a link on the page asks how far it is.
    "loads/work.html": (
        '<script src="/static/following.js" defer></script>',
        "See how far it is now",
    ),
}
"""The pages with a script: the one tag they have, and the link that does the same without it."""


def test_pages_load_nothing_from_elsewhere_and_need_no_script():
    for path in sorted((WEB / "templates").rglob("*.html")):
        text = path.read_text()
        script, instead = SCRIPTED.get(str(path.relative_to(WEB / "templates")), ("", ""))
        assert instead in text
        assert "<script" not in (text.replace(script, "") if script else text), path.name
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), path.name
        assert " style=" not in text, path.name
    assert "url(" not in (WEB / "static" / "register.css").read_text()
    scripts = {path.name for path in (WEB / "static").glob("*.js")}
    assert scripts == {tag.split("/static/")[1].split('"')[0] for tag, _ in SCRIPTED.values()}
    for name in scripts:
        text = (WEB / "static" / name).read_text()
        assert not re.search(r"https?:|innerHTML|eval\(|import\b", text), name
