"""Whatever the unknowns were, the truth is between the bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats import (
    Proportion,
    Rate,
    Reason,
    rate_ratio,
    rate_ratio_unknowns,
    risk_ratio_unknowns,
)


@given(
    st.integers(0, 50),
    st.integers(1, 50),
    st.integers(0, 12),
    st.integers(0, 12),
    st.integers(1, 99),
)
def test_every_way_of_sharing_out_unknown_events_is_between_the_bounds(
    x1: int, x2: int, to_group: int, to_comparator: int, people: int
) -> None:
    unknown = to_group + to_comparator + 3
    found = rate_ratio_unknowns(Rate(x1, people), Rate(x2, 77), unknown)
    shared = rate_ratio(Rate(x1 + to_group, people), Rate(x2 + to_comparator, 77)).value
    assert found.lowest.value <= shared * (1 + 1e-12)
    assert shared <= found.highest.value * (1 + 1e-12)
    assert found.lowest.value <= found.known.value <= found.highest.value


@given(st.data())
def test_every_way_of_sharing_out_unknown_people_is_between_the_bounds(data: st.DataObject) -> None:
    n1, n2, n = data.draw(st.integers(1, 40)), data.draw(st.integers(1, 40)), 10
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(1, n2))
    events = data.draw(st.integers(0, n))
    group_events = data.draw(st.integers(0, events))
    group_rest = data.draw(st.integers(0, n - events))
    found = risk_ratio_unknowns(Proportion(x1, n1), Proportion(x2, n2), Proportion(events, n))
    share1 = (x1 + group_events) / (n1 + group_events + group_rest)
    share2 = (x2 + events - group_events) / (n2 + n - group_events - group_rest)
    truth = share1 / share2
    assert found.lowest.value * (1 - 1e-12) <= truth <= found.highest.value * (1 + 1e-12)
    for whole in (found.if_group, found.if_comparator):
        assert found.lowest.value <= whole.value * (1 + 1e-12)
        assert whole.value <= found.highest.value * (1 + 1e-12)


def test_no_unknowns_change_nothing() -> None:
    found = rate_ratio_unknowns(Rate(30, 1000), Rate(200, 10_000), 0)
    assert found.lowest.value == found.known.value == found.highest.value
    assert found.unknown_share == 0
    assert not found.could_reverse


def test_unknowns_that_straddle_one_could_reverse_a_finding() -> None:
    found = rate_ratio_unknowns(Rate([30, 60], 1000), Rate(200, 10_000), [140, 10])
    np.testing.assert_array_equal(found.could_reverse, [True, False])


def test_the_unknown_share_is_undefined_where_there_was_nothing() -> None:
    found = rate_ratio_unknowns(Rate(0, 10), Rate(0, 10), 0)
    assert np.isnan(found.unknown_share)
    assert found.known.reason == Reason.NO_EVENTS


def test_the_unknown_share_counts_events_for_rates_and_people_for_shares() -> None:
    rates = rate_ratio_unknowns(Rate(30, 100), Rate(30, 100), 40)
    shares = risk_ratio_unknowns(Proportion(1, 30), Proportion(2, 30), Proportion(5, 40))
    assert float(rates.unknown_share) == float(shares.unknown_share) == pytest.approx(0.4)
