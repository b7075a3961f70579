"""``evenhand register``: read a report into a draft of the register, for a person to correct."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from evenhand.core import UnreadableFile, UsageProblem
from evenhand.datasets.papers import (
    Doubt,
    Entry,
    PaperDraft,
    Recommendation,
    build_json,
    check_size,
    read_paper,
)

register = typer.Typer(
    help="Read a report into recommendations.", no_args_is_help=True, rich_markup_mode=None
)

#: words of a recommendation shown in the preview; the whole of it is in --json
_SHOWN_WORDS = 16


@register.callback()
def _root() -> None:
    """Keep the group a group even with one command."""


@register.command(name="import")
def import_paper(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report, in any usual format.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what was understood; change nothing.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Read a report (text, HTML, Word, PDF, Excel or CSV) and show what was understood.

    Every doubt is listed with what to check. Nothing in the file is run, and with --preview
    nothing is changed.
    """
    if not preview:
        raise UsageProblem(
            "the register application is not set up in this folder, so nothing can be applied.",
            remedy="Add --preview to see what the report was understood to say.",
            rule="register-set-up",
        )
    draft = load_paper(file)
    if as_json:
        typer.echo(json.dumps(build_json(draft), ensure_ascii=False, indent=2))
    else:
        show_draft(Console(highlight=False), draft)


def load_paper(file: Path) -> PaperDraft:
    """Read a paper from disk; its size is checked before its bytes are read."""
    try:
        check_size(file.stat().st_size, filename=file.name)
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"it cannot be opened: {(error.strerror or 'unknown').lower()}.",
            file=file.name,
            rule="file-opens",
            remedy="Check the path.",
        ) from None
    return read_paper(content, filename=file.name)


def show_draft(console: Console, draft: PaperDraft) -> None:
    """Print what was understood: the head, each recommendation with its items, and the doubts."""
    console.print(f"[bold]{escape(draft.title or draft.filename)}[/bold]")
    head = (
        ("Report", draft.report_number),
        ("Meeting", draft.committee),
        ("Date", str(draft.date or "")),
        ("By", draft.author),
    )
    for name, value in head:
        if value:
            console.print(f"{name}: {escape(value)}", soft_wrap=True)
    items = sum(len(one.items) for one in draft.recommendations)
    console.print(
        f"\n{len(draft.recommendations):,} recommendations, {items:,} sub-items, "
        f"{len(draft.tables):,} tables, {len(draft.doubts):,} doubts\n"
    )
    for recommendation in draft.recommendations:
        _show_recommendation(console, recommendation)
    if draft.doubts:
        console.print("\n[bold]To check[/bold]")
    for doubt in draft.doubts:
        _show_doubt(console, doubt)


def _show_recommendation(console: Console, recommendation: Recommendation) -> None:
    name = recommendation.number or "no number"
    console.print(f"{escape(name)}. {escape(_summary(recommendation))}", soft_wrap=True)
    for item in recommendation.items:
        console.print(f"   ({escape(item.label)}) {escape(_summary(item))}", soft_wrap=True)


def _summary(entry: Entry) -> str:
    words = entry.text.split()
    text = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
    told = [
        name
        for name, said in (
            ("completed", entry.completed),
            ("progress", entry.progress),
            ("challenges", entry.challenges),
            ("next steps", entry.next_steps),
        )
        if said
    ]
    return f"{text}  [{', '.join(told)}]" if told else text


def _show_doubt(console: Console, doubt: Doubt) -> None:
    sentence = f"• {doubt.where}: {doubt.understood} – {doubt.why}. {doubt.check}"
    console.print(escape(sentence), soft_wrap=True)
