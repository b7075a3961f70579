"""Whether intervals, tests and promises hold: writes docs/methods/0002-calibration.md.

``python -m benchmarks.calibration`` makes the note afresh in well under a minute; the seed is
fixed, so the same code gives the same figures.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from benchmarks.coverage import Coverage, exact_coverage, simulated_coverage
from benchmarks.error_rates import (
    CONCERN_P,
    FALSE_DISCOVERY,
    NOTABLE_RATIO,
    Discovery,
    FalseAlarm,
    Power,
    false_alarms,
    false_discovery,
    planted_power,
)

SEED = 2026  # any fixed number serves: the same code then gives the same figures
NOTE = Path(__file__).parent.parent / "docs" / "methods" / "0002-calibration.md"
TARGET = (0.93, 0.97)


def run() -> dict[str, Any]:
    """The figures that matter, and how long they took."""
    start = perf_counter()
    coverage, discoveries, power, alarms = measure()
    return {
        "seconds": round(perf_counter() - start, 1),
        "settings": sum(row.settings for row in coverage),
        "below_93_percent": [f"{r.method}, {r.band}" for r in coverage if r.mean < TARGET[0]],
        "above_97_percent": [f"{r.method}, {r.band}" for r in coverage if r.mean > TARGET[1]],
        "largest_false_discovery_rate": max(row.false_share for row in discoveries),
        "largest_false_concern": max(row.false_concern for row in discoveries),
        "smallest_power": min(row.power for row in power),
        "largest_false_alarm_over_promise": max(row.seen / row.promised for row in alarms),
    }


def measure() -> tuple[list[Coverage], list[Discovery], list[Power], list[FalseAlarm]]:
    """Everything, each part from a generator of its own."""
    one, two, three = np.random.default_rng(SEED).spawn(3)
    coverage = exact_coverage() + simulated_coverage(one)
    return coverage, false_discovery(two), planted_power(), false_alarms(three)


def render_note() -> str:
    """The method note, in Markdown."""
    coverage, discoveries, power, alarms = measure()
    parts = [
        _HEAD,
        _coverage_part(coverage),
        _discovery_part(discoveries),
        _power_part(power),
        _alarm_part(alarms),
        _FOOT,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _coverage_part(rows: list[Coverage]) -> str:
    table = _table(
        ("method", "expected count", "mean", "lowest", "highest", "settings", "how"),
        [
            (
                row.method,
                row.band,
                f"{row.mean:.1%}" + ("" if TARGET[0] <= row.mean <= TARGET[1] else " *"),
                f"{row.lowest:.1%}",
                f"{row.highest:.1%}",
                f"{row.settings}",
                "exact" if row.exact else "simulated",
            )
            for row in rows
        ],
    )
    return f"{_COVERAGE.strip()}\n\n{table}\n\n{_verdict(rows)}"


def _verdict(rows: list[Coverage]) -> str:
    over = sorted({row.method for row in rows if row.mean > TARGET[1]})
    under = sorted({f"{row.method}, at {row.band}" for row in rows if row.mean < TARGET[0]})
    said = ["No method falls below 93%."]
    if under:
        said = [f"Below 93%: {'; '.join(under)}.", _SHORT.strip()]
    if over:
        said += [f"Above 97% in some band: {'; '.join(over)}.", _CAUTIOUS.strip()]
    return "\n".join(said)


def _discovery_part(rows: list[Discovery]) -> str:
    table = _table(
        ("scenario", "families", "any false finding", "false among findings", "false concern",
         "planted differences found"),
        [
            (
                row.scenario,
                f"{row.families:,}",
                f"{row.any_false:.1%}",
                f"{row.false_share:.1%}",
                f"{row.false_concern:.2%}",
                f"{row.found:.1%}" if row.found == row.found else "–",
            )
            for row in rows
        ],
    )  # fmt: skip
    return f"{_DISCOVERY.strip()}\n\n{table}"


def _power_part(rows: list[Power]) -> str:
    table = _table(
        ("setting", "smallest detectable ratio", "chance of being found"),
        [(row.setting, f"{row.ratio:.2f}", f"{row.power:.1%}") for row in rows],
    )
    return f"{_POWER.strip()}\n\n{table}"


def _alarm_part(rows: list[FalseAlarm]) -> str:
    table = _table(
        ("test", "promised", "seen"),
        [(row.test, f"{row.promised:.1%}", f"{row.seen:.2%}") for row in rows],
    )
    return f"{_ALARMS.strip()}\n\n{table}"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


_HEAD = f"""
# 0002 · Calibration: do the intervals, tests and promises hold?

*Written by `python -m benchmarks.calibration` with seed {SEED}; do not edit by hand. A shorter
version runs with the tests.*

**Question.** When a page says "95%", "not chance" or "this unit could have shown a doubling", how
often is that so, down to counts of one?

**For a member.** We played out what would happen if we knew the truth, thousands of times, and
counted how often our figures were right. Intervals that should hold the truth 95 times in 100 do so
93 to 97 times, or more often when there are only one or two cases. When nothing is wrong, an alarm
is as rare as we say. When something is wrong and large enough that we said we would notice, we do,
about four times in five.
"""

_COVERAGE = """
## Coverage of nominal 95% intervals

The *expected count* is the smallest number of events expected in either group. For methods of
one or two counts coverage is a sum over every possible outcome, with no error of simulation; a
setting is one pair of true values. With counts so small coverage jumps from setting to setting, as
it must for any method without randomisation: the mean over a band is what the target of 93% to 97%
is held to, and the lowest and highest are shown. Samples in which a ratio is undefined (no events
in either group) print no interval and are left out. Simulated rows have 4,000 draws a setting.

Pooled methods are drawn over eight strata of 10 to 100 people, with risks from half to one and a
half times the mean, a comparator a fifth the size of the group, as large, and five times as large,
and without an effect and with one (a ratio of 2, or a difference as large as the comparator's mean
risk). Pooled differences change from the score interval to the usual one at ten events on the
smaller side; used throughout, the usual one covered as little as 73% at 1.2 expected events, 91% at
3 and 93% at 7. Regressions have a term for the group beside an intercept and a covariate; the
clustered one has 40 units whose rates vary by a half, and errors from the units. A regression
gives no interval where one side has no events, and those samples are left out: a small count in
which something happened on both sides is not a typical one, so with fewer than five events use the
exact two-group methods.
"""

_SHORT = """
There the interval is narrower than it says: do not rest a finding on it.
"""

_CAUTIOUS = """
These err on the side of caution, most of all between one and two expected events: exact limits for
a rate guarantee at least 95%, which public-health convention asks of counts below ten, and the
conditional methods cannot use part of what little there is. They are kept as defaults because with
one or two events the danger is to claim too much; the score intervals of the risk ratio, and of the
differences, stay near 93% to 97% there. In a finite population only whole people can be
favourable, so that at the smallest counts every outcome is covered.
"""

_DISCOVERY = f"""
## False discovery

Families of comparisons in which groups have from 4,000 people down to 15. *Any false finding* is
the share of families in which at least one comparison without a difference has an adjusted p of
{FALSE_DISCOVERY:g} or less; *false among findings* is the false-discovery rate, which Benjamini and
Hochberg's method holds at {FALSE_DISCOVERY:.0%}. Where there is no difference anywhere the two are
the same. *False concern* is the share of comparisons without a difference that meet the test of the
signal "concern": adjusted p of {CONCERN_P:g} or less and the whole interval beyond
{NOTABLE_RATIO:g} or its reciprocal. The standard error of a share of 5% is 0.2 points over 10,000
families and 1.0 over 500. Mid-p tests do not promise to stay under 5% to the last tenth of a
point, as exact tests would at the price of missing more; "concern", with which a page calls for
attention, stays far below.
"""

_POWER = """
## Power at the smallest detectable difference

What is planted is exactly the ratio that `detectable_risk_ratio` or `detectable_rate_ratio` calls
detectable with power 80%; the chance of p ≤ 0.05 is then summed over every outcome of both groups.
Counts come in whole numbers, so the chance falls a little either side of 80%.
"""

_ALARMS = """
## False alarms of funnels and log-rank tests

Forty units between 20 and 2,000 people with one true share of 10%; and two groups with the same
waiting times, a third to a half of them censored.
"""

_FOOT = """
## When not to rely on this

Everything here assumes independent events. Repeat searches of one person, or one incident with
several people in it, make every interval too narrow and every p too small. Denominators are
taken as known.

## Effect on figures

None by itself. A change of default method changes this note in the same commit.
"""


if __name__ == "__main__":
    NOTE.parent.mkdir(parents=True, exist_ok=True)
    NOTE.write_text(render_note(), "utf-8")
