"""What else is kept about people at work: conduct, reviews, training, surveys, exits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from evenhand.datasets.arrow import Array, from_index
from evenhand.datasets.synthetic.chance import Index, draw
from evenhand.datasets.synthetic.workforce import figures
from evenhand.datasets.synthetic.workforce.events import (
    NO_DAY,
    as_counts,
    as_days,
    as_flags,
    characteristics_of,
)
from evenhand.datasets.synthetic.workforce.life import GRADES, Life
from evenhand.datasets.synthetic.workforce.people import ROLES, day_in
from evenhand.datasets.synthetic.workforce.strength import Presence, grades_of
from evenhand.datasets.workforce.tables import TABLES

_GRADE_WORDS = (*GRADES, "")

CASES = {
    "complaint": (0.020, ("incivility", "use of force", "neglect of duty", "discrimination")),
    "misconduct": (0.0030, ("honesty", "orders and duties", "respect and courtesy", "off duty")),
    "grievance": (0.0012, ("bullying", "discrimination", "promotion", "flexible working")),
    "tribunal": (0.0001, ("race discrimination", "sex discrimination", "unfair dismissal")),
}
"""Kinds of case, each with its monthly rate for one person and what is alleged."""
OUTCOMES = {"no action": 0.62, "management action": 0.22, "upheld": 0.11, "dismissed": 0.05}
MEDIAN_DAYS, SPREAD_DAYS = 90, 0.7

RATINGS = {"outstanding": 0.05, "exceeds": 0.25, "meets": 0.62, "partly": 0.06, "below": 0.02}
DISSATISFIED = 0.08

COURSES = (
    ("Equality and inclusion", "everyone", ("officer", "staff", "pcso", "special"), 0.88),
    ("Leading inclusively", "supervisors", ("officer", "staff"), 0.74),
    ("Stop and search", "officers", ("officer", "special"), 0.93),
)
"""Course, the group it is required for, the role types in it, the share who attended."""
COMPETENT = {"yes": 0.86, "no": 0.05, "not_assessed": 0.09}

ITEMS = (
    "I am treated fairly", "My manager supports me", "I would recommend working here",
    "I can speak up", "Promotion is fair here", "My work is valued",
    "I have the training I need", "I feel safe from discrimination", "Complaints are acted on",
    "I intend to stay",
)  # fmt: skip
ANSWERING = 0.55

LOSS = {"acceptable": 0.45, "good": 0.10, "bad": 0.40, "": 0.05}
LEAVERS_ANSWERING = 0.45


def build_conduct(life: Life, presence: Presence, keys: list[str]) -> pa.Table:
    """Cases opened against or by people in proportion to the months they were there."""
    rng, every = life.rng, life.shape.snapshot_every
    counts = [rng.poisson(rate * every * len(presence.who)) for rate, _ in CASES.values()]
    rows = presence.only(rng.integers(len(presence.who), size=sum(counts)))
    kind = np.repeat(np.arange(len(CASES)), counts)
    opened = day_in(rng, rows.month, len(kind))
    days = np.ceil(np.exp(rng.normal(np.log(MEDIAN_DAYS), SPREAD_DAYS, len(kind)))).astype(np.int64)
    outcome = draw(rng, list(OUTCOMES.values()), len(kind))
    is_open = opened + days > _last_day(life)
    allegations = sorted({text for _, texts in CASES.values() for text in texts})
    sizes = np.asarray([len(texts) for _, texts in CASES.values()])[kind]
    chosen = (rng.random(len(kind)) * sizes).astype(np.int64)
    table = np.zeros((len(CASES), int(sizes.max(initial=1))), dtype=np.int64)
    for place, (_, texts) in enumerate(CASES.values()):
        table[place, : len(texts)] = [allegations.index(text) for text in texts]
    return _table(
        "conduct", life, rows.who, opened,
        person=from_index(rows.who.astype(np.int32), keys),
        kind=_words(kind, tuple(CASES)),
        allegation=_words(table[kind, chosen], tuple(allegations)),
        stage=_words(np.where(is_open, 0, 1), ("assessment", "decision")),
        outcome=_words(np.where(is_open, len(OUTCOMES), outcome), (*OUTCOMES, "")),
        opened_on=as_days(opened),
        days=as_counts(days, missing=is_open),
        unit=_words(rows.unit, figures.UNITS),
        grade=_words(grades_of(life.people, rows), GRADES),
    )  # fmt: skip


def build_reviews(life: Life, presence: Presence, keys: list[str]) -> pa.Table:
    """One review for everybody at the end of each reporting year, 31 March."""
    rng = life.rng
    rows = presence.only(np.flatnonzero(presence.month % 12 == 2))
    end = rows.days + 30
    return _table(
        "reviews", life, rows.who, end,
        person=from_index(rows.who.astype(np.int32), keys),
        period_end=as_days(end),
        rating=_words(draw(rng, list(RATINGS.values()), len(end)), tuple(RATINGS)),
        dissatisfied=as_flags(rng.random(len(end)) < DISSATISFIED),
        unit=_words(rows.unit, figures.UNITS),
        grade=_words(grades_of(life.people, rows), GRADES),
        manager=_managers(rng, rows, keys),
    )  # fmt: skip


def _managers(rng: np.random.Generator, rows: Presence, keys: list[str]) -> Array:
    """A person above the bottom of a ladder in the same unit and month; blank where nobody is."""
    group = rows.month * len(figures.UNITS) + rows.unit
    leaders = np.flatnonzero(rows.step > 0)
    leaders = leaders[np.argsort(group[leaders], kind="stable")]
    ordered = group[leaders]
    start = np.searchsorted(ordered, group, side="left")
    end = np.searchsorted(ordered, group, side="right")
    pick = start + (rng.random(len(group)) * np.maximum(end - start, 1)).astype(np.int64)
    found = end > start
    nobody = len(keys)
    boss = np.full(len(group), nobody)
    boss[found] = rows.who[leaders[pick[found]]]
    return from_index(boss.astype(np.int32), [*keys, ""])


def build_training(life: Life, presence: Presence, keys: list[str]) -> pa.Table:
    """Who of those there in the last month had attended what they were required to."""
    last = presence.only(np.flatnonzero(presence.month == presence.month.max()))
    roles = life.people["role"][last.who]
    picked, course = [], []
    for place, (_, group, of_roles, _) in enumerate(COURSES):
        member = np.isin(roles, [ROLES.index(role) for role in of_roles])
        if group == "supervisors":
            member &= last.step > 0
        picked.append(np.flatnonzero(member))
        course.append(np.full(int(member.sum()), place))
    rows, number = last.only(np.concatenate(picked)), np.concatenate(course)
    rng, count = life.rng, len(number)
    attended = rng.random(count) < np.asarray([share for *_, share in COURSES])[number]
    competent = draw(rng, list(COMPETENT.values()), count)
    on = rows.days
    return _table(
        "training", life, rows.who, on,
        person=from_index(rows.who.astype(np.int32), keys),
        course=_words(number, tuple(name for name, *_ in COURSES)),
        required_group=_words(number, tuple(group for _, group, *_ in COURSES)),
        required_by=as_days(on + 120),
        attended=as_flags(attended),
        attended_on=as_days(np.where(attended, on - rng.integers(1, 365, count), NO_DAY)),
        competent=_words(np.where(attended, competent, 2), tuple(COMPETENT)),
        on=as_days(on),
        unit=_words(rows.unit, figures.UNITS),
        part_time=as_flags(life.people["part_time"][rows.who]),
    )  # fmt: skip


def build_survey(life: Life, presence: Presence) -> pa.Table:
    """A staff survey a year in the last years: who answers, and how, is the same for everybody."""
    rng, last = life.rng, int(presence.month.max())
    waves = [last - 12 * back for back in range(life.shape.waves)]
    rows = presence.only(
        np.flatnonzero(
            np.isin(presence.month, waves) & (rng.random(len(presence.month)) < ANSWERING)
        )
    )
    count = len(rows.who)
    means = np.linspace(0.2, 0.9, len(ITEMS))  # each item has a favourable share of its own
    liking = rng.normal(0, 0.8, count)[:, None] + means + rng.normal(0, 1, (count, len(ITEMS)))
    score = 1 + np.searchsorted([-1.2, -0.4, 0.3, 1.4], liking.ravel())
    item = np.tile(np.arange(len(ITEMS)), count)
    respondents = [f"R{number:07d}" for number in range(count)]
    each = rows.only(np.repeat(np.arange(count), len(ITEMS)))
    return _table(
        "survey", life, each.who, each.days,
        wave=as_days(each.days),
        respondent=from_index(
            np.repeat(rng.permutation(count), len(ITEMS)).astype(np.int32), respondents
        ),
        item=_words(item, ITEMS),
        score=as_counts(score),
        unit=_words(each.unit, figures.UNITS),
    )  # fmt: skip


def build_exits(life: Life, keys: list[str]) -> pa.Table:
    """The leavers who answered why they left; their keys are those of the other tables."""
    who, days, reason, grade, unit = (
        np.concatenate([leaving[place] for leaving in life.leavers]) for place in range(5)
    )
    rng = life.rng
    told = np.flatnonzero(rng.random(len(who)) < LEAVERS_ANSWERING)
    return _table(
        "exits", life, who[told], days[told],
        person_key=from_index(who[told].astype(np.int32), keys),
        left_on=as_days(days[told]),
        reason=_words(reason[told], (*figures.REASONS, "retired")),
        loss_class=_words(draw(rng, list(LOSS.values()), len(told)), tuple(LOSS)),
        grade=_words(grade[told], _GRADE_WORDS),
        unit=_words(unit[told], figures.UNITS),
    )  # fmt: skip


def build_selections(life: Life, keys: list[str]) -> pa.Table:
    """Every stage of every selection."""
    log = life.stages
    who, on = log.numbers("person"), log.numbers("on")
    assessors = log.numbers("assessors")
    return _table(
        "processes", life, who, on,
        person=from_index(who.astype(np.int32), keys),
        on=as_days(on),
        stage_order=as_counts(log.numbers("stage_order")),
        assessors=as_counts(assessors, missing=assessors == 0),
        **_logged(log.words, "process", "process_kind", "stage", "outcome"),
        **_logged(log.words, "grade", "line_manager"),
    )  # fmt: skip


def build_vetting(life: Life, keys: list[str]) -> pa.Table:
    """Every vetting decision."""
    log = life.vetting
    who, on = log.numbers("person"), log.numbers("on")
    return _table(
        "vetting", life, who, on,
        person=from_index(who.astype(np.int32), keys),
        on=as_days(on),
        sampled=as_flags(log.numbers("sampled")),
        **_logged(log.words, "decision", "grounds", "second_decision"),
    )  # fmt: skip


def build_movements(life: Life, keys: list[str]) -> pa.Table:
    """Every movement, those before the first month included for people who were there then."""
    log = life.movements
    named = ("kind", "from_grade", "to_grade", "from_unit", "to_unit", "reason")
    columns = {
        "person": from_index(log.numbers("person").astype(np.int32), keys),
        "on": as_days(log.numbers("on")),
        "planned_end": as_days(log.numbers("planned_end")),
        **_logged(log.words, *named),
    }
    return TABLES["movements"].require(
        pa.table({name: columns[name] for name in TABLES["movements"].names})
    )


def _logged(words: Callable[[str], Array], *names: str) -> dict[str, Array]:
    return {name: words(name) for name in names}


def _words(index: Index, words: tuple[str, ...]) -> Array:
    return from_index(index.astype(np.int32), words)


def _last_day(life: Life) -> int:
    end = np.asarray(life.first + life.shape.months).astype("datetime64[M]")
    return int(end.astype("datetime64[D]").astype(np.int64)) - 1


def _table(name: str, life: Life, who: Index, as_at: Index, /, **columns: Array) -> pa.Table:
    """The columns given and the characteristics, in the order and types of the schema."""
    schema = TABLES[name]
    every = {**columns, **characteristics_of(life.people, who, as_at)}
    return schema.require(pa.table({column: every[column] for column in schema.names}))
