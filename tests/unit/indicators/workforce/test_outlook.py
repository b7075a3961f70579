"""What becomes of a share if things go on, and if the levers are moved."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.indicators.workforce.outlook import GROUP, Levers, Stock, build_stock, look_ahead
from evenhand.indicators.workforce.targets import Standing, Target, follow_targets
from evenhand.stats import Flows


def draw():
    return np.random.default_rng(11)


def service(share=0.2, *, people=30_000, joiners=1500):
    """A service in balance: of everybody, and of those who join, the same share is the group's."""
    stock = np.array([[people * share], [people * (1 - share)]]).round().astype(np.int64)
    flows = Flows(
        [[joiners * share], [joiners * (1 - share)]], [[0.05], [0.05]], promotion=[[0.0], [0.0]]
    )
    return Stock(characteristic=None, group=0, ranks=("officer/01/constable",), people=stock,
                 flows=flows)  # fmt: skip


def test_a_service_in_balance_stays_where_it_is():
    outlook = look_ahead(service(), years=10, rng=draw(), draws=400)
    assert outlook.share().value[-1] == pytest.approx(0.2, abs=0.005)


def test_two_thousand_recruits_in_three_years_go_no_further_than_their_share():
    """2,000 of 30,000 are under seven in a hundred: all of them of the group add about that."""
    all_of_group = Levers(recruits=2000, over=3, of_group=1.0)
    outlook = look_ahead(service(), years=3, rng=draw(), draws=400, levers=all_of_group)
    share = outlook.share().value
    # By hand: each year 5% leave and 667 join, all of the group.
    group, total = 6000.0, 30_000.0
    for _ in range(3):
        group, total = group * 0.95 + 2000 / 3, total * 0.95 + 2000 / 3
    assert share[3] == pytest.approx(group / total, abs=0.003)
    assert share[3] < 0.28


def test_after_the_recruitment_the_usual_joiners_come_back():
    stock = service()
    outlook = look_ahead(
        stock, years=6, rng=draw(), draws=200, levers=Levers(recruits=3000, over=2, of_group=0.5)
    )
    total = outlook.future.expected.sum(axis=(1, 2))
    assert total[2] == pytest.approx(30_000, rel=0.001)
    assert total[6] == pytest.approx(30_000, rel=0.001)


def test_a_lever_left_alone_moves_nothing():
    still = look_ahead(service(), years=4, rng=draw(), draws=50)
    same = look_ahead(service(), years=4, rng=draw(), draws=50, levers=Levers(recruits=0))
    assert np.array_equal(still.future.simulated, same.future.simulated)


@pytest.mark.parametrize("wrong", [{"recruits": -1}, {"over": 0}, {"of_group": 40.0}])
def test_levers_that_cannot_be_are_refused(wrong):
    with pytest.raises(UsageProblem):
        Levers(**wrong)


def test_the_stock_is_what_the_last_snapshot_shows(measured, made):
    sex = measured.tensors.characteristics["sex"]
    stock = build_stock(measured.tensors, measured.window, sex, "female")
    import pyarrow.compute as pc

    last = made.tables["strength"].filter(
        pc.equal(made.tables["strength"]["month"], measured.window.latest)
    )
    officers = last.filter(pc.equal(last["role_type"].cast("string"), "officer"))
    women = pc.sum(pc.equal(officers["sex"].cast("string"), "female")).as_py()
    assert stock.people[GROUP].sum() == women


def test_a_group_of_few_borrows_the_usual_rate_and_no_chance_leaves_zero_to_one(measured):
    for characteristic in measured.tensors.characteristics.values():
        if characteristic.parts:
            continue
        for i in characteristic.known:
            code = characteristic.groups[i].code
            flows = build_stock(measured.tensors, measured.window, characteristic, code).flows
            assert np.all((flows.leaving >= 0) & (flows.leaving < 1))
            assert np.all(flows.promotion[:, -1] == 0)


def test_an_unknown_group_is_refused_by_name(measured):
    sex = measured.tensors.characteristics["sex"]
    with pytest.raises(UsageProblem, match="male"):
        build_stock(measured.tensors, measured.window, sex, "martian")


def target(**said):
    usual = {
        "characteristic": "sex", "group": "female", "grade": "", "by": date(2022, 12, 31),
        "share": 0.25, "heads": None, "owner": "Director of people",
    }  # fmt: skip
    return Target(**{**usual, **said})


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({"share": 0.05}, Standing.MET),
        ({"heads": 5, "share": None}, Standing.MET),
        ({"share": 0.9}, Standing.OFF_COURSE),
        ({"share": 0.9, "by": date(2016, 6, 30)}, Standing.MISSED),
        ({"group": "martian"}, Standing.UNMEASURABLE),
        ({"grade": "band-a"}, Standing.UNMEASURABLE),
        ({"share": 0.9, "by": date(2090, 6, 30)}, Standing.UNMEASURABLE),
    ],
)
def test_where_a_target_stands(measured, said, standing):
    (found,) = follow_targets([target(**said)], measured.tensors, measured.window, rng=draw())
    assert found.standing is standing
    assert found.sentence.startswith("Target: ")


def test_the_targets_of_a_run_are_followed_with_their_owners(measured):
    assert measured.targets
    for progress in measured.targets:
        assert progress.sentence.startswith("Target: ")
        assert progress.target.owner in progress.sentence
        assert progress.target.owner in progress.plain


def test_what_anybody_may_read_of_a_target_holds_no_count(measured):
    (found,) = follow_targets([target(share=0.9)], measured.tensors, measured.window, rng=draw())
    assert f"{found.count:,} of" in found.sentence
    assert str(found.count) not in found.plain
    assert found.plain == (
        "Target: of the officers, 90% are to be women by December 2022 (Director of people). "
        "At the present pace it is unlikely to be reached in time."
    )
