"""``evenhand register``: read a report, and put it on the register or show what was understood."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date as day
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
    by: Annotated[
        str, typer.Option(metavar="ACCOUNT", help="Who puts it on the register: a secretariat.")
    ] = "",
    home: Annotated[
        Path | None, typer.Option(help="The register’s folder; ./evenhand-data if left out.")
    ] = None,
    inquiry: Annotated[str, typer.Option(help="The inquiry on the register it belongs to.")] = "",
    new_inquiry: Annotated[str, typer.Option(help="The title of an inquiry to open for it.")] = "",
    ref: Annotated[str, typer.Option(help="Its reference, as northmoor-2019.")] = "",
    title: Annotated[str, typer.Option(help="Its title, where it was misread.")] = "",
    date: Annotated[
        str, typer.Option(metavar="YEAR-MM-DD", help="Its day of publication, where misread.")
    ] = "",
    scale: Annotated[str, typer.Option(help="The reference of its scale of progress.")] = "",
    makes_none: Annotated[
        bool, typer.Option("--makes-none", help="It makes no recommendations of its own.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask before it is put on the register.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Read a report (text, HTML, Word, PDF, Excel or CSV) and put it on the register.

    With --preview, only show what was understood: every doubt with what to check. Nothing in the
    file is run. All of it is recorded, after you say yes, or nothing; what cannot be recorded as it
    was read waits in the register, to be corrected there.
    """
    if preview:
        _preview(file, as_json=as_json)
        return
    _require_file(file)
    if not by:
        raise UsageProblem(
            "nobody is named who puts it on the register.",
            remedy="Name an account with --by, or add --preview to see what was understood.",
            rule="commands-name-who-acts",
        )
    _require_day(date)
    values = {
        "--by": by, "--home": str(home) if home else "", "--inquiry": inquiry,
        "--new-inquiry": new_inquiry, "--ref": ref, "--title": title, "--date": date,
        "--scale": scale,
    }  # fmt: skip
    flags = {"--makes-none": makes_none, "--yes": yes, "--json": as_json}
    _hand_over(file, values, [name for name, chosen in flags.items() if chosen])


def _preview(file: Path, *, as_json: bool) -> None:
    draft = load_paper(file)
    if as_json:
        typer.echo(json.dumps(build_json(draft), ensure_ascii=False, indent=2))
    else:
        show_draft(Console(highlight=False), draft)


def _require_day(text: str) -> None:
    try:
        _ = not text or day.fromisoformat(text)
    except ValueError:
        raise UsageProblem(
            f"{text!r} is not a date.", remedy="Write it as 2019-03-14.", rule="dates-are-days"
        ) from None


def _hand_over(file: Path, values: Mapping[str, str], flags: Sequence[str]) -> None:
    """Become the import of the web application: the command line must not carry it along."""
    chosen = [f"{name}={value}" for name, value in values.items() if value]
    command = [sys.executable, "-m", "evenhand.web.imports", *chosen, *flags, "--", str(file)]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and module, no shell


def load_paper(file: Path) -> PaperDraft:
    """Read a paper from disk; its size is checked before its bytes are read."""
    _require_file(file)
    check_size(file.stat().st_size, filename=file.name)
    return read_paper(file.read_bytes(), filename=file.name)


def _require_file(file: Path) -> None:
    """Refuse what cannot be opened, before anything else is started."""
    try:
        with file.open("rb"):
            return
    except OSError as error:
        raise UnreadableFile(
            f"it cannot be opened: {(error.strerror or 'unknown').lower()}.",
            file=file.name,
            rule="file-opens",
            remedy="Check the path.",
        ) from None


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
