"""Who waited how long at which grade: from when a person was seen to what ended the wait."""

from __future__ import annotations

from evenhand.datasets.workforce import CHARACTERISTICS
from evenhand.indicators.workforce.facts import BANDS, NO_UNIT, Window
from evenhand.indicators.workforce.sources import TOGETHER_SQL, Sources

COHORT = 3
"""Years of reaching a grade that are compared with one another: the intake, not the whole past."""

_PICKED = (*CHARACTERISTICS, "ethnicity_together", "part_time", "unit")


def build_careers(sources: Sources, window: Window) -> None:
    """One row for each person and grade with a grade above it, as the table ``careers``.

    The clock starts at the month of reaching the grade: the recorded promotion or joining, or,
    at the foot of a ladder, the start of service. Who was there before the first snapshot enters
    late, at the months already served (delayed entry). It stops at promotion (the event), or at
    the last month seen at the grade (still waiting, moved across, or gone). ``origin`` is null
    where the month of reaching the grade is not known: such a person is counted and left out.
    """
    # As they were when first seen at the grade: who waits long grows older while waiting.
    picked = ", ".join(f"arg_min({name}, first_month) AS {name}" for name in _PICKED)
    picked = picked.replace("arg_min(unit, first_month)", "arg_max(unit, last_month)")
    first, second, third = BANDS
    sources.engine.execute(f"""
CREATE TEMP TABLE careers AS
WITH ladders AS (
  SELECT role_type, max(grade_order) AS top, min(grade_order) AS foot FROM stood
  WHERE grade_order IS NOT NULL GROUP BY role_type
), held AS (
  SELECT person, role_type, grade, grade_order, step, min(first_month) AS seen_from,
    max(last_month) AS seen_to, min(started_on) AS started_on, {picked}
  FROM stood GROUP BY person, role_type, grade, grade_order, step
), reached AS (
  SELECT person, to_grade AS grade, min("on") AS reached_on FROM movements
  WHERE kind IN ('join', 'promote') AND "on" < DATE '{window.end}' GROUP BY ALL
), risen AS (
  SELECT person, from_grade AS grade, min("on") AS risen_on FROM movements
  WHERE kind = 'promote' AND "on" < DATE '{window.end}' GROUP BY ALL
), spells AS (
  SELECT h.*, u.risen_on,
    coalesce(r.reached_on, CASE WHEN h.grade_order = l.foot THEN h.started_on END) AS origin
  FROM held h JOIN ladders l ON l.role_type = h.role_type AND h.grade_order < l.top
  LEFT JOIN reached r ON r.person = h.person AND r.grade = h.grade
  LEFT JOIN risen u ON u.person = h.person AND u.grade = h.grade
)
SELECT person, step, unit, {", ".join(name for name in _PICKED if name != "unit")}, started_on,
  origin IS NOT NULL AS is_placed, risen_on,
  CAST((year(origin) // {COHORT}) * {COHORT} AS VARCHAR) AS cohort,
  CASE WHEN seen_from > DATE '{window.first}' THEN 0
    ELSE greatest(0, datediff('month', origin, DATE '{window.first}')) END AS entry,
  greatest(0, datediff('month', origin, coalesce(risen_on, seen_to))) AS leaving,
  CASE WHEN risen_on IS NULL THEN 0 ELSE 1 END AS event,
  CASE WHEN risen_on IS NULL THEN NULL
    WHEN datediff('month', started_on, risen_on) < {first} THEN '0'
    WHEN datediff('month', started_on, risen_on) < {second} THEN '1'
    WHEN datediff('month', started_on, risen_on) < {third} THEN '2' ELSE '3' END AS stratum
FROM spells""")  # noqa: S608


RISEN_SQL = (
    "SELECT * FROM careers WHERE event = 1 AND stratum IS NOT NULL "
    "AND risen_on >= (SELECT min(first_month) FROM stood)"
)
"""The promotions within the record, for setting against the time served in it."""

CAREERS_SQL = (
    "SELECT * REPLACE (least(leaving, 600) AS leaving) FROM careers "
    "WHERE is_placed AND (entry = 0 OR leaving > entry) AND leaving >= entry"
)
"""The spells that can be placed on the clock; who enters late is at risk from the next month."""

DAYS_A_MONTH = 365.25 / 12


def case_waits_sql(window: Window) -> str:
    """One row for each conduct case: months until decided, or open for so long."""
    who = ", ".join(f"coalesce(nullif({n}, ''), 'blank') AS {n}" for n in CHARACTERISTICS)
    return f"""
SELECT coalesce(nullif(unit, ''), '{NO_UNIT}') AS unit, kind AS step,
  CAST(year(opened_on) AS VARCHAR) AS cohort, {who},
  {TOGETHER_SQL} AS ethnicity_together, 0 AS entry,
  CAST(floor(greatest(0, coalesce(days, datediff('day', opened_on, DATE '{window.end}')))
    / {DAYS_A_MONTH}) AS INTEGER) AS leaving,
  CASE WHEN days IS NULL OR coalesce(trim(outcome), '') = '' THEN 0 ELSE 1 END AS event
FROM conduct WHERE opened_on < DATE '{window.end}'"""  # noqa: S608
