"""Scales: each publication brings its own levels, in its own words and order, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Level:
    """One level: ``closes`` when the publication counts it as finished.

    ``applies`` is False for a level that says the recommendation does not apply here: such an item
    is neither finished nor unfinished, and is left out of shares.
    """

    code: str
    words: str
    meaning: str = ""
    closes: bool = False
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels from least to most, with a name of their own."""

    ref: str
    title: str
    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        codes = [level.code for level in self.levels]
        if not codes or len(set(codes)) != len(codes):
            raise UsageProblem(
                f"scale {self.ref} needs at least one level, each with a code of its own.",
                rule="scale-shape",
            )

    def level(self, code: str) -> Level:
        """The level with this code; refused when the scale has none."""
        for level in self.levels:
            if level.code == code:
                return level
        raise UsageProblem(
            f"“{code}” is not a level of {self.title}.",
            remedy=f"Choose one of: {', '.join(level.words for level in self.levels)}.",
            rule="levels-belong-to-their-scale",
        )

    def rank(self, code: str) -> int:
        """The level's place from the bottom, 0 first. Ranks of two scales are not comparable."""
        return self.levels.index(self.level(code))


EMBEDDED = Scale(
    "embedded",
    "Embedded, partially, continuing challenge",
    (
        Level("challenge", "Continuing challenge", "Significant work remains."),
        Level("partial", "Partially embedded", "In some areas, or not yet measured."),
        Level("embedded", "Embedded", "In policy and practice throughout.", closes=True),
    ),
)
COMPLETE = Scale(
    "complete",
    "Complete, in progress, not applicable",
    (
        Level("in_progress", "In progress"),
        Level("not_applicable", "Not applicable", applies=False),
        Level("complete", "Complete", closes=True),
    ),
)
ACTIONED = Scale(
    "actioned",
    "Action completed",
    (
        Level("outstanding", "Outstanding"),
        Level("completed", "Action completed", closes=True),
    ),
)
RATED = Scale(
    "rated",
    "Red, amber, green",
    (
        Level("red", "Red", "Off course, with no agreed way back."),
        Level("amber", "Amber", "Off course, with an agreed way back."),
        Level("green", "Green", "On course."),
        Level("delivered", "Delivered", closes=True),
    ),
)
STANDARD = Scale(
    "standard",
    "Baseline to excellent",
    (
        Level("baseline", "Baseline"),
        Level("developing", "Developing"),
        Level("achieving", "Achieving", closes=True),
        Level("excellent", "Excellent", closes=True),
    ),
)

KNOWN_SCALES: Mapping[str, Scale] = {
    scale.ref: scale for scale in (EMBEDDED, COMPLETE, ACTIONED, RATED, STANDARD)
}
"""Scales met in published reports: a beginning for a secretariat, who may make others."""


@dataclass(frozen=True, slots=True)
class ScaleCount:
    """How many items stand at each level of one scale, in the scale's order, and at none."""

    scale: Scale
    counts: Mapping[str, int]
    unreported: int

    @property
    def total(self) -> int:
        """Every item on this scale."""
        return sum(self.counts.values()) + self.unreported


def count_by_scale(items: Iterable[tuple[Scale, str | None]]) -> tuple[ScaleCount, ...]:
    """How do items of several publications stand, without pretending their scales are one?

    Parameters
    ----------
    items
        Each item's scale and the code of its level, None where no level has been reported.

    Returns
    -------
    One :class:`ScaleCount` a scale, in order of first appearance. Nothing is added across scales.

    Examples
    --------
    >>> [each] = count_by_scale([(COMPLETE, "complete"), (COMPLETE, None), (COMPLETE, "complete")])
    >>> each.counts["complete"], each.unreported, each.total
    (2, 1, 3)

    Two of three are reported complete on this scale; of the third nothing has been said.
    """
    found: dict[str, tuple[Scale, dict[str, int], list[int]]] = {}
    for scale, code in items:
        _, counts, unreported = found.setdefault(
            scale.ref, (scale, {level.code: 0 for level in scale.levels}, [0])
        )
        if code is None:
            unreported[0] += 1
        else:
            counts[scale.level(code).code] += 1
    return tuple(ScaleCount(scale, counts, lost[0]) for scale, counts, lost in found.values())
