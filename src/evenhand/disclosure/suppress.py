"""Primary suppression of small counts, and complementary suppression so none can be worked out."""

from __future__ import annotations

from collections.abc import Iterable

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
    hidden |= part & (values > 0) & (rest > 0) & (rest < small)
    if policy.hide_all_or_none:
        hidden |= part & (whole > 0) & ((values == 0) | (rest == 0))
    return set(np.flatnonzero(hidden).tolist())


def find_complementary(lattice: Lattice, primary: set[int], policy: Policy) -> set[int]:
    """Further counts to hide so that no hidden one follows by subtraction.

    Along every sum whose total is shown, at least two parts are hidden, and together they hold
    at least ``count_below`` events, so that what is left over narrows none of them to a small
    number. A part that opens no other sum goes first (it closes a circuit of hidden cells), then
    the smallest; ties go by position, so the pattern is the same in every run.

    Notes
    -----
    Sum by sum first; then what still follows from several sums together (see
    :func:`~evenhand.disclosure.audit.find_derivable`) gets one more cell, and the sums it touches
    are gone through again. It does not weigh the whole pattern at once, so it hides somewhat more
    than the fewest cells possible.
    """
    if not primary:
        return set()
    hiding = _Hiding(lattice, policy)
    hiding.hide(primary)
    hiding.cover(primary)
    while True:
        _settle(hiding)
        nested = find_nested(lattice, hiding.hidden) - hiding.hidden
        if not nested:
            return hiding.hidden - primary
        hiding.hide(nested)
        hiding.cover(nested)


def _settle(hiding: _Hiding) -> None:
    """Hide until nothing follows from the sums: near each change first, everywhere at the end."""
    lattice = hiding.lattice
    while derivable := find_derivable(lattice, hiding.hidden):
        while derivable:
            changed = hiding.widen(derivable)
            near = changed | hiding.cover(changed) | derivable
            derivable = find_derivable(lattice, hiding.hidden, hiding.short_lines_near(near))


SHORT = 3
"""After a change, only sums with at most this many hidden cells are looked at, and only those that
it can reach: what newly follows, follows from these. All sums are looked at before it is over."""


def find_nested(lattice: Lattice, hidden: set[int]) -> set[int]:
    """All the finer counts of a coarser one of which any is hidden; with one only, both.

    Broad groups are shown beside detailed ones: a single hidden detail would follow from its broad
    group. Hiding more never gives away what was hidden, so this comes last.
    """
    extra: set[int] = set()
    for line in lattice.nests:
        if not hidden.isdisjoint(line.parts):
            extra.update(line.parts)
            if len(line.parts) == 1:
                extra.add(line.total)
    return extra


class _Hiding:
    """What is hidden so far, and how many parts of every sum are."""

    def __init__(self, lattice: Lattice, policy: Policy) -> None:
        self.lattice, self.policy = lattice, policy
        self.hidden: set[int] = set()
        self.gone = [0] * len(lattice.lines)
        self.within: list[list[int]] = [[] for _ in lattice.values]
        self.totalling: list[list[int]] = [[] for _ in lattice.values]
        for number, line in enumerate(lattice.lines):
            self.totalling[line.total].append(number)
            for cell in line.parts:
                self.within[cell].append(number)

    def hide(self, cells: Iterable[int]) -> None:
        """Hide cells and count them in their sums."""
        for cell in set(cells) - self.hidden:
            self.hidden.add(cell)
            for number in self.within[cell]:
                self.gone[number] += 1

    def cover(self, touched: Iterable[int]) -> set[int]:
        """Hide along the sums through ``touched`` cells until none is exposed; what was added."""
        added: set[int] = set()
        queue = sorted({number for cell in touched for number in self._through(cell)})
        queued = set(queue)
        for number in queue:
            queued.discard(number)
            extra = self._cheapest_cover(self.lattice.lines[number], self.gone[number])
            self.hide(extra)
            added.update(extra)
            again = [n for cell in extra for n in self._through(cell) if n not in queued]
            queue.extend(dict.fromkeys(again))
            queued.update(again)
        return added

    def short_lines_near(self, cells: set[int]) -> list[Line]:
        """The short sums that can be reached from ``cells`` through hidden cells of short sums."""
        found: set[int] = set()
        waiting, seen = list(cells), set(cells)
        while waiting:
            for number in self._through(waiting.pop()):
                line = self.lattice.lines[number]
                whole = line.total in self.hidden
                if number in found or self.gone[number] + whole > SHORT:
                    continue
                found.add(number)
                near = {cell for cell in (*line.parts, line.total) if cell in self.hidden} - seen
                waiting.extend(near)
                seen |= near
        return [self.lattice.lines[number] for number in sorted(found)]

    def widen(self, derivable: set[int]) -> set[int]:
        """Hide one more cell for each derivable one: the cheapest that a sum through it shows.

        Where all its sums are hidden whole, the search goes on through the sums that meet them.
        """
        added = {self._beyond(cell) for cell in sorted(derivable)}
        self.hide(added)
        return added

    def _beyond(self, cell: int) -> int:
        lines = self.lattice.lines
        reached = {cell}
        while not (choices := self._choices(reached)):
            near = [lines[i] for c in reached for i in self._through(c)]
            wider = reached | {c for s in near for c in (*s.parts, s.total) if c in self.hidden}
            if wider == reached:
                raise DisclosureRefused(
                    "a hidden figure follows from the others and nothing is left to hide with it.",
                    remedy="Release fewer totals of this table, or use a policy for the cleared.",
                    rule="no-hidden-cell-by-subtraction",
                )
            reached = wider
        return min(choices)[-1]

    def _choices(self, reached: set[int]) -> list[tuple[int, int, int, int]]:
        """Candidates in order: shown counts, then totals, then true zeros; each by its cost.

        A zero may have to be hidden so that the others of its line stop being determined.
        """
        found = []
        for line in (self.lattice.lines[i] for cell in reached for i in self._through(cell)):
            for cell in line.parts:
                count = int(self.lattice.values[cell])
                if cell not in self.hidden and count >= 0:
                    found.append((0 if count else 2, *self._cost(cell)))
            if line.total not in self.hidden:
                found.append((1, *self._cost(line.total)))
        return found

    def _through(self, cell: int) -> list[int]:
        return self.within[cell] + self.totalling[cell]

    def _cost(self, cell: int) -> tuple[int, int, int]:
        """How many untouched sums hiding the cell would open, its count, its position."""
        opened = sum(
            not self.gone[number] and self.lattice.lines[number].total not in self.hidden
            for number in self.within[cell]
        )
        return opened, int(self.lattice.values[cell]), cell

    def _cheapest_cover(self, line: Line, gone: int) -> list[int]:
        if line.total in self.hidden or not gone:
            return []
        values, enough = self.lattice.values, self.policy.count_below
        held = sum(max(int(values[cell]), 0) for cell in line.parts if cell in self.hidden)
        if gone > 1 and held >= enough:
            return []
        extra: list[int] = []
        shown = [cell for cell in line.parts if cell not in self.hidden and values[cell] > 0]
        for cell in sorted(shown, key=self._cost):
            extra.append(cell)
            held += int(values[cell])
            if gone + len(extra) > 1 and held >= enough:
                return extra
        # Nothing else in this line can hide it: the total itself must go.
        return [*extra, line.total]
