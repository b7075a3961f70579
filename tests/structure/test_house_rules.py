"""Fences: what a reader of the house may rely on without opening every room."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for path in (ROOT / "src" / "evenhand").rglob("*.py")
    if "migrations" not in path.parts  # written by a machine from the models
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "src"))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_every_module_says_its_purpose_and_stays_readable(path):
    text = path.read_text()
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{_name(path)} does not say what it is for"
    assert text.count("\n") <= 400, f"{_name(path)} has passed 400 lines: split it by noun"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_input_is_never_checked_by_assert(path):
    tree = ast.parse(path.read_text())
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_function_is_longer_than_fifty_lines_of_code(path):
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            doc = node.body[0] if ast.get_docstring(node) else None
            start = (doc.end_lineno or 0) + 1 if doc else node.lineno
            assert (node.end_lineno or 0) - start < 50, f"{_name(path)}: {node.name} is too long"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_every_public_function_and_class_has_a_docstring(path):
    tree = ast.parse(path.read_text())
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare, f"{_name(path)}: {', '.join(bare)}"


def test_only_a_review_seals():
    callers = [
        _name(path)
        for path in SOURCES
        if re.search(r"disclosure\.released import .*\bseal\b", path.read_text())
    ]
    assert callers == ["evenhand/disclosure/review.py"]


def test_no_room_has_a_module_named_for_nothing():
    banned = {"utils", "helpers", "manager", "data", "info", "misc", "common"}
    assert not [_name(path) for path in SOURCES if path.stem in banned]


def test_every_command_is_in_the_readme():
    from evenhand.cli.app import COMMANDS

    readme = (ROOT / "README.md").read_text()
    assert [name for name in COMMANDS if f"evenhand {name}" not in readme] == []


def _commands():
    import typer.main

    from evenhand.cli.app import app

    waiting = [("evenhand", typer.main.get_command(app))]
    while waiting:
        name, command = waiting.pop()
        if hasattr(command, "list_commands"):
            waiting += [
                (f"{name} {each}", command.get_command(None, each))
                for each in command.list_commands(None)
            ]
        else:
            yield name, command


def test_every_command_can_be_imported_says_what_it_is_for_and_speaks_json():
    for name, command in _commands():
        options = {option for parameter in command.params for option in parameter.opts}
        assert "--json" in options, f"{name} cannot speak to a script"
        assert command.help, f"{name} does not say what it is for"
