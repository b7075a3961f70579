"""After a verdict: re-check, lapse, re-opening, outside views and public twins."""

from __future__ import annotations

import pytest
from django.db import connection

from evenhand.accountability.judgement import Outcome
from evenhand.accountability.judgement.votes import Voice
from evenhand.core import Refused, UsageProblem
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.choices import Speaker, Stance
from evenhand.web.judgement.twins import Twin, load_twin
from evenhand.web.judgement.writing.lapses import lapse_verdicts
from evenhand.web.ledger.queries import list_history
from evenhand.web.register import services as register

from .judging import ITEM, Case, kinds, state

UP, NO, NEITHER = Voice.UPHOLD, Voice.REJECT, Voice.ABSTAIN


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


def test_a_verdict_lapses_by_the_clock_when_the_measure_worsens(case):
    case.decided()
    case.wait(60).record(70.0, low=66.0, high=74.0)
    [(verdict, lapse)] = lapse_verdicts(at=case.now)
    assert (verdict.ref, lapse.cause.value) == (case.verdict, "measure_worse")
    assert lapse_verdicts(at=case.now) == []
    assert queries.get_verdict(case.verdict, as_of=case.view).state == "lapsed"
    assert "verdict_lapsed" in kinds(case)
    assert state(case) == "closed"
    happened = list_history(f"recommendation:{ITEM}")[-1]
    assert (happened.kind, happened.actor) == ("verdict.lapsed", "service:evenhand")


def test_a_lapsed_item_is_opened_again_with_a_reason_and_by_nobody_who_owns_it(case):
    case.decided().wait(60).record(70.0, low=66.0, high=74.0)
    lapse_verdicts(at=case.now)
    with pytest.raises(Refused):
        services.reopen_item(recommendation=ITEM, reason="It slid.", **case.by("owner"))
    with pytest.raises(UsageProblem):
        services.reopen_item(recommendation=ITEM, reason=" ", **case.by("member"))
    services.reopen_item(recommendation=ITEM, reason="It slid.", **case.by("member"))
    assert state(case) == "in_progress"
    assert "verdict_lapsed" not in kinds(case)
    assert queries.check_verdicts(as_of=case.view) == []


def test_opening_again_is_no_move_of_the_work_alone(case):
    case.decided()
    with pytest.raises(UsageProblem, match="not done by itself"):
        register.move_work(
            recommendation=ITEM, verb="reopen", reason="So.", **case.by("secretariat")
        )


def test_a_recheck_is_due_by_rule_and_sets_the_next(case):
    case.decided()
    due = queries.get_verdict(case.verdict, as_of=case.view).recheck_on
    case.wait((due - case.on).days)
    assert "recheck_due" not in kinds(case)
    case.wait(1)
    assert "recheck_due" in kinds(case)
    assert services.recheck_verdict(
        verdict=case.verdict, seen_there="The returns of the year.", **case.by("panel2")
    )
    assert "recheck_due" not in kinds(case)
    after = queries.get_verdict(case.verdict, as_of=case.view)
    assert (after.rechecks, after.recheck_on > due) == (1, True)
    [looked] = queries.list_rechecks(case.verdict, as_of=case.view)
    assert looked.figure.startswith("Met")


def test_a_recheck_that_finds_it_worse_lets_it_lapse(case):
    case.decided().wait(60).record(70.0, low=66.0, high=74.0)
    stands = services.recheck_verdict(
        verdict=case.verdict, seen_there="The new returns.", **case.by("panel2")
    )
    assert not stands
    assert queries.get_verdict(case.verdict, as_of=case.view).state == "lapsed"


def test_evidence_that_came_later_makes_the_verdict_older_than_it(case):
    case.decided()
    assert "verdict_old" not in kinds(case)
    case.wait(1).show(accepted=False)
    assert "verdict_old" in kinds(case)


def test_a_second_verdict_replaces_the_first_which_stays_readable(case):
    case.decided(UP, NO, NO)
    first = case.verdict
    case.wait(30).claims().convene()
    case.vote("panel2").vote("panel3").vote("panel4").conclude()
    assert queries.get_verdict(first, as_of=case.view).state == "replaced"
    assert queries.list_latest_verdicts(as_of=case.view)[ITEM].ref == case.verdict
    assert "claim_apart" not in kinds(case)
    assert queries.check_verdicts(as_of=case.view) == []


def test_an_outside_view_stands_beside_the_verdict_and_moves_nothing(case):
    case.decided()
    before = state(case)
    services.give_view(
        recommendation=ITEM,
        speaker=Speaker.FAMILY,
        name="A family (made up)",
        stance=Stance.DISAGREES,
        said_on=case.on,
        text="Nobody told us.",
        **case.by("monitor"),
    )
    [view] = queries.list_outside_views(as_of=case.view, item=ITEM)
    assert (view.stance_words, state(case)) == ("It is not done, or does not work", before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_event WHERE kind = 'view.recorded'")
        [[body]] = cursor.fetchall()
    assert "A family" not in body
    assert "Nobody told" not in body


def test_a_public_twin_is_another_file_passed_by_another_person(case):
    case.show()
    private = Twin(b"Ninety-four of every hundred.", "t.txt", "text/plain", "Names.")
    with pytest.raises(UsageProblem, match="private file itself"):
        services.prepare_redaction(evidence=case.evidence, twin=private, **case.by("owner"))
    twin = Twin(b"Ninety-four in a hundred, names left out.", "t.txt", "text/plain", "Names.")
    ref = services.prepare_redaction(evidence=case.evidence, twin=twin, **case.by("secretariat"))
    with pytest.raises(Refused, match="another person"):
        services.review_redaction(redaction=ref, verb="pass", **case.by("secretariat"))
    with pytest.raises(Refused):
        services.review_redaction(redaction=ref, verb="pass", **case.by("owner"))
    other = services.prepare_redaction(evidence=case.evidence, twin=twin, **case.by("owner"))
    assert queries.list_redactions(as_of=case.view, only_passed=True) == []
    services.review_redaction(redaction=other, verb="pass", **case.by("secretariat"))
    [passed] = queries.list_redactions(as_of=case.view, only_passed=True)
    assert load_twin(passed.sha256) == twin.content
    services.withdraw_redaction(redaction=other, reason="A name.", **case.by("secretariat"))
    assert queries.list_redactions(as_of=case.view, only_passed=True) == []


def test_every_stage_can_be_looked_at_again_as_of_its_day(case):
    case.decided()
    judged = case.view
    moment = AsOf.end_of(case.on, at=case.now)
    case.wait(60).record(70.0, low=66.0, high=74.0)
    lapse_verdicts(at=case.now)
    assert queries.get_verdict(case.verdict, as_of=moment).state == "stands"
    assert queries.judge_items(as_of=moment)[ITEM].judged.outcome is Outcome.MET
    assert queries.judge_items(as_of=case.view)[ITEM].judged.outcome is Outcome.NOT_MET
    assert queries.check_verdicts(as_of=moment) == []
    assert judged.on == moment.on
