"""From a table of residents as published to denominators by police service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from evenhand.codelists import get_codelist, get_local_authority
from evenhand.core import ContractBroken
from evenhand.datasets.population.areas import (
    Astray,
    Matched,
    Matcher,
    find_frame,
    load_areas,
    match_authority,
    match_force,
)
from evenhand.datasets.population.entries import list_entries
from evenhand.datasets.population.groups import get_grouping
from evenhand.datasets.population.layout import find_layout
from evenhand.datasets.population.residents import (
    Gap,
    Incomplete,
    Population,
    Unmatched,
    build_table,
)
from evenhand.datasets.population.sheet import ArrowStream, load_sheet
from evenhand.datasets.population.tally import Area, Tally, build_tally


def load_population(
    source: Path | str | ArrowStream, *, areas: Path | str | None = None
) -> Population:
    """How many people of each ethnic group live in the area of each police service?

    Reads a table of residents by local authority as published: long (one row for each area and
    group, as Census 2021 TS021) or wide (one column for each group, as the 2011 tables), CSV in
    the usual encodings and separators or Parquet, or any table in memory. Areas are rolled up to
    police services by the look-up shipped, or by one of your own.

    Parameters
    ----------
    source
        A file, or an object with ``__arrow_c_stream__`` (pandas, polars, pyarrow, DuckDB).
    areas
        CSV with the columns area_code, area_name, service, in place of the shipped look-up.

    Returns
    -------
    Population
        Its ``unmatched``, ``gaps``, ``incomplete`` and ``left_out`` name everything not counted.

    Raises
    ------
    UnreadableFile
        The file is absent, empty, or not what its name says.
    ContractBroken
        A column or a group is missing, a label is unknown, a count is negative or fractional, an
        area or a group comes twice, or the groups do not add up to the table's own total.

    Notes
    -----
    A service some of whose authorities the table lacks gets no denominator: a rate over part of
    its residents would be too high. A gap in one of several areas leaves the service's figure
    understated, and named so. A table of five broad groups is taken at its word: one in use puts
    Gypsy, Traveller and Roma people under Other and two Mixed groups under Black, and nothing in
    it says so; prefer the detailed table. Do not use residents where most people stopped are
    visitors.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from evenhand.codelists import get_codelist
    >>> groups = [code.label for code in get_codelist("ethnicity-broad").values]
    >>> area = {"area code": "E09000001", "area name": "City of London"}
    >>> rows = [area | {"ethnic group": g, "residents": 1000} for g in groups]
    >>> load_population(pa.Table.from_pylist(rows)).by_service().to_pylist()[0]
    {'service': 'city-of-london', 'group': 'white', 'residents': 1000}

    The City of London Police has 1,000 White residents in this small table.
    """
    sheet = load_sheet(source)
    layout, rows = find_layout(sheet)
    entries = list_entries(layout, rows, sheet)
    grouping = get_grouping((entry.label for entry in entries), file=sheet.name)
    tally = build_tally(entries, grouping, file=sheet.name, dotted=sheet.dotted)
    matcher = match_force if layout.by_force else match_authority
    placed, unmatched = _place(tally, load_areas(Path(areas)) if areas else matcher)
    incomplete: tuple[Incomplete, ...] = ()
    if matcher is match_authority and not areas:
        placed, unmatched, incomplete = _within_frame(placed, unmatched, tally)
    _require_some(placed, unmatched, file=sheet.name)
    edition = grouping.edition.id
    population = Population(
        table=build_table(
            (area.code, area.name, area.service, group, edition, tally.people[key][group])
            for key, area in placed.items()
            for group in tally.people[key]
        ),
        edition=edition,
        source=sheet.name,
        unmatched=tuple(unmatched),
        gaps=tuple(_gaps(placed, tally, edition)),
        incomplete=incomplete,
        left_out=dict(tally.left_out),
    )
    _require_every_group(population)
    return population


def _place(tally: Tally, match: Matcher) -> tuple[dict[Area, Matched], list[Unmatched]]:
    """Each area of the table with its service; those without are named, sums are set aside."""
    placed: dict[Area, Matched] = {}
    unmatched: list[Unmatched] = []
    areas = dict.fromkeys([*tally.people, *(area for area, _ in tally.signs)])
    for key in areas:
        found = match(*key)
        if isinstance(found, Matched):
            placed[key] = found
        elif found.is_sum:
            tally.left_out[" ".join(filter(None, key))] += 1
        else:
            unmatched.append(_unmatched(key, found, tally))
    _require_areas_once(placed)
    return placed, unmatched


def _unmatched(key: Area, found: Astray, tally: Tally) -> Unmatched:
    return Unmatched(key[0], key[1], sum(tally.people[key].values()), found.reason)


def _require_areas_once(placed: Mapping[Area, Matched]) -> None:
    times = Counter(code for area in placed.values() for code in area.covers or (area.code,))
    for key, area in placed.items():
        twice = [code for code in area.covers or (area.code,) if times[code] > 1]
        if twice:
            raise ContractBroken(
                f"the area {twice[0]} ({key[1] or area.name}) comes more than once, under"
                " different names.",
                rule="each-area-and-group-once",
                remedy="Its residents would be counted twice; keep one.",
            )


def _within_frame(
    placed: dict[Area, Matched], unmatched: list[Unmatched], tally: Tally
) -> tuple[dict[Area, Matched], list[Unmatched], tuple[Incomplete, ...]]:
    """Only areas of one frame, lest an authority be counted beside the one that replaced it."""
    covered = {code for area in placed.values() for code in area.covers}
    frame, members = find_frame(covered)
    reason = Astray(f"it is no authority of the {frame} frame the rest of the table is in")
    stray = {key for key, area in placed.items() if not members.issuperset(area.covers)}
    outside = [_unmatched(key, reason, tally) for key in stray]
    kept = {key: area for key, area in placed.items() if key not in stray}
    return kept, [*unmatched, *outside], _incomplete(kept, members)


def _incomplete(placed: Mapping[Area, Matched], members: frozenset[str]) -> tuple[Incomplete, ...]:
    covered = {code for area in placed.values() for code in area.covers}
    services = {area.service for area in placed.values()}
    lacking: dict[str, list[str]] = {}
    for code in sorted(members - covered):
        authority = get_local_authority(code)
        if authority.service in services:
            lacking.setdefault(authority.service, []).append(f"{authority.name} ({code})")
    return tuple(Incomplete(service, tuple(names)) for service, names in lacking.items())


def _gaps(placed: Mapping[Area, Matched], tally: Tally, edition: str) -> list[Gap]:
    """Groups with a sign in place of a number, and groups for which an area has no row."""
    gaps = []
    for key, area in placed.items():
        for code in get_codelist(edition).values:
            sign = tally.signs.get((key, code.code))
            if sign is not None or code.code not in tally.people[key]:
                written, line = sign or ("no row", None)
                gaps.append(Gap(area.code, area.name, area.service, code.code, written, line))
    return gaps


def _require_some(placed: Mapping[Area, Matched], unmatched: list[Unmatched], *, file: str) -> None:
    if placed:
        return
    first = "; ".join(f"{a.name or a.code}: {a.reason}" for a in unmatched[:3])
    raise ContractBroken(
        f"none of its {len(unmatched):,} areas belongs to a police service ({first}).",
        file=file,
        rule="areas-belong-to-services",
        remedy="Give a look-up of your own with the columns area_code, area_name, service.",
    )


def _require_every_group(population: Population) -> None:
    table = population.table
    counted = set(zip(table["service"].to_pylist(), table["group"].to_pylist(), strict=True))
    lacking = dict.fromkeys(
        f"{gap.service}: {get_codelist(population.edition).get(gap.group).label} ({gap.group})"
        for gap in population.gaps
        if (gap.service, gap.group) not in counted
    )
    if lacking:
        raise ContractBroken(
            f"there is no number of residents for {'; '.join(lacking)}.",
            file=population.source,
            rule="population-has-every-group",
            remedy="Every stop of that group would be a rate over nobody. If the sign there stands"
            " for nobody, write 0 in its place.",
        )
