"""What must be there before a panel votes: criterion, evidence, claim, sitting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.accountability.judgement import Outcome
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.core import Refused, UsageProblem
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.choices import MeasureKind, Mode
from evenhand.web.judgement.figures import provide
from evenhand.web.register import services as register
from evenhand.web.work import services as work

from .judging import ITEM, MEMBERS, Case, draft, state

UP, NO, NEITHER = Voice.UPHOLD, Voice.REJECT, Voice.ABSTAIN


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


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
