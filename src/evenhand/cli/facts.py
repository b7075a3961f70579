"""What a command did, for a person and for a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import typer
from rich.console import Console


def print_facts(found: dict[str, Any], *, as_json: bool) -> None:
    """One object as JSON, or each fact as a line and each list of facts as lines of its own."""
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for line in _lines(found):
        console.print(line, markup=False, soft_wrap=True)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    for title, value in found.items():
        if isinstance(value, dict):
            yield f"{title.capitalize()}:"
            width = max(map(len, value), default=0)
            yield from (f"  {name:<{width}}  {words}" for name, words in value.items())
        elif isinstance(value, list):
            yield f"{title.capitalize()}:" if value else f"{title.capitalize()}: none"
            yield from (f"  {_one(each)}" for each in value)
        else:
            yield f"{title.capitalize()}: {value}"


def _one(each: object) -> str:
    if isinstance(each, dict):
        return "  ".join(f"{value:,}" if isinstance(value, int) else str(value)
                         for value in each.values())  # fmt: skip
    return str(each)
