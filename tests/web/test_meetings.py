"""Meetings and commissioned reports: planned, asked for, late, decided, and never rewritten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.core import Refused, UsageProblem
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.queries import get_head, list_history, list_refusals
from evenhand.web.meetings import services
from evenhand.web.meetings.choices import MinuteKind, PaperKind
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.meetings.queries import (
    get_commission,
    get_meeting,
    list_agenda,
    list_late_reports,
    list_minutes,
)
from evenhand.web.work.queries import list_challenges

AUTHORITY = "body:fenmarsh-authority"
ONE, PART = "lamp-2020/1", "lamp-2020/3/a"


@pytest.fixture
def now(at) -> AsOf:
    return AsOf.now(at)


@pytest.fixture
def plan(lamp, keeper, at):
    def planned(days: int, *, title: str = "Board") -> str:
        on = day_of(at) + timedelta(days)
        return services.plan_meeting(title=title, body=AUTHORITY, on=on, by=keeper, at=at).ref

    return planned


@pytest.fixture
def held(plan, keeper, at) -> tuple[str, str]:
    """A meeting that took place today, and the item of its agenda."""
    meeting = plan(0)
    item = services.add_agenda_item(meeting=meeting, title="Progress", by=keeper, at=at).ref
    services.hold_meeting(meeting=meeting, by=keeper, at=at)
    return meeting, item


@pytest.fixture
def ask_for(member, at):
    def asked(meeting: str) -> str:
        return services.commission_report(
            title="Training",
            question="Who was trained?",
            asked_of="team:learning",
            meeting=meeting,
            by=member,
            at=at,
        ).ref

    return asked


def test_only_a_member_asks_for_a_report_and_a_refused_attempt_is_kept(plan, keeper, at):
    meeting, size = plan(30), get_head().size
    with pytest.raises(Refused, match="Only a member"):
        services.commission_report(
            title="x", question="y", asked_of="team:learning", meeting=meeting, by=keeper, at=at
        )
    assert get_head().size == size
    assert list_refusals()[0].command == "meetings.services.commissions.commission_report"


def test_a_report_is_asked_for_by_a_meeting_to_come(held, ask_for):
    with pytest.raises(UsageProblem, match="held or cancelled"):
        ask_for(held[0])


def test_a_report_that_does_not_come_is_late_when_papers_have_gone_out(plan, ask_for, at):
    ref = ask_for(plan(30))
    assert list_late_reports(as_of=AsOf.now(at)) == []
    [(row, late)] = list_late_reports(as_of=AsOf.now(at + timedelta(25)))
    assert row.ref == ref
    assert late.since <= day_of(at) + timedelta(25)


def test_a_postponed_report_shows_when_it_was_first_wanted(plan, ask_for, member, at, now):
    first, second = plan(30), plan(120)
    ref = ask_for(first)
    services.postpone_commission(
        commission=ref, meeting=second, reason="To count by group.", by=member, at=at
    )
    row = get_commission(ref, as_of=now)
    assert (row.meeting, row.postponed) == (second, 1)
    assert row.first_wanted_on == get_meeting(first, as_of=now).on
    with pytest.raises(UsageProblem, match="later meeting"):
        services.postpone_commission(
            commission=ref, meeting=first, reason="Sooner", by=member, at=at
        )


def test_a_meeting_moved_later_does_not_hide_when_a_report_was_first_wanted(
    plan, ask_for, keeper, at, now
):
    meeting = plan(30)
    ref = ask_for(meeting)
    first = get_meeting(meeting, as_of=now).on
    services.move_meeting(
        meeting=meeting, to=first + timedelta(60), reason="The room", by=keeper, at=at
    )
    row = get_commission(ref, as_of=now)
    assert row.wanted_on == first + timedelta(60)
    assert row.first_wanted_on == first


def test_an_issued_paper_delivers_the_report_and_members_say_whether_it_is_enough(
    plan, ask_for, keeper, member, at, now
):
    meeting = plan(30)
    ref = ask_for(meeting)
    with pytest.raises(Refused, match="cannot follow"):
        services.accept_report(commission=ref, by=member, at=at)
    snapshot = services.take_snapshot(title="Now", by=keeper, at=at).ref
    plan_of = PaperPlan(PaperKind.PLAIN, "Training", meeting, snapshot, commission=ref)
    paper = services.begin_paper(plan=plan_of, by=keeper, at=at).ref
    sections = (
        "summary",
        "recommendations",
        "equality",
        "financial",
        "legal",
        "risk",
        "contact",
    )
    for section in sections:
        services.edit_section(paper=paper, section=section, text="None.", by=keeper, at=at)
    services.issue_paper(paper=paper, decision="Sent out", by=keeper, at=at)
    row = get_commission(ref, as_of=now)
    assert (row.state, row.paper) == ("delivered", paper)
    later = plan(120)
    services.send_report_back(
        commission=ref, meeting=later, reason="Not by rank.", by=member, at=at
    )
    assert get_commission(ref, as_of=now).state == "asked_for"
    services.withdraw_commission(commission=ref, reason="Told at the meeting.", by=member, at=at)
    assert get_commission(ref, as_of=now).state == "withdrawn"


def test_who_was_asked_and_who_keeps_the_plan_cannot_lift_what_members_asked(
    plan, ask_for, keeper, owner, at
):
    ref, later = ask_for(plan(30)), plan(120)
    for person in (keeper, owner):
        with pytest.raises(Refused):
            services.postpone_commission(
                commission=ref, meeting=later, reason="Busy", by=person, at=at
            )
        with pytest.raises(Refused):
            services.withdraw_commission(commission=ref, reason="Busy", by=person, at=at)


def test_items_stand_on_the_agenda_in_their_order_and_leave_a_trace(plan, keeper, at, now):
    meeting = plan(30)
    refs = [
        services.add_agenda_item(meeting=meeting, title=title, by=keeper, at=at).ref
        for title in ("First", "Second", "Third")
    ]
    services.place_agenda_item(item=refs[0], number=9, by=keeper, at=at)
    services.take_off_agenda(item=refs[1], reason="Not ready", by=keeper, at=at)
    rows = list_agenda(meeting, as_of=now)
    assert [(row.title, row.number) for row in rows] == [("Third", 3), ("First", 9)]
    kinds = [event.kind for event in list_history(f"agenda-item:{refs[1]}")]
    assert kinds == ["agenda.item-added", "agenda.item-taken-off"]


def test_the_agenda_of_a_meeting_that_was_held_does_not_change(held, keeper, at):
    meeting, item = held
    with pytest.raises(UsageProblem, match="does not change"):
        services.add_agenda_item(meeting=meeting, title="Late", by=keeper, at=at)
    with pytest.raises(UsageProblem, match="does not change"):
        services.take_off_agenda(item=item, reason="x", by=keeper, at=at)


def test_a_meeting_is_not_held_before_its_day(plan, keeper, at):
    with pytest.raises(UsageProblem, match="has not come"):
        services.hold_meeting(meeting=plan(1), by=keeper, at=at)


def test_a_decision_stands_in_the_history_of_each_recommendation_it_is_about(held, keeper, at, now):
    _, item = held
    made = services.record_minute(
        item=item,
        kind=MinuteKind.DECIDED,
        words="Come back in a year.",
        about=[ONE, PART, ONE],
        by=keeper,
        at=at,
    )
    for ref in (ONE, PART):
        assert list_history(f"recommendation:{ref}")[-1].subject == f"minute:{made.ref}"
        assert [row.words for row in list_minutes(as_of=now, recommendation=ref)] == [
            "Come back in a year."
        ]
    assert list_minutes(as_of=now, recommendation="lamp-2020/2") == []
    assert list_minutes(as_of=now)[0].about == (ONE, PART)


def test_a_question_asked_at_a_meeting_is_a_challenge_and_a_minute(held, member, at, now):
    meeting, item = held
    services.ask_at_meeting(
        item=item, recommendation=ONE, question="What changed?", by=member, at=at
    )
    [asked] = list_challenges(as_of=now, item=ONE)
    [minute] = list_minutes(as_of=now, meeting=meeting)
    assert (minute.challenge, minute.kind) == (asked.ref, "asked")
    assert asked.state == "open"
    assert list_minutes(as_of=now, challenge=asked.ref) == [minute]


def test_a_question_that_cannot_be_asked_leaves_no_minute(held, owner, at, now):
    meeting, item = held
    with pytest.raises(Refused):
        services.ask_at_meeting(item=item, recommendation=ONE, question="Why?", by=owner, at=at)
    assert list_minutes(as_of=now, meeting=meeting) == []


def test_agreed_minutes_are_only_corrected_beside(held, keeper, at, now):
    meeting, item = held
    first = services.record_minute(
        item=item, kind=MinuteKind.DISCUSSED, words="In two years.", by=keeper, at=at
    )
    services.agree_minutes(meeting=meeting, by=keeper, at=at)
    with pytest.raises(UsageProblem, match="only a correction"):
        services.record_minute(item=item, kind=MinuteKind.DECIDED, words="No.", by=keeper, at=at)
    with pytest.raises(UsageProblem, match="which minute"):
        services.record_minute(
            item=item, kind=MinuteKind.CORRECTED, words="In one.", by=keeper, at=at
        )
    services.record_minute(
        item=item,
        kind=MinuteKind.CORRECTED,
        words="In one.",
        corrects=first.ref,
        by=keeper,
        at=at,
    )
    rows = list_minutes(as_of=now, meeting=meeting)
    assert [(row.words, row.corrects) for row in rows] == [
        ("In two years.", ""),
        ("In one.", first.ref),
    ]


def test_minutes_are_of_meetings_that_took_place(plan, keeper, at):
    item = services.add_agenda_item(meeting=plan(3), title="x", by=keeper, at=at).ref
    with pytest.raises(UsageProblem, match="was held"):
        services.record_minute(item=item, kind=MinuteKind.DISCUSSED, words="x", by=keeper, at=at)


def test_what_stood_on_a_past_day_is_shown_as_it_stood(plan, ask_for, member, at):
    ref, day = ask_for(plan(30)), at + timedelta(2)
    services.withdraw_commission(commission=ref, reason="No longer", by=member, at=day)
    before = AsOf(at + timedelta(1), day_of(at) + timedelta(1))
    assert get_commission(ref, as_of=before).state == "asked_for"
    assert get_commission(ref, as_of=AsOf.now(day)).state == "withdrawn"
