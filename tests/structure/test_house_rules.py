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


TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py")


def _list_collected(tree: ast.Module) -> set[str]:
    """What pytest finds in a module: functions, methods of Test classes, state machines."""
    found = {node.name for node in tree.body if _is_test(node)}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            found |= {each.name for each in node.body if _is_test(each)}
        elif isinstance(node, ast.Assign):  # hypothesis: TestRegister = Register.TestCase
            found |= {
                target.id
                for target in node.targets
                if isinstance(target, ast.Name) and target.id.startswith("Test")
            }
    return found


def _is_test(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _of_tests(path: Path) -> str:
    return str(path.relative_to(ROOT / "tests"))


@pytest.mark.parametrize("path", TESTS, ids=_of_tests)
def test_a_test_file_holds_tests_and_every_test_is_collected(path):
    tree = ast.parse(path.read_text())
    collected = _list_collected(tree)
    written = {node.name for node in ast.walk(tree) if _is_test(node)}
    if path.name.startswith("test_"):
        assert collected, f"{_of_tests(path)} collects nothing: it was emptied, or never written"
        assert written <= collected, f"never run: {', '.join(sorted(written - collected))}"
    else:
        assert not written, f"{_of_tests(path)} is not collected: name it test_…"


def test_an_emptied_test_file_would_be_noticed():
    for text in (
        "",
        '"""Purpose."""',
        "def helper(): ...",
        "class Odd:\n    def test_a(self): ...",
    ):
        assert _list_collected(ast.parse(text)) == set(), text
    for text in (
        "def test_a(): ...",
        "class TestA:\n    def test_a(self): ...",
        "TestA = B.TestCase",
    ):
        assert _list_collected(ast.parse(text)), text


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
