"""``python -m evenhand.web.imports``: what ``evenhand register import`` starts to apply a paper."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.core import EvenhandError, UsageProblem
from evenhand.datasets.papers import check_size, read_paper
from evenhand.web.home import Home
from evenhand.web.starting import prepare

HEAD = ("inquiry", "new_inquiry", "ref", "title", "scale")


def main() -> int:
    """Apply, or say what went wrong as words or JSON with its exit code."""
    chosen = _read_arguments()
    home = Home(chosen.home.absolute()) if chosen.home else Home.from_environment()
    try:
        told = apply_paper(home, chosen)
    except EvenhandError as error:
        said = json.dumps({"error": error.as_dict()}, ensure_ascii=False)
        (sys.stdout if chosen.json else sys.stderr).write(
            f"{said}\n" if chosen.json else f"evenhand: {error}\n"
        )
        return error.exit_code
    words = "On the register as {publication}: {recommendations} recommendations, {parts} parts.\n"
    sys.stdout.write(json.dumps(told) + "\n" if chosen.json else words.format(**told))
    return 0


def apply_paper(home: Home, chosen: argparse.Namespace) -> dict[str, Any]:
    """Keep the paper, lay the head over it, ask, and put all of it on the register or nothing."""
    if not home.database.exists() and not os.environ.get("DATABASE_URL"):
        raise UsageProblem(
            "there is no register in this folder.",
            remedy="Say where with --home, or make one with `evenhand run`.",
            rule="register-set-up",
        )
    check_size(chosen.file.stat().st_size, filename=chosen.file.name)
    paper = read_paper(chosen.file.read_bytes(), filename=chosen.file.name)
    prepare(home, demo=False, port=0)
    from django.utils import timezone

    from evenhand.web.accounts.queries import get_account
    from evenhand.web.imports.queries import get_proposal
    from evenhand.web.imports.services import correct_draft, import_report, keep_draft
    from evenhand.web.imports.views.look import build_counts

    by, at = get_account(chosen.by), timezone.now()
    draft = keep_draft(paper=paper, by=by, at=at)
    correct_draft(draft=draft, head=_list_head(chosen), by=by, at=at)
    counts = build_counts(get_proposal(draft))
    if not chosen.yes:
        _confirm(counts)
    publication = import_report(draft=draft, by=by, at=at)
    return {"publication": publication, "import": draft, **counts}


def _list_head(chosen: argparse.Namespace) -> dict[str, Any]:
    head: dict[str, Any] = {
        name: getattr(chosen, name) for name in HEAD if getattr(chosen, name) is not None
    }
    if chosen.date:
        head["published_on"] = chosen.date.isoformat()
    return head | ({"makes_none": True} if chosen.makes_none else {})


def _confirm(counts: dict[str, Any]) -> None:
    sys.stderr.write(
        f"{counts['recommendations']} recommendations and {counts['parts']} parts would be "
        f"recorded; {counts['doubts']} doubts are in the preview. Put them on the register? [y/N] "
    )
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageProblem(
            "nothing was recorded; the paper waits in the register to be corrected.",
            remedy="Open it there, or answer y.",
            rule="accepted-by-a-person",
        )


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evenhand register import")
    parser.add_argument("file", type=Path)
    parser.add_argument("--by", required=True)
    parser.add_argument("--home", type=Path)
    for name in HEAD:
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name)
    parser.add_argument("--date", type=date.fromisoformat)
    parser.add_argument("--makes-none", action="store_true")
    parser.add_argument("--yes", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
