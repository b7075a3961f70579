"""The workforce's measures over many simulated services: what is found, what is not, how fast."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass

import duckdb
import numpy as np

from evenhand.core import Month
from evenhand.datasets.synthetic.workforce import (
    SyntheticWorkforce,
    WorkforceShape,
    restricted_mean_months,
    simulate_workforce,
)
from evenhand.indicators.workforce import MeasuredWorkforce, measure_workforce

PLANTED_UNIT = "Alder Vale"
WHO_IS_THERE = ("workforce-representation", "workforce-ladder")
"""What these show is what the planted differences have made of the service; not chance."""
GROWN_OLD = "age_band"
"""In the simulation, as anywhere, who has served long is older: a difference, and not planted."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """One planted truth in one service: the estimate, its interval, the truth, the signal."""

    what: str
    estimate: float
    low: float
    high: float
    truth: float
    signal: str

    @property
    def covered(self) -> bool:
        """Whether the truth lies within the interval."""
        return self.low <= self.truth <= self.high


@dataclass(frozen=True, slots=True)
class Trial:
    """One simulated service: the planted truths, and what was called out elsewhere."""

    seed: int
    recovered: tuple[Recovered, ...]
    elsewhere: int
    concerns: tuple[str, ...]
    watches: int
    naive_months: float
    restricted_months: float
    true_months: float


def simulate(seed: int, *, people: int, months: int) -> SyntheticWorkforce:
    """A service with the three usual truths planted."""
    shape = WorkforceShape(people=people, months=months)
    return simulate_workforce(shape, rng=np.random.default_rng(seed))


def last_month(made: SyntheticWorkforce) -> Month:
    """The last month of a simulated service."""
    return Month.at(made.shape.first.index + made.shape.months - 1)


def measure(made: SyntheticWorkforce) -> MeasuredWorkforce:
    """All measures, without intersections: their groups are parts of those counted here."""
    return measure_workforce(
        made.tables, at=last_month(made), rng=np.random.default_rng(0), crossed=()
    )


def try_out(seed: int, *, people: int = 3000, months: int = 60) -> Trial:
    """Simulate a service, measure it, and set what was found beside what was planted."""
    made = simulate(seed, people=people, months=months)
    measured = measure(made)
    wait, until = _wait(measured)
    own, usual = (
        restricted_mean_months("officer", "constable", horizon=until, ratio=ratio)
        for ratio in (0.5, 1.0)
    )
    truths = (
        _recovered("slower step", wait, own - usual),
        _recovered("filtering stage", _stage(measured), 0.7),
        _recovered("losing unit", _unit(measured), 2.0),
    )
    elsewhere = [row for row in _rows(measured) if not _is_planted(row)]
    signals = Counter(row["signal"] for row in elsewhere)
    concerns = tuple(row["sentence"] for row in elsewhere if row["signal"] == "concern")
    restricted = wait["other_value"] if wait else float("nan")
    return Trial(
        seed, truths, len(elsewhere), concerns, signals["watch"], naive_mean(made), restricted,
        usual,
    )  # fmt: skip


def _rows(measured: MeasuredWorkforce) -> list[dict[str, object]]:
    return [
        row
        for put in measured.put
        if put.measure.id not in WHO_IS_THERE
        for table in put.findings
        for row in table.rows()
        if row["characteristic"] != GROWN_OLD
    ]


def _is_planted(row: dict[str, object]) -> bool:
    """What was planted, and what follows from it."""
    slower = row["indicator"] == "workforce-promotion-wait" and row["step"] == "Constable"
    stage = row["indicator"] == "workforce-process-stage" and "specialist" in str(row["step"])
    return (
        (slower and "ethnicity" in str(row["characteristic"]))
        or (stage and row["characteristic"] == "sex")
        or ("leaving" in str(row["indicator"]) and row["unit"] == PLANTED_UNIT)
    )


def _find(measured: MeasuredWorkforce, id_: str, **equals: object) -> dict[str, object] | None:
    for table in measured.of(id_).findings:
        for row in table.rows():
            if all(row[name] == value for name, value in equals.items()):
                return row
    return None


def _wait(measured: MeasuredWorkforce) -> tuple[dict[str, object] | None, int]:
    put = measured.of("workforce-promotion-wait")
    for evaluated, table in zip(put.evaluated, put.findings, strict=True):
        for i, row in enumerate(table.rows()):
            where = (row["characteristic"], row["group"], row["step"])
            if where == ("ethnicity", "Black", "Constable") and evaluated.until is not None:
                until = int(evaluated.until[i])
                return (row, until) if until else (None, 1)
    return None, 1


def _stage(measured: MeasuredWorkforce) -> dict[str, object] | None:
    return _find(
        measured, "workforce-process-stage", characteristic="sex", group="Women",
        step="interview (specialist)",
    )  # fmt: skip


def _unit(measured: MeasuredWorkforce) -> dict[str, object] | None:
    return _find(
        measured, "workforce-early-leaving", characteristic="place", unit=PLANTED_UNIT, step=""
    )


def _recovered(what: str, row: dict[str, object] | None, truth: float) -> Recovered:
    numbers = [
        value if row is not None and isinstance(value := row[name], float) else float("nan")
        for name in ("estimate", "low", "high")
    ]
    signal = str(row["signal"]) if row is not None else "not measured"
    return Recovered(what, numbers[0], numbers[1], numbers[2], truth, signal)


def naive_mean(made: SyntheticWorkforce) -> float:
    """Months from joining to promotion from constable, averaged over those promoted alone.

    Of everybody but the planted group, over promotions within the record.
    """
    movements, strength = made.tables["movements"], made.tables["strength"]  # noqa: F841
    found = duckdb.sql(
        """
WITH who AS (SELECT person, min(started_on) AS started, any_value(ethnicity) AS ethnicity,
  min(month) AS seen FROM strength GROUP BY person)
SELECT avg(datediff('month', w.started, m."on")) FROM movements m JOIN who w USING (person)
WHERE m.kind = 'promote' AND m.from_grade = 'constable' AND m."on" >= w.seen
  AND w.ethnicity NOT IN ('B1', 'B2', 'B9')"""
    ).fetchone()
    return float(found[0]) if found and found[0] is not None else float("nan")


def summarise(trials: list[Trial]) -> dict[str, object]:
    """How often each truth lay within its interval, and how often something else was called out."""
    kinds = [each.what for each in trials[0].recovered]
    told = {}
    for i, what in enumerate(kinds):
        found = [t.recovered[i] for t in trials if np.isfinite(t.recovered[i].low)]
        told[what] = {
            "measured": len(found),
            "covered": round(float(np.mean([each.covered for each in found])), 3),
            "mean_estimate": round(float(np.mean([each.estimate for each in found])), 3),
            "mean_truth": round(float(np.mean([each.truth for each in found])), 3),
            "signals": dict(Counter(each.signal for each in found)),
        }
    comparisons = sum(t.elsewhere for t in trials)
    concerns = [len(t.concerns) for t in trials]
    return {
        "services": len(trials),
        "truths": told,
        "comparisons_elsewhere": comparisons,
        "concerns_elsewhere": sum(concerns),
        "services_with_a_false_concern": sum(n > 0 for n in concerns),
        "watches_elsewhere": sum(t.watches for t in trials),
        "naive_mean_months": round(float(np.nanmean([t.naive_months for t in trials])), 1),
        "restricted_mean_months": round(
            float(np.nanmean([t.restricted_months for t in trials])), 1
        ),
        "true_restricted_months": round(float(np.nanmean([t.true_months for t in trials])), 1),
    }


def run(*, people: int = 50_000, months: int = 60) -> dict[str, object]:
    """Every measure over a large service: seconds, beside one plain grouping of its strength."""
    made = simulate(1, people=people, months=months)
    strength = made.tables["strength"]
    start = time.perf_counter()
    duckdb.sql("SELECT unit, grade, sex, ethnicity, count(*) FROM strength GROUP BY ALL").fetchall()
    peer = time.perf_counter() - start
    start = time.perf_counter()
    measured = measure_workforce(made.tables, at=last_month(made), rng=np.random.default_rng(0))
    seconds = time.perf_counter() - start
    return {
        "rows_of_strength": strength.num_rows,
        "findings": sum(len(table) for table in measured.findings),
        "tables": len(measured.tables),
        "seconds": round(seconds, 1),
        "seconds_one_group_by": round(peer, 2),
        "ratio": round(seconds / peer, 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    # python -m benchmarks.workforce FIRST LAST PEOPLE MONTHS > trials.jsonl
    first, last, size, span = (int(word) for word in sys.argv[1:5])
    for each in range(first, last):
        sys.stdout.write(json.dumps(asdict(try_out(each, people=size, months=span))) + "\n")
        sys.stdout.flush()
