"""Write the reference page of the workforce files from their contracts.

Run after a contract changes: python tools/write_workforce_guide.py
"""

from __future__ import annotations

from pathlib import Path

from evenhand.datasets.workforce import DATASETS
from evenhand.datasets.workforce.mappings import list_mappings
from evenhand.datasets.workforce.rules import RULES
from evenhand.datasets.workforce.templates import render_guide

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "workforce-files.md"
INTRODUCTION = """# Workforce files

Drawn from the contracts by `tools/write_workforce_guide.py`; a test fails when this page is not
what they say. `evenhand load --template DATASET` writes a file to fill and the same guide.

Files are CSV (comma, semicolon, tab or bar; UTF-8 or Windows cp1252), Excel (the first sheet) or
Parquet. Headings are compared without case and punctuation. A characteristic that has no column
was *not asked*; an empty cell is *blank*; *prefer not to say* is an answer: three different things.
A bad row is set aside and named by file, line, column and rule; it is never changed, and the good
rows are loaded. Loading the same row again changes nothing. A load can be withdrawn.
"""


def main() -> None:
    """Write the page."""
    parts = [INTRODUCTION]
    parts += [render_guide(dataset).replace("# ", "## ", 1) for dataset in DATASETS.values()]
    rules = "\n".join(
        f"| `{r.id}` | {r.severity} | {r.title} | {r.remedy} |" for r in RULES.values()
    )
    parts.append(
        f"## Rules\n\n| rule | breaks | what holds | what to do |\n|---|---|---|---|\n{rules}\n"
    )
    mapped = "\n".join(
        f"| `{m.id}` | `{m.dataset}` | {m.source} | {m.caution} |" for m in list_mappings()
    )
    parts.append(
        "## Published files\n\n`evenhand load DATASET FILE --mapping NAME --lake FOLDER`\n\n"
        f"| mapping | makes | source | caution |\n|---|---|---|---|\n{mapped}\n"
    )
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
