"""The table of temporary promotions in a board paper's text, as movements."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa

from evenhand.core import UnreadableFile
from evenhand.datasets.papers.encoding import decode_text
from evenhand.datasets.workforce.mappings.mapping import Mapping

_HEADING = re.compile(r"T/Rank\s+Business Group\s+Start Date\s+End Date\s+Gender\s+Ethnic Origin")
_ROW = re.compile(
    r"(?P<rank>\D+?)\s+(?P<group>[A-Z]{2,6})\s+(?P<start>\d\S+)\s+(?P<end>\S.*?)\s+"
    r"(?P<sex>Male|Female)\s+(?P<ethnicity>\S.*)"
)


def _open(path: Path) -> pa.Table:
    """The lines under the heading, up to the first that is blank."""
    text, _ = decode_text(path.read_bytes(), filename=path.name)
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if _HEADING.match(line.strip())), None)
    if start is None:
        raise UnreadableFile(
            "the text has no table of temporary promotions.",
            file=path.name,
            rule="mapping-columns",
            remedy="It is headed “T/Rank Business Group Start Date End Date Gender Ethnic Origin”.",
        )
    rows: list[dict[str, str]] = []
    for line in lines[start + 1 :]:
        if not line.strip():
            break
        found = _ROW.fullmatch(line.strip())
        # A line of another shape keeps its place and has nothing to load: its row is set aside.
        rows.append(found.groupdict() if found else dict.fromkeys(_ROW.groupindex, ""))
    columns = {name: [row[name] for row in rows] for name in _ROW.groupindex}
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def _apply(table: pa.Table) -> pa.Table:
    """Each line a post held temporarily; nobody is named, so the place in the table is the key."""
    count = table.num_rows
    keys = [f"temporary promotion {number}" for number in range(1, count + 1)]
    return pa.table(
        {
            "person": pa.array(keys, pa.string()),
            "kind": pa.array(["temporary_start"] * count, pa.string()),
            "on": table["start"],
            "to_grade": table["rank"],
            "to_unit": table["group"],
            "planned_end": table["end"],
        }
    )


TEMPORARY_PROMOTIONS = Mapping(
    id="temporary-promotions",
    title="Temporary promotions of chief inspectors and above (a board paper of 2011)",
    dataset="movements",
    source="a board paper as text, with the table T/Rank, Business Group, Start Date, End Date, "
    "Gender, Ethnic Origin.",
    columns=tuple(_ROW.groupindex),
    accepts=(".txt",),
    open=_open,
    apply=_apply,
    first_line=1,
    caution="Rows are numbered from the first line of the table. A movement carries no "
    "characteristics; the table's own columns of sex and ethnic origin are not kept.",
)
