"""How often chance is called a finding, and how often a real difference is found: by simulation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from evenhand.stats import (
    Proportion,
    PValues,
    Rate,
    Spells,
    benjamini_hochberg,
    conditional_rate_test,
    detectable_rate_ratio,
    detectable_risk_ratio,
    fisher,
    funnel,
    log_rank,
    rate_ratio,
    risk_ratio,
)

Floats = NDArray[np.float64]
FALSE_DISCOVERY = 0.05
"""The stated rate: of what is called a finding at an adjusted p of 0.05, one in twenty is not."""

CONCERN_P, NOTABLE_RATIO = 0.01, 1.25
"""What the signal "concern" asks for: version 1 of the thresholds of the indicators room, which
nothing here may import. The test of the calibration holds the two together."""

_GROUPS = np.array([4000, 900, 500, 250, 120, 60, 30, 15])
"""People per group of a middling unit, the comparator first: most groups are small."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """One scenario: the share of families with any false finding, of findings that are false,
    of comparisons without a difference that reach *concern*, and of planted ones found."""

    scenario: str
    families: int
    any_false: float
    false_share: float
    false_concern: float
    found: float


def false_discovery(rng: Generator, families: int = 10_000) -> list[Discovery]:
    """No difference anywhere; then one comparison in seven doubled; for proportions and rates."""
    nobody, some = np.ones(_GROUPS.size - 1), np.ones(_GROUPS.size - 1)
    some[1] = 2.0
    return [
        _discover(rng, ("proportions, no difference", families, 1), nobody, rates=False),
        _discover(rng, ("rates, no difference", families, 1), nobody, rates=True),
        _discover(
            rng, ("proportions, 12 units, no difference", families // 20, 12), nobody, rates=False
        ),
        _discover(
            rng,
            ("proportions, 12 units, one group in seven doubled", families // 20, 12),
            some,
            rates=False,
        ),
        _discover(
            rng,
            ("rates, 12 units, one group in seven doubled", families // 20, 12),
            some,
            rates=True,
        ),
    ]


def _discover(
    rng: Generator, scenario: tuple[str, int, int], effect: Floats, *, rates: bool
) -> Discovery:
    name, families, units = scenario
    sizes = np.broadcast_to(_GROUPS, (families, units, _GROUPS.size))
    chance = 0.08 * np.r_[1.0, effect]
    if rates:
        counted: Rate | Proportion = Rate(rng.poisson(sizes * chance), sizes)
    else:
        counted = Proportion(rng.binomial(sizes, chance), sizes)
    p, low, high = _tests(counted)
    adjusted = np.array([benjamini_hochberg(each) for each in p])
    real = np.broadcast_to(effect != 1, p.shape)
    with np.errstate(invalid="ignore"):
        finding = adjusted <= FALSE_DISCOVERY
        concern = (adjusted <= CONCERN_P) & ((low >= NOTABLE_RATIO) | (high <= 1 / NOTABLE_RATIO))
    false = finding & ~real
    each = tuple(range(1, p.ndim))
    share = false.sum(axis=each) / np.maximum(finding.sum(axis=each), 1)
    return Discovery(
        name,
        families,
        float(false.any(axis=each).mean()),
        float(share.mean()),
        float(concern[~real].mean()),
        float(finding[real].mean()) if real.any() else float("nan"),
    )


def _tests(counted: Rate | Proportion) -> tuple[Floats, Floats, Floats]:
    test: PValues
    if isinstance(counted, Rate):
        ours = Rate(counted.events[..., 1:], counted.population[..., 1:])
        theirs = Rate(counted.events[..., :1], counted.population[..., :1])
        test, ratio = conditional_rate_test(ours, theirs), rate_ratio(ours, theirs)
    else:
        group = Proportion(counted.count[..., 1:], counted.total[..., 1:])
        against = Proportion(counted.count[..., :1], counted.total[..., :1])
        test, ratio = fisher(group, against), risk_ratio(group, against)
    return test.p, ratio.low, ratio.high


@dataclass(frozen=True, slots=True)
class Power:
    """The chance that the planted, smallest detectable difference is found; 0.8 is promised."""

    setting: str
    ratio: float
    power: float


def planted_power() -> list[Power]:
    """Plant exactly the ratio that is called detectable and sum over every outcome."""
    rows = []
    for people, events, others in ((200, 400, 4000), (1000, 400, 4000), (100, 60, 300)):
        comparator, usual = Proportion(events, others), events / others
        found = detectable_risk_ratio([people], comparator)
        for side, ratio in (("above", found.ratio_above[0]), ("below", found.ratio_below[0])):
            if np.isfinite(ratio):
                name = f"proportions, {people:,} people against {events} of {others:,}, {side}"
                rows.append(
                    Power(name, float(ratio), _power_shares(people, others, (usual, float(ratio))))
                )
    for people, events, others in ((500, 400, 20000), (5000, 400, 20000), (2000, 50, 2000)):
        found = detectable_rate_ratio([people], Rate(events, others))
        for side, ratio in (("above", found.ratio_above[0]), ("below", found.ratio_below[0])):
            if np.isfinite(ratio):
                name = f"rates, {people:,} people against {events} in {others:,}, {side}"
                rows.append(
                    Power(name, float(ratio), _power_rates(people, others, (events, float(ratio))))
                )
    return rows


def _power_shares(people: int, others: int, truth: tuple[float, float]) -> float:
    usual, ratio = truth
    x1, w1 = _likely_binomial(people, usual * ratio)
    x2, w2 = _likely_binomial(others, usual)
    test = fisher(Proportion(x1[:, None], people), Proportion(x2[None, :], others))
    return _noticed(test, np.outer(w1, w2))


def _power_rates(people: float, others: float, truth: tuple[float, float]) -> float:
    events, ratio = truth
    x1, w1 = _likely_poisson(events / others * people * ratio)
    x2, w2 = _likely_poisson(events)
    test = conditional_rate_test(Rate(x1[:, None], people), Rate(x2[None, :], others))
    return _noticed(test, np.outer(w1, w2))


def _noticed(test: PValues, weight: Floats) -> float:
    with np.errstate(invalid="ignore"):
        return float((weight * (test.p <= 0.05)).sum() / weight.sum())


def _likely_binomial(total: int, share: float) -> tuple[NDArray[np.int64], Floats]:
    x = np.arange(total + 1)
    log = (
        gammaln(total + 1.0)
        - gammaln(x + 1.0)
        - gammaln(total - x + 1.0)
        + xlogy(x, share)
        + xlogy(total - x, 1 - share)
    )
    return _kept(x, np.exp(log))


def _likely_poisson(mean: float) -> tuple[NDArray[np.int64], Floats]:
    x = np.arange(int(mean + 8 * np.sqrt(mean) + 15))
    return _kept(x, np.exp(xlogy(x, mean) - mean - gammaln(x + 1.0)))


def _kept(x: NDArray[np.int64], weight: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Outcomes with a chance worth counting; those left out add up to less than one in 10⁷."""
    likely = weight > 1e-10
    return x[likely], weight[likely]


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """How often a test with nothing to find speaks, beside how often it says it will."""

    test: str
    promised: float
    seen: float


def false_alarms(rng: Generator, draws: int = 4000) -> list[FalseAlarm]:
    """Funnel limits over 40 even units, and log-rank tests of groups that wait alike."""
    sizes = np.geomspace(20, 2000, 40).astype(int)
    plot = funnel(Proportion(rng.binomial(sizes, 0.1, (draws // 20, 40)), sizes), target=0.1)
    rows = [
        FalseAlarm("funnel, outside 95%", 0.05, float((plot.standing != 0).mean())),
        FalseAlarm("funnel, outside 99.8%", 0.002, float((np.abs(plot.standing) == 2).mean())),
    ]
    for people in (15, 60):
        test = log_rank(_waits(rng, draws, people))
        rows.append(
            FalseAlarm(f"log-rank, two groups of {people}", 0.05, float((test.p <= 0.05).mean()))
        )
    return rows


def _waits(rng: Generator, draws: int, people: int) -> Spells:
    months, shape = 13, (draws, 2, people)
    when, until = rng.geometric(0.05, shape), rng.integers(4, months, shape)
    event, leaving = when <= until, np.minimum(when, until)
    cell = (np.arange(draws * 2).reshape(draws, 2, 1) * months) + leaving

    def count(rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        tally = np.bincount(cell[rows], minlength=draws * 2 * months)
        return np.asarray(tally.reshape(draws, 2, months))

    return Spells(count(event), count(~event))
