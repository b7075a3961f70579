"""Where the people who live in a place cannot be the people who are searched there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.indicators.thresholds import THRESHOLDS, Thresholds

SPEAKS_FROM = 10
"""A group of fewer searches does not speak for whether a place's residents are the people counted:
chance alone can make its rate high."""


def find_visited(
    count: NDArray[np.int64],
    person_years: NDArray[np.float64],
    thresholds: Thresholds = THRESHOLDS,
) -> NDArray[np.bool_]:
    """Which places are searched so much that their residents cannot be the people searched?

    One group of a place too busy for its residents speaks for the whole place. City of London: 305
    searches of Black people in a year among 334 residents.

    Parameters
    ----------
    count
        Searches by (place, group).
    person_years
        Residents times the years observed, of the same shape; nan where nobody knows.
    thresholds
        ``visits_per_resident`` is the line.

    Returns
    -------
    ndarray of bool, shape (places,)

    Examples
    --------
    >>> import numpy as np
    >>> found = find_visited(np.array([[841, 305], [60, 9]]), np.array([[5896.0, 334], [60, 9]]))
    >>> found.tolist()
    [True, True]
    >>> find_visited(np.array([[841, 9]]), np.array([[5896.0, np.nan]])).tolist()
    [False]

    In the last place nine searches of a group of unknown size say nothing about visitors.
    """
    limit = thresholds.visits_per_resident * np.nan_to_num(person_years, nan=np.inf)
    return np.asarray(((count >= SPEAKS_FROM) & (count > limit)).any(axis=1))
