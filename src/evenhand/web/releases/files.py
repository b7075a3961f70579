"""Open data of the public side: every table as CSV with its CSVW description, and all as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from evenhand import __version__
from evenhand.accountability.releases import day_words
from evenhand.core import Cell, Column, Role, Table
from evenhand.disclosure import ReleasedTable, review
from evenhand.publication import Load, Page, PageKind, Provenance, Site
from evenhand.publication.csvw import Sheet, build_sheet
from evenhand.web.releases.choices import ASPECTS
from evenhand.web.releases.queries.frozen import RecordRow, ReleaseRow
from evenhand.web.releases.whole import OF_RECOMMENDATIONS, Whole

Record = Mapping[str, Any]

COLUMNS: tuple[tuple[str, str], ...] = (
    ("address", "Stable reference: publication, number and letter"),
    ("inquiry", "Inquiry"),
    ("report", "Report"),
    ("published_on", "Day on which the report was published"),
    ("number", "Number or letter, as printed"),
    ("text", "Exact published words"),
    ("addressed_to", "Body it is addressed to"),
    ("response", "Response"),
    ("responded_on", "Day of the response"),
    ("work", "State of the work; empty where it is split into parts"),
    ("work_since", "Day since which the work is in this state"),
    ("level", "Level reported on the report’s own scale"),
    ("level_as_at", "Day for which the level was reported"),
    ("claim", "Level that the owner claims, and how the claim stands"),
    ("verdict", "What a panel found, and whether it still stands"),
    ("decided_on", "Day of the verdict"),
    ("due", "Day by which it is due now"),
    ("originally_due", "Day by which it was due at first"),
    ("times_moved", "How often the due date was moved"),
    ("responsible", "Team or body responsible"),
    ("release", "Number of the release that says so"),
)

CHANGES: tuple[tuple[str, str], ...] = (
    ("on", "Day of the release"),
    ("release", "Number of the release"),
    ("address", "Stable reference of the recommendation"),
    ("act", "Released or withdrawn"),
    ("aspect", "What changed"),
    ("before", "What was public before; empty where nothing was"),
    ("after", "What is public since; empty where nothing is"),
    ("reason", "The reason given to the public"),
)


FILES: tuple[tuple[str, str], ...] = (
    ("address", "Stable reference of the recommendation"),
    ("name", "Name of the file at that address, under files/"),
    ("kind", "What sort of file it is"),
    ("size", "Size in bytes"),
    ("sha256", "SHA-256 of its bytes"),
    ("speaks_from", "First day that the evidence behind it speaks for"),
    ("speaks_to", "Last day that the evidence behind it speaks for"),
    ("judged", "Where that evidence stood"),
    ("left_out", "What was left out of it"),
)


def build_sheets(
    rows: Sequence[RecordRow],
    changes: Sequence[Mapping[str, str]],
    whole: Whole,
    newest: ReleaseRow,
) -> dict[str, Sheet]:
    """Every table of the public side as a CSV file and its description, by name."""
    site = _site(newest)
    tables = {
        "recommendations": _table(
            "recommendations",
            "Released recommendations",
            COLUMNS,
            [_line(row.read()) for row in rows if not row.is_withdrawn],
        ),
        "changes": _table("changes", "Log of public status changes", CHANGES, changes),
        "files": _table("files", "Public versions of evidence", FILES, _list_files(rows)),
        **whole.tables,
    }
    return {name: build_sheet(table, site) for name, table in tables.items()}


def render_all(rows: Sequence[RecordRow], newest: ReleaseRow) -> bytes:
    """Everything public as one JSON object: records as they were frozen, and notices apart."""
    found = {
        "release": newest.number,
        "released_on": newest.on.isoformat(),
        "manifest_sha256": newest.sha256,
        "made_up": newest.made_up,
        "recommendations": [row.read() for row in rows if not row.is_withdrawn],
        "withdrawn": [
            {"address": row.address, "release": row.release} for row in rows if row.is_withdrawn
        ],
    }
    return json.dumps(found, ensure_ascii=False, sort_keys=True).encode()


def _line(record: Record) -> dict[str, str]:
    status = record["status"]

    def told(aspect: str, part: str) -> str:
        return str(status.get(aspect, {}).get(part, ""))

    return {
        "address": record["address"],
        "inquiry": record["inquiry"]["title"],
        "report": record["publication"]["title"],
        "published_on": record["publication"]["published_on"],
        "number": record["wording"]["number"],
        "text": record["wording"]["text"],
        "addressed_to": record["addressed_to"],
        "response": told("response", "words"),
        "responded_on": told("response", "since"),
        "work": told("work", "words"),
        "work_since": told("work", "since"),
        "level": told("level", "words"),
        "level_as_at": told("level", "since"),
        "claim": told("claim", "words"),
        "verdict": told("verdict", "words"),
        "decided_on": told("verdict", "since"),
        "due": told("due", "words"),
        "originally_due": told("due", "original"),
        "times_moved": told("due", "moved"),
        "responsible": told("owner", "words"),
        "release": str(record["release"]),
    }


def _list_files(rows: Sequence[RecordRow]) -> list[dict[str, str]]:
    return [
        {"address": row.address, **{name: str(told[name]) for name, _ in FILES[1:]}}
        for row in rows
        if not row.is_withdrawn
        for told in row.read().get("files", ())
    ]


def _table(
    name: str,
    title: str,
    columns: Sequence[tuple[str, str]],
    lines: Sequence[Mapping[str, str]],
) -> ReleasedTable:
    """Words only; the figures that are counted have tables of their own."""
    cells: dict[str, Sequence[Cell]] = {
        column: [line[column] for line in lines] for column, _ in columns
    }
    described = tuple(
        Column(column, Role.NOTE, column.replace("_", " "), description=said)
        for column, said in columns
    )
    return review(Table(name, title, described, cells), OF_RECOMMENDATIONS)


def _site(newest: ReleaseRow) -> Site:
    front = Page(path="", title="Recommendations", kind=PageKind.FRONT)
    load = Load(newest.sha256, f"release {newest.number}")
    return Site(
        title="Recommendations",
        service="The register of recommendations",
        period=f"as released on {day_words(newest.on.isoformat())}",
        lead="",
        provenance=Provenance(code_version=__version__, loads=(load,)),
        pages=(front,),
        synthetic=newest.made_up,
    )


def list_change_lines(
    rows: Sequence[RecordRow], releases: Mapping[int, ReleaseRow]
) -> list[dict[str, str]]:
    """One line for each aspect that a release changed; one for an act that changed none.

    The reason is the statement of the release; of one that was withdrawn, it is that it was.
    """
    lines = []
    for row in rows:
        for entry in row.read()["log"]:
            release = releases[entry["release"]]
            nothing = [{"what": "", "before": "", "after": ""}]
            for change in entry["changes"] or nothing:
                lines.append(
                    {
                        "on": entry["on"],
                        "release": str(entry["release"]),
                        "address": row.address,
                        "act": entry["act"],
                        "aspect": ASPECTS.get(change["what"], change["what"]),
                        "before": change["before"],
                        "after": change["after"],
                        "reason": say_reason(release),
                    }
                )
    return sorted(lines, key=lambda line: (-int(line["release"]), line["address"]))


def say_reason(release: ReleaseRow) -> str:
    """Why a release was made; a withdrawn one’s words are public no more."""
    if release.withdrawn_by is not None:
        return f"This release was withdrawn by release {release.withdrawn_by}."
    return release.statement
