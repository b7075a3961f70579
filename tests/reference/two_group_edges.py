"""Works out figures for none, one and all, with scipy and statsmodels and nothing of ours.

Run: ``python tests/reference/two_group_edges.py > tests/reference/two_group_edges.json``. Where a
program has the method, its output stands. Where none does, or its own rounds off or gives up at the
edge, the definition is followed the slow way: likelihoods maximised numerically, distributions
summed term by term. Both are named as what they are in ``source``.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import scipy
import statsmodels
from scipy import optimize, special, stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep

Pair = tuple[tuple[float, float], tuple[float, float]]
Limits = tuple[float, float]

PEOPLE: list[Pair] = [
    ((0, 12), (5, 9)),
    ((5, 10), (0, 20)),
    ((12, 12), (5, 9)),
    ((3, 12), (9, 9)),
    ((1, 10), (1, 20)),
    ((1, 1), (3, 20)),
    ((10, 10), (20, 20)),
    ((10, 10), (0, 20)),
]
# No events at all: a difference of none; every ratio and test is undefined with us, by rule.
NOTHING: list[Pair] = [((0, 10), (0, 20))]
# Everybody in both: the same for odds and tests.
SOME = [pair for pair in PEOPLE if pair != ((10, 10), (20, 20))]
TIMES: list[Pair] = [
    ((0, 120.5), (7, 900.0)),
    ((7, 900.0), (0, 120.5)),
    ((1, 10.0), (1, 30.0)),
    ((1, 4.0), (9, 2.5)),
    ((10, 10.0), (20, 20.0)),
]
Z2 = stats.norm.ppf(0.975) ** 2
SCIPY, STATSMODELS = f"scipy {scipy.__version__}", f"statsmodels {statsmodels.__version__}"
SLOWLY = f"our own independent computation with {SCIPY}, two_group_edges.py: "


def constrained(pair: Pair, second: Callable[[Any], Any], bounds: Limits) -> Limits:
    """Shares of both groups likeliest where the comparator's is ``second`` of the group's."""
    counts = [(x, n - x) for x, n in pair]

    def unlikelihood(p1: Any) -> Any:
        shares = np.clip(p1, 0, 1), np.clip(second(p1), 0, 1)
        return -sum(
            special.xlogy(x, p) + special.xlog1py(rest, -p)
            for (x, rest), p in zip(counts, shares, strict=True)
        )

    # A grid first: at an edge the likelihood may be highest at an end.
    grid = np.linspace(*bounds, 2001)
    best = int(np.argmin(unlikelihood(grid)))
    ends = grid[max(best - 1, 0)], grid[min(best + 1, 2000)]
    found = optimize.minimize_scalar(
        unlikelihood, bounds=ends, method="bounded", options={"xatol": 1e-14}
    )
    p1 = min((found.x, *ends), key=unlikelihood)
    return float(p1), float(np.clip(second(p1), 0, 1))


def score_limits(
    pair: Pair, gap: Callable[[float, Pair], tuple[float, Limits]], span: Limits, *, correct: bool
) -> Limits:
    """Where the score statistic passes the 95% point of chi-squared, on both sides."""
    (_, n1), (_, n2) = pair
    factor = (n1 + n2) / (n1 + n2 - 1) if correct else 1.0

    def excess(aim: float) -> float:
        distance, (v1, v2) = gap(aim, pair)
        variance = (v1 + v2) * factor
        return distance**2 / variance - Z2 if variance > 0 else (-Z2 if distance == 0 else np.inf)

    grid = np.linspace(*span, 150)
    over = np.array([excess(aim) for aim in grid])
    inside = np.flatnonzero(over < 0)
    first, last = inside[0], inside[-1]
    low = optimize.brentq(excess, grid[first - 1], grid[first], xtol=1e-12) if first else span[0]
    final = len(grid) - 1
    high = optimize.brentq(excess, grid[last], grid[last + 1], xtol=1e-12) if last < final else None
    return float(low), float(span[1] if high is None else high)


def difference_gap(aim: float, pair: Pair) -> tuple[float, Limits]:
    (x1, n1), (x2, n2) = pair
    p1, p2 = constrained(pair, lambda p: p - aim, (max(0.0, aim), min(1.0, 1 + aim)))
    return x1 / n1 - x2 / n2 - aim, (p1 * (1 - p1) / n1, p2 * (1 - p2) / n2)


def ratio_gap(log_aim: float, pair: Pair) -> tuple[float, Limits]:
    aim, ((x1, n1), (x2, n2)) = float(np.exp(log_aim)), pair
    p1, p2 = constrained(pair, lambda p: p / aim, (0.0, min(1.0, aim)))
    return x1 / n1 - aim * x2 / n2, (p1 * (1 - p1) / n1, aim**2 * p2 * (1 - p2) / n2)


def odds_gap(log_aim: float, pair: Pair) -> tuple[float, Limits]:
    ((x1, n1), (_, n2)) = pair
    p1, p2 = constrained(
        pair, lambda p: special.expit(special.logit(p) - log_aim), (1e-12, 1 - 1e-12)
    )
    return x1 - n1 * p1, (1 / (1 / (n1 * p1 * (1 - p1)) + 1 / (n2 * p2 * (1 - p2))), 0.0)


def difference_by_score(pair: Pair) -> Limits:
    return score_limits(pair, difference_gap, (-1.0, 1.0), correct=True)


def ratio_by_score(pair: Pair, *, correct: bool) -> Limits:
    return exponentiated(score_limits(pair, ratio_gap, (-9.0, 9.0), correct=correct))


def odds_by_score(pair: Pair) -> Limits:
    return exponentiated(score_limits(pair, odds_gap, (-9.0, 9.0), correct=True))


def exponentiated(logs: Limits) -> Limits:
    """Nought and infinity where the search came to its end."""
    low, high = logs
    return (0.0 if low <= -9 else float(np.exp(low))), (
        np.inf if high >= 9 else float(np.exp(high))
    )


def ratio_by_mover(pair: Pair) -> Limits:
    """Donner and Zou (2012), from Wilson's limits of each share."""
    (x1, n1), (x2, n2) = pair
    p1, p2 = x1 / n1, x2 / n2
    l1, u1 = proportion_confint(x1, n1, method="wilson")
    l2, u2 = proportion_confint(x2, n2, method="wilson")
    low = (p1 * p2 - np.sqrt((p1 * p2) ** 2 - l1 * (2 * p1 - l1) * u2 * (2 * p2 - u2))) / (
        u2 * (2 * p2 - u2)
    )
    high = (p1 * p2 + np.sqrt((p1 * p2) ** 2 - u1 * (2 * p1 - u1) * l2 * (2 * p2 - l2))) / (
        l2 * (2 * p2 - l2)
    )
    return float(low), float(high)


def odds_by_mid_p(pair: Pair) -> Limits:
    """The odds ratios at which each one-sided mid-p is 2.5%, from Fisher's noncentral law."""
    (x1, n1), (x2, n2) = pair
    law, events = stats.nchypergeom_fisher, x1 + x2

    def above(log_odds: float) -> float:
        odds = float(np.exp(log_odds))
        here = law.pmf(x1, n1 + n2, n1, events, odds)
        return float(law.sf(x1, n1 + n2, n1, events, odds) + here / 2)

    low = -np.inf if x1 == max(0, events - n2) else optimize.brentq(
        lambda a: above(a) - 0.025, -12, 12, xtol=1e-13
    )  # fmt: skip
    high = np.inf if x1 == min(events, n1) else optimize.brentq(
        lambda a: above(a) - 0.975, -12, 12, xtol=1e-13
    )  # fmt: skip
    return float(np.exp(low)), float(np.exp(high))


def rates_by_mid_p(pair: Pair) -> Limits:
    (x1, t1), (x2, t2) = pair
    n = x1 + x2

    def above(share: float) -> float:
        return float(stats.binom.sf(x1, n, share) + stats.binom.pmf(x1, n, share) / 2)

    low = 0.0 if not x1 else optimize.brentq(lambda s: above(s) - 0.025, 0, 1, xtol=1e-15)
    high = 1.0 if not x2 else optimize.brentq(lambda s: above(s) - 0.975, 0, 1, xtol=1e-15)
    return low / (1 - low) * t2 / t1, high / (1 - high) * t2 / t1 if high < 1 else np.inf


def mid_p(weights: np.ndarray, seen: int) -> float:
    """Twice-sided by likelihood, ties within one in ten million counting half."""
    ratio = weights / weights[seen]
    return float(weights[ratio < 1 - 1e-7].sum() + weights[np.abs(ratio - 1) <= 1e-7].sum() / 2)


def fisher_by_mid_p(pair: Pair) -> float:
    (x1, n1), (x2, n2) = pair
    low, high = max(0, x1 + x2 - n2), min(x1 + x2, n1)
    weights = stats.hypergeom.pmf(np.arange(low, high + 1), n1 + n2, n1, x1 + x2)
    return mid_p(weights, int(x1 - low))


def rates_test_by_mid_p(pair: Pair) -> float:
    (x1, t1), (x2, t2) = pair
    weights = stats.binom.pmf(np.arange(x1 + x2 + 1), x1 + x2, t1 / (t1 + t2))
    return mid_p(weights, int(x1))


def table(pair: Pair) -> list[list[int]]:
    return [[int(x), int(n - x)] for x, n in pair]


def by_statsmodels(compare: str, method: str) -> Callable[[Pair], Limits]:
    def limits(pair: Pair) -> Limits:
        (x1, n1), (x2, n2) = pair
        found = confint_proportions_2indep(x1, n1, x2, n2, compare=compare, method=method)
        return float(found[0]), float(found[1])

    return limits


def cut(limits: Callable[[Pair], Limits]) -> Callable[[Pair], Limits]:
    """A difference of shares is never beyond 1; the program prints it so."""

    def within(pair: Pair) -> Limits:
        low, high = limits(pair)
        return max(low, -1.0), min(high, 1.0)

    return within


def rates_by_score(pair: Pair) -> Limits:
    """Given all events, the score limits of a rate ratio are Wilson's of the group's share."""
    (x1, t1), (x2, t2) = pair
    low, high = proportion_confint(x1, x1 + x2, method="wilson")
    return low / (1 - low) * t2 / t1, high / (1 - high) * t2 / t1 if x2 else np.inf


def boschloo(alternative: str) -> Callable[[Pair], float]:
    return lambda pair: (
        stats.boschloo_exact(np.array(table(pair)).T, alternative=alternative, n=256).pvalue
    )


def rates_by_statsmodels(compare: str, method: str) -> Callable[[Pair], Limits]:
    def limits(pair: Pair) -> Limits:
        (x1, t1), (x2, t2) = pair
        found = confint_poisson_2indep(x1, t1, x2, t2, compare=compare, method=method)
        return float(found[0]), float(found[1])

    return limits


def exact_rates(pair: Pair) -> Limits:
    (x1, t1), (x2, t2) = pair
    share = stats.binomtest(int(x1), int(x1 + x2)).proportion_ci(method="exact")
    low, high = share.low, share.high
    return low / (1 - low) * t2 / t1, high / (1 - high) * t2 / t1 if high < 1 else np.inf


def sample_odds(pair: Pair) -> Limits:
    low, high = Table2x2(np.array(table(pair)), shift_zeros=False).oddsratio_confint()
    return float(low), float(high)


def exact_odds(pair: Pair) -> Limits:
    found = stats.contingency.odds_ratio(table(pair)).confidence_interval()
    return float(found.low), float(found.high)


INTERVALS: list[tuple[str, str, list[Pair], Callable[[Pair], Limits], str]] = [
    ("risk_ratio", "koopman", PEOPLE, lambda pair: ratio_by_score(pair, correct=False),
     SLOWLY + "shares of constrained maximum likelihood by grid and Brent, limits by Brent"),
    ("risk_ratio", "miettinen-nurminen", PEOPLE, lambda pair: ratio_by_score(pair, correct=True),
     SLOWLY + "the same with the factor N/(N - 1)"),
    ("risk_ratio", "mover", PEOPLE, ratio_by_mover,
     f"our own transcription of Donner and Zou's formula over {STATSMODELS} Wilson limits"),
    ("risk_ratio", "log", PEOPLE, by_statsmodels("ratio", "log"),
     f"{STATSMODELS}, confint_proportions_2indep(compare='ratio', method='log')"),
    ("risk_difference", "newcombe", PEOPLE + NOTHING, cut(by_statsmodels("diff", "newcomb")),
     f"{STATSMODELS}, confint_proportions_2indep(compare='diff', method='newcomb')"),
    ("risk_difference", "agresti-caffo", PEOPLE + NOTHING,
     cut(by_statsmodels("diff", "agresti-caffo")),
     f"{STATSMODELS}, confint_proportions_2indep(compare='diff', method='agresti-caffo')"),
    ("risk_difference", "wald", PEOPLE + NOTHING, by_statsmodels("diff", "wald"),
     f"{STATSMODELS}, confint_proportions_2indep(compare='diff', method='wald')"),
    ("risk_difference", "miettinen-nurminen", PEOPLE + NOTHING, difference_by_score,
     SLOWLY + "shares of constrained maximum likelihood by grid and Brent, limits by Brent"),
    ("odds_ratio", "exact", SOME, exact_odds, f"{SCIPY}, stats.contingency.odds_ratio"),
    ("odds_ratio", "mid-p", SOME, odds_by_mid_p,
     SLOWLY + "stats.nchypergeom_fisher, limits by Brent"),
    ("odds_ratio", "score", SOME, odds_by_score,
     SLOWLY + "shares of constrained maximum likelihood by grid and Brent, limits by Brent"),
    ("odds_ratio", "sample", SOME, sample_odds, f"{STATSMODELS}, Table2x2.oddsratio_confint"),
    ("rate_ratio", "exact", TIMES, exact_rates, f"{SCIPY}, stats.binomtest().proportion_ci()"),
    ("rate_ratio", "mid-p", TIMES, rates_by_mid_p, SLOWLY + "stats.binom, limits by Brent"),
    ("rate_ratio", "score", TIMES, rates_by_score,
     f"{STATSMODELS}, proportion_confint(method='wilson') of the share of events, as a ratio"),
    ("rate_ratio", "log", TIMES, rates_by_statsmodels("ratio", "wald-log"),
     f"{STATSMODELS}, confint_poisson_2indep(compare='ratio', method='wald-log')"),
    *(("rate_difference", method, TIMES, rates_by_statsmodels("diff", method),
       f"{STATSMODELS}, confint_poisson_2indep(compare='diff', method='{method}')")
      for method in ("score", "mover", "wald")),
]  # fmt: skip
TESTS: list[tuple[str, dict[str, Any], list[Pair], Callable[[Pair], float], str]] = [
    ("fisher", {"mid_p": False}, SOME, lambda pair: stats.fisher_exact(table(pair)).pvalue,
     f"{SCIPY}, stats.fisher_exact"),
    ("fisher", {}, SOME, fisher_by_mid_p, SLOWLY + "stats.hypergeom.pmf summed"),
    *(("unconditional_test", {"alternative": way}, SOME, boschloo(way),
       f"{SCIPY}, stats.boschloo_exact(alternative='{way}', n=256)")
      for way in ("less", "greater")),
    ("unconditional_test", {"ordering": "barnard"}, SOME,
     lambda pair: stats.barnard_exact(np.array(table(pair)).T, n=256).pvalue,
     f"{SCIPY}, stats.barnard_exact(n=256), which looks at 256 values of the nuisance parameter"),
    ("conditional_rate_test", {}, TIMES, rates_test_by_mid_p, SLOWLY + "stats.binom.pmf summed"),
    ("conditional_rate_test", {"mid_p": False}, TIMES,
     lambda pair: stats.binomtest(int(pair[0][0]), int(pair[0][0] + pair[1][0]),
                                  pair[0][1] / (pair[0][1] + pair[1][1])).pvalue,
     f"{SCIPY}, stats.binomtest"),
    ("unconditional_rate_test", {}, TIMES,
     lambda pair: stats.poisson_means_test(*(int(pair[0][0]), pair[0][1]),
                                           *(int(pair[1][0]), pair[1][1])).pvalue,
     f"{SCIPY}, stats.poisson_means_test"),
]  # fmt: skip


def examples() -> Iterator[dict[str, Any]]:
    for function, method, pairs, limits, source in INTERVALS:
        for pair in pairs:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                low, high = _or_nothing(limits, pair)
            if np.isnan(low) or np.isnan(high) or low == high:
                continue  # the program gives up, or gives an interval of no width
            expected = {"low": low, "high": "inf" if np.isinf(high) else high}
            yield _example(function, pair, {"method": method}, expected, source)
    for function, options, pairs, chance, source in TESTS:
        for pair in pairs:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                p = float(chance(pair))
            if not np.isnan(p):
                yield _example(function, pair, options, {"p": p}, source)


def _or_nothing(limits: Callable[[Pair], Limits], pair: Pair) -> Limits:
    try:
        return limits(pair)
    except ZeroDivisionError:
        return np.nan, np.nan


def _example(
    function: str, pair: Pair, options: dict[str, Any], expected: dict[str, Any], source: str
) -> dict[str, Any]:
    cells = "-".join(f"{part:g}" for side in pair for part in side)
    how = "-".join(str(value).lower() for value in options.values()) or "default"
    return {
        "id": f"edge-{function}-{how}-{cells}",
        "function": function,
        "group": pair[0],
        "comparator": pair[1],
        "options": options,
        "expected": expected,
        "tolerance": {"rel": 5e-4 if function == "unconditional_test" else 1e-6, "abs": 1e-9},
        "source": source,
    }


if __name__ == "__main__":
    about = "Figures at none, one and all by other programs; made by two_group_edges.py."
    lines = ",\n  ".join(json.dumps(example) for example in examples())
    print(f'{{\n "about": "{about}",\n "examples": [\n  {lines}\n ]\n}}')  # noqa: T201
