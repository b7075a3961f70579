"""The only way to a released table: hide what a policy protects, check, and seal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evenhand.core import Cell, DisclosureRefused, Marker, Role, Table
from evenhand.disclosure.audit import find_derivable
from evenhand.disclosure.cells import Ints, build_lattice
from evenhand.disclosure.policy import Policy
from evenhand.disclosure.released import ReleasedTable, Treatment, seal
from evenhand.disclosure.suppress import find_complementary, find_primary


def review(table: Table, policy: Policy) -> ReleasedTable:
    """Release one table that is linked to no other; see :func:`review_together`."""
    return review_together([table], policy)[0]


def review_together(tables: Sequence[Table], policy: Policy) -> list[ReleasedTable]:
    """Which figures may this audience see, when it sees all these tables at once?

    Counts that appear in several tables are hidden in all or in none; sums that run across
    tables are protected together. Everything derived from a hidden count is hidden with it, and
    primary and complementary suppressions look the same, since telling them apart gives away the
    small ones (Salazar-González 2008, on the attacker's a priori bounds).

    Parameters
    ----------
    tables
        Tables with roles, ``sums`` and ``within`` stated. Totals must be rows of the tables, and
        structural zeros must be present: a line left out is a line left unprotected.
    policy
        Whose eyes the tables are for.

    Returns
    -------
    list of ReleasedTable
        In the order given.

    Raises
    ------
    DisclosureRefused
        If, after suppression, a hidden count still follows from the sums that are shown.
    """
    lattice = build_lattice(tables)
    primary = find_primary(lattice, policy)
    secondary = find_complementary(lattice, primary, policy)
    if find_derivable(lattice, primary | secondary):
        raise DisclosureRefused(
            "a hidden figure could be worked out from the totals that are shown.",
            remedy="This is a fault in the suppression, not in the figures; please report it.",
            rule="no-hidden-cell-by-subtraction",
        )
    return [
        _release(table, cells, policy, hidden=(primary, secondary))
        for table, cells in zip(tables, lattice.rows, strict=True)
    ]


def _release(
    table: Table, cells: Mapping[str, Ints], policy: Policy, *, hidden: tuple[set[int], set[int]]
) -> ReleasedTable:
    primary, secondary = hidden
    numbers = {name: column.tolist() for name, column in cells.items()}
    masks = {
        name: [cell in primary or cell in secondary for cell in column]
        for name, column in numbers.items()
    }
    treatment = Treatment(
        policy=policy.name,
        policy_version=policy.version,
        primary=sum(cell in primary for column in numbers.values() for cell in column),
        secondary=sum(cell in secondary for column in numbers.values() for cell in column),
        audit="no hidden count follows from the sums shown by addition and subtraction",
    )
    return seal(_masked(table, masks, _thin(table, policy)), treatment)


def _thin(table: Table, policy: Policy) -> list[bool]:
    """Rows whose derived figures rest on a population below the policy's."""
    populations = [table.cells[name] for name in table.named(Role.POPULATION)]
    return [
        any(isinstance(v, int | float) and 0 < v < policy.population_below for v in row)
        for row in (zip(*populations, strict=True) if populations else [()] * len(table))
    ]


def _masked(table: Table, masks: Mapping[str, list[bool]], thin: list[bool]) -> Table:
    cells: dict[str, Sequence[Cell]] = {}
    for column in table.columns:
        values = table.cells[column.name]
        if column.role is Role.COUNT:
            falls = masks[column.name]
        elif column.role is Role.DERIVED:
            named = [masks[name] for name in (column.uses or tuple(masks))]
            falls = [any(row) for row in zip(*named, strict=True)] if named else thin
            falls = [a or b for a, b in zip(falls, thin, strict=True)]
            if column.over:
                falls = _along(table, falls, column.over)
        else:
            cells[column.name] = values
            continue
        cells[column.name] = (
            [Marker.SUPPRESSED if f else v for v, f in zip(values, falls, strict=True)]
            if any(falls)
            else values
        )
    return replace(table, cells=cells)


def _along(table: Table, falls: list[bool], over: tuple[str, ...]) -> list[bool]:
    """Rows that differ only in these dimensions fall together: what is pooled over them would
    give away, with the rows that are shown, the one that is not."""
    names = [name for name in table.named(Role.DIMENSION) if name not in over]
    keys = list(zip(*(table.cells[name] for name in names), strict=True)) or [()] * len(table)
    gone = {key for key, fell in zip(keys, falls, strict=True) if fell}
    return [key in gone for key in keys]
