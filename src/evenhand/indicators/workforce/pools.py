"""The make-up of a pool of people (assessors, trainers) beside the people it was drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import UsageProblem
from evenhand.indicators.sentences import number, percent
from evenhand.stats import Estimates, Proportion, proportion, representation


@dataclass(frozen=True, slots=True)
class PoolShare:
    """A group in a pool: how many of how many, the interval, and the source if it is known."""

    group: str
    count: int
    of: int
    share: Estimates
    ratio: Estimates | None
    sentence: str


def describe_pool(
    counts: dict[str, int], *, of: int, pool: str, expected: dict[str, float] | None = None
) -> list[PoolShare]:
    """Each group's share of a pool, and how it compares with the people the pool came from.

    Parameters
    ----------
    counts
        How many of the pool belong to each group, by the group's name.
    of
        Everybody in the pool.
    pool
        What it is, in words: “assessors”.
    expected
        Each group's share of the people it was drawn from, where that is known.

    Examples
    --------
    >>> women, = describe_pool({"women": 45}, of=209, pool="assessors")
    >>> women.sentence
    '45 of 209 assessors are women (22%, 95% interval 16% to 28%).'

    The pool is small enough that the share could have been one in six, or more than one in four.
    """
    over = [name for name, count in counts.items() if count > of]
    if over:
        raise UsageProblem(
            f"{counts[over[0]]} of {over[0]} are more than the {of} of the pool.",
            rule="count-within-total",
        )
    return [
        _share(name, count, of, pool, (expected or {}).get(name)) for name, count in counts.items()
    ]


def _share(name: str, count: int, of: int, pool: str, expected: float | None) -> PoolShare:
    own = Proportion([count], [of])
    share = proportion(own)
    low, high = percent(float(share.low[0])), percent(float(share.high[0]))
    words = (
        f"{count:,} of {of:,} {pool} are {name} ({percent(count / of)}, 95% interval {low} to "
        f"{high})"
        if of
        else f"There is nobody in the pool of {pool}"
    )
    if expected is None or not of:
        return PoolShare(name, count, of, share, None, f"{words}.")
    ratio = representation(own, [expected]).ratio
    words += (
        f", against {percent(expected)} of those they were drawn from: "
        f"{number(float(ratio.value[0]))} times (95% interval {number(float(ratio.low[0]))} to "
        f"{number(float(ratio.high[0]))})"
    )
    return PoolShare(name, count, of, share, ratio, f"{words}.")


def find_counts(share: float, *, of: int, decimals: int = 1) -> list[int]:
    """The numbers of people that a printed percentage can stand for; none where it is wrong.

    Examples
    --------
    >>> find_counts(0.215, of=209), find_counts(0.015, of=209)
    ([45], [])

    21.5% of 209 are 45 people; 1.5% of 209 is no whole number of people.
    """
    printed = round(share * 100, decimals)
    near = round(share * of)
    reach = int(of * 10**-decimals / 100) + 1
    return [
        count
        for count in range(max(near - reach, 0), min(near + reach, of) + 1)
        if round(count / of * 100, decimals) == printed
    ] if of else []  # fmt: skip
