"""The commands of register and work: what each leaves behind, and what each refuses."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.accountability.roles import Role, Scope, ScopeKind
from evenhand.core import LedgerBroken, Refused, UsageProblem
from evenhand.web.accounts.services import end_party, end_role, grant_role
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import ChangedMeanwhile
from evenhand.web.ledger.queries import get_head, get_version
from evenhand.web.register import services as register
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.plans import RecommendationPlan
from evenhand.web.register.queries import (
    Filter,
    get_item,
    list_items,
    list_likely_overlaps,
    list_links,
    list_publications,
)
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.files import load_file
from evenhand.web.work.queries import list_challenges, list_evidence, list_item_exceptions

ONE, TWO = "lamp-2020/1", "lamp-2020/2"
SUBJECT = f"recommendation:{ONE}"


@pytest.fixture
def now(at) -> AsOf:
    return AsOf.now(at)


@pytest.fixture
def today(at):
    return day_of(at)


def _kinds(ref, now):
    return {
        found.kind.value for found in list_item_exceptions([get_item(ref, as_of=now)], as_of=now)
    }


def test_a_report_keeps_its_exact_words_and_counts_items(lamp, now):
    [row] = list_publications(as_of=now)
    assert (row.recommendations, row.items) == (3, 4)
    assert get_item("lamp-2020/3/b", as_of=now).text == "a log which they may read."
    assert [item.ref for item in list_items(as_of=now)] == [
        ONE, TWO, "lamp-2020/3/a", "lamp-2020/3/b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        (RecommendationPlan("1", "One."), RecommendationPlan("1", "Two.")),
        (RecommendationPlan("1", "  "),),
        (),
        (RecommendationPlan("1", "One."), RecommendationPlan("2", "Two.", themes=("none",))),
        (RecommendationPlan("1", "One.", level="embedded"),),
    ],
)
def test_a_report_is_accepted_whole_or_not_at_all(wrong, lamp, keeper, at, now):
    before = get_head().size
    with pytest.raises(Exception, match=r"number twice|no words|no theme|not a level"):
        register.accept_publication(
            plan=replace(lamp, ref="lamp-2021", edition=2, recommendations=wrong),
            by=keeper,
            at=at,
        )
    assert get_head().size == before
    assert len(list_publications(as_of=now)) == 1


def test_a_successor_takes_over_and_the_predecessor_stays_on_record(lamp, keeper, at, today, now):
    register.assign_duty(recommendation=ONE, party="team:people", starts=today, by=keeper, at=at)
    row = get_item(ONE, as_of=now)
    assert row.holder.party == "team:people"
    ended = next(duty for duty in row.duties if duty.party == "team:learning")
    assert ended.ends == today - timedelta(1)
    before = get_item(ONE, as_of=AsOf.end_of(today - timedelta(2), at=at))
    assert before.holder.party == "team:learning"


def test_a_team_that_ends_leaves_its_items_without_an_owner(lamp, keeper, at, today):
    end_party(party="team:learning", on=today, by=keeper, at=at)
    later = AsOf.now(at + timedelta(1))
    assert "owner_gone" in _kinds(ONE, later)
    assert "owner_gone" not in _kinds(ONE, AsOf.now(at))


def test_the_original_date_is_kept_through_every_extension(lamp, keeper, at, today, now):
    first = today + timedelta(10)
    register.set_due_date(recommendation=ONE, due_on=first, by=keeper, at=at)
    for n in (1, 2, 3):
        to = first + timedelta(30 * n)
        register.extend_due_date(recommendation=ONE, to=to, reason="Late", by=keeper, at=at)
    due = get_item(ONE, as_of=now).due
    assert (due.original_on, due.due_on, due.slips) == (first, first + timedelta(90), 3)
    assert "slipped" in _kinds(ONE, now)
    with pytest.raises(UsageProblem, match="later"):
        register.extend_due_date(recommendation=ONE, to=first, reason="Earlier", by=keeper, at=at)


def test_who_owes_the_work_cannot_move_its_date_even_as_secretary(lamp, cast, admin, at, today):
    owner = cast["owner"]
    grant_role(person=owner.subject, role=Role.SECRETARIAT, by=admin, at=at)
    with pytest.raises(Refused, match="owes the work"):
        register.set_due_date(recommendation=ONE, due_on=today, by=owner, at=at)
    register.set_due_date(recommendation=TWO, due_on=today, by=owner, at=at)


@pytest.mark.parametrize("name", ["owner", "secretariat", "member", "panel", "admin"])
def test_nobody_closes_an_item_without_a_verdict(name, lamp, cast, at, today, now):
    register.claim_level(
        recommendation=ONE, level="completed", as_at=today, reason="", by=cast["owner"], at=at
    )
    with pytest.raises(Refused, match="quorate panel"):
        register.move_work(recommendation=ONE, verb="close", reason="x", by=cast[name], at=at)
    assert get_item(ONE, as_of=now).work.state == "claimed"


def test_a_report_that_says_complete_is_a_claim_not_an_end(lamp, keeper, at, today, now):
    register.report_level(
        recommendation=ONE, level="completed", as_at=today, reason="Paper 3", by=keeper, at=at
    )
    assert get_item(ONE, as_of=now).work.state == "claimed"
    register.report_level(
        recommendation=ONE, level="outstanding", as_at=today, reason="Paper 4", by=keeper, at=at
    )
    assert get_item(ONE, as_of=now).work.state == "in_progress"


def test_the_second_of_two_editors_is_shown_what_the_first_changed(lamp, keeper, at, today):
    register.set_due_date(recommendation=ONE, due_on=today, by=keeper, at=at)
    seen = get_version(SUBJECT)
    extend = {"recommendation": ONE, "by": keeper, "at": at, "seen": seen}
    register.extend_due_date(to=today + timedelta(9), reason="First", **extend)
    with pytest.raises(ChangedMeanwhile) as caught:
        register.extend_due_date(to=today + timedelta(20), reason="Second", **extend)
    [change] = caught.value.changes
    assert change.after["reason"] == "First"


def test_a_change_to_something_else_is_no_conflict(lamp, keeper, at, today):
    seen = get_version(SUBJECT)
    register.retitle(recommendation=ONE, title="Sergeants", by=keeper, at=at)
    register.set_due_date(recommendation=ONE, due_on=today, by=keeper, at=at, seen=seen)


def test_a_link_needs_two_people_and_replaces_until_withdrawn(lamp, cast, keeper, at, now):
    grant = {"source": TWO, "target": ONE, "kind": LinkKind.SUPERSEDES, "reason": "Newer"}
    link = register.propose_link(**grant, by=keeper, at=at)
    with pytest.raises(Refused, match="another person"):
        register.review_link(link=link.ref, verb="confirm", by=keeper, at=at)
    assert get_item(ONE, as_of=now).work.state == "not_started"
    register.review_link(link=link.ref, verb="confirm", by=cast["member"], at=at)
    assert get_item(ONE, as_of=now).work.state == "replaced"
    assert _kinds(ONE, now) == set()
    register.withdraw_link(link=link.ref, reason="Not the same", by=keeper, at=at)
    assert get_item(ONE, as_of=now).work.state == "in_progress"
    assert [row.state for row in list_links(as_of=now)] == ["withdrawn"]


@pytest.mark.parametrize("limited_to", ["lamp", "tower"])
def test_a_link_needs_a_role_that_reaches_both_its_ends(limited_to, lamp, cast, keeper, admin, at):
    register.open_inquiry(ref="tower", title="Tower Inquiry", by=keeper, at=at)
    tower = replace(lamp, ref="tower-2021", inquiry="tower")
    register.accept_publication(plan=tower, by=keeper, at=at)
    facts = {"source": ONE, "target": "tower-2021/1", "kind": LinkKind.OVERLAPS, "reason": "Same"}
    link = register.propose_link(**facts, by=cast["analyst"], at=at)
    narrow = cast["commander"]
    scope = Scope(ScopeKind.INQUIRY, limited_to)
    for role in (Role.ANALYST, Role.SECRETARIAT):
        grant_role(person=narrow.subject, role=role, scope=scope, by=admin, at=at)
    with pytest.raises(Refused):
        register.propose_link(**facts, by=narrow, at=at)
    with pytest.raises(Refused):
        register.review_link(link=link.ref, verb="confirm", by=narrow, at=at)
    with pytest.raises(Refused):
        register.withdraw_link(link=link.ref, reason="No", by=narrow, at=at)
    assert [row.state for row in list_links(as_of=AsOf.now(at))] == ["proposed"]


def test_superseding_in_part_says_what_is_left(lamp, analyst, at):
    with pytest.raises(UsageProblem, match="uncovered"):
        register.propose_link(
            source=TWO,
            target=ONE,
            kind=LinkKind.SUPERSEDES_PART,
            reason="Newer",
            by=analyst,
            at=at,
        )


def test_an_open_dependency_blocks_and_its_end_frees(lamp, cast, keeper, at, today, now):
    link = register.propose_link(
        source=ONE, target=TWO, kind=LinkKind.DEPENDS_ON, reason="First that", by=keeper, at=at
    )
    assert "blocked" not in _kinds(ONE, now), "a proposal blocks nothing"
    register.review_link(link=link.ref, verb="confirm", by=cast["member"], at=at)
    assert "blocked" in _kinds(ONE, now)
    register.report_level(
        recommendation=TWO, level="completed", as_at=today, reason="", by=keeper, at=at
    )
    assert "blocked" not in _kinds(ONE, now)


def test_work_belongs_to_sub_items_not_to_what_holds_them(lamp, keeper, at, today):
    with pytest.raises(UsageProblem, match="sub-items"):
        register.set_due_date(recommendation="lamp-2020/3", due_on=today, by=keeper, at=at)


def test_a_repeated_update_is_kept_and_ends_no_silence(lamp, owner, at, today):
    for days in (200, 100, 0):
        then = at + timedelta(400 - days)
        work.post_update(
            recommendation=ONE,
            as_at=day_of(then),
            progress="Work goes on." if days else "work goes on",
            by=owner,
            at=then,
        )
    [found] = [
        found
        for found in list_item_exceptions(
            [get_item(ONE, as_of=AsOf.now(at + timedelta(400)))],
            as_of=AsOf.now(at + timedelta(400)),
        )
        if found.kind.value == "silent"
    ]
    assert found.since == today + timedelta(200 + 93)


def test_an_update_cannot_speak_of_tomorrow(lamp, owner, at, today):
    with pytest.raises(UsageProblem, match="future"):
        work.post_update(
            recommendation=ONE, as_at=today + timedelta(1), progress="Done", by=owner, at=at
        )


def test_a_challenge_stays_until_who_asked_is_content(lamp, cast, at, today, now):
    asked = work.put_challenge(
        recommendation=ONE, question="What changed?", by=cast["monitor"], at=at
    )
    with pytest.raises(Refused, match="holds a duty"):
        work.answer_challenge(challenge=asked.ref, text="All", by=cast["owner2"], at=at)
    work.answer_challenge(challenge=asked.ref, text="Forty trained.", by=cast["owner"], at=at)
    with pytest.raises(Refused):
        work.settle_challenge(challenge=asked.ref, by=cast["owner"], at=at)
    work.ask_again(challenge=asked.ref, reason="Of how many?", by=cast["monitor"], at=at)
    work.answer_challenge(challenge=asked.ref, text="Of fifty.", by=cast["owner"], at=at)
    work.settle_challenge(challenge=asked.ref, by=cast["member"], at=at)
    [row] = list_challenges(as_of=now, item=ONE)
    assert row.state == "settled"
    assert [answer.text for answer in row.answers] == ["Forty trained.", "Of fifty."]


def test_nobody_challenges_their_own_item(lamp, cast, admin, at):
    grant_role(person=cast["owner"].subject, role=Role.MEMBER, by=admin, at=at)
    with pytest.raises(Refused, match="challenges themselves"):
        work.put_challenge(recommendation=ONE, question="Why?", by=cast["owner"], at=at)


def _draft(today, content=b"counted", **facts):
    return EvidenceDraft(
        today - timedelta(90),
        today,
        "All records counted",
        Reliability.HIGH,
        EvidenceClass.INTERNAL,
        content=content,
        filename="count.txt",
        **facts,
    )


def test_evidence_keeps_every_version_under_its_hash(lamp, owner, cast, at, today, now):
    offered = work.offer_evidence(
        recommendation=ONE, title="Count", draft=_draft(today, text="zebra"), by=owner, at=at
    )
    work.review_evidence(evidence=offered.ref, verb="accept", by=cast["panel"], at=at)
    work.revise_evidence(evidence=offered.ref, draft=_draft(today, b"again"), by=owner, at=at)
    [row] = list_evidence(as_of=now, item=ONE)
    assert row.state == "offered", "a new version is reviewed anew"
    assert [each.sha256 for each in row.versions] == [
        hashlib.sha256(content).hexdigest() for content in (b"counted", b"again")
    ]
    assert load_file(row.versions[0].sha256) == b"counted"


def test_an_evidence_file_that_was_changed_on_disk_is_not_served(lamp, owner, at, today, settings):
    work.offer_evidence(recommendation=ONE, title="Count", draft=_draft(today), by=owner, at=at)
    digest = hashlib.sha256(b"counted").hexdigest()
    (settings.HOME.evidence / digest[:2] / digest).write_bytes(b"other")
    with pytest.raises(LedgerBroken):
        load_file(digest)


def test_an_owner_does_not_review_the_evidence_for_their_item(lamp, owner, cast, admin, at, today):
    offered = work.offer_evidence(
        recommendation=ONE, title="Count", draft=_draft(today), by=cast["secretariat"], at=at
    )
    grant_role(person=owner.subject, role=Role.PANEL_MEMBER, by=admin, at=at)
    for reviewer in (owner, cast["secretariat"]):
        with pytest.raises(Refused, match="neither offered nor owns"):
            work.review_evidence(evidence=offered.ref, verb="accept", by=reviewer, at=at)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": " "},
        {"content": b""},
        {"address": "https://a.example/both"},
        {"speaks_to": None},
    ],
)
def test_evidence_without_method_period_or_substance_is_refused(wrong, today):
    facts = {"speaks_to": today - timedelta(100)} if "speaks_to" in wrong else wrong
    with pytest.raises(UsageProblem):
        replace(_draft(today), **facts)


def test_words_are_found_in_texts_titles_updates_and_evidence(lamp, keeper, owner, at, today, now):
    register.retitle(recommendation=TWO, title="Zephyr", by=keeper, at=at)
    work.post_update(recommendation=ONE, as_at=today, progress="A quagga ran.", by=owner, at=at)
    draft = _draft(today, text="The okapi file")
    work.offer_evidence(recommendation=ONE, title="Count", draft=draft, by=owner, at=at)

    def found(words):
        return [row.ref for row in list_items(Filter(words=words), as_of=now)]

    assert found("zephyr") == [TWO]
    assert found("quagga") == found("okapi fil") == [ONE]
    assert found('"; DROP TABLE') == found("*") == []
    register.retitle(recommendation=TWO, title="Searches", by=keeper, at=at)
    assert found("zephyr") == []


def test_a_role_that_was_ended_does_nothing_more(lamp, cast, admin, at, today):
    keeper = cast["secretariat"]
    end_role(
        person=keeper.subject,
        role=Role.SECRETARIAT,
        on=today - timedelta(1),
        by=admin,
        at=at,
    )
    with pytest.raises(Refused):
        register.retitle(recommendation=ONE, title="x", by=keeper, at=at)


def test_overlaps_are_suggested_until_they_are_linked(small_demo, at, now):
    first, *rest = list_likely_overlaps(as_of=now, least=0.2)
    assert first.shared
    register.propose_link(
        source=first.second,
        target=first.first,
        kind=LinkKind.OVERLAPS,
        reason="Alike",
        by=small_demo.users["analyst"],
        at=at,
    )
    assert list_likely_overlaps(as_of=now, least=0.2) == rest
