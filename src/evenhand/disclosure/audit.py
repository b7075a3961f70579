"""An attacker with pencil and paper: which hidden counts follow exactly from the sums shown?"""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.disclosure.cells import Lattice, Line

_PRIME = 2_147_483_647
"""Arithmetic modulo a Mersenne prime keeps elimination exact; the sums have coefficients of ±1,
so a false singularity would need a minor divisible by it."""

Row = dict[int, int]


def find_derivable(
    lattice: Lattice, hidden: set[int], lines: Iterable[Line] | None = None
) -> set[int]:
    """The hidden counts that any reader could work out by adding and subtracting.

    ``lines`` are the sums the reader uses, by default all. Every sum gives one linear equation in
    the hidden counts. A count is determined by them exactly if and only if the reduced row echelon
    form has a row that holds it alone.

    Notes
    -----
    Non-negativity is not used: how *tightly* the sums bound a count that they do not determine
    is not audited here.

    References
    ----------
    Hundepool et al. (2012), *Statistical Disclosure Control*, section 4.4 (the audit problem).
    """
    reduced = _reduce(_equations(lattice.lines if lines is None else lines, hidden))
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def _equations(lines: Iterable[Line], hidden: set[int]) -> list[Row]:
    """One sparse row per sum that has something hidden, the shortest first to keep them sparse."""
    rows = []
    for line in lines:
        row = {cell: 1 for cell in line.parts if cell in hidden}
        if line.total in hidden:
            row[line.total] = _PRIME - 1
        if row:
            rows.append(row)
    return sorted(rows, key=len)


def _reduce(rows: Iterable[Row]) -> dict[int, Row]:
    """Gauss–Jordan elimination of sparse rows: pivot → its reduced row.

    The pivot is the row's cell that fewest other rows hold, so that few must be changed.
    """
    reduced: dict[int, Row] = {}
    holders: dict[int, set[int]] = {}
    for raw in rows:
        row = dict(raw)
        for cell in [cell for cell in row if cell in reduced]:
            _subtract(row, reduced[cell], row.get(cell, 0))
        if not row:
            continue
        pivot = min(row, key=lambda cell: len(holders.get(cell, ())))
        inverse = pow(row[pivot], -1, _PRIME)
        row = {cell: value * inverse % _PRIME for cell, value in row.items()}
        for holder in list(holders.get(pivot, ())):
            before = set(reduced[holder])
            _subtract(reduced[holder], row, reduced[holder][pivot])
            _move(holders, holder, before, set(reduced[holder]))
        reduced[pivot] = row
        _move(holders, pivot, set(), set(row))
    return reduced


def _subtract(row: Row, other: Row, times: int) -> None:
    for cell, value in other.items():
        left = (row.get(cell, 0) - times * value) % _PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _move(holders: dict[int, set[int]], holder: int, before: set[int], after: set[int]) -> None:
    for cell in before - after:
        holders[cell].discard(holder)
    for cell in after - before:
        holders.setdefault(cell, set()).add(holder)
