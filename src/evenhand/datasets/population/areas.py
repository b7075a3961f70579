"""Which police service each row's residents live under; what belongs to none is named."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evenhand.codelists import (
    find_local_authority,
    get_codelist,
    get_local_authority,
    is_name_of,
    list_local_authorities,
)
from evenhand.codelists.codelist import simplify
from evenhand.core import ContractBroken, UnreadableFile

# First three characters of GSS codes (ONS register of geographic codes) of areas made up of local
# authorities: counties, regions, countries. Their residents are in the table already.
_SUMS = ("E10", "E11", "E12", "E13", "E92", "W92", "K02", "K03", "K04", "S92", "N92")
AREA_COLUMNS = ("area_code", "area_name", "service")
"""The header of a look-up of the reader's own."""

_ELSEWHERE = {"S": "Scotland", "N": "Northern Ireland"}


@dataclass(frozen=True, slots=True)
class Matched:
    """An area of a service; ``covers`` are the local authorities whose residents it holds."""

    code: str
    name: str
    service: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Astray:
    """An area that belongs to no service, and why; ``is_sum`` when others add up to it."""

    reason: str
    is_sum: bool = False


Matcher = Callable[[str, str], Matched | Astray]


def match_authority(code: str, name: str) -> Matched | Astray:
    """By GSS code where there is one, else by name; a name that joins two areas is checked."""
    if code.startswith(_SUMS):
        return Astray("it is the sum of other areas", is_sum=True)
    if code and find_local_authority(code) is None:
        elsewhere = _ELSEWHERE.get(code[:1])
        reason = f"it lies in {elsewhere}" if elsewhere else "no frame shipped has this code"
        return Astray(f"{reason}, so no police service of England and Wales is known for it")
    if not code:
        found = get_codelist("local-authority").find(name) if name else None
        if found is None:
            return Astray("no frame shipped has an area of this name")
        code = found.code
    joined = () if not name or is_name_of(code, name) else _joined(code, name)
    services = {get_local_authority(each).service for each in joined or (code,)}
    if len(services) > 1:
        return Astray(f"it joins areas of two services ({' and '.join(sorted(services))})")
    return Matched(code, name or get_local_authority(code).name, services.pop(), joined or (code,))


def match_force(code: str, name: str) -> Matched | Astray:
    """By the police force area's code or name."""
    forces = get_codelist("police-service")
    if forces.find_reason_left_out(name):
        return Astray("it is the sum of other areas", is_sum=True)
    found = (forces.find(code) if code else None) or (forces.find(name) if name else None)
    if found is None:
        return Astray("no police service of this code or name is known")
    return Matched(code or found.broad or found.code, name or found.label, found.code, ())


def load_areas(path: Path) -> Matcher:
    """A look-up of the reader's own (area_code, area_name, service) in place of the shipped one."""
    if not path.is_file():
        raise UnreadableFile("there is no such file.", file=str(path), rule="file-exists")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        absent = [name for name in AREA_COLUMNS if name not in (reader.fieldnames or ())]
        if absent:
            raise ContractBroken(
                f"the look-up of areas lacks the column {absent[0]}.",
                file=path.name,
                line=1,
                column=absent[0],
                rule="areas-columns",
                remedy=f"It needs the columns {', '.join(AREA_COLUMNS)}.",
            )
        listed = [_listed(row, path.name, reader.line_num) for row in reader]
    by_code = {area.code: area for area in listed}
    by_name = {simplify(area.name): area for area in listed}

    def match(code: str, name: str) -> Matched | Astray:
        found = by_code.get(code) if code else by_name.get(simplify(name))
        return found or Astray(f"{path.name} does not list it")

    return match


def _listed(row: dict[str, str], file: str, line: int) -> Matched:
    code, name, service = ((row[column] or "").strip() for column in AREA_COLUMNS)
    if not code or not service:
        raise ContractBroken(
            "an area needs a code and a service.", file=file, line=line, rule="areas-columns"
        )
    return Matched(code, name, service, (code,))


def _joined(code: str, name: str) -> tuple[str, ...]:
    """The codes of both areas when a name is two known names joined by “and”."""
    areas = get_codelist("local-authority")
    words = name.split(" and ")
    for cut in range(1, len(words)):
        left = areas.find(" and ".join(words[:cut]))
        right = areas.find(" and ".join(words[cut:]))
        if left and right and code in (left.code, right.code):
            return (left.code, right.code)
    return ()


@cache
def _frames() -> dict[str, frozenset[str]]:
    names = dict.fromkeys(frame for area in list_local_authorities() for frame in area.frames)
    return {
        frame: frozenset(a.code for a in list_local_authorities() if frame in a.frames)
        for frame in names
    }


def find_frame(codes: Iterable[str]) -> tuple[str, frozenset[str]]:
    """The frame of local authorities most of these codes stand in, with all its codes."""
    present = set(codes)
    overlap = Counter({frame: len(present & members) for frame, members in _frames().items()})
    best = max(overlap, key=lambda frame: (overlap[frame], -len(_frames()[frame] - present)))
    return best, _frames()[best]
