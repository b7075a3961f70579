"""Primary suppression of small counts, and complementary suppression so none can be worked out."""

from __future__ import annotations

import numpy as np

from evenhand.core import DisclosureRefused
from evenhand.disclosure.audit import find_derivable
from evenhand.disclosure.cells import ABSENT, Lattice, Line
from evenhand.disclosure.policy import Policy


def find_primary(lattice: Lattice, policy: Policy) -> set[int]:
    """The counts that are themselves too small, or whose complement is.

    A count of 1 to ``count_below`` - 1 is small. So is a count that leaves that few others in its
    whole: 97 of 98 says as much about the one as 1 of 98 does. Zero is shown unless the policy
    hides all-or-none.
    """
    small, values = policy.count_below, lattice.values
    part = lattice.whole != ABSENT
    whole = np.where(part, values[lattice.whole], ABSENT)
    rest = whole - values
    hidden = (values > 0) & (values < small)
    hidden |= part & (values >= 0) & (rest > 0) & (rest < small)
    if policy.hide_all_or_none:
        hidden |= part & (whole > 0) & ((values == 0) | (rest == 0))
    return set(np.flatnonzero(hidden).tolist())


def find_complementary(lattice: Lattice, primary: set[int], policy: Policy) -> set[int]:
    """Further counts to hide so that no hidden one follows by subtraction.

    Along every sum whose total is shown, at least two parts are hidden, and together they hold
    at least ``count_below`` events, so that what is left over narrows none of them to a small
    number. The smallest shown part goes first; ties go by position, so the pattern is the same
    in every run. Repeats until no sum is exposed.

    Notes
    -----
    Line by line first; then what still follows from several sums together (see
    :func:`~evenhand.disclosure.audit.find_derivable`) gets one more cell in a line of its own,
    and the lines are gone through again. It does not weigh lines against one another, so it hides
    somewhat more than the fewest cells possible.
    """
    if not primary:
        return set()
    through = _lines_through(lattice)
    hidden = set(primary)
    _cover_lines(lattice, hidden, set(range(len(lattice.lines))), policy=policy, through=through)
    while derivable := find_derivable(lattice, hidden):
        extra = _widen(lattice, hidden, derivable, through=through)
        hidden.update(extra)
        touched = {line for cell in extra for line in through[cell]}
        _cover_lines(lattice, hidden, touched, policy=policy, through=through)
    return hidden - primary


def _lines_through(lattice: Lattice) -> list[list[int]]:
    """For each cell, the sums it is in."""
    through: list[list[int]] = [[] for _ in lattice.values]
    for number, line in enumerate(lattice.lines):
        for cell in (line.total, *line.parts):
            through[cell].append(number)
    return through


def _cover_lines(
    lattice: Lattice,
    hidden: set[int],
    waiting: set[int],
    *,
    policy: Policy,
    through: list[list[int]],
) -> None:
    """Go through sums until none is exposed; a hidden cell puts its other sums back in the queue."""
    queue = sorted(waiting)
    queued = set(queue)
    position = 0
    while position < len(queue):
        number = queue[position]
        position += 1
        queued.discard(number)
        extra = _cheapest_cover(lattice.lines[number], lattice, hidden, policy)
        hidden.update(extra)
        for cell in extra:
            again = [line for line in through[cell] if line not in queued]
            queue.extend(again)
            queued.update(again)


def _cheapest_cover(line: Line, lattice: Lattice, hidden: set[int], policy: Policy) -> list[int]:
    if line.total in hidden:
        return []
    gone = [cell for cell in line.parts if cell in hidden]
    if not gone:
        return []
    held = sum(max(int(lattice.values[cell]), 0) for cell in gone)
    if len(gone) > 1 and held >= policy.count_below:
        return []
    candidates = sorted(
        (cell for cell in line.parts if cell not in hidden and lattice.values[cell] > 0),
        key=lambda cell: (lattice.values[cell], cell),
    )
    extra: list[int] = []
    for cell in candidates:
        extra.append(cell)
        held += int(lattice.values[cell])
        if len(gone) + len(extra) > 1 and held >= policy.count_below:
            return extra
    # Nothing else in this line can hide it: the total itself must go.
    return [*extra, line.total]


def _widen(
    lattice: Lattice, hidden: set[int], derivable: set[int], *, through: list[list[int]]
) -> set[int]:
    """One more cell for a line through each derivable one; else for lines that meet those.

    In a line its smallest shown count goes first, then its total, then a true zero: a zero may
    have to be hidden so that the others of its line stop being determined.
    """
    reached = set(derivable)
    while True:
        lines = [lattice.lines[i] for i in sorted({i for c in reached for i in through[c]})]
        extra = {cell for line in lines if (cell := _next_to_hide(line, lattice, hidden)) >= 0}
        if extra:
            return extra
        wider = reached | {c for s in lines for c in (*s.parts, s.total) if c in hidden}
        if wider == reached:
            raise DisclosureRefused(
                "a hidden figure follows from the others and nothing is left to hide with it.",
                remedy="Release fewer totals of this table, or use a policy for the cleared.",
                rule="no-hidden-cell-by-subtraction",
            )
        reached = wider


def _next_to_hide(line: Line, lattice: Lattice, hidden: set[int]) -> int:
    shown = [cell for cell in line.parts if cell not in hidden and lattice.values[cell] >= 0]
    counted = [cell for cell in shown if lattice.values[cell] > 0]
    if counted:
        return min(counted, key=lambda cell: (lattice.values[cell], cell))
    if line.total not in hidden:
        return line.total
    return min(shown, default=ABSENT)
