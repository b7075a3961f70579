"""The workforce's counting and comparing, set beside plain loops over people."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.unit.indicators.workforce.conftest import STANDING, table

from evenhand.core import Month
from evenhand.indicators.workforce import measure_workforce
from evenhand.indicators.workforce.careers import CAREERS_SQL, build_careers
from evenhand.indicators.workforce.characteristics import QUESTIONS, build_characteristic
from evenhand.indicators.workforce.definition import Kind
from evenhand.indicators.workforce.estimates import estimate, find_adjusted
from evenhand.indicators.workforce.facts import build_strength, find_window
from evenhand.indicators.workforce.pairs import WHOLE, Block, build_group_pairs, pair_places
from evenhand.indicators.workforce.sources import open_sources
from evenhand.indicators.workforce.thresholds import WorkforceThresholds
from evenhand.indicators.workforce.waits import Waiting, compare_waits

SEX = build_characteristic(QUESTIONS[0], ["female", "male", "other"])
RELIGION = build_characteristic(
    next(q for q in QUESTIONS if q.column == "religion"), ["none", "christian", "sikh"]
)
GROUPS = 6  # three answers, three ways of not knowing


def counts(rows=3, strata=2):
    return st.lists(
        st.integers(0, 30), min_size=rows * strata * GROUPS, max_size=rows * strata * GROUPS
    ).map(lambda values: np.array(values, float).reshape(rows, strata, GROUPS))


@settings(max_examples=40, deadline=None)
@given(counts(), counts(), st.sampled_from([SEX, RELIGION]))
def test_two_sides_are_what_a_loop_over_rows_and_groups_counts(count, extra, characteristic):
    of = count + extra
    units, steps = np.array([WHOLE, 0, 1]), np.array([0, WHOLE, WHOLE])
    pairs = build_group_pairs([Block(units, steps, count, of)], characteristic)
    expected = []
    for row in range(3):
        for group in characteristic.known:
            if group == characteristic.reference or of[row, :, group].sum() == 0:
                continue
            if characteristic is SEX:
                others = [characteristic.reference]
            else:
                others = [g for g in characteristic.known if g != group]
            expected.append(
                (
                    units[row], steps[row], group,
                    count[row, :, group].sum(), of[row, :, group].sum(),
                    sum(count[row, :, g].sum() for g in others),
                    sum(of[row, :, g].sum() for g in others),
                    sum(of[row, :, g].sum() for g in characteristic.unknown),
                    of[row].sum(),
                )
            )  # fmt: skip
    found = list(
        zip(pairs.unit, pairs.step, pairs.group, pairs.count, pairs.of, pairs.other_count,
            pairs.other_of, pairs.unknown_of, pairs.total_of, strict=True)
    )  # fmt: skip
    assert found == expected


@settings(max_examples=40, deadline=None)
@given(counts(), counts())
def test_a_unit_and_the_rest_are_the_whole_service(count, extra):
    of = count + extra
    pairs = pair_places(count, of, pooled=False)
    for i in range(len(pairs)):
        whole = of[:, pairs.step[i]].sum()
        assert pairs.of[i] + pairs.other_of[i] == whole == pairs.total_of[i]
        assert pairs.count[i] == count[pairs.unit[i], pairs.step[i]].sum()


@settings(max_examples=40, deadline=None)
@given(counts(), counts(), st.sampled_from([Kind.SHARE, Kind.RATE]))
def test_every_figure_is_defined_or_gives_its_reason_whatever_the_counts(count, extra, kind):
    of = count + extra if kind is Kind.SHARE else extra / 12
    block = Block(np.array([WHOLE, 0, 1]), np.array([0, WHOLE, WHOLE]), count, of)
    pairs = build_group_pairs([block], SEX)
    assume(len(pairs))
    found = estimate(kind, pairs)
    missing = np.isnan(found.ratio.value)
    assert (found.ratio.reason[missing] > 0).all()
    defined = np.isfinite(found.ratio.value)
    inside = (found.ratio.low <= found.ratio.value) & (found.ratio.value <= found.ratio.high)
    assert inside[defined].all()
    p = found.p[np.isfinite(found.p)]
    assert ((p >= 0) & (p <= 1)).all()


@settings(max_examples=40, deadline=None)
@given(counts(), counts())
def test_thin_strata_are_not_compared_within(count, extra):
    of = count + extra
    block = Block(np.array([WHOLE, 0, 1]), np.array([0, WHOLE, WHOLE]), count, of)
    pairs = build_group_pairs([block], SEX)
    assume(len(pairs))
    thick = find_adjusted(Kind.SHARE, pairs)
    for i in np.flatnonzero(thick):
        expected = room = 0.0
        for x, n, y, m in zip(*(side[i] for side in (pairs.strata[0], pairs.strata[1],
                                                     pairs.strata[2], pairs.strata[3])),
                              strict=True):  # fmt: skip
            if n and m:
                expected += (x + y) * n / (n + m)
                room += min(x + y, n)
        assert min(expected, room - expected) >= 5 or expected >= 5


people = st.lists(
    st.tuples(
        st.integers(0, GROUPS - 1), st.integers(0, 1), st.integers(0, 12), st.integers(0, 24),
        st.booleans(),
    ).filter(lambda p: p[3] > p[2] or (p[2] == 0)),
    min_size=4,
    max_size=60,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(people)
def test_waits_are_those_of_a_loop_over_people(spells):
    shape = (1, 2, GROUPS, 26)
    entries, events, censored = (np.zeros(shape, np.int64) for _ in range(3))
    for group, cohort, entry, leaving, event in spells:
        entries[0, cohort, group, entry] += 1
        (events if event else censored)[0, cohort, group, leaving] += 1
    waiting = Waiting(("officer/01/constable",), ("2000", "2003"), SEX, entries, events, censored)
    waits = compare_waits(waiting, WorkforceThresholds(followed=1, longest_wait=20))
    if waits is None:
        return
    for i in range(len(waits.pairs)):
        until = int(waits.until[i])
        mine = [p for p in spells if p[0] == waits.pairs.group[i]]
        assert waits.pairs.of[i] == len(mine)
        assert waits.pairs.count[i] == sum(p[4] for p in mine)
        if until:
            assert waits.statistics.own.value[i] == pytest.approx(_restricted(mine, until))


def _restricted(spells, until):
    """The product-limit curve month by month, one person at a time, and its area."""
    area, still = 0.0, 1.0
    for month in range(until):
        at_risk = [p for p in spells if (p[2] == 0 or p[2] < month) and p[3] >= month]
        events = sum(1 for p in at_risk if p[4] and p[3] == month)
        still *= 1 - events / len(at_risk) if at_risk else 1
        area += still
    return area


months = st.integers(0, 11)
careers = st.lists(
    st.tuples(months, months, st.one_of(st.none(), months), st.integers(0, 40), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(careers)
def test_spells_read_from_tables_are_those_of_a_loop_over_careers(drawn):
    """Each: seen from, seen to, promoted in (or never), months of service before, joined afresh."""
    strength, movements, expected = [], [], {}
    for number, (one, two, risen, before, fresh) in enumerate(drawn):
        first, last = min(one, two), max(one, two)
        key = f"P{number}"
        if risen is not None and not first <= risen < last:
            risen = None
        fresh = fresh and first > 0
        started = _month(first if fresh else -before)
        for month in range(first, last + 1):
            up = risen is not None and month > risen
            grade = {"grade": "sergeant", "grade_order": 2} if up else {}
            said = {"person": key, "month": _month(month), "started_on": started}
            strength.append({**STANDING, **said, **grade})
        if risen is not None:
            on = _month(risen).replace(day=15)
            movements.append({"person": key, "kind": "promote", "on": on,
                              "from_grade": "constable", "to_grade": "sergeant"})  # fmt: skip
        clock = first if fresh else -before
        end = risen if risen is not None else last
        late = 0 if first > 0 else max(0, -clock)
        leaving = end - clock
        if late == 0 or leaving > late:
            expected[key] = (late, leaving, int(risen is not None))
    strength.append({**STANDING, "person": "first", "month": _month(0), "grade": "sergeant",
                     "grade_order": 2})  # fmt: skip
    tables = {"strength": table("strength", strength), "movements": table("movements", movements)}
    with open_sources(tables) as sources:
        window = find_window(sources, Month(2020, 12))
        build_strength(sources, window, months=12)
        build_careers(sources, window)
        rows = sources.engine.execute(
            f"SELECT person, entry, leaving, event FROM ({CAREERS_SQL})"
        ).fetchall()
    assert {person: (entry, leaving, event) for person, entry, leaving, event in rows} == expected


def _month(index):
    count = 2020 * 12 + index
    return date(count // 12, count % 12 + 1, 1)


reviewed = st.lists(
    st.tuples(
        st.sampled_from(["female", "male", "prefer_not_to_say"]),
        st.sampled_from(["Camden", "Brent", ""]),
        st.sampled_from(["below", "partly", "meets", "not_rated"]),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reviewed)
def test_a_figure_is_what_a_loop_over_rows_counts(rows):
    reviews = [
        {"person": f"P{i}", "period_end": date(2020, 6, 30), "sex": sex, "unit": unit,
         "rating": rating, "dissatisfied": False}
        for i, (sex, unit, rating) in enumerate(rows)
    ]  # fmt: skip
    standing = [{**STANDING, "person": "P0", "month": date(2020, 12, 1)}]
    measured = measure_workforce(
        {"strength": table("strength", standing), "reviews": table("reviews", reviews)},
        at=Month(2020, 12), rng=np.random.default_rng(0), crossed=(),
    )  # fmt: skip
    figures = measured.of("workforce-rated-below").figures
    found = next((t for t in figures if t.name.endswith("-sex")), None)
    labels = {"female": "Women", "male": "Men", "prefer_not_to_say": "Prefer not to say"}
    rated = [row for row in rows if row[2] != "not_rated"]
    if found is None:
        assert not rated
        return
    for row in found.rows():
        here = [
            r for r in rated
            if row["unit"] in ("", r[1] or "Not recorded")
            and row["group"] in ("All", labels[r[0]])
        ]  # fmt: skip
        assert row["of"] == len(here)
        assert row["count"] == sum(r[2] in ("below", "partly") for r in here)
