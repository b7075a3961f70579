"""Who is barred from judging, and what becomes of a vote by somebody who was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from evenhand.accountability.judgement.votes import Voice
from evenhand.core import Refused
from evenhand.web.accounts.services import join_team
from evenhand.web.demo.reports import SERVICE
from evenhand.web.judgement import queries, services
from evenhand.web.ledger.queries import list_refusals

from .judging import ITEM, Case, state

UP, NO, NEITHER = Voice.UPHOLD, Voice.REJECT, Voice.ABSTAIN


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


def test_a_member_who_reviewed_the_evidence_is_barred(case):
    case.ready()
    with pytest.raises(Refused, match="hand in what is judged"):
        case.vote("panel")


def test_a_member_who_declares_an_interest_is_barred_and_refused_on_the_record(case):
    case.ready()
    services.declare_interest(
        member=case.cast["panel2"].subject,
        recommendation=ITEM,
        nature="I taught the course",
        **case.by("panel2"),
    )
    with pytest.raises(Refused, match="I taught the course"):
        case.vote("panel2")
    assert list_refusals()[0].command.endswith("cast_vote")
    [declared] = queries.list_interests(as_of=case.view, item=ITEM)
    services.end_interest(interest=declared.pk, reason="Another course.", **case.by("secretariat"))
    case.vote("panel2")


def test_the_words_of_an_interest_are_not_in_the_ledger_in_clear(case):
    case.ready()
    services.declare_interest(
        member=case.cast["panel2"].subject,
        recommendation=ITEM,
        nature="My brother works there",
        **case.by("panel2"),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_event WHERE kind = 'interest.declared'")
        [[body]] = cursor.fetchall()
    assert "brother" not in body


def test_a_member_of_the_owning_team_is_barred_even_after_leaving_it(case):
    case.ready()
    join_team(
        person=case.cast["panel2"].subject,
        team="team:learning",
        starts=case.on - timedelta(900),
        ends=case.on - timedelta(400),
        **case.by("secretariat"),
    )
    with pytest.raises(Refused, match="belonged"):
        case.vote("panel2")


def test_a_member_who_sits_for_the_body_it_is_addressed_to_is_barred(case):
    case.ready()
    services.seat_member(
        panel=case.panel,
        member=case.cast["panel2"].subject,
        starts=case.on,
        organisation=SERVICE,
        **case.by("secretariat"),
    )
    with pytest.raises(Refused, match="sit for the body"):
        case.vote("panel2")


def test_a_member_whose_term_has_ended_does_not_vote(case):
    case.ready()
    services.end_seat(
        panel=case.panel,
        member=case.cast["panel2"].subject,
        on=case.on - timedelta(1),
        reason="Moved away.",
        **case.by("secretariat"),
    )
    with pytest.raises(Refused, match="within their term"):
        case.vote("panel2")


def test_a_vote_by_somebody_who_turns_out_to_be_barred_stops_the_verdict(case):
    case.ready().vote("panel2").vote("panel3").vote("panel4")
    services.declare_interest(
        member=case.cast["panel3"].subject,
        recommendation=ITEM,
        nature="I remembered that I taught it",
        **case.by("panel3"),
    )
    with pytest.raises(Refused, match="convene another"):
        case.conclude()
    services.abandon_sitting(
        sitting=case.sitting, reason="A member was barred.", **case.by("secretariat")
    )
    assert queries.get_claim(case.claim, as_of=case.view).state == "made"
    case.convene().vote("panel2").vote("panel4").vote("panel5").conclude()
    assert state(case) == "closed"
