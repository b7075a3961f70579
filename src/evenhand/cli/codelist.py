"""``evenhand codelist``: which editions there are, what they say, and what maps to what."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evenhand.codelists import (
    Codelist,
    Mapping,
    get_codelist,
    get_mapping,
    list_codelists,
    list_mappings,
)
from evenhand.core import UsageProblem


def codelist(
    list_id: Annotated[
        str | None, typer.Argument(metavar="[CODELIST]", help="The codelist to show.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="CODELIST", help="Map to this one; say what is lost."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Show the classifications, their editions, and the mappings between them.

    With no argument: every codelist. With one: its codes. With --to: where each code goes in
    the other edition and what is lost; an impossible mapping is refused with exit code 6.
    """
    if list_id is None and to is not None:
        raise UsageProblem("--to needs a codelist to start from.", remedy="Name it before --to.")
    if as_json:
        typer.echo(json.dumps(_as_object(list_id, to), ensure_ascii=False, indent=2))
        return
    console = Console()
    if list_id is None:
        console.print(_catalogue())
    elif to is None:
        _show_codes(console, get_codelist(list_id))
    else:
        _show_mapping(console, get_mapping(list_id, to))


def _as_object(list_id: str | None, to: str | None) -> dict[str, object]:
    if list_id is None:
        return {
            "codelists": [_outline(each) for each in list_codelists()],
            "mappings": [{"from": each.source, "to": each.target} for each in list_mappings()],
        }
    if to is None:
        shown = get_codelist(list_id)
        codes = [
            {"code": each.code, "label": each.label, "broad": each.broad, "kind": each.kind.value}
            for each in shown.codes
        ]
        return _outline(shown) | {"codes": codes, "spellings": shown.labels()}
    mapping = get_mapping(list_id, to)
    pairs = [{"from": source, "to": target} for source, target in mapping.pairs]
    return {
        "from": mapping.source,
        "to": mapping.target,
        "pairs": pairs,
        "losses": list(mapping.losses),
    }


def _outline(shown: Codelist) -> dict[str, object]:
    return {
        "id": shown.id,
        "title": shown.title,
        "edition": shown.edition,
        "question": shown.question,
        "source": shown.source,
        "size": len(shown),
    }


def _catalogue() -> Table:
    table = Table("Codelist", "Title", "Edition", "Codes", title="Codelists")
    for each in list_codelists():
        table.add_row(each.id, each.title, each.edition, f"{len(each):,}")
    return table


def _show_codes(console: Console, shown: Codelist) -> None:
    table = Table("Code", "Label", "Broad group", "Kind", title=f"{shown.title} ({shown.edition})")
    for each in shown.codes:
        table.add_row(each.code, each.label, each.broad, each.kind.value)
    console.print(table)
    console.print(f"Records {shown.question}. Source: {shown.source}", highlight=False)
    ends = [each.target for each in list_mappings() if each.source == shown.id]
    console.print(f"Maps to: {', '.join(ends) or 'no other codelist'}.", highlight=False)


def _show_mapping(console: Console, mapping: Mapping) -> None:
    source, target = get_codelist(mapping.source), get_codelist(mapping.target)
    table = Table("From", "", "To", "", title=f"{source.title} → {target.title}")
    for start, end in mapping.pairs:
        table.add_row(start, source.get(start).label, end, target.get(end).label)
    console.print(table)
    for loss in mapping.losses or ("Nothing is lost.",):
        console.print(f"• {loss}", highlight=False)
