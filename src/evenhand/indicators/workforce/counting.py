"""The cubes: every fact counted once, in the combinations that the measures need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.datasets import Cube, CubeSpec, Dimension, build_cube
from evenhand.datasets import Measure as CubeMeasure
from evenhand.datasets.workforce import CHARACTERISTICS
from evenhand.indicators.workforce.careers import (
    CAREERS_SQL,
    RISEN_SQL,
    build_careers,
    case_waits_sql,
)
from evenhand.indicators.workforce.characteristics import PART_TIME, TOGETHER
from evenhand.indicators.workforce.facts import (
    AGAINST,
    DISMISSED,
    UPHELD,
    Window,
    build_strength,
    conduct_sql,
    exits_sql,
    flows_sql,
    leaving_sql,
    months_sql,
    processes_sql,
    reviews_sql,
    support_sql,
    survey_sql,
    temporary_sql,
    training_sql,
    vetting_sql,
)
from evenhand.indicators.workforce.sources import Sources

WHO = (*CHARACTERISTICS, TOGETHER)
WORKERS = (*WHO, PART_TIME)
"""Characteristics of facts that know the working pattern as well."""

DECIDED = "NOT (coalesce(outcome, '') IN ('', 'pending', 'open'))"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted from one kind of fact: the tables it needs, its columns, its counts.

    ``pairs`` says whether two characteristics at once are counted too, ``places`` whether units
    and strata are, ``waits`` whether months are what is counted, ``monthly`` whether each month
    is apart.
    """

    id: str
    needs: tuple[str, ...]
    who: tuple[str, ...]
    counts: tuple[CubeMeasure, ...]
    pairs: bool = False
    places: bool = True
    monthly: bool = False
    waits: bool = False


def _when(**conditions: str) -> tuple[CubeMeasure, ...]:
    return tuple(CubeMeasure(name, when=condition) for name, condition in conditions.items())


def _in(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


EXAM = "process_kind = 'exam'"
SELECTION = "process_kind <> 'exam'"

LOOKED = "sampled"
"""A decision that was looked at again."""

STANDING = ("heads", "heads_then", "months", "all_months", "flow_months")
"""What is added up of everybody in the snapshots."""

FACTS = (
    Facts(
        "ladder",
        ("strength",),
        WORKERS,
        tuple(
            CubeMeasure(n, of=n)
            for n in ("heads", "heads_then", "months", "all_months", "flow_months")
        ),
        pairs=True,
    ),
    Facts(
        "leaving",
        ("strength", "movements"),
        WORKERS,
        _when(left="true", early="is_early"),
        pairs=True,
        monthly=True,
    ),
    Facts(
        "months",
        ("strength",),
        WORKERS,
        (CubeMeasure("there", of="there"),),
        places=False,
        monthly=True,
    ),
    Facts(
        "flows",
        ("strength", "movements"),
        WORKERS,
        _when(joined="kind = 'join'", promoted="kind = 'promote'", gone="kind = 'leave'"),
        places=False,
    ),
    Facts("risen", ("strength", "movements"), WORKERS, _when(promotions="true"), pairs=True),
    Facts("careers", ("strength", "movements"), WORKERS, _when(spells="true"), waits=True),
    Facts(
        "processes",
        ("processes",),
        WHO,
        _when(
            passed=f"{SELECTION} AND outcome = 'pass'",
            withdrew=f"{SELECTION} AND outcome = 'withdrew'",
            reached=f"{SELECTION} AND outcome IN ('pass', 'fail', 'withdrew')",
            exam_passed=f"{EXAM} AND outcome = 'pass'",
            exam_sat=f"{EXAM} AND outcome IN ('pass', 'fail', 'withdrew')",
        ),
    ),
    Facts(
        "support",
        ("processes",),
        WHO,
        _when(supported="line_manager = 'yes'", needed="true"),
    ),
    Facts(
        "vetting",
        ("vetting",),
        WHO,
        _when(
            refused="decision = 'refused'",
            decided="decision IN ('cleared', 'refused')",
            looked_at="sampled AND second_decision IN ('cleared', 'refused') "
            "AND decision IN ('cleared', 'refused')",
            cleared_twice=f"{LOOKED} AND decision = 'cleared' AND second_decision = 'cleared'",
            refused_twice=f"{LOOKED} AND decision = 'refused' AND second_decision = 'refused'",
            then_refused=f"{LOOKED} AND decision = 'cleared' AND second_decision = 'refused'",
            then_cleared=f"{LOOKED} AND decision = 'refused' AND second_decision = 'cleared'",
            overturned="sampled AND second_decision IN ('cleared', 'refused') "
            "AND decision IN ('cleared', 'refused') AND second_decision <> decision",
        ),
    ),
    Facts(
        "conduct",
        ("conduct", "strength"),
        WHO,
        _when(
            cases="recent",
            against=f"(kind IN ('complaint', 'misconduct') AND {_in('outcome', AGAINST)}) "
            f"OR (kind = 'misconduct' AND {_in('outcome', DISMISSED)})",
            against_decided=f"kind IN ('complaint', 'misconduct') AND {DECIDED}",
            upheld=f"kind IN ('grievance', 'tribunal') AND {_in('outcome', UPHELD)}",
            upheld_decided=f"kind IN ('grievance', 'tribunal') AND {DECIDED}",
        ),
    ),
    Facts("case_waits", ("conduct",), WHO, _when(spells="true"), waits=True),
    Facts(
        "reviews",
        ("reviews",),
        WHO,
        _when(
            people="true",
            dissatisfied="dissatisfied",
            below="rating IN ('below', 'partly')",
            rated="rating IS NOT NULL AND NOT rating IN ('', 'not_rated')",
        ),
    ),
    Facts(
        "training",
        ("training",),
        WORKERS,
        _when(
            required="is_required",
            attended="is_required AND attended",
            assessed="attended AND competent IN ('yes', 'no')",
            competent="attended AND competent = 'yes'",
        ),
    ),
    Facts("survey", ("survey",), WHO, _when(answered="true", favourable="score >= 4")),
    Facts("survey_before", ("survey",), WHO, _when(answered="true", favourable="score >= 4")),
    Facts(
        "exits",
        ("exits",),
        WHO,
        _when(
            gave="coalesce(trim(reason), '') <> ''",
            classed="loss_class IN ('acceptable', 'good', 'bad')",
            bad="loss_class = 'bad'",
        ),
    ),
    Facts(
        "temporary",
        ("strength", "movements"),
        WORKERS,
        _when(posts="true", overrun="open_ended OR over_extended"),
    ),
)
"""Everything that is counted, one reading of each."""


def build_cubes(
    sources: Sources, window: Window, *, crossed: Sequence[tuple[str, ...]]
) -> dict[str, Cube]:
    """Count every fact whose tables were given; ``crossed`` are the intersections wanted."""
    build_strength(sources, window, months=12)
    build_careers(sources, window)
    statements = _statements(sources, window)
    return {
        facts.id: build_cube(sources.engine.sql(statements[facts.id]), _spec(facts, crossed))
        for facts in FACTS
        if sources.holds(*facts.needs) and facts.id in statements
    }


def find_wave(sources: Sources, window: Window) -> tuple[date | None, date | None]:
    """The last wave of the survey up to the end of the window, and the one before it."""
    found = sources.engine.execute(
        "SELECT DISTINCT wave FROM survey WHERE wave < ? ORDER BY wave DESC LIMIT 2", [window.end]
    ).fetchall()
    waves = [row[0] for row in found]
    return (waves[0] if waves else None), (waves[1] if len(waves) > 1 else None)


def _statements(sources: Sources, window: Window) -> dict[str, str]:
    statements = {
        "ladder": "SELECT * FROM stood",
        "leaving": leaving_sql(window, 12),
        "flows": flows_sql(window),
        "months": months_sql(window, 12),
        "careers": CAREERS_SQL,
        "risen": RISEN_SQL,
        "processes": processes_sql(window, 36),
        "support": support_sql(window, 36),
        "vetting": vetting_sql(window, 36),
        "conduct": conduct_sql(window, 36, 12),
        "case_waits": case_waits_sql(window),
        "reviews": reviews_sql(window, 12),
        "training": training_sql(window),
        "exits": exits_sql(window, 24),
        "temporary": temporary_sql(window, 36),
    }
    waves = zip(("survey", "survey_before"), find_wave(sources, window), strict=True)
    return statements | {name: survey_sql(wave) for name, wave in waves if wave is not None}


def _spec(facts: Facts, crossed: Sequence[tuple[str, ...]]) -> CubeSpec:
    """The cube of a kind of fact: by unit, by step, within strata, for each characteristic."""
    across = [pair for pair in crossed if set(pair) <= set(facts.who)]
    if facts.waits:
        clock = ("step", "cohort", "entry", "leaving", "event")
        sets = [(*clock, name) for name in facts.who] + [(*clock, *pair) for pair in across]
        dimensions = (*clock, *facts.who)
        return CubeSpec(
            facts.id, tuple(Dimension(n) for n in dimensions), facts.counts, tuple(sets)
        )
    if not facts.places:
        along = ("month", "step") if facts.monthly else ("step",)
        sets = [(*along, name) for name in facts.who]
        dimensions = (*along, *facts.who)
        return CubeSpec(
            facts.id, tuple(Dimension(n) for n in dimensions), facts.counts, tuple(sets)
        )
    sets = [("unit", "step", "stratum")]
    for name in facts.who:
        sets += [("unit", "stratum", name), ("step", "stratum", name)]
    if facts.pairs:
        sets += [("unit", "step", "stratum", name) for name in facts.who]
        sets += [("step", "stratum", *pair) for pair in across]
    dimensions = ("unit", "step", "stratum", *facts.who)
    if facts.monthly:
        dimensions = (*dimensions, "month")
        sets += [("month", "step", name) for name in facts.who]
    if facts.id == "ladder":
        dimensions = (*dimensions, "year", "specialism", "role_type")
        sets += [("year", "step", name) for name in facts.who]
        sets += [("specialism", "role_type", name) for name in facts.who]
    return CubeSpec(facts.id, tuple(Dimension(n) for n in dimensions), facts.counts, tuple(sets))
