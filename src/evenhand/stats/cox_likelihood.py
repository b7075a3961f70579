"""Cox's partial likelihood, its slope and curvature, from counts of people sharing covariates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.core import UsageProblem
from evenhand.stats.columns import Floats
from evenhand.stats.spells import Spells

Ties = Literal["efron", "breslow"]


@dataclass(frozen=True, slots=True)
class TiedCells:
    """The moments (stratum × month) at which anybody had the event.

    ``at_risk`` and ``events`` have shape ``(moments, patterns)``; ``share`` is, for each event in
    turn, the share of its moment's events already taken out of the risk set (Efron; 0 for
    Breslow), and ``first`` where each moment's events begin in it.
    """

    at_risk: Floats
    events: Floats
    covariates: Floats
    deaths: NDArray[np.int64]
    share: Floats
    first: NDArray[np.int64]
    present: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Log partial likelihood with its gradient and observed information."""

    value: float
    score: Floats
    information: Floats


def build_cells(spells: Spells, covariates: Floats, *, ties: Ties) -> TiedCells:
    """Keep the moments with events; the others add nothing to the likelihood."""
    if ties not in ("efron", "breslow"):
        raise UsageProblem(
            f"ties must be 'efron' or 'breslow', not {ties!r}.", rule="ties-are-named"
        )
    patterns = spells.events.shape[-2]
    events = np.swapaxes(spells.events, -1, -2).reshape(-1, patterns)
    at_risk = np.swapaxes(spells.at_risk, -1, -2).reshape(-1, patterns)
    kept = events.sum(axis=1) > 0
    events, at_risk = events[kept], at_risk[kept]
    deaths = events.sum(axis=1)
    first = np.cumsum(deaths) - deaths
    turn = np.arange(deaths.sum()) - np.repeat(first, deaths)
    share = turn / np.repeat(deaths, deaths) if ties == "efron" else np.zeros(turn.size)
    return TiedCells(
        at_risk.astype(np.float64),
        events.astype(np.float64),
        covariates - covariates.mean(axis=0),
        deaths,
        share,
        first,
        at_risk.any(axis=0),
    )


def partial_likelihood(cells: TiedCells, coefficient: Floats) -> Likelihood:
    """The likelihood at ``coefficient``; every event of a moment is handled at once.

    The weighted risk set less a share of those who tie is ``S − f·D``; its reciprocal and squared
    reciprocal, summed over the ties of a moment with powers of ``f``, are all that
    the slope and curvature need, so cost grows with moments and events but not with people.
    """
    linear = cells.covariates @ coefficient
    highest = float(linear.max())
    weight = np.exp(linear - highest)
    risk, tied = _sums(cells.at_risk * weight, cells), _sums(cells.events * weight, cells)
    left = np.repeat(risk[0], cells.deaths) - cells.share * np.repeat(tied[0], cells.deaths)
    one, two = 1 / left, 1 / left**2
    by_moment = [np.add.reduceat(part, cells.first) for part in _powers(one, two, cells.share)]
    value = float((cells.events @ (linear - highest)).sum() - np.log(left).sum())
    a, b = by_moment[0], by_moment[1]
    score = cells.events.sum(axis=0) @ cells.covariates - a @ risk[1] + b @ tied[1]
    information = np.tensordot(a, risk[2], 1) - np.tensordot(b, tied[2], 1)
    return Likelihood(value, score, information - _outer(risk[1], tied[1], by_moment[2:]))


def _sums(weighted: Floats, cells: TiedCells) -> tuple[Floats, Floats, Floats]:
    """Per moment: the total weight, and its first and second moments of the covariates."""
    x = cells.covariates
    squares = (x[:, :, None] * x[:, None, :]).reshape(x.shape[0], -1)
    second = (weighted @ squares).reshape(-1, x.shape[1], x.shape[1])
    return weighted.sum(axis=1), weighted @ x, second


def _powers(one: Floats, two: Floats, share: Floats) -> list[Floats]:
    return [one, share * one, two, share * two, share * share * two]


def _outer(risk: Floats, tied: Floats, sums: list[Floats]) -> Floats:
    """Σ over ties of the squared mean covariate of what is left in the risk set."""
    mixed = risk.T @ (sums[1][:, None] * tied)
    return risk.T @ (sums[0][:, None] * risk) - mixed - mixed.T + tied.T @ (sums[2][:, None] * tied)
