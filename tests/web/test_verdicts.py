"""What a verdict does, and what of it the ledger holds."""

from __future__ import annotations

import pytest
from django.db import connection

from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.web.judgement import queries
from evenhand.web.ledger.queries import list_history
from evenhand.web.register import services as register

from .judging import ITEM, Case, kinds, state

UP, NO, NEITHER = Voice.UPHOLD, Voice.REJECT, Voice.ABSTAIN


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


def test_a_quorate_verdict_that_upholds_closes_the_item_and_keeps_the_dissent(case):
    case.decided()
    verdict = queries.get_verdict(case.verdict, as_of=case.view)
    assert (verdict.upheld, verdict.closes, verdict.embedding) == (
        True,
        True,
        Embedding.EFFECT_SEEN,
    )
    assert (verdict.votes_for, verdict.votes_against) == (3, 1)
    [dissent] = queries.list_dissent(verdict, as_of=case.view)
    assert dissent.member == case.cast["panel5"].subject
    assert state(case) == "closed"
    assert queries.get_claim(case.claim, as_of=case.view).state == "upheld"
    assert queries.find_criterion(ITEM, as_of=case.view).state == "frozen"
    assert queries.check_verdicts(as_of=case.view) == []


def test_a_verdict_that_does_not_uphold_returns_the_item_and_stands_apart_from_the_claim(case):
    case.decided(UP, NO, NO)
    assert state(case) == "in_progress"
    assert queries.get_claim(case.claim, as_of=case.view).state == "not_upheld"
    assert "claim_apart" in kinds(case)
    register.report_level(
        recommendation=ITEM,
        level="outstanding",
        as_at=case.on,
        reason="",
        **case.by("secretariat"),
    )
    assert "claim_apart" not in kinds(case)


def test_a_tie_does_not_uphold(case):
    case.decided(UP, UP, NO, NO)
    assert not queries.get_verdict(case.verdict, as_of=case.view).upheld
    assert state(case) == "in_progress"


def test_the_ledger_holds_the_bundle_and_every_vote_with_its_reason(case):
    case.decided()
    given = list_history(f"verdict:{case.verdict}")[0].after
    sitting = queries.get_sitting(case.sitting, as_of=case.view)
    assert given["bundle"] == sitting.bundle_sha256
    assert [vote["voice"] for vote in given["votes"]] == ["uphold"] * 3 + ["reject"]
    reasons = [e.after["reason"] for e in list_history(sitting.subject) if e.kind == "vote.cast"]
    assert len(reasons) == 4
    assert all(reasons)


def test_a_vote_is_sealed_until_the_verdict_states_it(case):
    case.ready().vote("panel2")
    cast = [event for event in list_history(f"sitting:{case.sitting}") if event.kind == "vote.cast"]
    assert cast
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_event WHERE kind = 'vote.cast'")
        [[body]] = cursor.fetchall()
    assert "uphold" not in body
    assert '"sealed"' in body
