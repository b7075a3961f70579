"""From canonical tables to facts: a row for each thing counted, with who, where, which step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.core import Month, NothingToMeasure
from evenhand.datasets.workforce import BLANK, CHARACTERISTICS
from evenhand.indicators.workforce.sources import TOGETHER_SQL, Sources

EARLY = ("resigned", "resignation", "required_to_resign", "required to resign", "dismissed",
         "dismissal")  # fmt: skip
"""Reasons for leaving that are neither retirement nor a move to another service."""

AGAINST = (
    "upheld", "proven", "misconduct", "misconduct proven", "gross misconduct",
    "gross misconduct proven", "written warning", "final written warning", "reduction in rank",
    "dismissed without notice", "required to resign", "found", "substantiated",
    "sanction",
)  # fmt: skip
"""Outcomes of a complaint or misconduct case that go against the person it is about."""

DISMISSED = ("dismissed", "dismissal")
"""Of misconduct, that the person was dismissed; of a complaint, that the complaint was."""

UPHELD = ("upheld", "upheld in part", "partly upheld", "won", "found for the claimant", "proven")
"""Outcomes of a grievance or claim that go for the person who brought it."""

NO_UNIT = "Not recorded"
"""The unit of those whose unit is not recorded: a unit of its own, so that units add up."""

BANDS = (24, 60, 120)
"""Lengths of service compared with like: under two years (probation), five, ten, and over."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a run looks at: everything up to the end of month ``at``.

    ``latest`` is the month of the last snapshot of the strength at or before it.
    """

    at: Month
    latest: date
    first: date

    @property
    def end(self) -> date:
        """The day after the last one looked at."""
        return _first_day(self.at, 1)

    def since(self, months: int) -> date:
        """The first day of the ``months`` that end with the month looked at."""
        return _first_day(self.at, 1 - months)


def _first_day(month: Month, later: int) -> date:
    count = month.year * 12 + month.number - 1 + later
    return date(count // 12, count % 12 + 1, 1)


def find_window(sources: Sources, at: Month) -> Window:
    """The snapshots there are up to a month; refused when there is none."""
    end = _first_day(at, 1)
    found = sources.engine.execute(
        "SELECT max(month), min(month) FROM strength WHERE month < ?", [end]
    ).fetchone()
    if not found or found[0] is None:
        raise NothingToMeasure(
            f"there is no snapshot of the strength up to {at}.",
            rule="strength-loaded",
            remedy="Load a strength file with evenhand load, or choose a later month.",
        )
    return Window(at, found[0], found[1])


def _who(prefix: str = "") -> str:
    """The characteristics of a row; null and empty are blank."""
    columns = [
        f"coalesce(nullif({prefix}{name}, ''), '{BLANK}') AS {name}" for name in CHARACTERISTICS
    ]
    return ", ".join(columns)


def _band(service: str) -> str:
    first, second, third = BANDS
    return (
        f"CASE WHEN {service} IS NULL THEN 'unknown' WHEN {service} < {first} THEN '0' "
        f"WHEN {service} < {second} THEN '1' WHEN {service} < {third} THEN '2' ELSE '3' END"
    )


GRADE = (
    "role_type || '/' || lpad(CAST(coalesce(grade_order, 0) AS VARCHAR), 2, '0') || '/' || grade"
)
"""The key of a grade: its ladder, its height there, its code; keys sort as the grades stand."""

PATTERN = (
    "CASE WHEN part_time IS NULL THEN 'blank' WHEN part_time THEN 'part-time' ELSE 'full-time' END"
)


def build_strength(sources: Sources, window: Window, *, months: int) -> None:
    """Read the snapshots once: who stood where, how long, in which months, as ``stood``."""
    anniversary = f"month(month) = {window.latest.month}"
    sources.engine.execute(f"""
CREATE TEMP TABLE stood AS
WITH grouped AS (
  SELECT person, coalesce(nullif(unit, ''), '{NO_UNIT}') AS unit, role_type, grade, grade_order,
    coalesce(specialism, '') AS specialism, part_time, started_on, year(month) AS year,
    {_band("datediff('month', started_on, month)")} AS band,
    sex, ethnicity, ethnicity_edition, disability, religion, sexual_orientation, age_band,
    min(month) AS first_month, max(month) AS last_month, count(*) AS all_months,
    count(*) FILTER (month >= DATE '{window.since(months)}') AS months,
    count(*) FILTER (month >= DATE '{window.since(FLOW_MONTHS)}') AS flow_months,
    count(*) FILTER (month = DATE '{window.latest}') AS heads,
    count(*) FILTER ({anniversary}) AS heads_then
  FROM strength WHERE month < DATE '{window.end}' GROUP BY ALL
)
SELECT person, unit, {GRADE} AS step, role_type, grade, grade_order, specialism, {PATTERN} AS
  part_time, started_on, CAST(year AS VARCHAR) AS year, band AS stratum, first_month, last_month,
  all_months, months, flow_months, heads, heads_then, {_who()}, {TOGETHER_SQL} AS ethnicity_together
FROM (
  SELECT r.* REPLACE (coalesce(g.broad, r.ethnicity) AS ethnicity) FROM grouped r
  LEFT JOIN ethnic_groups g ON g.edition = r.ethnicity_edition AND g.code = r.ethnicity
)""")  # noqa: S608
    columns = (*CHARACTERISTICS, "ethnicity_together", "part_time", "unit", "step", "specialism")
    picked = ", ".join(f"arg_max({name}, last_month) AS {name}" for name in columns)
    sources.engine.execute(
        f"CREATE TEMP TABLE persons AS SELECT person, {picked}, min(started_on) AS started_on, "  # noqa: S608
        "max(last_month) AS last_month FROM stood GROUP BY person"
    )
    sources.engine.execute(
        "CREATE TEMP TABLE grades AS SELECT grade, max(step) AS step FROM stood GROUP BY grade"
    )


WHO = ", ".join(CHARACTERISTICS)
_PERSON = ", ".join(
    f"coalesce(p.{name}, '{BLANK}') AS {name}"
    for name in (*CHARACTERISTICS, "ethnicity_together", "part_time")
)


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


FLOW_MONTHS = 36
"""How far back joining, leaving and promotion are counted for a projection: three years."""


def months_sql(window: Window, months: int) -> str:
    """Everybody there on the first of each of the last months, grouped."""
    return f"""
WITH grouped AS (
  SELECT month, {GRADE} AS step, {PATTERN} AS part_time, sex, ethnicity, ethnicity_edition,
    disability, religion, sexual_orientation, age_band, count(*) AS there
  FROM strength WHERE month >= DATE '{window.since(months)}' AND month < DATE '{window.end}'
  GROUP BY ALL
)
SELECT strftime(month, '%Y-%m') AS month, step, part_time, there, {_who()},
  {TOGETHER_SQL} AS ethnicity_together
FROM (
  SELECT r.* REPLACE (coalesce(g.broad, r.ethnicity) AS ethnicity) FROM grouped r
  LEFT JOIN ethnic_groups g ON g.edition = r.ethnicity_edition AND g.code = r.ethnicity
)"""  # noqa: S608


def flows_sql(window: Window) -> str:
    """One row for each person who joined, was promoted or left; the grade joined or gone from."""
    return f"""
SELECT coalesce(g.step, p.step, '') AS step, m.kind AS kind, {_PERSON}
FROM movements m LEFT JOIN persons p ON p.person = m.person
LEFT JOIN grades g ON g.grade = CASE WHEN m.kind = 'join' THEN m.to_grade ELSE m.from_grade END
WHERE m.kind IN ('join', 'promote', 'leave')
  AND m.on >= DATE '{window.since(FLOW_MONTHS)}' AND m.on < DATE '{window.end}'"""  # noqa: S608


def leaving_sql(window: Window, months: int) -> str:
    """One row for each person who left."""
    return f"""
SELECT coalesce(p.unit, '{NO_UNIT}') AS unit, coalesce(p.step, '') AS step,
  {_band("datediff('month', p.started_on, m.on)")} AS stratum, {_PERSON},
  lower(trim(m.reason)) IN ({_listed(EARLY)}) AS is_early, strftime(m.on, '%Y-%m') AS month
FROM movements m LEFT JOIN persons p ON p.person = m.person
WHERE m.kind = 'leave' AND m.on >= DATE '{window.since(months)}' AND m.on < DATE '{window.end}'"""  # noqa: S608


def processes_sql(window: Window, months: int) -> str:
    """One row for each person at each stage of a process."""
    return f"""
SELECT '' AS unit, process_kind || '/' || lpad(CAST(stage_order AS VARCHAR), 2, '0') || '/' || stage
  AS step, process AS stratum, {_who()}, {TOGETHER_SQL} AS ethnicity_together, outcome, process_kind
FROM processes
WHERE "on" IS NULL OR ("on" >= DATE '{window.since(months)}' AND "on" < DATE '{window.end}')"""  # noqa: S608


def support_sql(window: Window, months: int) -> str:
    """One row for each person in each process whose line manager was asked, and said so."""
    return f"""
SELECT '' AS unit, process_kind AS step, process AS stratum, {_who()},
  {TOGETHER_SQL} AS ethnicity_together, line_manager
FROM processes
WHERE line_manager IN ('yes', 'no')
  AND ("on" IS NULL OR ("on" >= DATE '{window.since(months)}' AND "on" < DATE '{window.end}'))
QUALIFY row_number() OVER (PARTITION BY person, process ORDER BY stage_order) = 1"""  # noqa: S608


def vetting_sql(window: Window, months: int) -> str:
    """One row for each vetting decision."""
    return f"""
SELECT '' AS unit, CASE WHEN decision = 'refused' THEN coalesce(nullif(trim(grounds), ''),
  'not recorded') ELSE '' END AS step, '' AS stratum, {_who()},
  {TOGETHER_SQL} AS ethnicity_together, decision, sampled, second_decision
FROM vetting
WHERE "on" >= DATE '{window.since(months)}' AND "on" < DATE '{window.end}'"""  # noqa: S608


def conduct_sql(window: Window, months: int, recent: int) -> str:
    """One row for each case, at the stage it has reached."""
    return f"""
SELECT coalesce(nullif(unit, ''), '{NO_UNIT}') AS unit, kind AS step,
  coalesce(allegation, '') AS stratum, {_who()},
  {TOGETHER_SQL} AS ethnicity_together, kind, lower(trim(outcome)) AS outcome,
  opened_on >= DATE '{window.since(recent)}' AS recent
FROM conduct
WHERE opened_on >= DATE '{window.since(months)}' AND opened_on < DATE '{window.end}'"""  # noqa: S608


def reviews_sql(window: Window, months: int) -> str:
    """One row for each person reviewed: the last review of the period."""
    return f"""
SELECT coalesce(nullif(unit, ''), '{NO_UNIT}') AS unit, '' AS step, '' AS stratum, {_who()},
  {TOGETHER_SQL} AS ethnicity_together, rating, dissatisfied
FROM reviews
WHERE period_end >= DATE '{window.since(months)}' AND period_end < DATE '{window.end}'
QUALIFY row_number() OVER (PARTITION BY person ORDER BY period_end DESC) = 1"""  # noqa: S608


def training_sql(window: Window) -> str:
    """One row for each person and course: the latest record of it."""
    return f"""
SELECT coalesce(nullif(unit, ''), '{NO_UNIT}') AS unit, course AS step,
  coalesce(required_group, '') AS stratum, {_who()},
  {TOGETHER_SQL} AS ethnicity_together, {PATTERN} AS part_time,
  attended, attended_on, competent, required_by,
  (required_by IS NOT NULL OR coalesce(required_group, '') <> '') AS is_required
FROM training
WHERE "on" IS NULL OR "on" < DATE '{window.end}'
QUALIFY row_number() OVER (PARTITION BY person, course ORDER BY "on" DESC NULLS LAST) = 1"""  # noqa: S608


def survey_sql(wave: date) -> str:
    """One row for each answer of one wave."""
    return f"""
SELECT coalesce(nullif(unit, ''), '{NO_UNIT}') AS unit, item AS step, '' AS stratum, {_who()},
  {TOGETHER_SQL} AS ethnicity_together, score
FROM survey WHERE wave = DATE '{wave}' AND score IS NOT NULL"""  # noqa: S608


def exits_sql(window: Window, months: int) -> str:
    """One row for each leaver who told why."""
    return f"""
SELECT coalesce(nullif(unit, ''), '{NO_UNIT}') AS unit,
  coalesce(nullif(trim(reason), ''), 'not given') AS step,
  '' AS stratum, {_who()}, {TOGETHER_SQL} AS ethnicity_together, loss_class, reason
FROM exits
WHERE left_on >= DATE '{window.since(months)}' AND left_on < DATE '{window.end}'"""  # noqa: S608


def temporary_sql(window: Window, months: int) -> str:
    """One row for each temporary promotion that was running within the period."""
    return f"""
WITH started AS (
  SELECT person, "on" AS start, from_grade, to_grade, planned_end,
    lead("on") OVER (PARTITION BY person ORDER BY "on") AS next_start
  FROM movements WHERE kind = 'temporary_start' AND "on" < DATE '{window.end}'
), posts AS (
  SELECT s.person, s.start, s.from_grade, s.to_grade, s.planned_end,
    min(m.on) FILTER (m.kind = 'temporary_end') AS ended,
    count(*) FILTER (m.kind = 'temporary_extend') AS extensions,
    arg_max(m.planned_end, m.on) FILTER (m.kind = 'temporary_extend') AS extended_to
  FROM started s LEFT JOIN movements m ON m.person = s.person
    AND m.kind IN ('temporary_end', 'temporary_extend') AND m.on >= s.start
    AND (s.next_start IS NULL OR m.on < s.next_start) AND m.on < DATE '{window.end}'
  GROUP BY ALL
)
SELECT coalesce(p.unit, '{NO_UNIT}') AS unit, coalesce(g.step, '') AS step, '' AS stratum,
  {_PERSON},
  t.start, t.planned_end, t.ended, t.extensions, t.from_grade, t.to_grade,
  t.planned_end IS NULL AND t.ended IS NULL AS open_ended,
  coalesce(t.ended, DATE '{window.end}') > t.planned_end AS over_extended
FROM posts t LEFT JOIN persons p ON p.person = t.person LEFT JOIN grades g ON g.grade = t.from_grade
WHERE t.ended IS NULL OR t.ended >= DATE '{window.since(months)}'"""  # noqa: S608
