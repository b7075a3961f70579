"""Counts to the nearest five, as a body that publishes by rounding does; and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Rounding:
    """A publisher's standard rounding.

    Counts, whole or full-time equivalent, go to the nearest multiple of ``base``, halves up.
    A percentage of fewer than ``percentage_from`` people, and an average over ``average_above`` or
    fewer, is not shown. Both are judged by the true number, before it is rounded.
    """

    name: str
    version: int
    base: int
    percentage_from: float
    average_above: float
    reason: str

    def round(self, counts: ArrayLike) -> NDArray[np.int64]:
        """Each count by itself, so that a total need not be the sum of its rounded parts.

        Raises
        ------
        UsageProblem
            A count that is negative, missing or not a number: mark those before rounding.

        Examples
        --------
        >>> HESA.round([2, 2.5, 7, 22.4]).tolist()
        [0, 5, 5, 20]

        Of 5 in the table there may have been three to seven: nobody can say which.
        """
        values = np.asarray(counts, dtype=np.float64)
        bad = ~(np.isfinite(values) & (values >= 0))
        if bad.any():
            raise UsageProblem(
                "counts to be rounded must be finite and not negative.",
                remedy="Put a marker in place of what was not counted, and round the rest.",
                rule="counts-are-not-negative",
            )
        return np.asarray(self.base * np.floor(values / self.base + 0.5), dtype=np.int64)

    def may_show_percentage(self, of: ArrayLike) -> NDArray[np.bool_]:
        """Whether a percentage of so many people may be shown."""
        return np.asarray(np.asarray(of, dtype=np.float64) >= self.percentage_from)

    def may_show_average(self, over: ArrayLike) -> NDArray[np.bool_]:
        """Whether an average over so many people may be shown."""
        return np.asarray(np.asarray(over, dtype=np.float64) > self.average_above)


HESA = Rounding(
    name="hesa",
    version=1,
    base=5,
    percentage_from=22.5,
    average_above=7,
    reason="HESA Services' standard rounding, for returns that must line up with its tables.",
)
