"""Primary suppression of small counts, and complementary suppression so none can be worked out."""

from __future__ import annotations

from math import log1p

from evenhand.core import DisclosureRefused
from evenhand.disclosure.audit import find_derivable
from evenhand.disclosure.cells import CellKey, Lattice, Sum
from evenhand.disclosure.policy import Policy


def find_primary(lattice: Lattice, policy: Policy) -> set[CellKey]:
    """The counts that are themselves too small, or whose complement is.

    A count of 1 to ``count_below`` - 1 is small. So is a count that leaves that few others in its
    total: 97 of 98 says as much about the one as 1 of 98 does. Zero is shown unless the policy
    hides all-or-none.
    """
    small = policy.count_below
    hidden = set()
    for key, value in lattice.values.items():
        total = lattice.values.get(lattice.complements.get(key, key), value)
        whole = key in lattice.complements and total > 0
        if (
            0 < value < small
            or (whole and 0 < total - value < small)
            or (whole and policy.hide_all_or_none and value in (0, total))
        ):
            hidden.add(key)
    return hidden


def find_complementary(lattice: Lattice, primary: set[CellKey], policy: Policy) -> set[CellKey]:
    """Further counts to hide so that no hidden one follows by subtraction.

    Along every sum whose total is shown, at least two parts are hidden, and together they hold
    at least ``count_below`` events, so that what is left over narrows none of them to a small
    number. The cheapest shown part (by the log of its count) goes first; ties go by name, so the
    pattern is the same in every run. Repeats until no sum is exposed.

    Notes
    -----
    Line by line first; then what still follows from several sums together (see
    :func:`~evenhand.disclosure.audit.find_derivable`) gets one more cell in a line of its own,
    and the lines are gone through again. It does not weigh lines against one another, so it hides
    somewhat more than the fewest cells possible.
    """
    hidden = set(primary)
    if not primary:
        return set()
    _cover_lines(lattice, hidden, policy)
    while derivable := find_derivable(lattice, hidden):
        hidden.update(_widen(lattice, hidden, derivable))
        _cover_lines(lattice, hidden, policy)
    return hidden - primary


def _cover_lines(lattice: Lattice, hidden: set[CellKey], policy: Policy) -> None:
    exposed = True
    while exposed:
        exposed = False
        for line in lattice.sums:
            extra = _cheapest_cover(line, lattice, hidden, policy)
            hidden.update(extra)
            exposed = exposed or bool(extra)


def _widen(lattice: Lattice, hidden: set[CellKey], derivable: set[CellKey]) -> set[CellKey]:
    """One more cell for every line through a derivable one: its cheapest part, else its total."""
    extra = set()
    for line in lattice.sums:
        if derivable.isdisjoint((*line.parts, line.total)):
            continue
        open_parts = [key for key in line.parts if key not in hidden and lattice.values.get(key)]
        if open_parts:
            extra.add(min(open_parts, key=lambda key: _cost(lattice, key)))
        elif line.total not in hidden:
            extra.add(line.total)
    if not extra:
        raise DisclosureRefused(
            "a hidden figure follows from the others and nothing is left to hide with it.",
            remedy="Release fewer totals of this table, or choose a policy for a cleared audience.",
            rule="no-hidden-cell-by-subtraction",
        )
    return extra


def _cost(lattice: Lattice, key: CellKey) -> tuple[float, str]:
    return log1p(lattice.values[key]), str(key)


def _cheapest_cover(
    line: Sum, lattice: Lattice, hidden: set[CellKey], policy: Policy
) -> list[CellKey]:
    if line.total in hidden:
        return []
    gone = [key for key in line.parts if key in hidden]
    if not gone:
        return []
    held = sum(lattice.values.get(key, 0) for key in gone)
    candidates = sorted(
        (key for key in line.parts if key not in hidden and lattice.values.get(key, 0) > 0),
        key=lambda key: _cost(lattice, key),
    )
    extra: list[CellKey] = []
    while len(gone) + len(extra) < 2 or held < policy.count_below:
        if not candidates:
            # Nothing else in this line can hide it: the total itself must go.
            return [*extra, line.total]
        chosen = candidates.pop(0)
        extra.append(chosen)
        held += lattice.values[chosen]
    return extra
