"""From criterion to verdict: what each command leaves behind, and every way round it that fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from evenhand.accountability.judgement import Outcome
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.core import LedgerBroken, Refused, UsageProblem
from evenhand.web.accounts.services import join_team
from evenhand.web.demo.reports import SERVICE
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement import models, queries, services
from evenhand.web.judgement.choices import MeasureKind, Mode, Speaker, Stance
from evenhand.web.judgement.figures import provide
from evenhand.web.judgement.twins import Twin, load_twin
from evenhand.web.judgement.writing.lapses import lapse_verdicts
from evenhand.web.ledger.queries import list_history, list_refusals
from evenhand.web.register import services as register
from evenhand.web.register.models import WorkState
from evenhand.web.register.queries import get_item
from evenhand.web.work import services as work
from evenhand.web.work.queries import list_item_exceptions

from .judging import ITEM, MEMBERS, Case, draft

UP, NO, NEITHER = Voice.UPHOLD, Voice.REJECT, Voice.ABSTAIN


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


def state(case: Case) -> str:
    return get_item(ITEM, as_of=case.view).work.state


def kinds(case: Case) -> set[str]:
    row = get_item(ITEM, as_of=case.view)
    return {found.kind.value for found in list_item_exceptions([row], as_of=case.view)}


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


# Attack: the owner, the administrator, the shell. -------------------------------------------


@pytest.mark.parametrize("name", ["owner", "admin", "secretariat", "member", "analyst", "panel"])
def test_nobody_without_a_clean_seat_votes(name, case):
    case.ready()
    with pytest.raises(Refused):
        case.vote(name)


def test_without_a_quorum_nothing_is_decided(case):
    case.ready().vote("panel2").vote("panel3")
    with pytest.raises(Refused, match="2 of the 3"):
        case.conclude()
    assert state(case) == "claimed"


@pytest.mark.parametrize("name", ["owner", "admin", "member", "panel2"])
def test_only_the_secretariat_concludes_and_it_decides_nothing(name, case):
    case.ready().vote("panel2").vote("panel3").vote("panel4")
    with pytest.raises(Refused):
        services.conclude_sitting(sitting=case.sitting, **case.by(name))


def test_a_row_that_closes_an_item_without_a_verdict_is_refused_by_the_database(case):
    case.ready()
    row = get_item(ITEM, as_of=case.view)
    event = WorkState.objects.first().event
    with pytest.raises(DatabaseError, match="only the verdict"), transaction.atomic():
        WorkState.objects.create(
            recommendation_id=row.pk, state="closed", recorded_at=case.now, event=event
        )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WorkState.objects.filter(recommendation_id=row.pk).update(state="closed")


FORGED = {
    "upheld": True,
    "closes": True,
    "embedding": "sustained",
    "votes_for": 3,
    "votes_against": 0,
    "abstained": 0,
    "quorum": 3,
}


@pytest.mark.parametrize(
    ("votes", "facts", "why"),
    [
        ((), {"upheld": False, "closes": False, "votes_for": 0}, "quorum"),
        ((UP, UP), {"votes_for": 2, "quorum": 2}, "quorum"),
        ((UP, NO, NO), {}, "votes say"),
        ((UP, NO, NO), {"votes_for": 1, "votes_against": 2}, "votes say"),
        ((UP, UP, UP), {"bundle_sha256": "0" * 64}, "bound"),
    ],
)
def test_a_verdict_that_the_votes_did_not_give_is_refused_by_the_database(votes, facts, why, case):
    case.ready()
    for name, voice in zip(MEMBERS, votes, strict=False):
        case.vote(name, voice, Embedding.EFFECT_SEEN if voice is UP else Embedding.TRAINED)
    sitting = models.Sitting.objects.get()
    shape = {"bundle_sha256": sitting.bundle_sha256, **FORGED, **facts}
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        models.Verdict.objects.create(
            ref="forged",
            sitting=sitting,
            recommendation_id=sitting.recommendation_id,
            decided_on=case.on,
            recorded_at=case.now,
            event=sitting.event,
            **shape,
        )


def test_a_ballot_for_somebody_without_a_seat_or_after_the_end_is_refused_by_the_database(case):
    case.ready()
    sitting = models.Sitting.objects.get()
    shape = {
        "sitting": sitting, "voice": "uphold", "embedding": "policy", "reason": "So.",
        "recorded_at": case.now, "event": sitting.event,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="member of the panel"), transaction.atomic():
        models.Ballot.objects.create(member=case.cast["owner"].party, **shape)
    case.vote("panel2").vote("panel3").vote("panel4").conclude()
    with pytest.raises(DatabaseError, match="has ended"), transaction.atomic():
        models.Ballot.objects.create(member=case.cast["panel5"].party, **shape)


def _without_triggers(statement: str, arguments: list) -> None:
    """What somebody can do who may change the schema itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for [name] in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, arguments)


ALTERATIONS = {
    "text": (
        "UPDATE register_recommendation SET text = 'Train one sergeant.' WHERE ref = %s",
        ITEM,
    ),
    "criterion": ("UPDATE judgement_criterionrow SET low = 50 WHERE version = %s", 1),
    "figure": ("UPDATE judgement_figure SET value = 99 WHERE value = %s", 94),
    "claim": ("UPDATE judgement_claim SET reason = 'Otherwise' WHERE level = %s", "completed"),
    "evidence": ("UPDATE work_evidenceversion SET method = 'Guessed' WHERE number = %s", 1),
    "bundle": ("UPDATE judgement_sitting SET bundle_sha256 = 'aa' WHERE quorum = %s", 3),
    "votes": ("UPDATE judgement_ballot SET voice = 'uphold' WHERE voice = %s", "reject"),
    "reasons": ("UPDATE judgement_ballot SET reason = 'Yes!' WHERE voice = %s", "reject"),
    "verdict": ("UPDATE judgement_verdict SET embedding = 'sustained' WHERE votes_for = %s", 3),
    "no verdict": ("DELETE FROM judgement_verdictstanding WHERE state = %s", "stands"),
}


@pytest.mark.parametrize("part", ALTERATIONS)
def test_what_was_altered_behind_the_triggers_is_evident(part, case):
    if connection.vendor != "sqlite":
        pytest.skip("drops triggers in the way of SQLite")
    case.decided()
    statement, which = ALTERATIONS[part]
    _without_triggers(statement, [which])
    found = queries.check_verdicts(as_of=case.view)
    assert found, part
    assert all(str(each) for each in found)


def test_a_panel_does_not_vote_on_what_was_altered_under_it(case):
    if connection.vendor != "sqlite":
        pytest.skip("drops triggers in the way of SQLite")
    case.ready().vote("panel2")
    _without_triggers(*[ALTERATIONS["text"][0], [ITEM]])
    with pytest.raises(LedgerBroken):
        case.vote("panel3")


def test_an_administrator_looks_at_verdicts_and_changes_none(case, signed_in):
    case.decided()
    client = signed_in("admin")
    verdict = models.Verdict.objects.get().pk
    assert client.get("/admin/judgement/verdict/").status_code == 200
    assert client.post(f"/admin/judgement/verdict/{verdict}/change/", {}).status_code == 403
    assert client.get("/admin/judgement/verdict/add/").status_code == 403
    assert client.get("/admin/judgement/ballot/").status_code == 404  # nobody looks before the end


# Insiders. ------------------------------------------------------------------------------------


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


# What must be there first. ---------------------------------------------------------------------


def test_a_panel_sits_only_on_an_agreed_criterion_and_accepted_evidence(case):
    case.propose().record().show(accepted=False).claims().seat()
    with pytest.raises(UsageProblem, match="no criterion"):
        case.convene()
    services.agree_for_owner(criterion=case.criterion, **case.by("owner"))
    services.agree_for_secretariat(criterion=case.criterion, **case.by("secretariat"))
    with pytest.raises(UsageProblem, match="not all evidence"):
        case.convene()
    work.review_evidence(evidence=case.evidence, verb="accept", **case.by("panel"))
    case.convene()


def test_evidence_that_was_revised_after_the_claim_needs_a_new_claim(case):
    case.agree().record().show().claims().seat()
    work.revise_evidence(evidence=case.evidence, draft=draft(case.on, b"Other"), **case.by("owner"))
    work.review_evidence(evidence=case.evidence, verb="accept", **case.by("panel"))
    with pytest.raises(UsageProblem, match="version that was claimed on"):
        case.convene()
    first = case.claim
    register.move_work(
        recommendation=ITEM, verb="return", reason="Claim again.", **case.by("secretariat")
    )
    case.claims().convene()
    assert queries.get_claim(first, as_of=case.view).state == "replaced"


def test_a_panel_too_small_to_reach_its_quorum_is_not_convened(case):
    case.agree().record().show().claims().seat("panel", "panel2", "panel3")
    with pytest.raises(UsageProblem, match="2 members are free"):
        case.convene()


def test_two_people_agree_a_criterion_and_each_side_once(case):
    case.propose()
    with pytest.raises(Refused):
        services.agree_for_owner(criterion=case.criterion, **case.by("secretariat"))
    with pytest.raises(Refused):
        services.agree_for_secretariat(criterion=case.criterion, **case.by("owner"))
    services.agree_for_owner(criterion=case.criterion, **case.by("owner"))
    with pytest.raises(UsageProblem, match="agreed already"):
        services.agree_for_owner(criterion=case.criterion, **case.by("owner"))
    assert queries.find_criterion(ITEM, as_of=case.view) is None


def test_a_new_version_takes_over_when_agreed_and_never_while_a_panel_sits(case):
    case.ready()
    first = case.criterion
    case.propose()
    services.agree_for_owner(criterion=case.criterion, **case.by("owner"))
    with pytest.raises(UsageProblem, match="cannot change under it"):
        services.agree_for_secretariat(criterion=case.criterion, **case.by("secretariat"))
    assert queries.find_criterion(ITEM, as_of=case.view).ref == first
    case.vote("panel2").vote("panel3").vote("panel4").conclude()
    services.agree_for_secretariat(criterion=case.criterion, **case.by("secretariat"))
    assert queries.find_criterion(ITEM, as_of=case.view).version == 2
    assert queries.get_criterion(first, as_of=case.view).state == "replaced"
    assert queries.check_verdicts(as_of=case.view) == []


def test_the_owner_records_no_figure_and_nobody_types_in_a_measured_one(case):
    case.agree()
    with pytest.raises(Refused):
        services.record_figure(
            criterion=case.criterion,
            reading=queries.judge_view(
                queries.find_criterion(ITEM, as_of=case.view), as_of=case.view
            ).judged.latest,
            **case.by("owner"),
        )
    case.propose(kind=MeasureKind.INDICATOR, indicator="stops-rate-ratio", group="Black")
    with pytest.raises(UsageProblem, match="measured, and not typed in"):
        case.record()


def test_an_indicator_of_ours_is_asked_for_in_its_scope(case):
    asked = []

    def figures(**scope):
        asked.append(scope)
        from evenhand.accountability.judgement import Reading

        return [Reading(case.on - timedelta(60), case.on - timedelta(31), 95.0, source="Load 7")]

    take_out = provide(figures)
    try:
        case.propose(kind=MeasureKind.INDICATOR, indicator="trained-share", group="Sergeants")
        services.agree_for_owner(criterion=case.criterion, **case.by("owner"))
        services.agree_for_secretariat(criterion=case.criterion, **case.by("secretariat"))
        [measured] = queries.judge_items(as_of=case.view).values()
        assert measured.judged.outcome is Outcome.MET
        assert (asked[0]["indicator"], asked[0]["group"]) == ("trained-share", "Sergeants")
        case.show().claims().seat().convene()
        case.vote("panel2").vote("panel3").vote("panel4").conclude()
        assert queries.check_verdicts(as_of=case.view) == []
    finally:
        take_out()


def test_an_effect_cannot_be_found_against_the_agreed_measure(case):
    case.agree().record(60.0).show().claims().seat().convene()
    with pytest.raises(Refused, match="agreed measure says otherwise"):
        case.vote("panel2")
    case.vote("panel2", NO, Embedding.TRAINED)


def test_by_correspondence_votes_come_between_two_days_and_the_end_waits(case):
    case.agree().record().show().claims().seat().convene(Mode.CORRESPONDENCE, days=7)
    case.vote("panel2").vote("panel3").vote("panel4")
    with pytest.raises(Refused, match="closes after its last day"):
        case.conclude()
    case.wait(8)
    with pytest.raises(Refused, match="while the sitting is open"):
        case.vote("panel5")
    case.conclude()
    assert state(case) == "closed"


def test_by_correspondence_it_ends_early_once_all_who_may_have_voted(case):
    case.agree().record().show().claims().seat().convene(Mode.CORRESPONDENCE, days=7)
    for name in MEMBERS:
        case.vote(name)
    case.conclude()
    assert state(case) == "closed"


def test_a_claim_names_evidence_that_is_used_for_its_item(case):
    case.agree()
    with pytest.raises(UsageProblem, match="stands on"):
        case.claims()


def test_a_withdrawn_claim_returns_the_work(case):
    case.agree().record().show().claims()
    services.withdraw_claim(claim=case.claim, reason="Too early.", **case.by("owner"))
    assert state(case) == "in_progress"
    assert queries.get_claim(case.claim, as_of=case.view).state == "withdrawn"


# Afterwards. -----------------------------------------------------------------------------------


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
