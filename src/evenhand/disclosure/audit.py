"""An attacker with pencil and paper: which hidden counts follow exactly from the sums shown?"""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.disclosure.cells import CellKey, Lattice

_PRIME = 2_147_483_647
"""Arithmetic modulo a Mersenne prime keeps elimination exact; the sums have coefficients of ±1,
so a false singularity would need a minor divisible by it."""

Row = dict[CellKey, int]


def find_derivable(lattice: Lattice, hidden: set[CellKey]) -> set[CellKey]:
    """The hidden counts that any reader could work out by adding and subtracting.

    Every sum gives one linear equation in the hidden counts. A count is determined by them exactly
    if and only if the reduced row echelon form has a row that holds it alone.

    Notes
    -----
    Non-negativity is not used: how *tightly* the sums bound a count that they do not determine
    is not audited here.

    References
    ----------
    Hundepool et al. (2012), *Statistical Disclosure Control*, section 4.4 (the audit problem).
    """
    reduced = _reduce(_equations(lattice, hidden))
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def _equations(lattice: Lattice, hidden: set[CellKey]) -> Iterable[Row]:
    for line in lattice.sums:
        row: Row = {key: 1 for key in line.parts if key in hidden}
        if line.total in hidden:
            row[line.total] = _PRIME - 1
        if row:
            yield row


def _reduce(rows: Iterable[Row]) -> dict[CellKey, Row]:
    """Gauss–Jordan elimination of sparse rows: pivot → its reduced row."""
    reduced: dict[CellKey, Row] = {}
    holders: dict[CellKey, set[CellKey]] = {}
    for raw in rows:
        row = dict(raw)
        for key in [key for key in row if key in reduced]:
            _subtract(row, reduced[key], row.get(key, 0))
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, _PRIME)
        row = {key: value * inverse % _PRIME for key, value in row.items()}
        for holder in list(holders.get(pivot, ())):
            before = set(reduced[holder])
            _subtract(reduced[holder], row, reduced[holder][pivot])
            _move(holders, holder, before, set(reduced[holder]))
        reduced[pivot] = row
        _move(holders, pivot, set(), set(row))
    return reduced


def _subtract(row: Row, other: Row, times: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - times * value) % _PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _move(
    holders: dict[CellKey, set[CellKey]], holder: CellKey, before: set[CellKey], after: set[CellKey]
) -> None:
    for key in before - after:
        holders[key].discard(holder)
    for key in after - before:
        holders.setdefault(key, set()).add(holder)
