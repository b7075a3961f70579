"""The room stays pure: no clock, no chance, no input or output, and two files with a library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import evenhand.accountability

ROOM = Path(evenhand.accountability.__file__).parent
ALLOWED = {
    "__future__", "ast", "base64", "calendar", "collections", "dataclasses", "datetime", "enum",
    "hashlib", "hmac", "json", "math", "re", "types", "typing", "unicodedata",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "time", "open", "print", "input", "urandom", "token_bytes"}


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("file", sorted(ROOM.rglob("*.py")), ids=lambda file: file.name)
def test_a_file_imports_core_its_own_room_and_the_pure_library(file: Path) -> None:
    for module in imported(ast.parse(file.read_text(encoding="utf-8"))):
        first = module.split(".")[0]
        if first == "cryptography":
            assert file.name == "signing.py"
        elif first in ("numpy", "scipy"):
            assert file.name == "overlap.py", "numerics are for comparing texts only"
        elif first == "evenhand":
            assert module.startswith(("evenhand.core", "evenhand.accountability"))
        else:
            assert first in ALLOWED


@pytest.mark.parametrize("file", sorted(ROOM.rglob("*.py")), ids=lambda file: file.name)
def test_a_file_calls_no_clock_no_chance_and_no_file(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else None
            called = node.func.id if isinstance(node.func, ast.Name) else called
            assert called not in CLOCKS, f"{file.name}:{node.lineno}"
