"""What will the make-up of the service be in some years, if things go on like this?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Reason,
    as_counts,
    as_population,
    require_confidence,
)


@dataclass(frozen=True, slots=True)
class Flows:
    """What moves people in a year, by group and rank (lowest first): shape ``(groups, ranks)``.

    ``joiners`` is the expected number a year; ``leaving`` the share who leave in a year;
    ``promotion`` the share of those who stay who move up one rank (0 at the highest).
    """

    joiners: Floats
    leaving: Floats
    promotion: Floats

    def __init__(self, joiners: ArrayLike, leaving: ArrayLike, *, promotion: ArrayLike) -> None:
        expected = as_population(joiners, name="joiners")
        going, rising = _share(leaving, name="leaving"), _share(promotion, name="promotion")
        if expected.ndim != 2 or not expected.shape == going.shape == rising.shape:
            raise UsageProblem(
                f"joiners, leaving and promotion have shapes {expected.shape}, {going.shape} and "
                f"{rising.shape}; all must be (groups, ranks).",
                rule="shapes-line-up",
            )
        if rising[:, -1].any():
            raise UsageProblem(
                f"promotion from the highest rank is {rising[:, -1].max():g}; it must be 0.",
                rule="no-rank-above-the-highest",
            )
        object.__setattr__(self, "joiners", expected)
        object.__setattr__(self, "leaving", going)
        object.__setattr__(self, "promotion", rising)


def _share(values: ArrayLike, *, name: str) -> Floats:
    array = as_population(values, name=name)
    if (array > 1).any():
        raise UsageProblem(
            f"{name} must be a share between 0 and 1; found {array[array > 1].flat[0]:g}.",
            rule="shares-are-proportions",
        )
    return array


@dataclass(frozen=True, slots=True)
class Projection:
    """Simulated head-counts, shape ``(draws, years + 1, groups, ranks)``, and their expectation.

    Year 0 is today. ``expected`` has shape ``(years + 1, groups, ranks)``.
    """

    simulated: Counts
    expected: Floats


def project(
    stock: ArrayLike,
    flows: Flows | Sequence[Flows],
    *,
    years: int,
    rng: Generator,
    draws: int = 2000,
) -> Projection:
    """If joining, leaving and promotion go on like this, who will be there in each coming year?

    A stock-and-flow model: each year some leave (binomial), some of those who stay are promoted
    one rank (binomial), and new people join (Poisson). Many simulated futures show how far
    chance alone can move the answer in small groups.

    Parameters
    ----------
    stock
        People today, shape ``(groups, ranks)``, lowest rank first.
    flows
        The yearly flows, held constant; or one for each year, the last of which goes on.
    years
        How far ahead, 1 to 100.
    rng
        The source of randomness; the same seed gives the same futures.
    draws
        How many futures, at least 1.

    Returns
    -------
    Projection.

    Raises
    ------
    UsageProblem
        If the stock and the flows do not line up, or ``years`` or ``draws`` is out of bounds.

    Notes
    -----
    Not a forecast: it says what follows *if* the flows stay as they are. Chance is simulated;
    being wrong about the flows is not, so vary them with :func:`pull`. Ranks must be in
    order and people move up one at a time.

    References
    ----------
    Bartholomew DJ, Forbes AF, McClean SI (1991), Statistical Techniques for Manpower Planning, 2nd
    ed., chapters 4–5 (Markov models of stocks and flows).

    Examples
    --------
    >>> flows = Flows([[10.0, 0.0], [40.0, 0.0]], [[0.05, 0.1]] * 2, promotion=[[0.04, 0.0]] * 2)
    >>> rng = np.random.default_rng(1)
    >>> future = project([[100, 10], [900, 90]], flows, years=5, rng=rng)
    >>> future.expected[-1].sum(axis=1).round(1)
    array([126.9, 916.5])

    In five years the first group would number about 127.
    """
    people = as_counts(stock, name="stock")
    yearly = [flows] if isinstance(flows, Flows) else list(flows)
    for each in yearly:
        if people.shape != each.joiners.shape:
            raise UsageProblem(
                f"stock has shape {people.shape} but flows have {each.joiners.shape}.",
                rule="shapes-line-up",
            )
    if not yearly:
        raise UsageProblem("flows must be those of one year at least.", rule="flows-are-given")
    if not 1 <= years <= 100 or draws < 1:
        raise UsageProblem(
            f"years must be 1 to 100 and draws at least 1, not {years!r} and {draws!r}.",
            rule="horizon-is-bounded",
        )
    simulated = np.empty((draws, years + 1, *people.shape), np.int64)
    expected = np.empty((years + 1, *people.shape))
    simulated[:, 0], expected[0] = people, people
    for year in range(years):
        here = yearly[min(year, len(yearly) - 1)]
        simulated[:, year + 1] = _draw_year(simulated[:, year], here, rng=rng)
        expected[year + 1] = _expect_year(expected[year], here)
    return Projection(simulated, expected)


def _draw_year(people: Counts, flows: Flows, *, rng: Generator) -> Counts:
    staying = people - rng.binomial(people, flows.leaving)
    rising = rng.binomial(staying, flows.promotion)
    after = staying - rising + rng.poisson(flows.joiners, size=people.shape)
    after[..., 1:] += rising[..., :-1]
    return after


def _expect_year(people: Floats, flows: Flows) -> Floats:
    staying = people * (1 - flows.leaving)
    rising = staying * flows.promotion
    after: Floats = staying - rising + flows.joiners
    after[..., 1:] += rising[..., :-1]
    return after


def pull(
    flows: Flows,
    group: int,
    *,
    joiners: float = 1.0,
    leaving: float = 1.0,
    promotion: float = 1.0,
) -> Flows:
    """What if one group joined, left or was promoted at a different pace? (the levers to move)

    Each lever multiplies that group's flow: ``joiners=1.5`` is half as many again, ``leaving=0.8``
    a fifth fewer. Shares stop at 1.

    Parameters
    ----------
    flows
        The flows as they are, arrays of shape ``(groups, ranks)``.
    group
        Which group's flows to move.
    joiners, leaving, promotion
        What to multiply each flow by; finite, not negative, 1 to leave it alone.

    Returns
    -------
    Flows of the same shapes, the other groups' as before.

    Raises
    ------
    UsageProblem
        If there is no such group, or a lever is negative or not finite.

    Notes
    -----
    Moves one group alone. A service of a fixed size cannot recruit more of one group without fewer
    of another: pull both levers then.

    References
    ----------
    Bartholomew, Forbes and McClean (1991), above.

    Examples
    --------
    >>> flows = Flows([[10.0], [40.0]], [[0.05], [0.05]], promotion=[[0.0], [0.0]])
    >>> pull(flows, 0, joiners=1.5).joiners[0]
    array([15.])

    Fifteen would join the first group each year instead of ten.
    """
    groups = flows.joiners.shape[0]
    if not 0 <= group < groups:
        raise UsageProblem(f"group {group} is outside 0 to {groups - 1}.", rule="group-exists")
    levers = {"joiners": joiners, "leaving": leaving, "promotion": promotion}
    moved = {name: getattr(flows, name).copy() for name in levers}
    for name, lever in levers.items():
        if not 0 <= lever < np.inf:
            raise UsageProblem(
                f"{name} must be finite and not negative, not {lever!r}.", rule="levers-multiply"
            )
        moved[name][group] *= lever
        if name != "joiners":
            moved[name] = np.minimum(moved[name], 1.0)
    return Flows(moved["joiners"], moved["leaving"], promotion=moved["promotion"])


def projected_share(
    future: Projection, group: int, *, rank: int | None = None, confidence: Confidence = NINETY_FIVE
) -> Estimates:
    """What share of the service, or of one rank, will the group be in each year?

    Parameters
    ----------
    future
        From :func:`project`.
    group, rank
        Which group; which rank, or the whole service when left out.
    confidence
        The central share of futures between ``low`` and ``high``.

    Returns
    -------
    Estimates of shape ``(years + 1,)``: the median of the simulated shares and their central
    interval. Undefined (``NO_POPULATION``) in a year in which the rank is empty in most futures.

    Raises
    ------
    UsageProblem
        If there is no such group or rank.

    Notes
    -----
    The interval is of chance alone; flows that change move the answer further. Not for a rank of a
    few people, where the share jumps by a person at a time: give the number instead.

    References
    ----------
    Bartholomew, Forbes and McClean (1991), above.

    Examples
    --------
    >>> flows = Flows([[10.0], [40.0]], [[0.05], [0.05]], promotion=[[0.0], [0.0]])
    >>> future = project([[100], [900]], flows, years=5, rng=np.random.default_rng(1))
    >>> projected_share(future, 0).value[[0, 5]].round(3)
    array([0.1  , 0.122])

    The group's share would rise from 10% to about 12% in five years.
    """
    require_confidence(confidence)
    share = simulated_shares(future, group, rank=rank)
    filled = ~np.isnan(share)
    shown = filled.mean(axis=0) > 0.5
    limits = np.full((3, share.shape[1]), np.nan)
    quantiles = [0.5, confidence.tail, 1 - confidence.tail]
    limits[:, shown] = np.nanquantile(share[:, shown], quantiles, axis=0)
    reason = np.where(shown, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    method = f"stock-and-flow simulation, {len(share):,} draws"
    return Estimates(limits[0], limits[1], limits[2], reason, method, confidence)


def simulated_shares(future: Projection, group: int, *, rank: int | None) -> Floats:
    """The group's share in each simulated future and year; nan where nobody is left."""
    counted = simulated_heads(future, group, rank=rank)
    total = counted.sum(axis=-1)
    empty = np.full(total.shape, np.nan)
    share: Floats = np.divide(counted[..., group], total, out=empty, where=total > 0)
    return share


def simulated_heads(future: Projection, group: int, *, rank: int | None) -> Counts:
    """People by (draw, year, group), at one rank or all; refused where there is no such group."""
    people = future.simulated
    _, _, groups, ranks = people.shape
    if not 0 <= group < groups or (rank is not None and not 0 <= rank < ranks):
        raise UsageProblem(
            f"there is no group {group}, rank {rank}: groups are 0 to {groups - 1}, ranks 0 to "
            f"{ranks - 1}.",
            rule="group-exists",
        )
    return people.sum(axis=-1) if rank is None else people[..., rank]
