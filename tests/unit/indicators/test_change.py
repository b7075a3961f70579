"""A place against its own past: what is called improving or worsening, and what is never shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import Column, Marker, Month, Period, Role, Signal, Table
from evenhand.disclosure import PUBLIC, review_together
from evenhand.indicators.change import Change, evaluate_change
from evenhand.indicators.change_findings import build_change_findings
from evenhand.indicators.characteristics import build_self_defined
from evenhand.indicators.control import build_control
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import Panel
from evenhand.indicators.places import Place, Places
from evenhand.indicators.spans import find_spans, list_spans
from evenhand.indicators.stops import ARREST_RATE, COMPLETENESS, FIND_RATE, STOP_RATE, TIMELINESS
from evenhand.indicators.tables import build_group_table
from evenhand.indicators.thresholds import Thresholds
from evenhand.indicators.trend import build_trend
from evenhand.indicators.years import build_years

SELF = build_self_defined()
GROUPS = [group.label for group in SELF.groups]
WHITE, BLACK = GROUPS.index("White"), GROUPS.index("Black")
MEASURES = (*("searches", "arrests", "outcome_known", "linked", "linked_known", "stated", "timed"),)
PEOPLE = [100_000.0, 5_000.0, 10_000.0, 20_000.0, 5_000.0]


def build_panel(
    counts: np.ndarray,
    *,
    present: np.ndarray | None = None,
    units: Sequence[str] = (),
    visited: bool = False,
) -> Panel:
    """Of counts by (unit, month, group, measure); without units they are the service's own."""
    bottom = tuple(Place("kent", unit) for unit in units) or (Place("kent"),)
    places = Places((*bottom, Place("kent")) if units else bottom, bottom)
    rolled = places.roll_up(counts)
    months = counts.shape[1]
    residents = np.full((len(places), len(GROUPS)), np.nan)
    residents[:, : len(PEOPLE)] = np.nan if visited else PEOPLE
    first = Month(2023, 1)
    there = np.ones((len(places), months), dtype=bool)
    return Panel(
        places=places,
        period=Period(first, Month.at(first.index + months - 1)),
        measures=MEASURES,
        characteristics=(SELF,),
        counts={SELF.id: np.stack([rolled, np.zeros_like(rolled)], axis=3)},
        present=there if present is None else present,
        residents={SELF.id: residents},
        visited={SELF.id: np.full(len(places), visited)},
        vehicle_only=np.zeros(len(places), dtype=np.int64),
    )


def steady(months: int = 24, **monthly: Sequence[int]) -> np.ndarray:
    """The same counts every month: of each measure, of White and of Black people."""
    counts = np.zeros((1, months, len(GROUPS), len(MEASURES)), dtype=np.int64)
    for name, (white, black) in monthly.items():
        counts[0, :, WHITE, MEASURES.index(name)] = white
        counts[0, :, BLACK, MEASURES.index(name)] = black
    return counts


def change_of(indicator: Indicator, panel: Panel, **thresholds: float) -> Change:
    spans = find_spans(panel.period)
    assert spans is not None
    return evaluate_change(indicator, panel, SELF, spans=spans, thresholds=Thresholds(**thresholds))


def black_change(
    indicator: Indicator, counts: np.ndarray, *, visited: bool = False
) -> dict[str, Any]:
    panel = build_panel(counts, visited=visited)
    table = build_change_findings(change_of(indicator, panel), panel.places)
    return next(row for row in table.rows() if row["group"] == "Black")


def searches(earlier: Sequence[int], later: Sequence[int]) -> np.ndarray:
    """Monthly searches of White and of Black people in the earlier year and in the later."""
    counts = steady(searches=earlier)
    counts[:, 12:] = steady(12, searches=later)
    return counts


@pytest.mark.parametrize(
    ("earlier", "later", "signal"),
    [
        ((100, 60), (100, 40), "improving"),
        ((100, 40), (100, 60), "worsening"),
        ((100, 60), (150, 60), "improving"),  # the comparator's rise narrows a gap as well
        ((100, 60), (150, 90), "none"),  # more of everybody: the gap is the same
        ((250, 250), (250, 225), "none"),  # more than chance, and not notable
        ((100, 10), (100, 19), "none"),  # from below to about even: nothing worrying grew
        ((1, 1), (1, 1), "too small to tell"),
    ],
)
def test_a_gap_in_being_stopped_is_followed_from_year_to_year(
    earlier: tuple[int, int], later: tuple[int, int], signal: str
) -> None:
    assert black_change(STOP_RATE, searches(earlier, later))["signal"] == signal


def outcomes(measures: tuple[str, str], earlier: int, later: int) -> np.ndarray:
    """Finds (or arrests) of Black people a month, of 200 searches; of White people 40 of 200."""
    found, base = measures
    counts = steady(**{found: (40, earlier), base: (200, 200)})
    counts[:, 12:] = steady(12, **{found: (40, later), base: (200, 200)})
    return counts


@pytest.mark.parametrize(
    ("indicator", "earlier", "later", "signal"),
    [
        (FIND_RATE, 40, 25, "worsening"),  # lower worries: found less often than before
        (FIND_RATE, 25, 40, "improving"),
        (FIND_RATE, 40, 60, "none"),  # found more often than on White people: not the worry
        (ARREST_RATE, 40, 60, "worsening"),  # either way worries
        (ARREST_RATE, 40, 25, "worsening"),
        (ARREST_RATE, 60, 40, "improving"),
        (ARREST_RATE, 32, 50, "none"),  # as far from even on the other side: no nearer, no farther
    ],
)
def test_an_outcome_counts_for_the_side_that_worries(
    indicator: Indicator, earlier: int, later: int, signal: str
) -> None:
    counts = outcomes((indicator.count, indicator.of), earlier, later)
    assert black_change(indicator, counts)["signal"] == signal


@pytest.mark.parametrize(
    ("earlier", "later", "signal"),
    [(60, 90, "improving"), (90, 60, "worsening"), (80, 84, "none"), (0, 90, "improving")],
)
def test_completeness_is_the_place_against_itself(earlier: int, later: int, signal: str) -> None:
    counts = steady(searches=(100, 0), stated=(earlier, 0))
    counts[:, 12:] = steady(12, searches=(100, 0), stated=(later, 0))
    panel = build_panel(counts)
    (row,) = build_change_findings(change_of(COMPLETENESS, panel), panel.places).rows()
    assert (row["signal"], row["characteristic"], row["group"]) == (signal, "place", "All")
    assert (row["value"], row["other_value"]) == (later, earlier)
    assert f"{later}% of searches record" in row["sentence"]


def test_the_estimate_is_the_ratio_of_both_years_ratios_and_names_both() -> None:
    row = black_change(STOP_RATE, searches((100, 60), (120, 40)))
    assert row["other_value"] == pytest.approx(60 / 20 / (100 / 100))
    assert row["value"] == pytest.approx(40 / 20 / (120 / 100))
    assert row["estimate"] == pytest.approx(row["value"] / row["other_value"])
    assert row["low"] < row["estimate"] < row["high"] < 1
    assert (row["count"], row["other_count"]) == (480, 720)
    assert (row["base_count"], row["base_other_count"]) == (1440, 1200)
    assert row["comparator"] == "White, the 12 months before"
    assert row["sentence"] == (
        "In Kent, Black people (self-defined) were stopped and searched 1.67 times as "
        "often as White people for their number among residents in the 12 months to December "
        "2024, and 3.00 times in the 12 months to December 2023: the gap has narrowed; the ratio "
        "is 0.56 times what it was (95% interval 0.48 to 0.64). It does not show why, nor that "
        "what remains is fair; a change in who is asked how they describe their ethnicity can "
        "look like one."
    )


def test_p_is_adjusted_over_every_group_and_its_family_is_printed() -> None:
    panel = build_panel(searches((100, 60), (100, 50)) + 3)
    table = build_change_findings(change_of(STOP_RATE, panel), panel.places)
    assert set(table.cells["comparisons"]) == {4}
    assert len(table) == 4


def test_every_group_and_place_is_kept_whatever_the_signal() -> None:
    panel = build_panel(np.concatenate([searches((99, 50), (99, 50))] * 2), units=["East", "West"])
    change = change_of(STOP_RATE, panel)
    assert len(change) == 3 * 4
    assert set(change.signal) <= {Signal.NONE, Signal.TOO_SMALL}


def test_thresholds_are_data() -> None:
    counts = searches((100, 60), (100, 50))
    panel = build_panel(counts)

    def signal(**thresholds: float) -> Signal:
        change = change_of(STOP_RATE, panel, **thresholds)
        return change.signal[change.group.tolist().index(BLACK)]

    assert signal() is Signal.NONE
    assert signal(notable_change=1.1) is Signal.IMPROVING
    assert signal(notable_change=1.1, watch_p=1e-9) is Signal.NONE


def test_a_place_with_a_gap_in_either_year_is_not_compared_with_itself() -> None:
    present = np.ones((3, 24), dtype=bool)
    present[0, 7] = False
    counts = np.concatenate([searches((100, 60), (100, 30))] * 2)
    panel = build_panel(counts, present=present, units=["East", "West"])
    change = change_of(STOP_RATE, panel)
    assert {panel.places.all[i].unit for i in change.place.tolist()} == {"West", ""}


def test_months_before_the_two_years_do_not_matter() -> None:
    recent = searches((100, 60), (100, 40))
    longer = np.concatenate([steady(5, searches=(1, 900)), recent], axis=1)
    rows = [black_change(STOP_RATE, counts) for counts in (recent, longer)]
    assert rows[0]["estimate"] == rows[1]["estimate"]


def test_under_two_years_there_is_nothing_to_compare() -> None:
    period = Period(Month(2023, 1), Month(2024, 11))
    assert find_spans(period) is None
    assert set(list_spans(period)) == {"All"}


def test_where_residents_are_not_the_people_stopped_no_change_is_told() -> None:
    row = black_change(STOP_RATE, searches((100, 3000), (100, 2000)), visited=True)
    assert row["signal"] == "cannot be measured"
    assert row["estimate"] is Marker.UNDEFINED
    assert "no change can be told" in row["sentence"]


def test_a_share_that_was_never_recorded_before_has_a_bound_and_no_number() -> None:
    counts = steady(searches=(100, 0), timed=(0, 0))
    counts[:, 12:] = steady(12, searches=(100, 0), timed=(95, 0))
    panel = build_panel(counts)
    (row,) = build_change_findings(change_of(TIMELINESS, panel), panel.places).rows()
    assert row["estimate"] is Marker.UNDEFINED
    assert "the share has risen; the share is at least" in row["sentence"]


def test_repeated_rows_can_be_left_out_of_the_ratio() -> None:
    panel = build_panel(searches((100, 60), (100, 60)))
    panel.counts[SELF.id][:, 12:, BLACK, 1, 0] = 60  # every later row of Black people twice
    change = change_of(STOP_RATE, panel)
    black = change.group.tolist().index(BLACK)
    assert change.ratio.value[black] == pytest.approx(2)
    assert change.without_repeats[black] == pytest.approx(1)


# What an attacker knows: every count column of every table as a sum over the bottom counts of its
# measure, by (unit, month, group). Written from what the columns mean, not from the lattice.


def tables_of(panel: Panel) -> list[Table]:
    spans = find_spans(panel.period)
    assert spans is not None
    tables = [build_trend(STOP_RATE, panel, SELF)]
    for indicator in (STOP_RATE, ARREST_RATE, COMPLETENESS):
        tables += [
            build_group_table(indicator, panel, SELF),
            build_control(indicator, panel),
            build_years(indicator, panel, SELF, spans),
            build_change_findings(change_of(indicator, panel), panel.places),
        ]
    return tables


def summed(row: dict[str, Any], column: Column, panel: Panel, units: Sequence[str]) -> np.ndarray:
    """Which bottom counts a cell adds up."""

    def value(name: str) -> Any:
        return row.get(column.instead.get(name, name), "All")

    months, spans = [str(m) for m in panel.period], list_spans(panel.period)
    unit = np.array([row["unit"] in ("", u) for u in units])
    month = np.array([value("month") in ("All", m) for m in months])
    month &= np.array([value("span") in ("All", s) for s in spans])
    group = np.array([value("group") in ("All", g) for g in GROUPS])
    return (unit[:, None, None] & month[:, None] & group).ravel().astype(float)


def find_given_away(panel: Panel, units: Sequence[str]) -> tuple[int, list[str]]:
    """How many counts are hidden, and which of them the shown ones determine."""
    shown: dict[str, list[np.ndarray]] = {}
    hidden: dict[str, list[tuple[str, np.ndarray]]] = {}
    for released in review_together(tables_of(panel), PUBLIC):
        table = released.table
        for row in table.rows():
            for name in table.named(Role.COUNT):
                column = table.column(name)
                mask = summed(row, column, panel, units)
                if row[name] is Marker.SUPPRESSED:
                    label = f"{table.name} {row} {name}"
                    hidden.setdefault(column.measure, []).append((label, mask))
                elif isinstance(row[name], int):
                    shown.setdefault(column.measure, []).append(mask)
    found = []
    for measure, cells in hidden.items():
        masks = np.array([mask for _, mask in cells])
        known = np.array(shown.get(measure, [np.zeros(masks.shape[1])]))
        _, size, basis = np.linalg.svd(known, full_matrices=False)
        basis = basis[size > 1e-9 * max(size[0], 1)]
        left = masks - masks @ basis.T @ basis
        found += [
            label for (label, _), rest in zip(cells, left, strict=True) if np.abs(rest).max() < 1e-7
        ]
    return sum(len(cells) for cells in hidden.values()), found


UNITS = ("East", "West")


def random_counts(seed: int, months: int, mean: float) -> np.ndarray:
    """Searches with small groups; of each some have a known outcome, arrest and ethnicity."""
    rng = np.random.default_rng(seed)
    sizes = mean * rng.gamma(1.0, 1.0, (2, 1, len(GROUPS))) * np.ones((1, months, 1))
    counts = np.zeros((2, months, len(GROUPS), len(MEASURES)), dtype=np.int64)
    counts[..., 0] = rng.poisson(sizes)
    counts[..., 2] = rng.binomial(counts[..., 0], 0.9)
    counts[..., 1] = rng.binomial(counts[..., 2], 0.2)
    counts[:, :, : len(PEOPLE), 5] = counts[:, :, : len(PEOPLE), 0]
    return counts


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([24, 25]), st.sampled_from([0.3, 2.0, 12.0]))
def test_no_hidden_month_year_or_group_follows_from_what_is_shown(
    seed: int, months: int, mean: float
) -> None:
    panel = build_panel(random_counts(seed, months, mean), units=UNITS)
    hidden, found = find_given_away(panel, UNITS)
    assert hidden > 0
    assert found == []


def test_the_half_of_a_small_half_is_hidden_with_it() -> None:
    counts = steady(searches=(40, 0))
    counts[0, 3, BLACK, 0], counts[0, 15, BLACK, 0] = 3, 37  # 3 in the earlier year, 37 after
    counts = np.concatenate([counts, np.zeros_like(counts)])
    panel = build_panel(counts, units=UNITS)
    released = {r.table.name: r.table for r in review_together(tables_of(panel), PUBLIC)}
    years = {
        row["span"]: row["count"]
        for row in released["stop-rate-by-year"].rows()
        if (row["unit"], row["group"]) == ("East", "Black")
    }
    assert years == {
        "latest 12 months": Marker.SUPPRESSED,
        "12 months before": Marker.SUPPRESSED,
    }
    change = [
        row
        for row in released["findings-stop-rate-change"].rows()
        if (row["unit"], row["group"]) == ("East", "Black")
    ]
    for name in ("count", "other_count", "value", "estimate", "p_adjusted", "sentence", "signal"):
        assert change[0][name] is Marker.SUPPRESSED
