"""Criteria, sittings, verdicts, commissions and figures over the API, as their holder may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.accountability.audiences import Audience
from evenhand.accountability.tokens import TokenScope
from evenhand.core import Month, Period
from evenhand.web.api.services import make_token
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.queries import list_criteria, list_sittings, list_verdicts
from evenhand.web.measures.plans import RunPlan
from evenhand.web.measures.services import move_run, record_run
from evenhand.web.meetings.queries import list_commissions
from evenhand.web.register.queries import get_item

from .conftest import build_figure
from .judging import ITEM, Case

READ = (TokenScope.READ,)
CLEARED = (TokenScope.READ, TokenScope.SMALL_COUNTS)
SMALL = 0.0625  # an estimate that stands on a count below the threshold


def make(user, scopes=READ) -> str:
    """A token of this account, made now."""
    now = timezone.now()
    last = now.date() + timedelta(30)
    return make_token(label="t", scopes=scopes, expires_on=last, by=user, at=now)[1]


def ask(secret: str, path: str):
    return Client().get(f"/api/v1{path}", headers={"authorization": f"Bearer {secret}"})


def rows(secret: str, path: str) -> list[dict]:
    answer = ask(secret, path)
    assert answer.status_code == 200, answer.content
    return answer.json()["rows"]


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at).ready()


def test_a_criterion_is_told_with_its_target_and_how_the_measure_stands(case, member):
    [found] = rows(make(member), f"/criteria?recommendation={ITEM}")
    assert (found["target"], found["low"], found["high"]) == ("at_least", 90.0, None)
    assert (found["recommendation"], found["state"]) == (ITEM, "frozen")
    assert found["standing"]["outcome"] == "met"
    assert found["standing"]["latest"]["value"] == 94.0
    assert found["standing"]["latest"]["source"] == "College returns, table 2"
    assert rows(make(member), "/criteria?state=proposed") == []


def test_how_somebody_voted_is_told_once_the_sitting_is_decided_and_not_before(case, member):
    secret = make(member)
    case.vote("panel2").vote("panel3")
    [listed] = rows(secret, "/sittings?state=open")
    assert (listed["voted"], listed["quorum"], listed["state"]) == (2, 3, "open")
    open_one = ask(secret, f"/sittings/{case.sitting}")
    assert open_one.json()["votes"] == []
    assert "The returns show it." not in open_one.content.decode()
    case.vote("panel4").conclude()
    decided = ask(secret, f"/sittings/{case.sitting}").json()
    assert [vote["voice"] for vote in decided["votes"]] == ["uphold"] * 3
    assert decided["votes"][0]["reason"] == "The returns show it."


def test_a_verdict_is_told_with_every_vote_and_the_dissent_apart(lamp, cast, member, at):
    case = Case(cast, at).decided()
    [listed] = rows(make(member), "/verdicts")
    assert (listed["recommendation"], listed["upheld"]) == (ITEM, True)
    assert (listed["votes_for"], listed["votes_against"]) == (3, 1)
    whole = ask(make(member), f"/verdicts/{case.verdict}").json()
    assert len(whole["votes"]) == 4
    assert [vote["reason"] for vote in whole["dissent"]] == ["I am not convinced."]
    assert ask(make(member), "/verdicts/none").status_code == 404


def test_a_list_can_be_asked_as_of_a_past_day_and_page_by_page(lamp, cast, member, at):
    case = Case(cast, at).decided()
    before = (case.on - timedelta(1)).isoformat()
    for path in ("/criteria", "/sittings", "/verdicts"):
        assert rows(make(member), f"{path}?as_of={before}") == []
        one = ask(make(member), f"{path}?size=1&page=2").json()
        assert (one["total"], one["pages"], one["rows"]) == (1, 1, [])


def test_a_token_of_a_limited_role_reaches_only_what_its_holder_does(small_demo):
    users, view = small_demo.users, AsOf.now(timezone.now())
    secret = make(users["association"])  # limited to one inquiry
    seen = 0
    for path, question in (
        ("/criteria", list_criteria),
        ("/sittings", list_sittings),
        ("/verdicts", list_verdicts),
    ):
        every = question(as_of=view)
        theirs = [e for e in every if get_item(e.item, as_of=view).inquiry == "faith"]
        told = rows(secret, f"{path}?size=200")
        assert {row["ref"] for row in told} == {each.ref for each in theirs}
        assert len(rows(make(users["member"]), f"{path}?size=200")) == min(len(every), 200)
        hidden = [each for each in every if each not in theirs]
        assert hidden, "there is something the token must not reach"
        if path != "/criteria":
            assert ask(secret, f"{path}/{hidden[0].ref}").status_code == 403
        seen += len(hidden)
    assert seen > 10


def test_commissioned_reports_are_told_with_since_when_they_are_late(small_demo):
    every = list_commissions(as_of=AsOf.now(timezone.now()))
    told = rows(make(small_demo.users["member"]), "/commissions?size=200")
    assert [row["ref"] for row in told] == [each.ref for each in every]
    assert len(told) > 2
    assert all(row["late_since"] is None for row in told if row["state"] != "asked_for")
    only = rows(make(small_demo.users["member"]), "/commissions?state=accepted")
    assert {row["state"] for row in only} <= {"accepted"}


@pytest.fixture
def hidden_below(analyst, at) -> None:
    """A measurement in which one estimate is small: there for who is cleared, hidden otherwise."""
    figures = []
    for policy in ("public", "staff", "cleared"):
        figure = build_figure(policy, unit="")
        cleared = policy == "cleared"
        numbers = dict.fromkeys(("estimate", "low", "high"), SMALL if cleared else None)
        absent = {} if cleared else dict.fromkeys(numbers, "suppressed")
        figures.append(replace(figure, numbers=numbers, absent=absent))
    plan = RunPlan(
        ref="stops-2025-12-small", dataset="stops", title="Stops", code_version="0",
        period=Period(Month(2025, 1), Month(2025, 12)), definitions={"stop-rate": 1},
        loads=("a",), policies={"public": 1}, figures=tuple(figures),
    )  # fmt: skip
    record_run(plan=plan, by=analyst, at=at)


@pytest.mark.parametrize("name", ["member", "owner", "panel", "secretariat", "commander", "admin"])
@pytest.mark.parametrize("scopes", [READ, CLEARED])
def test_a_token_that_is_not_cleared_is_never_given_a_small_figure(
    name, scopes, hidden_below, cast
):
    secret = make(cast[name], scopes)
    for path in ("/measures/figures", "/measures/figures?indicator=stop-rate&unit="):
        answer = ask(secret, path)
        assert str(SMALL) not in answer.content.decode()
        [row] = answer.json()["rows"]
        assert row["numbers"]["estimate"] is None
        assert row["absent"]["estimate"] == "suppressed"
        assert answer.json()["audience"] in ("public", "staff")


def test_who_is_cleared_sees_small_figures_only_with_a_token_made_for_it(hidden_below, analyst):
    plain, cleared = make(analyst), make(analyst, CLEARED)
    assert str(SMALL) not in ask(plain, "/measures/figures").content.decode()
    found = ask(cleared, "/measures/figures").json()
    assert found["audience"] == Audience.CLEARED.value
    assert found["rows"][0]["numbers"]["estimate"] == SMALL
    only = make(analyst, (TokenScope.SMALL_COUNTS,))
    assert ask(only, "/measures/figures").status_code == 403


def test_runs_indicators_and_named_measures_lead_to_the_figures(measured, member, analyst, at):
    secret = make(member)
    [run] = rows(secret, "/measures/runs")
    assert (run["ref"], run["state"], run["policies"]) == (measured.ref, "standing", {"public": 1})
    [indicator] = ask(secret, "/measures/indicators").json()
    assert indicator["indicator"] == "stop-rate"
    assert indicator["comparisons"] == sum(indicator["signals"].values()) == 2
    [named] = ask(secret, "/measures/named").json()
    assert named["title"] == "Women and men"
    answer = (
        Client()
        .get(
            "/api/v1/measures/figures",
            named["query"],
            headers={"authorization": f"Bearer {secret}"},
        )
        .json()
    )
    assert answer["total"] == 2
    assert rows(secret, "/measures/figures?unit=Birch%20Cross")[0]["unit"] == "Birch Cross"
    move_run(run=measured.ref, verb="withdraw", reason="r", by=analyst, at=at + timedelta(1))
    assert rows(secret, "/measures/figures") == []
